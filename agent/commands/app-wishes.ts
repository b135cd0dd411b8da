import { type AppDecision, type AppView, appDecisions } from '../../shared/api-apps.ts'
import { type AppService, createMover } from '../apps/mover.ts'
import { loadRegistry } from '../apps/registry.ts'
import { catchStrays } from '../apps/strays.ts'
import { openVault } from '../ledger/secrets.ts'
import type { LineParts } from '../line.ts'
import { reportRun } from '../run-report.ts'
import { usage } from './options.ts'
import { table } from './output.ts'

/** all: every app with data that is not named is moved. named: what is said of single apps, by key. */
export interface AppWishes {
  all: boolean
  named: ReadonlyMap<string, AppDecision>
}

/** `--apps` and each `--app KEY=DECISION`; null = no app is moved. */
export function appWishes(all: boolean, given: readonly string[]): AppWishes | null {
  if (!all && given.length === 0) return null
  const named = new Map<string, AppDecision>()
  for (const text of given) {
    const at = text.lastIndexOf('=')
    const decision = appDecisions.find((one) => one === text.slice(at + 1).trim())
    if (at < 1 || !decision)
      throw usage(
        `--app does not say what about which app: ${text}`,
        `Write it as --app 'KEY=needed', 'KEY=archive' or 'KEY=not needed'; apps BACKUP lists the keys.`,
      )
    named.set(text.slice(0, at).trim(), decision)
  }
  return { all, named }
}

/** What moves apps, in the folder of one run, for as long as this process lives. */
export async function openMover(parts: LineParts): Promise<AppService> {
  catchStrays(parts.folder.appPaths)
  return createMover({
    ...parts,
    vault: openVault(parts.ledger.db, parts.folder.keyFile),
    registry: await loadRegistry(parts.folder.appPaths),
    report: (id) => reportRun(parts, id),
  })
}

/**
 * Decides as soon as the source's apps are known, so that the checks hear of it, and moves them at the end.
 * What was decided before stays. wishes null: nothing is moved, and the checks say what is undecided.
 */
export const moveWished = (
  mover: AppService,
  wishes: AppWishes | null,
): NonNullable<LineParts['apps']> => ({
  async prepare(id) {
    if (wishes) await decideWished(mover, wishes, id)
    return mover.prepare(id)
  },
  async runAll(id, signal, onBegin) {
    if (!wishes) return
    // A folder that was planned before is not asked for checks again.
    await decideWished(mover, wishes, id)
    await mover.runAll(id, signal, onBegin)
  },
})

async function decideWished(mover: AppService, wishes: AppWishes, id: string): Promise<void> {
  const { apps } = await mover.list(id)
  const keys = new Set(apps.map(({ key }) => key))
  for (const key of wishes.named.keys())
    if (!keys.has(key))
      throw usage(`The source has no app "${key}".`, 'apps BACKUP lists the keys.')
  for (const app of apps) {
    if (app.status !== 'ready' || app.decision !== null) continue
    const byDefault = wishes.all && !app.system && app.paths.length > 0 ? 'needed' : null
    const decision = wishes.named.get(app.key) ?? byDefault
    if (decision) await mover.decide(id, app.key, { decision })
  }
}

export const appSummary = ({
  key,
  name,
  decision,
  paths,
  status,
  percent,
  message,
  counts,
}: AppView) => ({
  key,
  name,
  decision,
  paths,
  status,
  percent,
  message,
  counts,
})

export const appsText = (apps: readonly ReturnType<typeof appSummary>[]): string =>
  table([
    ['app', 'status', 'source', 'verified', 'different', 'left out', 'failed'],
    ...apps.map(({ name, status, counts }) => [
      name,
      status,
      ...[counts.source, counts.verified, counts.different, counts.leftOut, counts.failed].map(
        (count) => count.toLocaleString('en'),
      ),
    ]),
  ])
