import { fine, plural, siteCheck, warn } from './check.ts'

/** Of a filter or dashboard whose name the site has: it comes under another, or the site's is used and differs. */
const tells = (code: string) => code === 'renamed' || code.startsWith('kept-')

export const ownedNames = siteCheck({
  key: 'owned-names',
  group: 'boards and filters',
  title: 'Filters and dashboards by name',
  worst: 'warning',
  canOverride: true,
  watch(item) {
    if (item.kind !== 'filter' && item.kind !== 'dashboard') return null
    const told = item.losses.filter(({ code }) => tells(code))
    if (told.length === 0) return null
    const subject = item.kind === 'dashboard' ? `Dashboard ${item.label}` : item.label
    return { subject, detail: told.map(({ text }) => text).join(' ') }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'filter or dashboard', 'filters and dashboards')} of the source ${n === 1 ? 'meets a name' : 'meet names'} that the site has, or that another of the source has: each comes under another name, or the site’s is used and differs from it.`,
          'Look at each at the step Name conflicts, and choose there whether to reuse or to rename.',
        )
      : fine('No filter and no dashboard comes under another name than its own.'),
})
