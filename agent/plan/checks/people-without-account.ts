import { type CheckOffender, fine, plural, siteCheck, warn } from './check.ts'
import { kept, nameOf, users, withLostAccount } from './users.ts'

export const withoutAccount = siteCheck({
  key: 'people-without-account',
  group: 'people',
  title: 'People without an account on the site',
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    for (const user of users(context))
      if (user.active && user.address && !context.site.facts.accounts[user.address])
        yield { subject: nameOf(user), detail: user.address }
    for (const user of withLostAccount(context))
      yield { subject: nameOf(user), detail: 'The account chosen for them is not on the site.' }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'person has', 'people have')} no account on the site: none shows their address, or the one that was chosen is gone.`,
          `Invite them (admin.atlassian.com), and see that their profile shows the address to the site. ${kept}`,
        )
      : fine('Every active person with an address has an account on the site, or was chosen for.'),
})
