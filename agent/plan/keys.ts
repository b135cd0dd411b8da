import type { PlannedItem } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { moved } from './item.ts'
import { origin } from './origin.ts'
import type { Setup } from './setup.ts'
import { issuePages } from './survey.ts'

/** The issues that fill the numbers between two issues: `after` and `before` are not among them. */
export function* fillers(
  context: Context,
  setup: Setup,
  after: number,
  before: number,
): Generator<PlannedItem> {
  const projectKey = setup.plan.row.key
  for (let number = after + 1; number < before; number += 1) {
    const key = `${projectKey}-${number}`
    yield moved(
      'filler',
      {
        sourceId: key,
        label: `Filler ${key}`,
        projectKey,
        issueKey: key,
        phase: 'issues',
        lane: projectKey,
      },
      {
        key,
        number,
        issueType: setup.defaultType,
        origin: origin(context, 'filler', key, { key }),
      },
    )
  }
}

/** At the end, the fillers go again. */
export function* planTidy(context: Context, setup: Setup): Generator<PlannedItem> {
  const projectKey = setup.plan.row.key
  let after = 0
  for (const page of issuePages(context.snapshot, setup.plan.row.id))
    for (const { number } of page) {
      for (let gap = after + 1; gap < number; gap += 1) {
        const key = `${projectKey}-${gap}`
        const place = { sourceId: key, label: `Filler ${key}`, projectKey, issueKey: key }
        yield moved('fillerDelete', { ...place, phase: 'tidy', lane: projectKey }, { key })
      }
      after = number
    }
}

/** A project with far more gaps than issues takes long: said before the run. */
export function manyFillers({ survey }: Setup): number | null {
  const count = survey.lastNumber - survey.issues
  return count > 10_000 && count > 20 * survey.issues ? count : null
}
