import { type CheckOffender, check, fine, plural, warn } from './check.ts'
import { nameOf, users } from './users.ts'

export const duplicateAddress = check({
  key: 'people-duplicate-address',
  group: 'people',
  title: 'People who share an e-mail address',
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    // Addresses only, not people: a few MB for a hundred thousand of them.
    const seen = new Set<string>()
    const twice = new Set<string>()
    for (const { address: one } of users(context)) if (one) (seen.has(one) ? twice : seen).add(one)
    for (const user of users(context))
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
