import { type CheckOffender, check, fine, plural, warn } from './check.ts'
import { kept, nameOf, users } from './users.ts'

const address = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/

export const invalidAddress = check({
  key: 'people-invalid-address',
  group: 'people',
  title: 'E-mail addresses that are none',
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    for (const user of users(context))
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
