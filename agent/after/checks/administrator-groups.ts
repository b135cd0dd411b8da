import { type AfterCheck, type AfterPlace, fine, fold, plural, warn } from '../check.ts'
import { adminPage } from '../pages.ts'

/** The generic groups that the migration page of Atlassian names. */
const generic = [
  'site-admins',
  'system-administrators',
  'atlassian-addons',
  'atlassian-addons-admin',
] as const
/** Of those, the ones that people are in; the others are filled by the site itself when an app is installed. */
const ofPeople: readonly string[] = ['site-admins', 'system-administrators']

/** Whether the general administrator groups have their members: the same as at the source, and somebody at all. */
export const administratorGroups: AfterCheck = {
  key: 'administrator-groups',
  group: 'people',
  title: 'General administrator groups',
  lists: {
    members: ['member of them is known at the source', 'members of them are known at the source'],
  },
  open(context) {
    const { read, snapshot, accounts } = context
    const absent: string[] = []

    /** Keys of the users that a group of the source has directly; usernames stand for keys in memberships. */
    function sourceMembers(name: string): string[] {
      const names: string[] = []
      for (const row of snapshot.rows('membership'))
        if (row.childKind === 'user' && fold(row.groupName) === name) names.push(fold(row.child))
      if (!names.length) return []
      const wanted = new Set(names)
      const keys: string[] = []
      for (const user of snapshot.rows('user'))
        if (user.active && !user.deleted && wanted.has(fold(user.name ?? user.key)))
          keys.push(user.key)
      return keys
    }

    return {
      async *ask() {
        const there = new Map((await read.groups(generic)).map((one) => [fold(one.name), one.id]))
        for (const name of generic) {
          const place = (detail: string): AfterPlace => ({
            subject: `Group ${name}`,
            detail,
            path: adminPage(context),
          })
          const members = sourceMembers(name)
          for (const key of members)
            yield { subject: key, detail: `Group ${name}`, list: 'members' }
          const id = there.get(name)
          if (id === undefined) {
            absent.push(name)
            if (members.length)
              yield place(
                `The source has this group with ${plural(members.length, 'member', 'members')}; the site has no such group.`,
              )
            continue
          }
          const here = new Set<string>()
          for await (const accountId of read.groupMembers(id)) here.add(accountId)
          if (!here.size && ofPeople.includes(name))
            yield place('Nobody is in this group on the site.')
          for (const key of members) {
            const accountId = await accounts.became(key)
            if (accountId !== null && !here.has(accountId)) {
              const [person] = await accounts.of(accountId)
              yield place(`${person?.name ?? key} was in it at the source and is not on the site.`)
            }
          }
        }
      },
      say(places) {
        const without = absent.length ? ` The site does not have ${absent.join(', ')}.` : ''
        return places
          ? warn(
              `${plural(places, 'administrator group needs', 'things about administrator groups need')} a look.${without}`,
              'Add people to the general administrator groups where they need it: Administration, User management, Groups.',
            )
          : fine(`The general administrator groups have their members.${without}`)
      },
    }
  },
}
