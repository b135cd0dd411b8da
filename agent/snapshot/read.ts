import { existsSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { must } from '../../shared/assert.ts'
import type { ChangeItemRow, IssueRow } from '../../shared/issue-rows.ts'
import { Problem } from '../../shared/problem.ts'
import type {
  EntityCount,
  IssueTable,
  LiveFacts,
  SnapshotInfo,
  SnapshotReader,
  Table,
  Tables,
} from '../../shared/record.ts'
import { hasRows } from './noted.ts'
import type { KeptNote } from './notes.ts'
import { formatVersion, orderOf, selection, tables } from './schema.ts'

type NoteRow = KeptNote & { n: number }

/** A snapshot opened for reading, with what was noted while it was written. */
export interface Snapshot extends SnapshotReader {
  notes(): KeptNote[]
  /** How many issues a project has. */
  issueCount(projectId: string): number
  /** How many issues of these projects name somebody as reporter, assignee or creator; by the reference as it stands. */
  issuesOfPeople(projectIds: readonly string[]): Map<string, number>
}

/**
 * Opens a finished snapshot, read-only. Throws a Problem snapshot-damaged when there is none, or it is
 * not whole, or of another format. Rows come as records of shared/record.ts, ids as text.
 */
export function openSnapshot(path: string): Snapshot {
  const damaged = (why: string, cause?: unknown) =>
    new Problem('snapshot-damaged', `The snapshot ${path} cannot be used: ${why}.`, {
      hint: 'Inspect the source again, which reads it anew; nothing is lost by that.',
      cause,
    })
  if (!existsSync(path)) throw damaged('there is no such file')
  const db = new DatabaseSync(path, { readOnly: true })
  const prepared = new Map<string, StatementSync>()
  // A statement that is being iterated must not be used again: those are prepared each time.
  const once = (sql: string): StatementSync => {
    const statement = prepared.get(sql) ?? db.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
  try {
    const version = formatIn(db)
    if (version !== formatVersion)
      throw damaged(`its format is ${version}, and this Landfall reads format ${formatVersion}`)
  } catch (error) {
    db.close()
    throw error instanceof Problem ? error : damaged('it is not a whole snapshot', error)
  }
  const select = (table: Table) => `SELECT ${selection(table)} FROM "${table}" t`
  const number = (sql: string, ...values: string[]) => Number(once(sql).get(...values)?.n ?? 0)

  return {
    info: () => readInfo(once('SELECT name, value FROM snapshot').all()),
    entityCounts: () =>
      once(
        'SELECT entity, found, stated, treatment FROM entity ORDER BY entity',
      ).all() as unknown as EntityCount[],
    notes: () =>
      (once('SELECT rowid AS n, code, text, items FROM note').all() as unknown as NoteRow[]).map(
        ({ n, ...note }) => ({ ...note, n: hasRows(db, n, note.code) ? n : null }),
      ),
    issueCount: (projectId) =>
      number('SELECT COUNT(*) AS n FROM issue WHERE projectId = ?', projectId),
    issuesOfPeople(projectIds) {
      const found = new Map<string, number>()
      const rows = once(`SELECT reporter, assignee, creator, COUNT(*) AS n FROM issue
        WHERE projectId IN (SELECT value FROM json_each(?))
        GROUP BY projectId, reporter, assignee, creator`).iterate(idList(projectIds))
      for (const { reporter, assignee, creator, n } of rows)
        for (const one of new Set([reporter, assignee, creator]))
          if (one !== null) found.set(String(one), (found.get(String(one)) ?? 0) + Number(n))
      return found
    },
    count: (table) => number(`SELECT COUNT(*) AS n FROM "${table}"`),
    rows<T extends Table>(table: T) {
      const statement = db.prepare(`${select(table)} ORDER BY ${orderOf(table)}`)
      return statement.iterate() as IterableIterator<Tables[T]>
    },
    issues: (projectId, afterNumber, limit) =>
      once(`${select('issue')} WHERE t.projectId = CAST(? AS INTEGER) AND t.number > ?
        ORDER BY t.number, t.id LIMIT ?`).all(
        projectId,
        afterNumber,
        limit,
      ) as unknown as IssueRow[],
    issue: (id) => first(once(`${select('issue')} WHERE t.id = ? LIMIT 1`).get(id)),
    issueByKey: (key) => first(once(`${select('issue')} WHERE t.key = ? LIMIT 1`).get(key)),
    ofIssues<T extends IssueTable>(table: T, issueIds: readonly string[]) {
      return once(`${select(table)} WHERE t.issueId IN (SELECT value FROM json_each(?))
        ORDER BY t.issueId, ${orderOf(table)}`).all(idList(issueIds)) as unknown as Tables[T][]
    },
    countOf: (table, projectId) =>
      number(
        `SELECT COUNT(*) AS n FROM issue i JOIN "${table}" t ON t.issueId = i.id WHERE i.projectId = ?`,
        projectId,
      ),
    orphans<T extends IssueTable>(table: T) {
      const statement = db.prepare(`${select(table)}
        WHERE NOT EXISTS (SELECT 1 FROM issue i WHERE i.id = t.issueId) ORDER BY ${orderOf(table)}`)
      return statement.iterate() as IterableIterator<Tables[T]>
    },
    changeItems: (groupIds) =>
      once(`${select('changeItem')} WHERE t.groupId IN (SELECT value FROM json_each(?))
        ORDER BY t.groupId, t.id`).all(idList(groupIds)) as unknown as ChangeItemRow[],
    close: () => db.close(),
  }
}

/** The format of a snapshot that is there and whole; null where it is not. */
export function snapshotFormat(path: string): number | null {
  if (!existsSync(path)) return null
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return formatIn(db)
  } catch {
    // What is no snapshot has no format; who opens it says what is wrong with it.
    return null
  } finally {
    db.close()
  }
}

/** Whether the snapshot was made by another Landfall, which read more or less of a source: it is to be read anew. */
export function isOutdated(path: string): boolean {
  const format = snapshotFormat(path)
  return format !== null && format !== formatVersion
}

function formatIn(db: DatabaseSync): number {
  const row = db.prepare(`SELECT value FROM snapshot WHERE name = 'formatVersion'`).get()
  return Number(row?.value)
}

/** Ids as one JSON parameter. Numbers as numbers: ids are stored as such, and json_each has no affinity. */
function idList(ids: readonly string[]): string {
  return JSON.stringify(ids.map((id) => (/^-?\d{1,15}$/.test(id) ? Number(id) : id)))
}

function first(row: unknown): IssueRow | null {
  return (row ?? null) as IssueRow | null
}

function readInfo(rows: Record<string, unknown>[]): SnapshotInfo {
  const facts = new Map(rows.map((row) => [String(row.name), row.value]))
  const text = (name: string) => {
    const value = facts.get(name)
    return typeof value === 'string' ? value : null
  }
  const sure = (name: string) => must(text(name), `The snapshot does not tell its ${name}`)
  const exportedAt = text('exportedAt')
  return {
    sourceId: sure('sourceId'),
    sourceKind: sure('sourceKind') as SnapshotInfo['sourceKind'],
    label: sure('label'),
    version: text('version'),
    build: text('build'),
    exportedAt: exportedAt === null ? null : Number(exportedAt),
    timeZone: sure('timeZone'),
    timeZoneFrom: sure('timeZoneFrom') as SnapshotInfo['timeZoneFrom'],
    baseUrl: text('baseUrl'),
    illegalCharacters: Number(sure('illegalCharacters')),
    file: JSON.parse(text('file') ?? 'null') as SnapshotInfo['file'],
    live: JSON.parse(text('live') ?? 'null') as LiveFacts | null,
  }
}

/** The tables a snapshot has, for those who go through all of them. */
export const snapshotTables = Object.keys(tables) as Table[]
