import type { PlannedItem, Promises } from '../../../shared/plan.ts'
import { planFrame } from '../frame.ts'
import {
  type AnyCheck,
  type CheckOffender,
  fine,
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

/** What becomes of a name, for the list of those that are used and of those that are new. */
function becomes({ label, promise }: PlannedItem, list: 'used' | 'new'): CheckOffender {
  const { name } = promise as Promises[NameList['table']]
  const detail =
    list === 'used'
      ? `The site has "${name}" already; what moves uses it.`
      : `The site gets a new "${name}".`
  return { subject: label, detail, list }
}

/** What the site has under the same name is used, the rest is made; changed names are told. */
export const nameCheck = ({ key, title, part, table, one, many }: NameList): AnyCheck =>
  siteCheck({
    key,
    group: 'issues',
    title,
    worst: 'warning',
    canOverride: true,
    lists: {
      used: [
        `${one} is on the site already and is used`,
        `${many} are on the site already and are used`,
      ],
      new: [`${one} is new on the site`, `${many} are new on the site`],
    },
    *ask(context): Generator<CheckOffender> {
      const named = planContext(context).catalog[part]
      for (const item of moving(context, table)) {
        yield becomes(item, named.get(item.sourceId)?.reused ? 'used' : 'new')
        for (const loss of item.losses)
          if (ofNames.has(loss.code)) yield { subject: item.label, detail: loss.text }
      }
    },
    say(n, _context, rowsOf) {
      const used = rowsOf('used')
      const all = used + rowsOf('new')
      if (all === 0) return fine(`No ${many} are needed by what moves.`)
      const plan = split(used, all, one, many)
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
  return `${plural(used, `${one} is`, `${many} are`)} on the site already and used, ${plural(rest, 'is', 'are')} new.`
}
