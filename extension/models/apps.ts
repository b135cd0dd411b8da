import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { AppDecisionInput, AppView } from '../../shared/api-apps.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { appLogCsv, type HandlerInput } from '../agent-apps.ts'
import { appsById, knownApps } from '../cache/apps.ts'
import { live } from '../cache/live.ts'
import { readReach } from '../cache/questions.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { fileName } from './downloads.ts'
import { saveBlob } from './save-blob.ts'

/** A running migration changes several times a second; a person reads once in a while. */
const askAgainAfterMs = 1000

export type AppDeed = 'rerun' | 'cancel'

/** The apps of a migration: asked again as it changes; what is done to one, and what came of it. */
export const AppsModel = createModel((id: string, changed: ReadonlySignal<number | undefined>) => {
  const view = live(() => appsById(id))
  /** Whether the agent has answered since the page was opened; the cached ones stand until then. */
  const asked = signal(false)
  const problem = signal<ProblemView | null>(null)
  /** The key of the app that something is done to. */
  const busy = signal<string | null>(null)
  /** The app whose cancel waits for a yes. */
  const asking = signal<AppView | null>(null)
  const done = signal<{ app: AppView; deed: AppDeed } | null>(null)
  let asksNow = false
  let again = false

  async function ask(): Promise<void> {
    again = asksNow
    if (asksNow) return
    asksNow = true
    try {
      await call('apps', { id })
      asked.value = true
      problem.value = null
    } catch (error) {
      problem.value = viewOf(error)
    }
    await new Promise((resolve) => setTimeout(resolve, askAgainAfterMs))
    asksNow = false
    if (again) await ask()
  }
  /** Resolves to whether it was done. */
  async function work(key: string, deed: () => Promise<unknown>): Promise<boolean> {
    busy.value = key
    problem.value = null
    done.value = null
    try {
      await deed()
      return true
    } catch (error) {
      problem.value = viewOf(error)
      return false
    } finally {
      busy.value = null
    }
  }
  async function act(app: AppView, deed: AppDeed): Promise<void> {
    if (await work(app.key, () => call('appAct', { id, key: app.key, act: deed })))
      done.value = { app, deed }
  }

  const reach = live(readReach)
  const away = computed(() => reach.value?.state === 'away')
  // Also when the agent is back: what could not be asked of it is asked then.
  effect(() => {
    if (changed.value !== undefined && !away.value) void ask()
  })
  return {
    /** null: not known (yet); undefined: the cache was not read yet. */
    view,
    asked,
    /** The page says so by itself. */
    away,
    problem,
    busy,
    asking,
    done,
    changed,
    reload: () => {
      void ask()
    },
    decide: (key: string, body: AppDecisionInput) =>
      work(key, () => call('decideApp', { id, key, body })),
    setHandler: (key: string, handler: HandlerInput | null) =>
      work(key, () => call('setAppHandler', { id, key, handler })),
    rerun: (app: AppView) => {
      void act(app, 'rerun')
    },
    askCancel: (app: AppView) => {
      asking.value = app
    },
    confirmCancel: () => {
      const app = asking.value
      asking.value = null
      if (app) void act(app, 'cancel')
    },
    keepGoing: () => {
      asking.value = null
    },
    /** Fetches the log of one app with the token and hands it to the browser to save. */
    saveLog: (app: AppView) => {
      void work(app.key, async () => {
        const { address, token } = await readAgent()
        if (token === null) throw notPaired()
        const blob = await appLogCsv({ address, token }, id, app.key)
        saveBlob(blob, fileName(app.name, 'log.csv'))
      })
    },
  }
})
export type AppsModel = InstanceType<typeof AppsModel>

/** What is known of the apps of every migration, for the popup. */
export const KnownAppsModel = createModel(() => ({ apps: live(knownApps) }))
