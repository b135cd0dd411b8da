import type { SnapshotReader } from '../../../shared/record.ts'
import type { UserRow } from '../../../shared/rows.ts'
import { type CheckOffender, check, fine, plural, siteCheck, warn } from './check.ts'

const address = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/
const nameOf = (user: UserRow) => user.displayName?.trim() || user.name || user.key
const kept =
  'What they wrote is sent by the account of the token, with their name in its first line.'

/** Deleted users are nobody's concern here: they cannot get an account. */
function* users(snapshot: SnapshotReader): Generator<UserRow & { address: string }> {
  for (const user of snapshot.rows('user'))
    if (!user.deleted) yield { ...user, address: user.email?.trim().toLowerCase() ?? '' }
}

export const withoutAddress = check({
  key: 'people-without-address',
  group: 'people',
  title: 'People without an e-mail address',
  canOverride: true,
  *ask({ snapshot }): Generator<CheckOffender> {
    for (const user of users(snapshot))
      if (!user.address)
        yield { subject: nameOf(user), detail: `Username ${user.name ?? user.key}.` }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'person has', 'people have')} no e-mail address, so no account can be found for them.`,
          `Give them one at the source, and make a new backup. ${kept}`,
        )
      : fine('Everybody has an e-mail address.'),
})

export const invalidAddress = check({
  key: 'people-invalid-address',
  group: 'people',
  title: 'E-mail addresses that are none',
  canOverride: true,
  *ask({ snapshot }): Generator<CheckOffender> {
    for (const user of users(snapshot))
      if (user.address && !address.test(user.address))
        yield { subject: nameOf(user), detail: `"${user.email}"` }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'person has', 'people have')} an e-mail address that cannot be one.`,
          `Correct it at the source, and make a new backup. ${kept}`,
        )
      : fine('All e-mail addresses have the right form.'),
})

export const duplicateAddress = check({
  key: 'people-duplicate-address',
  group: 'people',
  title: 'People who share an e-mail address',
  canOverride: true,
  *ask({ snapshot }): Generator<CheckOffender> {
    // Addresses only, not people: a few MB for a hundred thousand of them.
    const seen = new Set<string>()
    const twice = new Set<string>()
    for (const { address: one } of users(snapshot)) if (one) (seen.has(one) ? twice : seen).add(one)
    for (const user of users(snapshot))
      if (twice.has(user.address)) yield { subject: nameOf(user), detail: user.address }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'person shares', 'people share')} an e-mail address with somebody else: they become one account on the site.`,
          'Where they are different people, give each an address of their own at the source.',
        )
      : fine('No two people share an e-mail address.'),
})

export const withoutAccount = siteCheck({
  key: 'people-without-account',
  group: 'people',
  title: 'People without an account on the site',
  canOverride: true,
  *ask({ snapshot, site }): Generator<CheckOffender> {
    for (const user of users(snapshot))
      if (user.active && user.address && !site.facts.accounts[user.address])
        yield { subject: nameOf(user), detail: user.address }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'active person has', 'active people have')} no account on the site that shows this address.`,
          `Invite them (admin.atlassian.com), and see that their profile shows the address to the site. ${kept}`,
        )
      : fine('Every active person with an address has an account on the site.'),
})
