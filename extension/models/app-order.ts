import type { AppsView, AppView } from '../../shared/api-apps.ts'
import { type AppStatus, appStatuses } from '../../shared/app-status.ts'

/** Bad news first, then what waits for a person, what goes on, and what is still to come. */
const rank: Record<AppStatus, number> = {
  failed: 0,
  'timed out': 1,
  incomplete: 2,
  'in progress': 3,
  canceling: 4,
  ready: 5,
  canceled: 6,
  success: 7,
}

/** Whether an app left data that could be moved; one that is only installed has none. */
export const hasData = ({ trace }: AppView): boolean =>
  trace.tables.length + trace.properties.length + trace.fields.length > 0

/** Whether somebody must still say what becomes of its data. */
export const isUndecided = (app: AppView): boolean =>
  !app.system && app.decision === null && hasData(app)

const place = (app: AppView): number =>
  app.status === 'ready' && isUndecided(app) ? rank.incomplete + 0.5 : rank[app.status]

/** The apps of people, those in need of one first; those without data; and what is part of Jira. */
export function sortApps({ apps }: AppsView): {
  own: AppView[]
  quiet: AppView[]
  system: AppView[]
} {
  const order = apps.toSorted(
    (a, b) => place(a) - place(b) || a.name.localeCompare(b.name) || (a.key < b.key ? -1 : 1),
  )
  const shown = (app: AppView) => hasData(app) || app.status !== 'ready' || app.decision !== null
  return {
    own: order.filter((app) => !app.system && shown(app)),
    quiet: order.filter((app) => !app.system && !shown(app)),
    system: order.filter((app) => app.system),
  }
}

/** How many apps of people have each status; those without data are not counted. */
export function statusCounts(view: AppsView): Record<AppStatus, number> {
  const counts = Object.fromEntries(appStatuses.map((status) => [status, 0]))
  for (const { status } of sortApps(view).own) counts[status] = (counts[status] ?? 0) + 1
  return counts as Record<AppStatus, number>
}

/** How many apps ask something of a person: an end without success, or a decision. */
export function appsInNeed(view: AppsView): number {
  const counts = statusCounts(view)
  return counts.failed + counts.incomplete + counts['timed out'] + view.undecided
}
