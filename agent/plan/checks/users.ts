import type { SnapshotReader } from '../../../shared/record.ts'
import type { UserRow } from '../../../shared/rows.ts'

export const nameOf = (user: UserRow) => user.displayName?.trim() || user.name || user.key

/** What becomes of the words of somebody without an account. */
export const kept =
  'What they wrote is sent by the account of the token, with their name in its first line.'

/** Deleted users are nobody's concern here: they cannot get an account. */
export function* users(snapshot: SnapshotReader): Generator<UserRow & { address: string }> {
  for (const user of snapshot.rows('user'))
    if (!user.deleted) yield { ...user, address: user.email?.trim().toLowerCase() ?? '' }
}
