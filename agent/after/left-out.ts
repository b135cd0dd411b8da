import { leftOutList } from '../../shared/check-lists.ts'
import type { PlannedKind } from '../../shared/plan.ts'
import { eachItem, type ItemRow } from '../ledger/items.ts'
import { type AfterContext, type AfterPlace, plural } from './check.ts'

/** What is said of a thing that the plan left out: what it is, and why. */
export const leftOutDetail = ({
  label,
  reasonText,
}: Pick<ItemRow, 'label' | 'reasonText'>): string =>
  `${label} was left out before the run${reasonText ? `: ${reasonText}` : '.'}`

/** What was left out, in a sentence beside what else was found; '' where nothing was. */
export const besidesLeftOut = (out: number): string =>
  out ? ` ${plural(out, 'more was', 'more were')} left out before the run, as announced.` : ''

/**
 * Each item of a kind that the plan left out, as a row of that list. Of what another program moved nothing is given: that the
 * ledger leaves it out does not say that it is not on the site.
 */
export async function* leftOutOf(
  { db, migrationId, foreign }: Pick<AfterContext, 'db' | 'migrationId' | 'foreign'>,
  kind: PlannedKind,
): AsyncGenerator<AfterPlace> {
  if (foreign) return
  for await (const item of eachItem(db, migrationId, { kind, verdict: 'leftOut' }))
    yield {
      subject: item.label,
      projectKey: item.projectKey,
      issueKey: item.issueKey,
      detail: leftOutDetail(item),
      path: item.issueKey === null ? null : `/browse/${item.issueKey}`,
      list: leftOutList,
    }
}
