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

/** Whether this token was given out by a pairing and not revoked since. */
export async function knowsClient(db: LedgerDb, token: string): Promise<boolean> {
  const row = await db
    .selectFrom('client')
    .select('id')
    .where('tokenHash', '=', hash(token))
    .executeTakeFirst()
  return row !== undefined
}
