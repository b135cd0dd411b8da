import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promiseOf } from '../../agent/ledger/items.ts'
import type { PlannedKind, Promises } from '../../shared/plan.ts'
import type { AfterWorld } from './after-world.ts'

/** Something that was moved, as the ledger has it. */
export interface Moved<K extends PlannedKind> {
  siteId: string
  issueKey: string
  projectKey: string
  label: string
  promise: Promises[K]
}

/** Breaks single things on a site, by its API and, where that has no way, in the practice site's state. */
export function openFaults(world: AfterWorld) {
  const state = new DatabaseSync(join(world.state, 'practice.sqlite'))
  state.exec('pragma busy_timeout = 10000')
  const { url, email, token } = world.site
  const authorization = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`
  async function send<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T> {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const words = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${words}`)
    return words ? JSON.parse(words) : ({} as T)
  }
  const get = <T>(path: string) => send<T>('GET', path)
  const run = (sql: string, ...values: (string | number)[]) => state.prepare(sql).run(...values)

  return {
    get,
    send,
    run,
    /** Items of a kind that are on the site, also where another program put them there, in the order of the plan. */
    async moved<K extends PlannedKind>(kind: K): Promise<Moved<K>[]> {
      const rows = await world.db
        .selectFrom('item')
        .selectAll()
        .where('kind', '=', kind)
        .where('state', 'in', ['sent', 'planned'])
        .where('siteId', 'is not', null)
        .orderBy('seq')
        .execute()
      return rows.map((row) => ({
        siteId: row.siteId ?? '',
        issueKey: row.issueKey ?? '',
        projectKey: row.projectKey ?? '',
        label: row.label,
        promise: promiseOf(row, kind),
      }))
    },
    issueId: async (key: string) =>
      Number((await get<{ id: string }>(`/rest/api/3/issue/${key}?fields=summary`)).id),
    /** Changes what the site keeps of something. */
    thing(kind: string, id: string | number, set: Record<string, unknown>) {
      const where = 'where kind = ? and id = ?'
      const row = state.prepare(`select data from thing ${where}`).get(kind, Number(id))
      const data = JSON.stringify({ ...JSON.parse(String(row?.data)), ...set })
      run(`update thing set data = ? ${where}`, data, kind, Number(id))
    },
    /** Adds something that the public API cannot make. */
    add(kind: string, owner: number, data: Record<string, unknown>) {
      const row = state.prepare('select max(id) as id from thing where kind = ?').get(kind)
      const id = Number(row?.id ?? 90_000) + 1
      const name = String(data.name ?? '').toLowerCase()
      run('insert into thing values (?, ?, ?, ?, ?)', kind, id, owner, name, JSON.stringify(data))
      return id
    },
    issue(key: string, set: Record<string, unknown>) {
      const [project = '', number = ''] = key.split('-')
      const at = `projectId = (select id from thing where kind = 'project' and json_extract(data, '$.key') = ?) and number = ?`
      const row = state.prepare(`select data from issue where ${at}`).get(project, Number(number))
      const data = JSON.stringify({ ...JSON.parse(String(row?.data)), ...set })
      run(`update issue set data = ? where ${at}`, data, project, Number(number))
    },
    account(displayName: string, email: string, active = true) {
      const accountId = `557058:${randomUUID()}`
      const data = JSON.stringify({ accountId, displayName, email, active })
      const sql = 'insert into account (accountId, email, name, data) values (?, ?, ?, ?)'
      run(sql, accountId, email, displayName.toLowerCase(), data)
      return accountId
    },
    /** Where the site keeps the bytes of an attachment. */
    file(id: string): string {
      const sql = `select json_extract(data, '$.file') as file from thing where kind = 'attachment' and id = ?`
      return join(world.state, 'files', String(state.prepare(sql).get(Number(id))?.file))
    },
    close: () => state.close(),
  }
}
export type Faults = ReturnType<typeof openFaults>

/** A text as the site's API takes it. */
export const adf = (...content: unknown[]) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content }],
})
export const text = (words: string, href?: string) => ({
  type: 'text',
  text: words,
  ...(href === undefined ? {} : { marks: [{ type: 'link', attrs: { href } }] }),
})
