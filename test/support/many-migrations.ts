import { sql } from 'kysely'
import { addMigration } from '../../agent/ledger/migrations.ts'
import type { LedgerDb } from '../../agent/ledger/open.ts'

/**
 * Fills a ledger with so many migrations to a Cloud site, each with three projects' tallies, faster than they
 * could be made one by one: m1 changed first.
 */
export async function addMany(db: LedgerDb, count: number): Promise<void> {
  await addMigration(db, {
    id: 'm1',
    name: 'Migration 1',
    source: { kind: 'backup', path: '/backup.zip', attachments: null, timeZone: null },
    site: { kind: 'cloud', url: 'https://acme.atlassian.net', email: 'a@example.com' },
    scope: { projects: null },
    mode: 'move',
    at: 1,
  })
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ name: string }>`pragma table_info(migration)`.execute(tx)
    const columns = sql.join(rows.map(({ name }) => sql.ref(name)))
    const values = sql.join(
      rows.map(({ name }) => {
        if (name === 'id') return sql`'m' || i`
        if (name === 'name') return sql`'Migration ' || i`
        if (name === 'changed') return sql`i`
        return name === 'status' ? sql`'incomplete'` : sql.ref(name)
      }),
    )
    await sql`with recursive n(i) as (select 2 union all select i + 1 from n where i < ${count})
      insert into migration (${columns}) select ${values} from n, migration where id = 'm1'`.execute(
      tx,
    )
    await sql`insert into tally (migrationId, kind, projectKey, phase, state, verdict, loss, n)
      select id, kind, key, 'issues', 'sent', 'verified', 0, 10 from migration,
        (select 'A' key union select 'B' union select 'C'),
        (select 'issue' kind union select 'comment' union select 'worklog')`.execute(tx)
    await tx.updateTable('clock').set({ now: count }).execute()
  })
}
