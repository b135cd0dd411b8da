import { fold } from '../names.ts'
import { type CheckOffender, fine, plural, siteCheck, warn } from './check.ts'

/** A group of the source and one of the site with the same name become one: its members get what that one may do. */
export const groupsMerge = siteCheck({
  key: 'groups-merge',
  group: 'people',
  title: 'Groups that the site has already',
  worst: 'warning',
  canOverride: true,
  *ask({ snapshot, site }): Generator<CheckOffender> {
    const there = new Set(site.facts.groups.map(fold))
    const merging = new Set<string>()
    for (const { name } of snapshot.rows('group'))
      if (there.has(fold(name))) merging.add(fold(name))
    if (!merging.size) return
    const members = new Map<string, number>()
    for (const { groupName } of snapshot.rows('membership')) {
      const name = fold(groupName)
      if (merging.has(name)) members.set(name, (members.get(name) ?? 0) + 1)
    }
    for (const { name } of snapshot.rows('group'))
      if (merging.has(fold(name)))
        yield {
          subject: name,
          detail: `${plural(members.get(fold(name)) ?? 0, 'member', 'members')} in the source would gain what this group may do on the site.`,
        }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'group of the source has', 'groups of the source have')} the name of one on the site.`,
          'Look at who would gain access; rename the group at the source where it means somebody else.',
        )
      : fine('No group of the source has the name of one on the site.'),
})
