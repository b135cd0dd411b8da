import { sql } from 'kysely'
import type { LedgerDb } from './open.ts'

const columns = [
  'seq',
  'kind',
  'sourceId',
  'label',
  'projectKey',
  'phase',
  'state',
  'verdict',
  'differencesJson',
  'reasonCode',
  'reasonText',
  'hint',
  'again',
  'settledAt',
] as const

/** A counted item that failed or is different. */
export type Trouble = Awaited<ReturnType<typeof troublePage>>[number]

function troublePage(
  db: LedgerDb,
  migrationId: string,
  after: { at: number; seq: number },
  limit: number,
) {
  return (
    db
      .selectFrom('item')
      .select(columns)
      .where('migrationId', '=', migrationId)
      // Written out, not bound: only so does SQLite see that the index itemTrouble answers it.
      .where(sql<boolean>`verdict in ('failed', 'different')`)
      .where(sql<boolean>`(settledAt, seq) > (${after.at}, ${after.seq})`)
      .where('counted', '=', 1)
      .orderBy('settledAt')
      .orderBy('seq')
      .limit(limit)
      .$narrowType<{ verdict: 'failed' | 'different' }>()
      .execute()
  )
}

/** What failed and what is different, in the order in which it came to that; a page at a time. */
export async function* eachTrouble(
  db: LedgerDb,
  migrationId: string,
  page = 500,
): AsyncGenerator<Trouble> {
  for (let after = { at: -1, seq: 0 }; ; ) {
    const rows = await troublePage(db, migrationId, after, page)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < page) return
    after = { at: last.settledAt ?? after.at, seq: last.seq }
  }
}

/** Which of these errors of the log say of one item what the item itself says: its label, and why it failed. */
export async function linesOfItems(
  db: LedgerDb,
  migrationId: string,
  lines: readonly { level: string; text: string }[],
): Promise<Set<string>> {
  const texts = lines.filter(({ level }) => level === 'error').map(({ text }) => text)
  if (!texts.length) return new Set()
  const said = sql<string>`label || ': ' || reasonText`
  const rows = await db
    .selectFrom('item')
    .select(said.as('text'))
    .where('migrationId', '=', migrationId)
    // Written out as above; what failed is few beside all items.
    .where(sql<boolean>`verdict in ('failed', 'different')`)
    .where('verdict', '=', 'failed')
    .where('counted', '=', 1)
    .where(said, 'in', texts)
    .execute()
  return new Set(rows.map(({ text }) => text))
}
