import type { PlannedKind } from '../../shared/plan.ts'

/** What a run makes beside the items of the source. Steps of an item itself (its status, a sprint's end) are none. */
const beside: readonly [kinds: readonly PlannedKind[], one: string, many: string][] = [
  [['screens', 'issueTypeScheme', 'workflow', 'workflowScheme'], 'scheme', 'schemes'],
  [
    ['filler'],
    'empty issue that keeps a number and is deleted at the end',
    'empty issues that keep numbers and are deleted at the end',
  ],
  [
    ['note'],
    'comment for what has no other place on the site',
    'comments for what has no other place on the site',
  ],
]

/**
 * How a plan is told in the timeline: "Planned 21 items. The site gets beside them: 13 schemes."
 * @param means how many there are of each kind that stands for no item of the source
 */
export function plannedSentence(items: number, means: ReadonlyMap<PlannedKind, number>): string {
  const count = (n: number, one: string, many: string) =>
    `${n.toLocaleString('en')} ${n === 1 ? one : many}`
  const more = beside.flatMap(([kinds, one, many]) => {
    const n = kinds.reduce((sum, kind) => sum + (means.get(kind) ?? 0), 0)
    return n > 0 ? [count(n, one, many)] : []
  })
  const planned = `Planned ${count(items, 'item', 'items')}.`
  return more.length > 0 ? `${planned} The site gets beside them: ${more.join('; ')}.` : planned
}
