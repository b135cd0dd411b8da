import { type Catalog, readCatalog } from '../catalog.ts'
import { type AnyCheck, fine, number, plural, siteCheck, type WithSite, warn } from './check.ts'

/** One of the lists that the whole site shares, with its word for one and for many. */
interface NameList {
  key: string
  title: string
  part: 'types' | 'statuses' | 'priorities' | 'resolutions' | 'linkTypes'
  table: 'issueType' | 'status' | 'priority' | 'resolution' | 'linkType'
  one: string
  many: string
}

/** How the plan itself meets the site's names; which issues use them does not matter here. */
const catalogOf = ({ snapshot, site, options }: WithSite): Catalog =>
  readCatalog(snapshot, site.facts, [], options.collisions)

/** Other losses of a name are the plan's business: a description that the site keeps is no name. */
const ofNames = new Set(['renamed', 'name-cut', 'name-on-site'])

/** What the site has under the same name is used, the rest is made; changed names are told. */
export const nameCheck = ({ key, title, part, table, one, many }: NameList): AnyCheck =>
  siteCheck({
    key,
    group: 'issues',
    title,
    worst: 'warning',
    canOverride: true,
    *ask(context) {
      const named = catalogOf(context)[part]
      for (const row of context.snapshot.rows(table))
        for (const loss of named.get(row.id)?.losses ?? [])
          if (ofNames.has(loss.code)) yield { subject: row.name, detail: loss.text }
    },
    say(n, context) {
      const found = [...catalogOf(context)[part].values()]
      if (!found.length) return fine(`The source has no ${many}.`)
      const used = found.filter((named) => named.reused).length
      const plan = split(used, found.length, one, many)
      return n
        ? warn(
            `${plan} ${plural(n, 'name is', 'names are')} changed.`,
            'Rename them at the source or on the site where the new names would confuse.',
          )
        : fine(plan)
    },
  })

function split(used: number, all: number, one: string, many: string): string {
  const are = plural(all, `${one} is`, `${many} are`)
  if (used === 0) return `${are} new on the site.`
  if (used === all) return `${are} on the site already and used.`
  const rest = all - used
  return `${number(used)} of ${number(all)} ${many} ${used === 1 ? 'is' : 'are'} on the site already and used, ${plural(rest, 'is', 'are')} new.`
}
