import { type BesideList, besideLists, besideNames } from '../../shared/api-beside.ts'
import type { PlannedKind } from '../../shared/plan.ts'

/** One and many of each list, as the sentence says them; the dashboard finds the lists by these words. */
const words: Record<BesideList, readonly [one: string, many: string]> = {
  schemes: ['scheme', 'schemes'],
  fillers: [
    'empty issue that keeps a number and is deleted at the end',
    'empty issues that keep numbers and are deleted at the end',
  ],
  notes: [
    'comment for what has no other place on the site',
    'comments for what has no other place on the site',
  ],
}

/**
 * How a plan is told in the timeline: "Planned 21 items. The site gets beside them: 13 schemes."
 * @param means how many there are of each kind that stands for no item of the source
 */
export function plannedSentence(items: number, means: ReadonlyMap<PlannedKind, number>): string {
  const count = (n: number, one: string, many: string) =>
    `${n.toLocaleString('en')} ${n === 1 ? one : many}`
  const more = besideNames.flatMap((list) => {
    const n = besideLists[list].reduce((sum, kind) => sum + (means.get(kind) ?? 0), 0)
    return n > 0 ? [count(n, ...words[list])] : []
  })
  const planned = `Planned ${count(items, 'item', 'items')}.`
  return more.length > 0 ? `${planned} The site gets beside them: ${more.join('; ')}.` : planned
}
