import { type ForeignIds, putId } from './foreign-frame.ts'
import type { ForeignSite } from './foreign-site.ts'
import type { ForeignSource } from './foreign-source.ts'

/** Accounts by the key, and by the name, of the source's users. */
export interface ForeignPeople {
  byKey: Map<string, string>
  byName: Map<string, string>
}

/**
 * Everybody gets an account; who was deleted, or has no address, gets one with a made-up address: an
 * assistant does not lose an author.
 */
export function foreignPeople(
  source: ForeignSource,
  { door }: ForeignSite,
  ids: ForeignIds,
): ForeignPeople {
  const users = new Map(source.rows('User').map((row) => [row.lowerUserName ?? '', row]))
  const people: ForeignPeople = { byKey: new Map(), byName: new Map() }
  for (const { userKey = '', lowerUserName: name = '' } of source.rows('ApplicationUser')) {
    const user = users.get(name)
    const email = user?.emailAddress || `${name}@former.invalid`
    const accountId = door.account(user?.displayName || name, email)
    people.byKey.set(userKey, accountId)
    people.byName.set(name, accountId)
    putId(ids, 'name', name, accountId)
    if (user) putId(ids, 'identity:user', `jira.userkey/${userKey}`, accountId)
  }
  return people
}
