import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { must } from '../../shared/assert.ts'
import { refuse } from './answer.ts'
import type { Kind, Thing, Things } from './kinds.ts'
import { says } from './says.ts'
import { schema } from './schema.ts'

type Row = Record<string, string | number | null>
type Value = string | number | null

export interface Store {
  /** All rows of a statement, which is prepared once. */
  rows(sql: string, ...values: Value[]): Row[]
  row(sql: string, ...values: Value[]): Row | undefined
  run(sql: string, ...values: Value[]): number
  /** The next number of a counter, which starts at first. */
  next(counter: string, first: number): number
  add<K extends Kind>(kind: K, data: Things[K], at?: { owner?: number; id?: number }): number
  get<K extends Kind>(kind: K, id: number | string): Thing<K> | undefined
  put<K extends Kind>(kind: K, id: number, data: Things[K]): void
  remove(kind: Kind, id: number): void
  /** All of a kind, or those of one owner, by rising id. */
  all<K extends Kind>(kind: K, owner?: number): Thing<K>[]
  page<K extends Kind>(kind: K, owner: number, startAt: number, limit: number): Thing<K>[]
  count(kind: Kind, owner: number): number
  byName<K extends Kind>(kind: K, name: string, owner?: number): Thing<K> | undefined
  /** Runs one request as a transaction: all of it or nothing. */
  transaction<T>(work: () => T): T
  close(): void
}

const nameOf = (data: object): string =>
  'name' in data && typeof data.name === 'string' ? data.name.trim().toLowerCase() : ''

/** Kinds of which a site has few, and which every issue needs: kept parsed. */
const cached = new Set<Kind>([
  ...(['group', 'role', 'issueType', 'status', 'priority', 'resolution', 'linkType'] as const),
  ...(['screen', 'screenScheme', 'issueTypeScreenScheme', 'issueTypeScheme'] as const),
  ...(['workflow', 'workflowScheme', 'project', 'component', 'version'] as const),
  ...(['customField', 'fieldContext', 'fieldOption'] as const),
])

/** Opens the state in stateDir, or in memory when it is null. */
export function openStore(stateDir: string | null): Store {
  if (stateDir !== null) mkdirSync(stateDir, { recursive: true })
  const db = new DatabaseSync(stateDir === null ? ':memory:' : join(stateDir, 'practice.sqlite'))
  // NORMAL is enough for the death of the process; a power cut may lose the last requests, never the order.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;')
  db.exec(schema)
  db.function('says', { deterministic: true }, says)

  const prepared = new Map<string, StatementSync>()
  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql)
    if (known) return known
    const statement = db.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
  const rows = (sql: string, ...values: Value[]) => prepare(sql).all(...values) as Row[]
  const row = (sql: string, ...values: Value[]) => prepare(sql).get(...values) as Row | undefined
  const run = (sql: string, ...values: Value[]) => Number(prepare(sql).run(...values).changes)

  const cache = new Map<string, unknown>()
  const forget = (kind: Kind) => {
    if (cached.has(kind)) cache.clear()
  }
  const remember = <T>(kind: Kind, key: string, read: () => T): T => {
    if (!cached.has(kind)) return read()
    const name = `${kind} ${key}`
    if (cache.has(name)) return cache.get(name) as T
    const value = read()
    cache.set(name, value)
    return value
  }
  const thing = <K extends Kind>(from: Row): Thing<K> => ({
    id: Number(from.id),
    owner: Number(from.owner),
    data: JSON.parse(String(from.data)) as Things[K],
  })

  let inside = false
  const store: Store = {
    rows,
    row,
    run,
    next(counter, first) {
      const sql = `INSERT INTO counter VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value`
      return Number(must(row(sql, counter, first), 'a counter always answers').value)
    },
    add(kind, data, at = {}) {
      const id = at.id ?? store.next(kind, 10_000)
      const sql = 'INSERT INTO thing (kind, id, owner, name, data) VALUES (?, ?, ?, ?, ?)'
      run(sql, kind, id, at.owner ?? 0, nameOf(data), JSON.stringify(data))
      forget(kind)
      return id
    },
    get<K extends Kind>(kind: K, id: number | string) {
      if (typeof id === 'string' && !/^\d{1,15}$/.test(id)) return undefined
      return remember(kind, `#${id}`, () => {
        const found = row('SELECT * FROM thing WHERE kind = ? AND id = ?', kind, Number(id))
        return found && thing<K>(found)
      })
    },
    put(kind, id, data) {
      const sql = 'UPDATE thing SET name = ?, data = ? WHERE kind = ? AND id = ?'
      run(sql, nameOf(data), JSON.stringify(data), kind, id)
      forget(kind)
    },
    remove(kind, id) {
      run('DELETE FROM thing WHERE kind = ? AND id = ?', kind, id)
      forget(kind)
    },
    all<K extends Kind>(kind: K, owner?: number) {
      return remember(kind, `all ${owner ?? ''}`, () =>
        (owner === undefined
          ? rows('SELECT * FROM thing WHERE kind = ? ORDER BY id', kind)
          : rows('SELECT * FROM thing WHERE kind = ? AND owner = ? ORDER BY id', kind, owner)
        ).map((found) => thing<K>(found)),
      )
    },
    page<K extends Kind>(kind: K, owner: number, startAt: number, limit: number) {
      const sql = 'SELECT * FROM thing WHERE kind = ? AND owner = ? ORDER BY id LIMIT ? OFFSET ?'
      return rows(sql, kind, owner, limit, startAt).map((found) => thing<K>(found))
    },
    count(kind, owner) {
      const sql = 'SELECT count(*) AS n FROM thing WHERE kind = ? AND owner = ?'
      return Number(row(sql, kind, owner)?.n)
    },
    byName<K extends Kind>(kind: K, name: string, owner = 0) {
      const wanted = name.trim().toLowerCase()
      return remember(kind, `@${owner} ${wanted}`, () => {
        const sql = 'SELECT * FROM thing WHERE kind = ? AND name = ? AND owner = ?'
        const found = row(sql, kind, wanted, owner)
        return found && thing<K>(found)
      })
    },
    transaction(work) {
      if (inside) return work()
      db.exec('BEGIN IMMEDIATE')
      inside = true
      try {
        const answer = work()
        db.exec('COMMIT')
        return answer
      } catch (cause) {
        db.exec('ROLLBACK')
        cache.clear()
        throw cause
      } finally {
        inside = false
      }
    },
    close: () => db.close(),
  }
  return store
}

/** The thing, or the refusal that Jira gives for an id that it does not know. */
export function need<K extends Kind>(
  store: Store,
  kind: K,
  id: number | string,
  message: string,
  status = 404,
): Thing<K> {
  return store.get(kind, id) ?? refuse(status, message)
}
