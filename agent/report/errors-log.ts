import { straight } from '../../shared/straight.ts'
import { checkRows } from '../ledger/checks.ts'
import { eventPage } from '../ledger/events.ts'
import { differencesOf } from '../ledger/items.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { eachTrouble, linesOfItems, type Trouble } from '../ledger/trouble.ts'
import { hintFor } from './findings.ts'

/** A line with its time, so that two kinds of them can be put into one order. */
interface Timed {
  at: number
  line: string
}

/**
 * Warnings and errors of the log, and each failed and each different item, in the order of their times, as
 * lines of the form that Atlassian's assistant writes: `yyyy-MM-dd HH:mm:ss.SSS LEVEL PROJECTKEY phase message`.
 * Times are UTC. Of a run without any it has one line, which says so: an empty file could be a broken one.
 * @param now the time of that line
 */
export async function* errorsLog(
  db: LedgerDb,
  migrationId: string,
  now: number,
): AsyncGenerator<string> {
  let any = false
  for await (const line of ordered(db, migrationId)) {
    any = true
    yield line.line
  }
  if (!any) yield logLine(now, 'info', null, 'report', 'There was no warning and no error.')
}

const ordered = (db: LedgerDb, migrationId: string) =>
  inOrder(inOrder(checks(db, migrationId), events(db, migrationId)), items(db, migrationId))

/** What the checks before the run found last, and who set an error aside and why. */
async function* checks(db: LedgerDb, migrationId: string): AsyncGenerator<Timed> {
  const levels = { error: 'error', warning: 'warn', incomplete: 'warn' } as const
  const found = [...(await checkRows(db, migrationId)).values()]
  for (const one of found.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
    if (one.status === 'success' || one.status === 'pending') continue
    const aside = one.who === null ? '' : ` Set aside by ${one.who}: ${one.note ?? ''}`
    const text = `${one.sentence} ${one.hint}${aside} [${one.key}]`
    yield { at: one.at ?? 0, line: logLine(one.at ?? 0, levels[one.status], null, 'check', text) }
  }
}

/** Both are in order already; of two of the same time the first one's comes first. */
async function* inOrder(a: AsyncGenerator<Timed>, b: AsyncGenerator<Timed>): AsyncGenerator<Timed> {
  let [one, other] = [await a.next(), await b.next()]
  while (!one.done || !other.done)
    if (!one.done && (other.done || one.value.at <= other.value.at)) {
      yield one.value
      one = await a.next()
    } else if (!other.done) {
      yield other.value
      other = await b.next()
    }
}

async function* events(db: LedgerDb, migrationId: string): AsyncGenerator<Timed> {
  const page = 500
  for (let after = 0; ; ) {
    const lines = await eventPage(db, migrationId, after, page)
    const twice = await linesOfItems(db, migrationId, lines)
    for (const { at, level, projectKey, phase, text, code } of lines)
      if (level !== 'info' && !(level === 'error' && twice.has(text))) {
        const said = code === null ? text : `${text} [${code}]`
        yield { at, line: logLine(at, level, projectKey, phase.replace('stage:', ''), said) }
      }
    const last = lines.at(-1)
    if (!last || lines.length < page) return
    after = last.n
  }
}

async function* items(db: LedgerDb, migrationId: string): AsyncGenerator<Timed> {
  for await (const item of eachTrouble(db, migrationId)) {
    const at = item.settledAt ?? 0
    yield { at, line: itemLine(item, at) }
  }
}

function itemLine(item: Trouble, at: number): string {
  const fields = differencesOf(item).map((difference) => difference.field)
  const why =
    item.reasonText ??
    (fields.length ? `read back with another value in ${fields.join(', ')}` : 'no reason was given')
  // By the code the troubleshooting guide is asked.
  const code = item.reasonCode ?? (fields.length ? `different:${fields.join('+')}` : item.verdict)
  const text = `${item.kind} '${item.label}' (${item.sourceId}) ${item.verdict}: ${why} ${item.hint ?? hintFor(item)} [${code}]`
  return logLine(
    at,
    item.verdict === 'failed' ? 'error' : 'warn',
    item.projectKey,
    phaseOf(item),
    text,
  )
}

/** What the site refused failed where it was sent; what was sent, or never had to be, where it was read back. */
const phaseOf = ({ state, phase }: Trouble): string => (state === 'failed' ? phase : 'verify')

/** One line, whatever the text holds: a line break in a summary must not forge a line of the log. */
const logLine = (at: number, level: string, project: string | null, phase: string, text: string) =>
  `${new Date(at).toISOString().replace('T', ' ').replace('Z', '')} ${level.toUpperCase()} ${project ?? '-'} ${phase} ${flat(text)}\n`

const flat = (text: string) =>
  straight(text)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
