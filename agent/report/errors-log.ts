import { kinds } from '../../shared/plan.ts'
import { eventPage } from '../ledger/events.ts'
import { differencesOf } from '../ledger/items.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { type Outcome, outcomePages } from '../ledger/outcomes.ts'

/**
 * Warnings and errors of the log, then each failed and each different item, as lines of the form that
 * Atlassian's assistant writes: `yyyy-MM-dd HH:mm:ss.SSS LEVEL PROJECTKEY phase message`. Times are UTC.
 * @param endedAt the time of the lines about items: the ledger keeps how an item ended, not when
 */
export async function* errorsLog(
  db: LedgerDb,
  migrationId: string,
  endedAt: number,
): AsyncGenerator<string> {
  const page = 500
  for (let after = 0; ; ) {
    const lines = await eventPage(db, migrationId, after, page)
    for (const { at, level, projectKey, phase, text } of lines)
      if (level !== 'info') yield logLine(at, level, projectKey, phase.replace('stage:', ''), text)
    const last = lines.at(-1)
    if (!last || lines.length < page) break
    after = last.n
  }
  for (const verdict of ['failed', 'different'] as const)
    for (const kind of kinds)
      for await (const items of outcomePages(db, migrationId, kind, verdict))
        yield items.map((item) => itemLine(item, verdict, endedAt)).join('')
}

function itemLine(item: Outcome, verdict: 'failed' | 'different', at: number): string {
  const fields = differencesOf(item).map((difference) => difference.field)
  const why =
    item.reasonText ??
    (fields.length ? `read back with another value in ${fields.join(', ')}` : 'no reason was given')
  // By the code the troubleshooting guide is asked.
  const code = item.reasonCode ?? (fields.length ? `different:${fields.join('+')}` : verdict)
  const text = `${item.kind} '${item.label}' (${item.sourceId}) ${verdict}: ${why} ${item.hint ? `${item.hint} ` : ''}[${code}]`
  return logLine(at, verdict === 'failed' ? 'error' : 'warn', item.projectKey, 'verify', text)
}

/** One line, whatever the text holds: a line break in a summary must not forge a line of the log. */
const logLine = (at: number, level: string, project: string | null, phase: string, text: string) =>
  `${new Date(at).toISOString().replace('T', ' ').replace('Z', '')} ${level.toUpperCase()} ${project ?? '-'} ${phase} ${flat(text)}\n`

const flat = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
