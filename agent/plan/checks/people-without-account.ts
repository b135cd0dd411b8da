import { type CheckOffender, fine, plural, siteCheck, warn } from './check.ts'
import { kept, nameOf, users } from './users.ts'

export const withoutAccount = siteCheck({
  key: 'people-without-account',
  group: 'people',
  title: 'People without an account on the site',
  worst: 'warning',
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
