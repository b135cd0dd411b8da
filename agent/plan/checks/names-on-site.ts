import { type Catalog, readCatalog } from '../catalog.ts'
import { type CheckOffender, fine, plural, siteCheck, type WithSite, warn } from './check.ts'

/** The lists that the whole site shares, each with its word for one and for many. */
const lists = [
  ['issue-types', 'Issue types by name', 'types', 'issueType', 'issue type', 'issue types'],
  ['statuses', 'Statuses by name', 'statuses', 'status', 'status', 'statuses'],
  ['priorities', 'Priorities by name', 'priorities', 'priority', 'priority', 'priorities'],
  ['resolutions', 'Resolutions by name', 'resolutions', 'resolution', 'resolution', 'resolutions'],
  ['link-types', 'Link types by name', 'linkTypes', 'linkType', 'link type', 'link types'],
] as const

/** How the plan itself meets the site's names; which issues use them does not matter here. */
const catalogOf = ({ snapshot, site, options }: WithSite): Catalog =>
  readCatalog(snapshot, site.facts, [], options.collisions)

/** Other losses of a name are the plan's business: a description that the site keeps is no name. */
const ofNames = new Set(['renamed', 'name-cut', 'name-on-site'])

/** One check a list: what the site has under the same name is used, the rest is made; changed names are told. */
export const namesOnSite = lists.map(([key, title, part, table, one, many]) =>
  siteCheck({
    key,
    group: 'issues',
    title,
    canOverride: true,
    *ask(context): Generator<CheckOffender> {
      const named = catalogOf(context)[part]
      for (const row of context.snapshot.rows(table))
        for (const loss of named.get(row.id)?.losses ?? [])
          if (ofNames.has(loss.code)) yield { subject: row.name, detail: loss.text }
    },
    say(n, context) {
      const found = [...catalogOf(context)[part].values()]
      if (!found.length) return fine(`The source has no ${many}.`)
      const reused = found.filter((named) => named.reused).length
      const plan = `${plural(reused, `${one} is`, `${many} are`)} on the site already and used, ${plural(found.length - reused, 'other is', 'others are')} new.`
      return n
        ? warn(
            `${plan} ${plural(n, 'name is', 'names are')} changed.`,
            'Rename them at the source or on the site where the new names would confuse.',
          )
        : fine(plan)
    },
  }),
)
