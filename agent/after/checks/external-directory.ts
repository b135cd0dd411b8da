import { type AfterCheck, fine, number, plural, warn } from '../check.ts'
import { adminPage } from '../pages.ts'

/** What Jira calls its own directory (and what an old Jira without directories has: nothing). */
const internal = /^(jira )?internal( directory)?$/i

/** Directories outside of Jira that the source's people came from, and whether all have arrived. */
export const externalDirectory: AfterCheck = {
  key: 'external-directory',
  group: 'people',
  title: 'People of external directories',
  lists: {
    people: [
      'active person came from such a directory',
      'active people came from such directories',
    ],
    without: ['of them has no account on the site', 'of them have no account on the site'],
  },
  open(context) {
    const { snapshot, accounts } = context
    const names: string[] = []
    return {
      async *ask() {
        const found = new Map<string, { people: number; without: number }>()
        for (const user of snapshot.rows('user')) {
          const name = user.directory?.trim()
          if (!name || internal.test(name) || !user.active || user.deleted) continue
          const one = found.get(name) ?? { people: 0, without: 0 }
          one.people += 1
          const person = {
            subject: user.displayName || user.name || user.key,
            detail: name,
            partOf: name,
          }
          yield { ...person, list: 'people' }
          if ((await accounts.became(user.key)) === null) {
            one.without += 1
            yield { ...person, path: adminPage(context), list: 'without' }
          }
          found.set(name, one)
        }
        for (const [name, { people, without }] of found) {
          names.push(name)
          if (without)
            yield {
              subject: `Directory ${name}`,
              detail: `${plural(people, 'active person', 'active people')} of the source came from it, ${number(without)} of them without an account on the site.`,
              path: adminPage(context),
              counts: [
                {
                  at: 'rows',
                  words: plural(people, 'active person', 'active people'),
                  list: 'people',
                  partOf: name,
                },
                {
                  at: 'rows',
                  words: `${number(without)} without an account`,
                  list: 'without',
                  partOf: name,
                },
              ],
            }
        }
      },
      say(places) {
        const from = `The source took people from ${names.map((name) => `"${name}"`).join(', ')}`
        if (places)
          return warn(
            `${from}, and ${plural(places, 'of these directories has', 'of these directories have')} people without an account.`,
            'Set the same directory up for the site (Administration, Security, Identity providers, user provisioning) and see that its users have synced.',
          )
        return fine(
          names.length
            ? `${from}; all of its active people have an account.`
            : 'The source has its people in its own directory; nothing has to be synced.',
        )
      },
    }
  },
}
