import type { PlannedItem, Reason } from '../../../shared/plan.ts'
import { type CheckOffender, fine, isLive, notAsked, plural, siteCheck, warn } from './check.ts'

/** Of the JQL itself; a question for an epic is the same question once it asks for the parent. */
const ofJql = (code: string) => code.startsWith('jql-') && code !== 'jql-epic'
const others = new Set(['filter-stays', 'board-stays', 'dangling'])

/** Why the plan leaves a filter or board behind, or what its JQL no longer finds; null for all else. */
function whyOther({ kind, leftOut, losses }: PlannedItem): Reason | null {
  if (kind !== 'filter' && kind !== 'board') return null
  const reasons = leftOut ? [leftOut] : losses
  return reasons.find(({ code }) => ofJql(code) || others.has(code)) ?? null
}

export const jqlNames = siteCheck({
  key: 'jql-names',
  group: 'boards and filters',
  title: 'Filters and boards that name what is not there',
  worst: 'warning',
  canOverride: true,
  lists: {
    filters: ['filter was shown by the live source', 'filters were shown by the live source'],
  },
  *ask(context): Generator<CheckOffender> {
    if (!isLive(context)) return
    for (const { name, jql } of context.snapshot.rows('filter'))
      yield { subject: name, detail: jql ?? '', list: 'filters' }
  },
  watch(item) {
    const why = whyOther(item)
    if (!why) return null
    const subject = item.kind === 'board' ? `Board ${item.label}` : item.label
    return { subject, projectKey: item.projectKey, detail: why.text }
  },
  say(n, context, rowsOf) {
    const live = isLive(context)
    if (n)
      return warn(
        `${plural(n, 'filter or board stays', 'filters and boards stay')} behind or ${n === 1 ? 'finds' : 'find'} something else on the site: the JQL names what will not be there, or asks for what does not move.`,
        `Correct the JQL at the source, or make what it names there and choose it to move.${live ? ` ${unlisted}` : ''}`,
      )
    if (live)
      return notAsked(
        `Nothing is missing for the ${plural(rowsOf('filters'), 'filter', 'filters')} that the live source showed. ${unlisted}`,
        'A backup of this Jira has all filters. Or mark those that matter as favourites of the account that reads, and read the source again.',
      )
    return fine('All that filters and boards name comes to the site or is there.')
  },
})

const unlisted =
  'A live source lists only the filters of its boards, the favourites of the account that reads, and those that these name: all others were never seen.'
