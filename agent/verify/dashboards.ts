import { type GadgetPromise, gadgetKind, pairGadgets } from '../../shared/dashboards.ts'
import type { Promises } from '../../shared/plan.ts'
import type { Difference } from '../../shared/report.ts'
import type { SiteGadget } from '../cloud/reading-dashboards.ts'
import { type ItemRow, promiseOf, type VerdictChange } from '../ledger/items.ts'
import { resolveSettings } from '../ledger/references.ts'
import { compareNamed } from './compare.ts'
import { compareKept, compareShares } from './filter-shares.ts'
import { judged, missing, type VerifyContext } from './judge.ts'

/**
 * A dashboard with who sees it, what stands on it and how that is set. On a site that another program filled
 * it is found by its name, and its gadgets only have to be there and show the same: that program may have
 * placed and coloured them anew.
 */
export async function judgeDashboard(ctx: VerifyContext, item: ItemRow): Promise<VerdictChange> {
  const promise = promiseOf(item, 'dashboard')
  const { kept } = promise
  const one = kept ? await ctx.read.dashboard(kept.id) : await named(ctx, item, promise.name)
  if (!one) return ctx.foreign && isHidden(promise) ? hidden(item) : missing(item)
  const differences = compareNamed(promise, one, ['name', 'description'])
  const shares = await ctx.read.dashboardShares(one.id)
  if (shares)
    differences.push(
      ...(kept ? compareKept(kept, shares) : compareShares(promise, shares, ctx.foreign)),
    )
  const standing = await ctx.read.gadgets(one.id)
  differences.push(...compareGadgets(promise.gadgets, standing, ctx.foreign))
  const compare = ctx.foreign ? compareShown : compareSettings
  differences.push(...(await compare(ctx, promise.gadgets, one.id, standing)))
  return judged(item, one.id, differences)
}

/** One of ours: it has the name that no other of the account had. */
async function named(ctx: VerifyContext, item: ItemRow, name: string) {
  const found = await ctx.read.dashboards(name, ctx.foreign ? 'any' : 'mine')
  return found.find(({ id }) => id === item.siteId) ?? found[0]
}

/** Sites show nobody but its owner a dashboard that is shared with few, administrators neither. */
const isHidden = ({ shares }: Promises['dashboard']) =>
  !shares.some(({ to }) => to === 'everyone' || to === 'project')

const hidden = (item: ItemRow): VerdictChange => ({
  seq: item.seq,
  verdict: 'leftOut',
  differences: [],
  reason: {
    code: 'cannot-be-seen',
    text: 'Cannot be seen with this login: sites show a dashboard to its owner and to those it is shared with.',
  },
})

/** What stands where; more than was promised is a difference, too. */
export function compareGadgets(
  promised: readonly GadgetPromise[],
  found: readonly SiteGadget[],
  foreign: boolean,
): Difference[] {
  const titles = new Map(promised.map((one) => [gadgetKind(one.key), one.title]))
  const say = (one: GadgetPromise | SiteGadget) => {
    const kind = gadgetKind(one.key)
    const title = titles.get(kind) ?? (one.title || kind)
    return foreign ? title : `${title} (column ${one.column + 1}, place ${one.row + 1})`
  }
  const [a, b] = [promised.map(say).sort().join(', '), found.map(say).sort().join(', ')]
  return a === b ? [] : [{ field: 'gadgets', promised: a || 'none', found: b || 'none' }]
}

async function compareSettings(
  ctx: VerifyContext,
  promised: readonly GadgetPromise[],
  dashboardId: string,
  standing: readonly SiteGadget[],
): Promise<Difference[]> {
  const differences: Difference[] = []
  const pairs = pairGadgets(promised, standing)
  for (const [place, gadget] of promised.entries()) {
    const own = pairs[place]
    // One that is not there was told already.
    if (!own) continue
    const wanted = await resolveSettings(ctx.db, ctx.migrationId, gadget.settings)
    const settings = 'settings' in wanted ? wanted.settings : gadget.settings
    const names = Object.keys(settings)
    const found = names.length ? await ctx.read.gadgetSettings(dashboardId, own.id) : {}
    const said = (from: Record<string, string>) =>
      names.map((name) => `${name}=${from[name] ?? ''}`).join(', ')
    const [a, b] = [said(settings), said(found)]
    if (a !== b) differences.push({ field: `settings of ${gadget.title}`, promised: a, found: b })
    if (own.color !== gadget.color)
      differences.push({
        field: `color of ${gadget.title}`,
        promised: gadget.color,
        found: own.color,
      })
  }
  return differences
}

/** Filters, projects and the like that gadgets of one kind show, as far as the site tells what is set in them. */
async function compareShown(
  ctx: VerifyContext,
  promised: readonly GadgetPromise[],
  dashboardId: string,
  standing: readonly SiteGadget[],
): Promise<Difference[]> {
  const differences: Difference[] = []
  const wanted = new Map<string, { title: string; kind: string; name: string; ids: string[] }>()
  for (const { title, key, settings } of promised) {
    const names = Object.keys(settings).filter((name) => settings[name]?.includes('{{'))
    const found = await resolveSettings(ctx.db, ctx.migrationId, settings)
    for (const name of 'settings' in found ? names : []) {
      const kind = gadgetKind(key)
      const own = wanted.get(`${kind} ${name}`) ?? { title, kind, name, ids: [] }
      own.ids.push(bareId('settings' in found ? found.settings[name] : ''))
      wanted.set(`${kind} ${name}`, own)
    }
  }
  for (const { title, kind, name, ids } of wanted.values()) {
    const there: string[] = []
    for (const one of standing.filter(({ key }) => gadgetKind(key) === kind)) {
      const value = (await ctx.read.gadgetSettings(dashboardId, one.id))[name]
      if (value !== undefined) there.push(bareId(value))
    }
    const [a, b] = [ids.sort().join(', '), there.sort().join(', ')]
    // Where it is not told of each of them, it cannot be compared.
    if (there.length === ids.length && a !== b)
      differences.push({
        field: `settings of ${title}`,
        promised: `${name} ${a}`,
        found: `${name} ${b}`,
      })
  }
  return differences
}

/** "filter-10000" here is "10000" there. */
const bareId = (value: string | undefined) => (value ?? '').replace(/^(filter|project)-/, '')
