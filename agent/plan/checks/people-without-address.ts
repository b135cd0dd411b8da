import { type CheckOffender, check, fine, plural, warn } from './check.ts'
import { kept, nameOf, users } from './users.ts'

export const withoutAddress = check({
  key: 'people-without-address',
  group: 'people',
  title: 'People without an e-mail address',
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    for (const user of users(context))
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
