import { fine, plural, siteCheck, warn } from './check.ts'

/** A group of the source and one of the site with the same name become one: who joins it gets what that one may do. */
export const groupsMerge = siteCheck({
  key: 'groups-merge',
  group: 'people',
  title: 'Groups that the site has already',
  worst: 'warning',
  canOverride: true,
  // The plan knows which groups move under which name, and who of them has an account.
  watch(item) {
    if (item.kind !== 'group') return null
    const merged = item.losses.find(({ code }) => code === 'group-merged')
    return merged ? { subject: item.label, detail: merged.text } : null
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'group that moves has', 'groups that move have')} the name of one on the site, and become one with it.`,
          'Look at who would gain access; choose another name or leave memberships out in the setup where it means somebody else.',
        )
      : fine('No group that moves meets one of the site.'),
})
