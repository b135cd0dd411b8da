import { isStranger, strangerCode } from '../../shared/api-strangers.ts'
import type { Kind } from '../../shared/plan.ts'
import { straight } from '../../shared/straight.ts'
import { acceptanceKey, acceptancesOf } from '../ledger/acceptances.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { strangerPage, strangersOf } from '../ledger/verification.ts'
import { csvLines } from './csv.ts'
import { type Finding, findingsOf, kindWords } from './findings.ts'

interface Strangers {
  kind: Kind
  items: number
  some: string[]
}

/** "The site has 3 comments that the source does not have: Comment by Fred on PAY-1, …". */
export function strangerSentence({ kind, items, some }: Strangers): string {
  const [one, many] = kindWords[kind]
  const more = items > some.length ? ', …' : ''
  return `The site has ${items.toLocaleString('en')} ${items === 1 ? one : many} that the source does not have: ${some.map(straight).join(', ')}${more}.`
}

/** How many items that failed or differ these findings hold: what was left out or is a stranger is neither. */
export const troubled = (findings: readonly Finding[]): number =>
  findings
    .filter((one) => one.verdict !== 'leftOut' && !isStranger(one))
    .reduce((sum, one) => sum + one.items + one.dependents, 0)

/** What did not end verified, and after it what the site has beyond the source, which no number counts. */
export async function allFindings(db: LedgerDb, migrationId: string): Promise<Finding[]> {
  const accepted = new Map(
    (await acceptancesOf(db, migrationId)).map((one) => [acceptanceKey(one), one]),
  )
  const strangers = (await strangersOf(db, migrationId)).map((one): Finding => {
    const cause = { kind: one.kind, verdict: 'different' as const, code: strangerCode(one.kind) }
    const answer = accepted.get(acceptanceKey(cause))
    return {
      ...cause,
      text: strangerSentence(one),
      hint: 'People may have made it since, or the migration made it twice: strangers.csv of the report lists all.',
      items: one.items,
      dependents: 0,
      accepted: answer ? { note: answer.note, who: answer.who, at: answer.at } : null,
      again: false,
      example: straight(one.some[0] ?? ''),
      varies: false,
      cause: { ...cause, reasonCode: cause.code, fields: null },
    }
  })
  return [...(await findingsOf(db, migrationId)), ...strangers]
}

/** All that the site has beyond the source. */
export async function* strangersCsv(db: LedgerDb, migrationId: string): AsyncGenerator<string> {
  yield csvLines([['kind', 'site id', 'project', 'issue', 'what']])
  for (let after = 0; ; ) {
    const rows = await strangerPage(db, migrationId, after, 500)
    const last = rows.at(-1)
    if (!last) return
    after = last.n
    yield csvLines(
      rows.map((row) => [row.kind, row.siteId, row.projectKey, row.issueKey, row.label]),
    )
  }
}
