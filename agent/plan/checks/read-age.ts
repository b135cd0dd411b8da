import { check, fine, notAsked, plural, warn } from './check.ts'

const dayMs = 86_400_000
/** People go on working in a source that runs: what they did since is not in what was read. */
const freshMs = dayMs

/** How old what was read of a live source is. A backup is as old as it is: it is told with its export. */
export const readAge = check({
  key: 'read-age',
  group: 'system',
  title: 'Age of what was read',
  worst: 'warning',
  canOverride: true,
  say(_none, { snapshot, now }) {
    const { sourceKind, exportedAt } = snapshot.info()
    if (sourceKind === 'datacenter' && exportedAt === null)
      return notAsked(
        'It is not known when Jira was read.',
        'Read it again at the step Inspection, as close to the run as you can.',
      )
    if (sourceKind !== 'datacenter' || exportedAt === null || now === undefined)
      return fine('The source is a backup: it does not change by itself.')
    const age = now - exportedAt
    if (age < freshMs) return fine('Jira was read within the last day.')
    const days = plural(Math.floor(age / dayMs), 'day', 'days')
    return warn(
      `Jira was read ${days} ago; what changed in it since is not in the plan.`,
      'Read it again at the step Inspection, as close to the run as you can.',
    )
  },
})
