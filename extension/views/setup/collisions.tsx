import { useModel } from '@preact/signals'
import type { CollisionsView } from '../../../shared/api-setup-views.ts'
import { type CollisionRule, collisionRules } from '../../../shared/setup.ts'
import { CollisionsModel } from '../../models/ask.ts'
import { collisionWords } from '../../words-site.ts'
import { ProblemBox, Skeleton, Trouble } from '../parts.tsx'
import { Select } from './fields.tsx'
import { Fixed } from './fixed.tsx'
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
    <Fixed part="collisions" model={model}>
      <Trouble problem={names.problem.value} at={names.at.value} onRetry={names.look} />
      {kinds.map((one) => (
        <section class="card stack tight" key={one.kind}>
          <div class="bar">
            <h2>{collisionWords.kinds[one.kind]}</h2>
            <span class="quiet push">
              {one.names === 0 ? collisionWords.noNames : collisionWords.both(one.both, one.names)}
            </span>
          </div>
          <Select
            quiet
            label={collisionWords.kinds[one.kind]}
            value={form.collisions[one.kind]}
            choices={collisionRules.map((rule) => [rule, collisionWords.rules[rule]] as const)}
            onPick={(rule) => void pick(one.kind, rule)}
          />
          <p class="quiet">{one.sentence}</p>
          {one.items.length > 0 && <Names one={one} />}
        </section>
      ))}
    </Fixed>
  )
}

function Names({ one }: { one: KindView }) {
  const [source, site, becomes] = collisionWords.columns
  return (
    <details>
      <summary>{collisionWords.show(one.both)}</summary>
      <table class="cards" aria-label={collisionWords.kinds[one.kind]}>
        <thead>
          <tr>
            {collisionWords.columns.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {one.items.map((item, i) => (
            <tr key={`${i} ${item.name}`}>
              <td class="wide" data-label={source}>
                <bdi>{item.name}</bdi>
              </td>
              <td class="wide" data-label={site}>
                <span>
                  <bdi>{item.siteName}</bdi>
                  {item.note !== null && <span class="quiet line">{item.note}</span>}
                </span>
              </td>
              <td class="wide" data-label={becomes}>
                {item.becomes === null ? (
                  collisionWords.leftOut
                ) : (
                  <span>
                    <bdi>{item.becomes}</bdi>
                    {one.rule === 'reuse' && item.becomes !== item.siteName && (
                      <span class="called line">⚠ {collisionWords.beside}</span>
                    )}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {one.items.length < one.both && <p class="quiet">{collisionWords.first(one.items.length)}</p>}
    </details>
  )
}
