import type { PlannedItem, Reason, SiteFacts } from '../../shared/plan.ts'
import type { ChosenAccount, SetupOptions } from '../../shared/plan-options.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { UserRow } from '../../shared/rows.ts'
import { leftOut, moved, reason } from './item.ts'

/** A person as the plan needs one: the name people know, and the site's account where there is one. */
export interface Person {
  key: string
  /** Of somebody left out: a word for them, never the name. */
  displayName: string
  accountId: string | null
  /** A person chose to leave them out: nothing that says who it was is written. */
  leftOut?: true
}

/** What stands for the name of somebody left out, in Jira Cloud's own words for people who are gone. */
export const formerUser = 'Former user'

/** The loss of an item in which somebody stands who is left out. @param who "Its author", "Its reporter" */
export const nameLeftOut = (who: string): Reason =>
  reason(
    'name-left-out',
    `${who} is left out, as you chose: "${formerUser}" stands where the name was.`,
  )

export interface People {
  /** By a reference of the source (user key, or the name in old sources); null for no reference. */
  of(reference: string | null): Person | null
  /** By username, as mentions in texts have it. */
  named(username: string): Person | null
}

/** The account that a user becomes: by choice, else by e-mail address, and only if the user was not deleted. */
function accountOf(user: UserRow, site: SiteFacts, choices: SetupOptions['choices']) {
  const choice = choices?.get(user.key)
  if (choice) return choice.how === 'account' ? choice.account : null
  const email = user.email?.trim().toLowerCase()
  return email && !user.deleted ? (site.accounts[email] ?? null) : null
}

/** @param held what the source held is told, so nobody is left out of it */
export function readPeople(
  snapshot: SnapshotReader,
  site: SiteFacts,
  choices?: SetupOptions['choices'],
  held = false,
): People {
  const byKey = new Map<string, Person>()
  const byName = new Map<string, Person>()
  for (const user of snapshot.rows('user')) {
    const hidden = choices?.get(user.key)?.how === 'leave' && !held
    const person: Person = {
      key: user.key,
      displayName: hidden ? formerUser : user.displayName?.trim() || user.name || user.key,
      accountId: accountOf(user, site, choices)?.accountId ?? null,
      ...(hidden ? { leftOut: true } : {}),
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

/**
 * One item for each user: joined with a site account by choice or e-mail, or left out and, unless a
 * person chose otherwise, kept as a name in the texts. related: the users in scope; null = all.
 */
export function* planPeople(
  snapshot: SnapshotReader,
  site: SiteFacts,
  choices?: SetupOptions['choices'],
  related: ReadonlySet<string> | null = null,
): Generator<PlannedItem> {
  const taken = new Map<string, string>()
  for (const user of snapshot.rows('user')) {
    const name = user.displayName?.trim() || user.name || user.key
    const place = { sourceId: user.key, label: name, phase: 'people' as const }
    if (related && !related.has(user.key)) {
      yield leftOut('user', place, reason('not-related', 'Nothing that moves names this user.'))
      continue
    }
    const account = accountOf(user, site, choices)
    if (!account) {
      yield leftOut('user', place, whyNoAccount(user, choices?.get(user.key)))
      continue
    }
    const losses = []
    const first = taken.get(account.accountId)
    if (first !== undefined)
      losses.push(
        reason(
          'shared-account',
          `${first} becomes the account of ${account.displayName}, too: both are one person on the site.`,
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

function whyNoAccount(user: UserRow, choice: ChosenAccount | undefined) {
  const kept =
    'Their content is sent by the account of the token, with their name in its first line.'
  if (choice?.how === 'account')
    return reason('account-missing', `The site no longer has the account chosen for them. ${kept}`)
  if (choice?.how === 'leave')
    return reason(
      'chosen-leave',
      `You chose to leave them out. Their content is sent by the account of the token, and "${formerUser}" stands where their name was.`,
    )
  if (choice) return reason('chosen-placeholder', `You chose to give them no account. ${kept}`)
  if (user.deleted) return reason('user-deleted', `The user was deleted at the source. ${kept}`)
  if (!user.email?.trim())
    return reason('no-email', `The source has no e-mail address to find an account by. ${kept}`)
  return reason('no-account', `No account of the site has the address ${user.email}. ${kept}`)
}
