import { existsSync, statSync } from 'node:fs'
import type { AppsView, AppView } from '../../shared/api-apps.ts'
import type { AppToDecide } from '../../shared/app-rows.ts'
import {
  appLimits,
  rerunUntil,
  whyNoCancel,
  whyNoLog,
  whyNoRerun,
} from '../../shared/app-status.ts'
import { Problem } from '../../shared/problem.ts'
import { appCounts, noAppCounts } from '../ledger/app-records.ts'
import { type AppRow, appsOf, changeApp, findApp, handlerSecret, noteApps } from '../ledger/apps.ts'
import { getMigration } from '../ledger/migrations.ts'
import type { Vault } from '../ledger/secrets.ts'
import type { LineParts } from '../line.ts'
import type { AppMover } from '../routes/app-mover.ts'
import { openSnapshot } from '../snapshot/read.ts'
import { countedRows } from './counted-rows.ts'
import { appsOfSnapshot, hasData, marksOf, type SourceApp, toDecide } from './inventory.ts'
import type { Registry } from './registry.ts'
import { snapshotOf } from './session.ts'

export interface Office
  extends Pick<AppMover, 'list' | 'one' | 'decide' | 'setHandler' | 'marks' | 'tableRows'> {
  /** What the source has of an app; a Problem not-found where it has nothing. */
  needApp(migrationId: string, key: string): Promise<SourceApp>
  view(row: AppRow): Promise<AppView>
  /** Writes down the apps with data and how each would move. @returns what checks ask about */
  prepare(migrationId: string): Promise<AppToDecide[]>
}

/** Shows the apps of a migration, and writes down what is decided about them. */
export function createOffice(parts: LineParts & { vault: Vault; registry: Registry }): Office {
  const { db } = parts.ledger
  /** One inventory a snapshot: its file never changes, but may be made anew. */
  const known = new Map<string, { made: number; apps: SourceApp[] }>()

  async function inventoryOf(id: string): Promise<SourceApp[]> {
    await getMigration(db, id)
    const path = snapshotOf(parts, id)
    if (!existsSync(path))
      throw new Problem('not-now', 'The apps are known once the source has been read.', {
        hint: 'Ask the checks, or run the migration; both read the source.',
      })
    const made = statSync(path).mtimeMs
    const cached = known.get(id)
    if (cached?.made === made) return cached.apps
    // Whether the snapshot is whole and of this format is the reader's to say.
    openSnapshot(path).close()
    const apps = appsOfSnapshot(path)
    known.set(id, { made, apps })
    return apps
  }

  async function needApp(id: string, key: string): Promise<SourceApp> {
    const app = (await inventoryOf(id)).find((one) => one.key === key)
    if (app) return app
    throw new Problem('not-found', 'This source has no such app.', {
      hint: 'Look at the list of its apps again.',
    })
  }

  const needQuiet = async (id: string, key: string) => {
    await needApp(id, key)
    const row = await findApp(db, id, key)
    if (row && row.status !== 'ready')
      throw new Problem('not-now', 'The app migration of this app has begun already.', {
        hint: 'Cancel or re-run it; what was decided about it stays.',
      })
  }

  const siteOf = async (id: string) => cloudOf((await getMigration(db, id)).siteJson)
  const viewApp = (app: SourceApp, row: AppRow | null, counts: AppCounts, site: string | null) =>
    viewOf(app, row, counts, { registry: parts.registry, now: parts.now(), site })

  async function viewAll(id: string): Promise<AppView[]> {
    const [apps, rows, counts] = [
      await inventoryOf(id),
      await appsOf(db, id),
      await appCounts(db, id),
    ]
    const site = await siteOf(id)
    return apps.map((app) => {
      const row = rows.find(({ key }) => key === app.key) ?? null
      return viewApp(app, row, counts.get(app.key) ?? noAppCounts(), site)
    })
  }

  async function one(id: string, key: string): Promise<AppView> {
    const app = await needApp(id, key)
    const row = (await findApp(db, id, key)) ?? null
    const counts = (await appCounts(db, id, key)).get(key) ?? noAppCounts()
    return viewApp(app, row, counts, await siteOf(id))
  }

  /** Each app with data has its row from then on: reports come from the ledger alone. */
  async function prepare(id: string): Promise<AppToDecide[]> {
    const views = await viewAll(id)
    const asked = (await inventoryOf(id)).flatMap((app) => {
      const decision = views.find(({ key }) => key === app.key)?.decision ?? null
      return toDecide(app, decision) ?? []
    })
    const noted = views.filter(
      ({ key, decision }) => decision !== null || asked.some((one) => one.key === key),
    )
    await noteApps(
      db,
      id,
      parts.now(),
      noted.map(({ key, name, paths }) => ({ key, name, path: paths.join(', ') })),
    )
    return asked
  }

  return {
    needApp,
    one,
    prepare,
    marks: async (id, key) => marksOf(await needApp(id, key)),
    async tableRows(id, key, { table, after, limit, signal }) {
      const { trace } = await needApp(id, key)
      if (!trace.tables.some(({ name }) => name === table))
        throw new Problem('not-found', `${key} has no table ${table} in this source.`, {
          hint: 'Look at what was found of the app again.',
        })
      return countedRows(await getMigration(db, id), table, after, limit, signal)
    },
    view: (row) => one(row.migrationId, row.key),
    async list(id): Promise<AppsView> {
      const apps = await viewAll(id)
      const open = apps.filter((app) => !app.system && hasData(app) && app.decision === null)
      return { apps, undecided: open.length }
    },
    async decide(id, key, { decision, allowedHours }) {
      await needQuiet(id, key)
      await changeApp(db, id, key, parts.now(), {
        decision,
        ...(allowedHours === undefined ? {} : { allowedMs: allowedHours * hourMs }),
        // Our own paths report all the time; a handler says by itself whether it will.
        ...((await findApp(db, id, key))?.handlerUrl ? {} : { silenceMs: appLimits.silenceMs }),
      })
    },
    async setHandler(id, key, input) {
      await needQuiet(id, key)
      const name = handlerSecret(id, key)
      if (input) await parts.vault.put(name, input.secret)
      else await db.deleteFrom('secret').where('name', '=', name).execute()
      await changeApp(db, id, key, parts.now(), {
        handlerUrl: input?.url ?? null,
        silenceMs: !input || input.promisesSigns ? appLimits.silenceMs : null,
      })
    },
  }
}

type AppCounts = AppView['counts']

/** The address of a migration's site; null where it is the practice site. */
export function cloudOf(siteJson: string): string | null {
  const site = JSON.parse(siteJson) as { kind: string; url?: string }
  return site.kind === 'cloud' ? (site.url ?? null) : null
}

/** Whether its transfer is known nowhere any more: the handler said so, or the migration has another site now. */
const isLost = (row: AppRow, site: string | null): boolean =>
  row.lostAt !== null || (row.site !== null && row.site !== site)

function viewOf(
  app: SourceApp,
  row: AppRow | null,
  counts: AppCounts,
  { registry, now, site }: { registry: Registry; now: number; site: string | null },
): AppView {
  const decision = row?.decision ?? null
  const paths = registry.of(app, decision, Boolean(row?.handlerUrl))
  const hasPath = paths.length > 0
  const times = row ?? { ...never, allowedMs: appLimits.allowedMs }
  return {
    key: app.key,
    name: app.name,
    version: app.version,
    vendor: app.vendor,
    contact: app.contact,
    system: app.system,
    trace: app.trace,
    decision,
    paths: paths.map(({ title }) => title),
    handler: row?.handlerUrl ?? null,
    allowedHours: Math.round(times.allowedMs / hourMs),
    status: times.status,
    percent: row?.percent ?? 0,
    message: row?.message ?? '',
    transferId: row?.transferId ?? null,
    firstStartedAt: times.firstStartedAt,
    settledAt: row?.settledAt ?? null,
    updatedAt: row?.decision || row?.firstStartedAt ? row.updatedAt : null,
    counts,
    rerun: whyNoRerun(times, now, hasPath),
    rerunUntil: hasPath ? rerunUntil(times) : null,
    cancel: whyNoCancel({ status: times.status, decision }),
    log: whyNoLog(row && isLost(row, site) ? null : (row ?? never), now, hasPath),
  }
}

const hourMs = 3_600_000

const never = {
  status: 'ready',
  firstStartedAt: null,
  lastSignAt: null,
  silenceMs: null,
} as const
