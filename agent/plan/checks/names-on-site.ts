import { planFrame } from '../frame.ts'
import { type CheckOffender, fine, plural, siteCheck, type WithSite, warn } from './check.ts'
import { planContext } from './plan-context.ts'

/** The lists that the whole site shares, each with its word for one and for many. */
const lists = [
  ['issue-types', 'Issue types by name', 'types', 'issueType', 'issue type', 'issue types'],
  ['statuses', 'Statuses by name', 'statuses', 'status', 'status', 'statuses'],
  ['priorities', 'Priorities by name', 'priorities', 'priority', 'priority', 'priorities'],
  ['resolutions', 'Resolutions by name', 'resolutions', 'resolution', 'resolution', 'resolutions'],
  ['link-types', 'Link types by name', 'linkTypes', 'linkType', 'link type', 'link types'],
] as const

/** Those of a list that move, as the plan itself has them meet the site's names. */
function* moving(context: WithSite, table: (typeof lists)[number][3]) {
  const { snapshot, catalog, setups } = planContext(context)
  for (const item of planFrame(snapshot, catalog, setups, context.options.projects === null))
    if (item.kind === table && !item.leftOut) yield item
}

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
      for (const { label, losses } of moving(context, table))
        for (const loss of losses)
          if (ofNames.has(loss.code)) yield { subject: label, detail: loss.text }
    },
    say(n, context) {
      const found = [...moving(context, table)]
      if (!found.length) return fine(`No ${many} are needed by what moves.`)
      const named = planContext(context).catalog[part]
      const reused = found.filter(({ sourceId }) => named.get(sourceId)?.reused).length
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
