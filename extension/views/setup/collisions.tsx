import { useModel } from '@preact/signals'
import type { CollisionsView } from '../../../shared/api-setup-views.ts'
import { type CollisionRule, collisionRules, nameLists } from '../../../shared/setup.ts'
import { CollisionsModel } from '../../models/ask.ts'
import { collisionWords } from '../../words-site.ts'
import { ProblemBox, Skeleton, Trouble } from '../parts.tsx'
import { Select } from './fields.tsx'
import { FixedNote, Locked } from './fixed.tsx'
import { Names } from './names.tsx'
import type { StepProps } from './setup.tsx'

type KindView = CollisionsView['kinds'][number]

/** Names that source and site share, and what becomes of them, so that no twin appears unasked. */
export function CollisionsStep({ id, model }: StepProps) {
  const names = useModel(() => new CollisionsModel(id))
  const view = names.view.value
  const form = model.form.value
  if (names.problem.value && !view)
    return <ProblemBox problem={names.problem.value} onRetry={names.look} />
  if (!view || !form) return <Skeleton rows={5} />
  // The sentence and the names come from the agent, which must know the rule first.
  const pick = async (kind: KindView['kind'], rule: CollisionRule) => {
    model.set({ collisions: { ...form.collisions, [kind]: rule } })
    if (await model.save('collisions')) names.look()
  }
  // What meets something on the site stands first: it is what a person came for.
  const kinds = view.kinds.toSorted((a, b) => Number(b.both > 0) - Number(a.both > 0))
  return (
    <>
      <FixedNote part="collisions" model={model} />
      <Trouble problem={names.problem.value} at={names.at.value} onRetry={names.look} />
      {kinds.map((one) => (
        <section class="card stack tight names" key={one.kind}>
          <div class="bar">
            <h2>{collisionWords.kinds[one.kind]}</h2>
            {one.names === 0 && <span class="quiet push">{collisionWords.noNames}</span>}
          </div>
          <Locked part="collisions" model={model}>
            <Select
              quiet
              label={collisionWords.kinds[one.kind]}
              value={form.collisions[one.kind]}
              choices={collisionRules.map((rule) => [rule, collisionWords.rules[rule]] as const)}
              onPick={(rule) => void pick(one.kind, rule)}
            />
          </Locked>
          <p class="quiet">{one.sentence}</p>
          {nameLists.map((list) => (
            <Names
              key={list}
              id={id}
              kind={one.kind}
              rule={one.rule}
              list={list}
              rows={one.lists[list]}
              at={names.at.value}
            />
          ))}
        </section>
      ))}
    </>
  )
}
