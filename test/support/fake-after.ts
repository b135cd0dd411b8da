import * as v from 'valibot'
import type { MigrationView } from '../../shared/api.ts'
import * as api from '../../shared/api-after.ts'
import { NoteBody } from '../../shared/api-checks.ts'
import type { Scripted } from './fake-setup.ts'
import { afterScene, asking, checklistScene, neverAsked, places } from './scenes-after.ts'

/** The routes of api-after.ts with a script behind them. */
export function fakeAfter() {
  const views = new Map<string, api.AfterView>()
  const lists = new Map<string, api.ChecklistView>()
  const ok = <T>(schema: v.GenericSchema<unknown, T>, value: T, status = 200): Scripted => ({
    status,
    body: v.parse(schema, value),
  })
  const viewOf = (row: MigrationView): api.AfterView =>
    views.get(row.id) ?? (row.id === 'legacy' ? afterScene() : neverAsked())
  const listOf = (row: MigrationView, project: string): api.ChecklistView =>
    lists.get(`${row.id} ${project}`) ?? checklistScene(project)

  function checks(row: MigrationView, asked: string, key: string, body: unknown): api.AfterView {
    const view = viewOf(row)
    const note = asked === 'POST accept' ? { ...v.parse(NoteBody, body), at: Date.now() } : null
    if (asked === 'POST run') return asking()
    if (asked === 'DELETE run') return { ...view, running: false, sentence: null }
    if (!asked.endsWith('accept')) return view
    const changed = view.checks.map((one) => (one.key === key ? { ...one, accepted: note } : one))
    const open = changed.filter(
      ({ status, accepted }) => !accepted && (status === 'warning' || status === 'error'),
    ).length
    return { ...view, checks: changed, open }
  }

  /** @returns undefined for what is no route about what comes after a migration */
  return function route(
    row: MigrationView,
    method: string,
    [room, key = '', part = '']: string[],
    query: URLSearchParams,
    body: unknown,
  ): Scripted | undefined {
    if (room === 'after') {
      if (part === 'places.csv')
        return { status: 200, body: 'subject,project,issue,detail,url\r\n' }
      if (part === 'places') return ok(api.PlacePageSchema, { places, next: null })
      const view = checks(row, `${method} ${part || key}`, key, body)
      views.set(row.id, view)
      return ok(api.AfterViewSchema, view, method === 'POST' && key === 'run' ? 202 : 200)
    }
    const set = (project: string, change: Partial<api.ChecklistView>) => {
      const list = { ...listOf(row, project), ...change }
      lists.set(`${row.id} ${project}`, list)
      return ok(api.ChecklistViewSchema, list)
    }
    if (room === 'checklist' && method === 'PUT') {
      const { project, done, note, who } = v.parse(api.TickBody, body)
      const by = { note, who, at: Date.now() }
      const entries = listOf(row, project).entries.map((one) =>
        one.entry === key ? { ...one, done, how: done ? ('hand' as const) : null, by } : one,
      )
      return set(project, { entries })
    }
    if (room === 'checklist') return set(query.get('project') ?? '', {})
    if (room === 'sign-off' && method === 'POST') {
      const { project, note, who } = v.parse(api.SignOffBody, body)
      return set(project, { signedOff: { note, who, at: Date.now() } })
    }
    if (room === 'sign-off') return set(query.get('project') ?? '', { signedOff: null })
    return undefined
  }
}
