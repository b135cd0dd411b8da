import type { PlannedItem, SiteFacts } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { UserRow } from '../../shared/rows.ts'
import { leftOut, moved, reason } from './item.ts'

/** A person as the plan needs one: the name people know, and the site's account where there is one. */
export interface Person {
  key: string
  displayName: string
  accountId: string | null
}

export interface People {
  /** By a reference of the source (user key, or the name in old sources); null for no reference. */
  of(reference: string | null): Person | null
  /** By username, as mentions in texts have it. */
  named(username: string): Person | null
}

/** The account that a user becomes: by e-mail address, and only if the user was not deleted. */
function accountOf(user: UserRow, site: SiteFacts) {
  const email = user.email?.trim().toLowerCase()
  return email && !user.deleted ? (site.accounts[email] ?? null) : null
}

export function readPeople(snapshot: SnapshotReader, site: SiteFacts): People {
  const byKey = new Map<string, Person>()
  const byName = new Map<string, Person>()
  for (const user of snapshot.rows('user')) {
    const person: Person = {
      key: user.key,
      displayName: user.displayName?.trim() || user.name || user.key,
      accountId: accountOf(user, site)?.accountId ?? null,
    }
    byKey.set(user.key, person)
    const name = (user.name ?? user.key).toLowerCase()
    // A deleted user's name may have been given to somebody new.
    if (!byName.has(name) || !user.deleted) byName.set(name, person)
  }
  return {
    of: (reference) => {
      if (!reference) return null
      const known = byKey.get(reference) ?? byName.get(reference.toLowerCase())
      return known ?? { key: reference, displayName: reference, accountId: null }
    },
    named: (username) => byName.get(username.trim().toLowerCase()) ?? byKey.get(username) ?? null,
  }
}

/** One item for each user: joined with a site account by e-mail, or left out and kept as a name in the texts. */
export function* planPeople(snapshot: SnapshotReader, site: SiteFacts): Generator<PlannedItem> {
  const taken = new Map<string, string>()
  for (const user of snapshot.rows('user')) {
    const name = user.displayName?.trim() || user.name || user.key
    const place = { sourceId: user.key, label: name, phase: 'people' as const }
    const account = accountOf(user, site)
    if (!account) {
      yield leftOut('user', place, whyNoAccount(user))
      continue
    }
    const losses = []
    const first = taken.get(account.accountId)
    if (first !== undefined)
      losses.push(
        reason(
          'shared-account',
          `${first} has the same e-mail address: both become the account of ${account.displayName}.`,
        ),
      )
    else taken.set(account.accountId, name)
    if (account.displayName !== name)
      losses.push(
        reason('name-on-site', `Is called "${account.displayName}" on the site, "${name}" here.`),
      )
    const { accountId, displayName, email } = account
    yield moved('user', place, { accountId, displayName, email }, losses)
  }
}

function whyNoAccount(user: UserRow) {
  const kept =
    'Their content is sent by the account of the token, with their name in its first line.'
  if (user.deleted) return reason('user-deleted', `The user was deleted at the source. ${kept}`)
  if (!user.email?.trim())
    return reason('no-email', `The source has no e-mail address to find an account by. ${kept}`)
  return reason('no-account', `No account of the site has the address ${user.email}. ${kept}`)
}
