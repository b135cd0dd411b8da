import { type GadgetPromise, gadgetKind } from '../../../shared/dashboards.ts'
import { isOut } from '../../ledger/after-items.ts'
import { eachItem, promiseOf } from '../../ledger/items.ts'
import { type AfterCheck, type AfterPlace, fault, plural } from '../check.ts'
import { leftOutOf, leftOutWords, sayBeside } from '../left-out.ts'
import { dashboardPage } from '../pages.ts'

const what = ['dashboard', 'dashboards'] as const

/** Dashboards that are not there or lack a gadget; where a gadget stands, and what people added, is theirs. */
export const dashboards: AfterCheck = {
  key: 'dashboards',
  group: 'boards and filters',
  title: 'Dashboards and their gadgets',
  lists: {
    looked: ['dashboard was looked at', 'dashboards were looked at'],
    leftOut: leftOutWords(...what),
  },
  open(context) {
    const { db, migrationId, read } = context
    return {
      async *ask() {
        for await (const item of eachItem(db, migrationId, { kind: 'dashboard' })) {
          if (isOut(item) || item.promiseJson === null) continue
          const { name, gadgets, kept } = promiseOf(item, 'dashboard')
          const subject = `Dashboard ${name}`
          const id = item.siteId ?? kept?.id ?? null
          const there = id === null ? null : await read.dashboard(id)
          if (!there) {
            const detail = 'The dashboard is not on the site, or not shared with this account.'
            yield { subject, detail }
            yield { subject, detail, list: 'looked' }
            continue
          }
          const place = (detail: string): AfterPlace => ({
            subject,
            detail,
            path: dashboardPage(there.id),
          })
          const lacking = lackingGadgets(gadgets, await read.gadgets(there.id))
          for (const title of lacking) yield place(`Its gadget "${title}" is not on it.`)
          const had = plural(gadgets.length, 'gadget was', 'gadgets were')
          yield { ...place(`${had} to be on it.`), list: 'looked' }
        }
        yield* leftOutOf(context, 'dashboard', 'Dashboard')
      },
      say(places, rowsOf) {
        const [looked, out] = [rowsOf('looked'), rowsOf('leftOut')]
        return sayBeside(
          { places, out },
          {
            what,
            wrong: () =>
              fault(
                `${plural(places, 'dashboard or gadget is', 'dashboards or gadgets are')} not on the site, of ${plural(looked, 'dashboard', 'dashboards')} looked at.`,
                'Open the dashboard, choose Edit, and add the gadget. Where the dashboard itself is not there, run the migration again.',
              ),
            rest: looked
              ? `All ${plural(looked, 'dashboard that was moved is', 'dashboards that were moved are')} there, with ${looked === 1 ? 'its' : 'their'} gadgets.`
              : 'There are no dashboards to look at.',
            hint: 'The list says why. Make those that people use by hand on the site (Dashboards, Create dashboard), or accept it with a note.',
          },
        )
      },
    }
  },
}

/** Titles of the promised gadgets that do not stand there; of several of one kind, as many as are missing. */
function lackingGadgets(
  promised: readonly GadgetPromise[],
  standing: readonly { key: string }[],
): string[] {
  const free = standing.map(({ key }) => gadgetKind(key))
  return promised.flatMap(({ key, title }) => {
    const at = free.indexOf(gadgetKind(key))
    if (at < 0) return [title]
    free.splice(at, 1)
    return []
  })
}
