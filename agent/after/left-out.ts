import { leftOutList } from '../../shared/check-lists.ts'
import type { PlannedKind } from '../../shared/plan.ts'
import { eachItem, type ItemRow } from '../ledger/items.ts'
import { type AfterContext, type AfterPlace, type AfterSays, fine, plural, warn } from './check.ts'

/** Left out because the site has it, or one of its own in its place: nobody misses it there. */
const there: ReadonlySet<string> = new Set(['dashboard-system', 'file-there'])

/** What is said of a thing that the plan left out: what it is, and why. */
export const leftOutDetail = ({
  label,
  reasonText,
}: Pick<ItemRow, 'label' | 'reasonText'>): string =>
  `${label} was left out before the run${reasonText ? `: ${reasonText}` : '.'}`

/** What was left out, in a sentence beside what else was found; '' where nothing was. */
export const besidesLeftOut = (out: number): string =>
  out ? ` ${plural(out, 'more was', 'more were')} left out before the run, as announced.` : ''

/** The words of the list of what was left out. */
export const leftOutWords = (one: string, many: string): readonly [one: string, many: string] => [
  `${one} was left out before the run`,
  `${many} were left out before the run`,
]

/**
 * How a check ends whose things the plan may have left out: with what is wrong, else with what was left out, else
 * all is well. A run that left something out is never called a success: it is not there.
 */
export function sayBeside(
  { places, out }: { places: number; out: number },
  says: {
    /** What is wrong in how many places; asked only where something is. */
    wrong(): AfterSays
    /** What is true of all that was moved. */
    rest: string
    /** What was left out, in words for one and for many. */
    what: readonly [one: string, many: string]
    /** What to do about what was left out. */
    hint: string
  },
): AfterSays {
  if (places > 0) {
    const { sentence, ...wrong } = says.wrong()
    return { ...wrong, sentence: `${sentence}${besidesLeftOut(out)}` }
  }
  if (out === 0) return fine(says.rest)
  const [one, many] = leftOutWords(...says.what)
  return warn(`${plural(out, one, many)}, as announced. ${says.rest}`, says.hint)
}

/**
 * Each item of a kind that the plan left out, as a row of that list. Of what another program moved nothing is given: that the
 * ledger leaves it out does not say that it is not on the site.
 * @param what stands before its name: "Filter"
 */
export async function* leftOutOf(
  { db, migrationId, foreign }: Pick<AfterContext, 'db' | 'migrationId' | 'foreign'>,
  kind: PlannedKind,
  what = '',
): AsyncGenerator<AfterPlace> {
  if (foreign) return
  for await (const item of eachItem(db, migrationId, { kind, verdict: 'leftOut' })) {
    if (there.has(item.reasonCode ?? '')) continue
    yield {
      subject: what ? `${what} ${item.label}` : item.label,
      projectKey: item.projectKey,
      issueKey: item.issueKey,
      detail: leftOutDetail(item),
      path: item.issueKey === null ? null : `/browse/${item.issueKey}`,
      list: leftOutList,
    }
  }
}
