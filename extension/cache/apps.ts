import type { AppsView, AppView } from '../../shared/api-apps.ts'
import type { AppStatus } from '../../shared/app-status.ts'
import type { AppNotice } from '../settings.ts'
import { type AppNews, cache } from './db.ts'
import { migrationById, recentMigrations } from './questions.ts'

/** The apps of a migration as last heard; null where the agent had none to tell yet, or was never asked. */
export async function appsById(id: string): Promise<AppsView | null> {
  return (await cache.apps.get(id))?.view ?? null
}

/** What is known of the apps of every migration. */
export async function knownApps(): Promise<Map<string, AppsView>> {
  const rows = await cache.apps.toArray()
  return new Map(rows.flatMap(({ id, view }) => (view === null ? [] : [[id, view]])))
}

/** A run changes several times a second; its apps are asked for seldom unless somebody looks at them. */
const askAgainAfterMs = 5000

/** So many of those that changed last are looked through, and so many asked for at a time; the others come next. */
const mostLooked = 500
const mostAsked = 10

/**
 * The migrations whose apps may have changed since they were asked for, of those that changed last.
 * @param now epoch milliseconds
 */
export async function appsToAsk(now: number): Promise<string[]> {
  const rows = await recentMigrations(mostLooked)
  const known = await cache.apps.bulkGet(rows.map(({ id }) => id))
  return rows
    .flatMap((row, i) => {
      const before = known[i]
      if (before === undefined) return [row.id]
      const rested = Math.abs(now - before.askedAt) >= askAgainAfterMs
      return before.changed !== row.changed && rested ? [row.id] : []
    })
    .slice(0, mostAsked)
}

/**
 * Takes over the apps of a migration, and leaves a notice for each change that a person wants to hear of.
 * What was so before we first looked is no news.
 * @param view null: the source was not read yet
 * @param now epoch milliseconds
 */
export async function takeApps(id: string, view: AppsView | null, now: number): Promise<void> {
  const { apps, migrations, notices } = cache
  await cache.transaction('rw', apps, migrations, notices, async () => {
    const [before, row] = [await apps.get(id), await migrationById(id)]
    // It was deleted while the agent was asked.
    if (row === null) return
    await apps.put({ id, changed: row.changed, askedAt: now, view })
    if (before === undefined || view === null || row.archived) return
    await notices.bulkPut(
      newsOf(view, before.view).map(({ app, kind }) => ({
        key: `${id}@${row.changed} ${app.key ?? ''} ${app.status ?? ''}`,
        migrationId: id,
        changed: row.changed,
        name: row.name,
        kind,
        status: row.status,
        reason: null,
        shown: 0,
        app,
      })),
    )
  })
}

type News = { app: AppNews; kind: AppNotice }
const told: Partial<Record<AppStatus, AppNotice>> = {
  success: 'appFinished',
  incomplete: 'appFailed',
  failed: 'appFailed',
  'timed out': 'appFailed',
}

function newsOf(now: AppsView, before: AppsView | null): News[] {
  const old = new Map(before?.apps.map((app) => [app.key, app]))
  const ended = now.apps.flatMap((app) => endOf(app, old.get(app.key)))
  if (now.undecided === 0 || (before?.undecided ?? 0) > 0) return ended
  const app = { key: null, name: null, status: null, undecided: now.undecided }
  return [...ended, { app, kind: 'appWaiting' }]
}

function endOf({ key, name, status, settledAt }: AppView, before: AppView | undefined): News[] {
  const kind = told[status]
  // One that ended again as it did before was moved anew while nobody looked.
  if (!kind || before === undefined) return []
  if (before.status === status && before.settledAt === settledAt) return []
  return [{ app: { key, name, status, undecided: 0 }, kind }]
}
