import { planFrame } from '../frame.ts'
import {
  type AnyCheck,
  type CheckOffender,
  fine,
  number,
  plural,
  siteCheck,
  type WithSite,
  warn,
} from './check.ts'
import { planContext } from './plan-context.ts'

/** One of the lists that the whole site shares, with its word for one and for many. */
interface NameList {
  key: string
  title: string
  part: 'types' | 'statuses' | 'priorities' | 'resolutions' | 'linkTypes'
  table: 'issueType' | 'status' | 'priority' | 'resolution' | 'linkType'
  one: string
  many: string
}

/** Those of a list that move, as the plan itself has them meet the site's names. */
function* moving(context: WithSite, table: NameList['table']) {
  const { snapshot, catalog, setups } = planContext(context)
  for (const item of planFrame(snapshot, catalog, setups, context.options.projects === null))
    if (item.kind === table && !item.leftOut) yield item
}

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
    *ask(context): Generator<CheckOffender> {
      for (const { label, losses } of moving(context, table))
        for (const loss of losses)
          if (ofNames.has(loss.code)) yield { subject: label, detail: loss.text }
    },
    say(n, context) {
      const found = [...moving(context, table)]
      if (!found.length) return fine(`No ${many} are needed by what moves.`)
      const named = planContext(context).catalog[part]
      const used = found.filter(({ sourceId }) => named.get(sourceId)?.reused).length
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
