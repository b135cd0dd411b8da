import type { ItemView, LogLine } from '../../shared/api.ts'
import { type Kind, kinds } from '../../shared/plan.ts'
import { Problem } from '../../shared/problem.ts'
import { straight } from '../../shared/straight.ts'
import type { EventRow } from '../ledger/events.ts'
import { differencesOf, type ItemRow, lossesOf } from '../ledger/items.ts'

const counted = new Set<string>(kinds)
const isKind = (kind: string): kind is Kind => counted.has(kind)

/** An item of the source as a row of a list; a means has no such view. Its label is a sentence around a name. */
export function viewItem(item: ItemRow): ItemView {
  if (!isKind(item.kind))
    throw new Problem('unexpected', `A ${item.kind} is no item of the source.`, {
      hint: 'Please report this with the error log.',
    })
  return {
    seq: item.seq,
    kind: item.kind,
    sourceId: item.sourceId,
    siteId: item.siteId,
    label: straight(item.label),
    projectKey: item.projectKey,
    issueKey: item.issueKey,
    verdict: item.verdict,
    losses: lossesOf(item),
    differences: differencesOf(item),
    reason:
      item.reasonCode === null ? null : { code: item.reasonCode, text: item.reasonText ?? '' },
    hint: item.hint,
  }
}

/** A line of the log; milestones carry their stage without the mark that makes them milestones. */
export const viewLine = (event: EventRow): LogLine => ({
  n: event.n,
  at: event.at,
  level: event.level,
  project: event.projectKey,
  phase: event.phase.replace('stage:', ''),
  text: event.text,
})
