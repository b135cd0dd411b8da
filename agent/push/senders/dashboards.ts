import { type GadgetPromise, pairGadgets } from '../../../shared/dashboards.ts'
import type { Kept } from '../../../shared/filter-shares.ts'
import type { Promises } from '../../../shared/plan.ts'
import type { Outcome } from '../../cloud/writing.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { resolveSettings } from '../../ledger/references.ts'
import { oneByOne, type PushContext, type Sender, there } from '../sender.ts'
import { gone, targets } from './filters.ts'

/**
 * A dashboard is made with its shares, then its gadgets one after the other, each with its settings. Names
 * are unique among the dashboards of one account, and the plan keeps clear of those that were there; a
 * gadget is known by what it is and where it stands. So one that was half made is found and finished.
 */
export const dashboard: Sender = {
  find: (ctx, items) =>
    Promise.all(
      items.map(async (item) => {
        const promise = promiseOf(item, 'dashboard')
        if (promise.kept) return keptThere(ctx, promise.kept)
        const id = await findDashboard(ctx, promise)
        return id && (await isWhole(ctx, id, promise)) ? id : null
      }),
    ),
  send: (ctx, items) => oneByOne(items, (item) => send(ctx, item)),
}

/** One of the site that stands for ours is only looked at. */
const keptThere = async (ctx: PushContext, { id }: Kept) =>
  (await ctx.read.dashboard(id)) ? id : null

const findDashboard = async (ctx: PushContext, { name }: Promises['dashboard']) =>
  (await ctx.read.dashboards(name, 'mine'))[0]?.id ?? null

async function isWhole(ctx: PushContext, id: string, { gadgets }: Promises['dashboard']) {
  const standing = pairGadgets(gadgets, await ctx.read.gadgets(id))
  for (const [place, gadget] of gadgets.entries()) {
    const found = standing[place]
    if (!found || !(await isSet(ctx, id, found.id, await settingsOf(ctx, gadget)))) return false
  }
  return true
}

async function isSet(ctx: PushContext, id: string, gadgetId: string, wanted: Settings) {
  if (Object.keys(wanted).length === 0) return true
  const found = await ctx.read.gadgetSettings(id, gadgetId)
  return Object.entries(wanted).every(([name, value]) => found[name] === value)
}

type Settings = Record<string, string>

/** None where something that they name did not arrive: the gadget then asks to be set, and verify tells it. */
async function settingsOf(ctx: PushContext, { settings }: GadgetPromise): Promise<Settings> {
  const found = await resolveSettings(ctx.db, ctx.migrationId, settings)
  return 'settings' in found ? found.settings : {}
}

async function send(ctx: PushContext, item: ItemRow): Promise<Outcome> {
  const promise = promiseOf(item, 'dashboard')
  const { kept } = promise
  if (kept) return (await keptThere(ctx, kept)) ? there(kept.id) : gone('dashboard', promise, kept)
  const found = await findDashboard(ctx, promise)
  const made = found ? there(found) : await create(ctx, promise)
  if (!made.ok) return made
  const standing = pairGadgets(promise.gadgets, found ? await ctx.read.gadgets(found) : [])
  // From the top of each column down, so that each lands where it is to stay.
  for (const [place, gadget] of promise.gadgets.entries()) {
    const own = standing[place]
    const put = own ? there(own.id) : await ctx.write.addGadget(made.siteId, gadget)
    const set = put.ok && (await fill(ctx, made.siteId, put.siteId, gadget, own !== undefined))
    if (!put.ok) await tell(ctx, promise, `the gadget "${gadget.title}": ${put.text}`)
    else if (set && !set.ok)
      await tell(ctx, promise, `the settings of the gadget "${gadget.title}": ${set.text}`)
  }
  return made
}

async function fill(
  ctx: PushContext,
  id: string,
  gadgetId: string,
  gadget: GadgetPromise,
  stood: boolean,
): Promise<Outcome> {
  const settings = await settingsOf(ctx, gadget)
  if (Object.keys(settings).length === 0) return there(gadgetId)
  if (stood && (await isSet(ctx, id, gadgetId, settings))) return there(gadgetId)
  return ctx.write.setGadget(id, gadgetId, settings)
}

/** Where the site refuses the shares, the dashboard arrives private rather than not at all. */
async function create(ctx: PushContext, promise: Promises['dashboard']): Promise<Outcome> {
  const to = {
    shares: await targets(ctx, promise.name, promise.shares, 'dashboard'),
    editors: await targets(ctx, promise.name, promise.editors, 'dashboard'),
  }
  const made = await ctx.write.createDashboard(promise, to)
  if (made.ok || to.shares.length + to.editors.length === 0) return made
  const alone = await ctx.write.createDashboard(promise, { shares: [], editors: [] })
  if (alone.ok) await tell(ctx, promise, `with whom it is shared: ${made.text}`)
  return alone
}

/** The dashboard is there: what it lacks shows when it is read back. */
const tell = (ctx: PushContext, { name }: Promises['dashboard'], what: string) =>
  ctx.log('warn', `The site did not take of the dashboard "${name}" ${what}`, {
    code: 'part-not-taken',
  })
