import { createHash } from 'node:crypto'
import type { LedgerDb } from './open.ts'

/** Tokens are random 256-bit values, so a plain hash is enough to keep them from being read back. */
const hash = (token: string) => createHash('sha256').update(token).digest('hex')

export async function addClient(
  db: LedgerDb,
  token: string,
  name: string,
  at: number,
): Promise<void> {
  await db
    .insertInto('client')
    .values({ tokenHash: hash(token), name, createdAt: at })
    .execute()
}

/** What the browser or program with this token called itself when it was paired; null when it is not known. */
export async function clientName(db: LedgerDb, token: string): Promise<string | null> {
  const row = await db
    .selectFrom('client')
    .select('name')
    .where('tokenHash', '=', hash(token))
    .executeTakeFirst()
  return row?.name ?? null
}

/** Whether this token was given out by a pairing and not revoked since. */
export async function knowsClient(db: LedgerDb, token: string): Promise<boolean> {
  const row = await db
    .selectFrom('client')
    .select('id')
    .where('tokenHash', '=', hash(token))
    .executeTakeFirst()
  return row !== undefined
}
