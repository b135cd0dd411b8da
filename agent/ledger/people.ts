import type { Selectable } from 'kysely'
import type { LedgerDb } from './open.ts'
import type { PersonTable } from './schema.ts'

export type PersonRow = Selectable<PersonTable>
/** null = the match by e-mail address again. */
export type Choice = Omit<PersonRow, 'migrationId' | 'userKey'> | null

/** So many rows go into one statement: 5 columns each, well under SQLite's 32,766 parameters. */
const rowsAStatement = 1000

/** What people chose for users of the source, by user key. Only choices are kept, so it is small. */
export async function choicesOf(
  db: LedgerDb,
  migrationId: string,
): Promise<Map<string, PersonRow>> {
  const query = db.selectFrom('person').selectAll().where('migrationId', '=', migrationId)
  return new Map((await query.execute()).map((row) => [row.userKey, row]))
}

/** Writes choices, all or none of them. */
export async function choose(
  db: LedgerDb,
  migrationId: string,
  choices: Iterable<readonly [userKey: string, choice: Choice]>,
): Promise<void> {
  const all = [...choices]
  await db.transaction().execute(async (tx) => {
    for (let from = 0; from < all.length; from += rowsAStatement) {
      const part = all.slice(from, from + rowsAStatement)
      const keys = part.map(([userKey]) => userKey)
      await tx
        .deleteFrom('person')
        .where('migrationId', '=', migrationId)
        .where('userKey', 'in', keys)
        .execute()
      const rows = part.flatMap(([userKey, choice]) =>
        choice ? [{ ...choice, migrationId, userKey }] : [],
      )
      if (rows.length) await tx.insertInto('person').values(rows).execute()
    }
  })
}

/** Gives a migration the choices of another one. */
export async function copyChoices(db: LedgerDb, from: string, to: string): Promise<void> {
  const rows = [...(await choicesOf(db, from))]
  await choose(
    db,
    to,
    rows.map(([userKey, { how, accountId, displayName }]) => [
      userKey,
      { how, accountId, displayName },
    ]),
  )
}
