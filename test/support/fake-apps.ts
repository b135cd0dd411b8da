import * as v from 'valibot'
import type { MigrationView } from '../../shared/api.ts'
import * as api from '../../shared/api-apps.ts'
import { AppTablePageSchema } from '../../shared/api-source.ts'
import type { Scripted } from './fake-setup.ts'
import { appLogLines, appRecordsScene, appsScene } from './scenes-apps.ts'
import { appTableRows } from './scenes-setup.ts'

const worse = { info: 0, warn: 1, error: 2 }
const events = 1234

/** The routes of api-apps.ts with a script behind them. */
export function fakeApps() {
  const all = new Map<string, api.AppsView>()
  const ok = (row: MigrationView, status = 200): Scripted => ({
    status,
    body: v.parse(api.AppsViewSchema, viewOf(row)),
  })
  const refuse = (status: number, code: string, sentence: string): Scripted => ({
    status,
    body: { problem: { code, sentence, hint: 'Look again.', again: false } },
  })
  /** Only one migration of the scenes has apps with data. */
  function viewOf(row: MigrationView): api.AppsView {
    const none = { apps: [], undecided: 0 }
    const view = all.get(row.id) ?? (row.id === 'legacy' ? appsScene() : none)
    all.set(row.id, view)
    return view
  }
  function set(row: MigrationView, key: string, change: Partial<api.AppView>): void {
    const { apps } = viewOf(row)
    const changed = apps.map((one) => (one.key === key ? { ...one, ...change } : one))
    const open = changed.filter((one) => !one.system && one.decision === null)
    // The one that is only installed has nothing to decide about.
    const undecided = open.filter(({ trace }) => trace.tables.length > 0).length
    all.set(row.id, { apps: changed, undecided })
  }

  /** @returns undefined for what is no route about apps */
  function route(
    row: MigrationView,
    method: string,
    [room, key = '', part = '']: string[],
    query: URLSearchParams,
    body: unknown,
  ): Scripted | undefined {
    if (room !== 'apps') return undefined
    if (row.status === 'saved') return refuse(409, 'not-now', 'The source was not read yet.')
    const one = viewOf(row).apps.find((app) => app.key === key)
    if (key !== '' && !one) return refuse(404, 'not-found', 'This source has no such app.')
    const asked = `${method} ${part}`
    if (asked === 'PUT ') {
      const { decision, allowedHours } = v.parse(api.AppDecisionBody, body)
      set(row, key, { decision, ...(allowedHours === undefined ? {} : { allowedHours }) })
    }
    if (asked === 'PUT handler') set(row, key, { handler: v.parse(api.AppHandlerBody, body).url })
    if (asked === 'DELETE handler') set(row, key, { handler: null })
    if (part === 'rerun') set(row, key, { status: 'in progress', rerun: 'It runs.', cancel: null })
    if (part === 'cancel')
      set(row, key, { status: 'canceling', cancel: 'It is being canceled already.' })
    if (part === 'log.csv') return { status: 200, body: 'time,level,event,message,transfer\r\n' }
    if (part === 'tables') return { status: 200, body: v.parse(AppTablePageSchema, appTableRows) }
    if (part === 'records')
      return { status: 200, body: v.parse(api.AppRecordPageSchema, appRecordsScene(query)) }
    if (part === 'log') return { status: 200, body: v.parse(api.AppLogPageSchema, log(query)) }
    return ok(row, method === 'POST' ? 202 : 200)
  }
  return { route, set }
}

function log(query: URLSearchParams): api.AppLogPage {
  const level = (query.get('level') ?? 'info') as keyof typeof worse
  const after = Number(query.get('after') ?? Number.MAX_SAFE_INTEGER)
  const limit = Number(query.get('limit') ?? 200)
  const fitting = appLogLines(events).filter(
    (line) => worse[line.level] >= worse[level] && line.n < after,
  )
  const lines = fitting.slice(0, limit)
  return { lines, next: fitting.length > limit ? (lines.at(-1)?.n ?? null) : null, omitted: 17 }
}
