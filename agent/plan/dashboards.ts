import {
  type GadgetPromise,
  type GadgetRow,
  gadgetColors,
  gadgetKind,
  type SiteGadgetKind,
} from '../../shared/dashboards.ts'
import type { PlannedItem, Reason } from '../../shared/plan.ts'
import type { DashboardRow } from '../../shared/rows.ts'
import type { SiteDashboard } from '../../shared/site-facts.ts'
import type { Boards } from './boards.ts'
import type { Context } from './context.ts'
import { planShares, sharesOf } from './filter-shares.ts'
import { boardsLane, type Filters } from './filters.ts'
import { knowing, rewriteSettings } from './gadgets.ts'
import { leftOut, moved, reason } from './item.ts'
import { type Standing, standingFor } from './kept.ts'
import { keptDashboard } from './kept-dashboard.ts'
import { fold, matchNames } from './names.ts'
import { ownerWords } from './owner-words.ts'
import { nameTaken } from './stops.ts'
import { asOnSite, ownedLimit, ruleOf } from './wanted.ts'

/** A site makes a dashboard of two columns, and its API sets no other layout. */
const columns = 2
/** Jira's own limit of gadgets on a dashboard (jira.dashboard.max.gadgets). */
const mostGadgets = 20
/** Bytes that a property of a dashboard's item takes (API document). */
const mostSettings = 32_768

const system = reason('dashboard-system', 'The site has a default dashboard of its own.')
const unread = reason(
  'dashboard-gadgets',
  'The API of a live source does not tell what stands on a dashboard: a backup does.',
)
const notLinked = reason('not-linked', 'It shows no filter and no project that moves.')
const notChosen = reason('not-in-scope', 'You chose to move no dashboards.')
const ofOthers = reason('not-in-scope', 'It shows nothing of the projects chosen to move.')

/** Dashboards with their gadgets: the last of their lane, since they show filters, boards and sprints. */
export function* planDashboards(
  context: Context,
  filters: Filters,
  boards: Boards,
): Generator<PlannedItem> {
  const { snapshot, site, options } = context
  const rows = [...snapshot.rows('dashboard')]
  if (rows.length === 0) return
  const rule = ruleOf(options, 'dashboard')
  const onSite = site.filled ? [] : (site.dashboards ?? [])
  const gadgetsOf = planGadgets(context, filters, boards)
  const out = whyOut(context)
  const moving = rows.filter((row) => !out(row, gadgetsOf(row).shows))
  const pairs = rule === 'reuse' ? standingFor(context, moving, onSite) : none
  const others = moving.filter(({ id }) => !pairs.has(id))
  // Names are unique among the dashboards of one account, and all that are made become the token's.
  const names = matchNames('dashboard', others, onSite, ownedLimit, () => null, 'rename')
  const shared = sharesOf(context, 'dashboard')
  for (const row of rows) {
    const place = {
      sourceId: row.id,
      label: row.name,
      phase: 'content' as const,
      lane: boardsLane,
    }
    const { gadgets, shows, losses: ofGadgets } = gadgetsOf(row)
    const there = onSite.find((one) => fold(one.name) === asOnSite(row.name))
    const why =
      out(row, shows) ?? (there && rule === 'stop' ? nameTaken('dashboard', there.name) : null)
    if (why) {
      yield leftOut('dashboard', place, why)
      continue
    }
    const words = ownerWords(context, 'dashboard', row)
    const plan = planShares(context, row, shared.get(row.id) ?? [], 'dashboard')
    const standing = pairs.get(row.id)
    if (standing) {
      yield keptDashboard(context, filters, place, row, { plan, gadgets, ofGadgets }, standing)
      continue
    }
    const named = names.get(row.id)
    const losses = [...(named?.losses ?? []), ...words.losses, ...plan.losses, ...ofGadgets]
    const promise = {
      name: named?.name ?? row.name,
      description: words.description,
      shares: plan.shares,
      editors: plan.editors,
      owner: words.accountId,
      gadgets,
    }
    yield moved('dashboard', place, promise, losses)
  }
}

const none: ReadonlyMap<string, Standing<SiteDashboard>> = new Map()

/** Why a dashboard stays behind, whatever its name is; null where it moves. */
const whyOut =
  ({ options, info }: Context) =>
  (row: DashboardRow, shows: Shows): Reason | null =>
    whyNot(row, options.scope?.dashboards ?? 'all', shows, info.sourceKind === 'datacenter') ??
    (options.projects && !options.scope && shows === 'others' ? ofOthers : null)

/** Whether what a dashboard shows (filters, projects, boards) moves: some of it, nothing of it; or it shows none. */
type Shows = 'moved' | 'others' | 'none'

function whyNot(
  row: DashboardRow,
  rule: 'linked' | 'all' | 'none',
  shows: Shows,
  live: boolean,
): Reason | null {
  if (row.owner === null) return system
  if (rule === 'none') return notChosen
  if (live) return unread
  return rule === 'linked' && shows !== 'moved' ? notLinked : null
}

/** What stands on a dashboard, and whether what it shows moves. */
function planGadgets(context: Context, filters: Filters, boards: Boards) {
  const { snapshot, site } = context
  const onSite = new Map<string, SiteGadgetKind>()
  for (const kind of site.gadgets ?? [])
    for (const reference of [kind.uri, kind.moduleKey])
      if (reference) onSite.set(gadgetKind(reference), kind)
  const rows = Map.groupBy(snapshot.rows('gadget'), (row) => row.dashboardId)
  const settings = Map.groupBy(snapshot.rows('gadgetSetting'), (row) => row.gadgetId)
  const knows = knowing(context, filters, boards)

  return (dashboard: DashboardRow) => {
    const own = (rows.get(dashboard.id) ?? []).toSorted(
      (a, b) => (a.column ?? 0) - (b.column ?? 0) || (a.position ?? 0) - (b.position ?? 0),
    )
    const gadgets: GadgetPromise[] = []
    const lacking: string[] = []
    const unset: string[] = []
    const over: string[] = []
    let shows: Shows = 'none'
    const height = Array.from({ length: columns }, () => 0)
    for (const row of own) {
      const found = rewriteSettings(settings.get(row.id) ?? [], knows)
      const shown = found.refers.filter(({ kind }) => kind in asShown)
      if (shown.some(knows.moves)) shows = 'moved'
      else if (shown.length > 0 && shows === 'none') shows = 'others'
      const kind = kindsOf(row)
        .map((one) => onSite.get(one))
        .find(Boolean)
      const key = kind?.moduleKey ?? kind?.uri
      if (!kind || !key) lacking.push(nameOf(row))
      else if (gadgets.length >= mostGadgets) over.push(kind.title)
      else {
        if (found.lost.length > 0) unset.push(`${kind.title} (${found.lost.join(', ')})`)
        const fits = Buffer.byteLength(JSON.stringify(found.settings)) <= mostSettings
        if (!fits) unset.push(`${kind.title} (too long)`)
        const column = Math.min(Math.max(row.column ?? 0, 0), columns - 1)
        gadgets.push({
          title: kind.title,
          by: kind.moduleKey ? 'moduleKey' : 'uri',
          key,
          color:
            gadgetColors[Number(/^color([1-8])$/.exec(row.color ?? '')?.[1] ?? 1) - 1] ?? 'blue',
          column,
          row: height[column] ?? 0,
          settings: fits ? found.settings : {},
        })
        height[column] = (height[column] ?? 0) + 1
      }
    }
    return {
      gadgets,
      shows,
      losses: [...lossesOf(lacking, unset, over), ...layoutLoss(dashboard)],
    }
  }
}

const asShown = { filter: true, project: true, board: true }

const kindsOf = ({ module, uri, portlet }: GadgetRow): string[] =>
  [module, uri, portlet]
    .filter((one) => one !== null && one !== '')
    .map((one) => gadgetKind(one ?? ''))

/** "com.atlassian.jira.gadgets:assigned-to-me" as people know it. */
function nameOf(row: GadgetRow): string {
  const [kind = ''] = kindsOf(row)
  if (kind.includes('://')) return kind
  const [app = '', name = ''] = kind.includes(':') ? kind.split(':', 2) : ['', kind]
  const words = name.replaceAll('-', ' ') || 'unnamed'
  return app === '' || app.startsWith('com.atlassian.') ? words : `${words} (${app})`
}

function* lossesOf(lacking: string[], unset: string[], over: string[]): Generator<Reason> {
  if (lacking.length > 0)
    yield reason('gadget-not-there', `The site has no such gadgets: ${each(lacking)}.`)
  if (unset.length > 0)
    yield reason(
      'gadget-settings',
      `Gadgets that show what does not move have to be set anew on the site: ${each(unset)}.`,
    )
  if (over.length > 0)
    yield reason(
      'gadgets-many',
      `The site takes ${mostGadgets} gadgets on a dashboard; these stay behind: ${each(over)}.`,
    )
}

const each = (names: string[]) => [...new Set(names)].join(', ')

function layoutLoss({ layout }: DashboardRow): Reason[] {
  if (!layout || layout === 'AA') return []
  const text =
    'Its columns were of another number or width; on the site there are two of the same width, and what stood in a third stands below the second.'
  return [reason('dashboard-layout', text)]
}
