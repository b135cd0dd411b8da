import { renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { assert } from '../../shared/assert.ts'
import type { EntityCount, SnapshotInfo } from '../../shared/record.ts'
import { diskFull, sync } from './disk.ts'
import { deletedPeople, joins, references } from './finish.ts'
import {
  beginReading,
  forgetIssues,
  keptTables,
  lookedAtMs,
  peopleIn,
  readingTable,
  takeUp,
} from './keep.ts'
import { notedColumns, notedTable, settleNoted } from './noted.ts'
import { finishNotes, type Note } from './notes.ts'
import { createTable, formatVersion, indexes, ownTables, tables } from './schema.ts'
import { drafts } from './schema-drafts.ts'
import { settleTwins } from './twins.ts'

type Value = string | number | null
interface Shape {
  readonly table: string
  readonly columns: readonly string[]
}

export interface SnapshotWriter {
  /** Values in the order of the shape's columns; copied before the call returns. */
  row(shape: Shape, values: readonly Value[]): void
  /** Joins, indexes, facts; then the file takes its name. The writer is closed. */
  finish(info: SnapshotInfo, counts: readonly EntityCount[], notes: readonly Note[]): void
  /** Closes and removes what was written. */
  abandon(): void
  /** Closes, and keeps what was written up to the last checkpoint for a later reading. */
  leave(): void
  /** What the reader noted until the last checkpoint of an earlier reading, see keep.ts. */
  noted(kind: string): readonly (readonly [key: string, value: string])[]
  /** A note for a later reading; a newer one of the same kind and key takes its place. */
  note(kind: string, key: string, value: string): void
  /** Every row and note so far outlives this reading. */
  checkpoint(): void
  /** Rows of a table, those of an earlier reading too. */
  count(table: string): number
  /** Issues of a project that are there. */
  issueIds(projectId: string): string[]
  /** Takes issues out with all that belongs to them. */
  forgetIssues(ids: readonly string[]): void
}

/** Rows in one statement: three times as fast as one by one, and more gain nothing (measured). */
const ROWS = 20
const PAGE = 8192
/** Rows in one transaction. */
const TRANSACTION = 100_000

/**
 * Writes a snapshot to `<path>.part`, renamed to path when it is whole.
 * Throws a Problem snapshot-disk-full when the disk is; the part is removed by then.
 * maxBytes: treat the disk as full from there on, for a folder with a quota. resume: of what this is a
 * reading, as a text; it goes on from the last checkpoint of one of the same text, and what is written stays
 * when it fails.
 */
export function createSnapshot(
  path: string,
  limits: { maxBytes?: number; resume?: string } = {},
): SnapshotWriter {
  const part = `${path}.part`
  const { resume } = limits
  const guarded = <T>(act: () => T): T => {
    try {
      return act()
    } catch (error) {
      if (resume === undefined) abandon()
      else leave()
      throw diskFull(error, path) ?? error
    }
  }
  let db: DatabaseSync | null = null
  const pending = new Map<Shape, Pending>()
  let uncommitted = 0
  /** Everybody named in a row: as many as there are users, not as there are rows. */
  const people = new Set<string>()
  /** Tables whose ids did not come strictly rising, the only ones that can hold an id twice. */
  const unordered = new Set<string>()

  const begin = (): DatabaseSync => {
    const before = resume === undefined ? null : takeUp(part, resume)
    if (!before) removePart(part)
    db = before ?? new DatabaseSync(part, { timeout: lookedAtMs })
    // Where nothing but the finished file counts, a crash may lose what it likes until then.
    const safety = resume === undefined ? 'OFF' : 'NORMAL'
    db.exec(`PRAGMA page_size = ${PAGE}; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${safety};
      PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -16000`)
    if (limits.maxBytes !== undefined)
      db.exec(`PRAGMA max_page_count = ${Math.ceil(limits.maxBytes / PAGE)}`)
    if (before) {
      for (const key of peopleIn(before)) people.add(key)
      for (const table of keptTables) unordered.add(table)
    } else {
      for (const sql of [...ownTables, notedTable, readingTable]) db.exec(sql)
      for (const [name, columns] of Object.entries({ ...tables, ...drafts }))
        db.exec(createTable(name, columns))
      if (resume !== undefined) beginReading(db, resume)
    }
    db.exec('BEGIN')
    return db
  }
  const abandon = () => {
    try {
      db?.close()
    } catch {
      // After a full disk the rollback may fail, too; the file goes all the same.
    }
    db = null
    removePart(part)
  }
  const leave = () => {
    try {
      db?.close()
    } catch {
      // What is not committed is rolled back by whoever opens it next.
    }
    db = null
  }
  const base = guarded(begin)

  const prepare = (shape: Shape): Pending => {
    const known: Record<string, Record<string, unknown>> = { ...tables, ...drafts }
    const columns = shape.table === 'noted' ? notedColumns : known[shape.table]
    assert(columns !== undefined, `The snapshot has no table ${shape.table}`)
    for (const column of shape.columns)
      assert(column in columns, `The table ${shape.table} has no column ${column}`)
    const names = shape.columns.map((column) => `"${column}"`).join(', ')
    const places = `(${shape.columns.map(() => '?').join(', ')})`
    const statement = (rows: number) =>
      base.prepare(
        `INSERT INTO "${shape.table}" (${names}) VALUES ${Array(rows).fill(places).join(', ')}`,
      )
    const named = (references[shape.table] ?? [])
      .map((column) => shape.columns.indexOf(column))
      .filter((place) => place !== -1)
    const width = shape.columns.length
    const idAt = shape.columns.indexOf('id')
    return { one: statement(1), many: statement(ROWS), width, named, values: [], idAt, lastId: 0 }
  }
  const flush = (rows: Pending) => {
    const { values, width } = rows
    if (values.length === ROWS * width) rows.many.run(...values)
    else for (let i = 0; i < values.length; i += width) rows.one.run(...values.slice(i, i + width))
    uncommitted += values.length / width
    rows.values.length = 0
    // A checkpoint alone says up to where rows and notes belong together.
    if (resume !== undefined || uncommitted < TRANSACTION) return
    uncommitted = 0
    base.exec('COMMIT; BEGIN')
  }

  return {
    row(shape, values) {
      let rows = pending.get(shape)
      if (rows === undefined) {
        // Rows wait in memory for their statement: a new kind of row is a good moment to let them go.
        guarded(() => pending.forEach(flush))
        if ([...pending.keys()].some(({ table }) => table === shape.table))
          unordered.add(shape.table)
        rows = guarded(() => prepare(shape))
        pending.set(shape, rows)
      }
      for (let i = 0; i < rows.width; i++) rows.values.push(values[i] ?? null)
      if (rows.idAt >= 0) {
        const id = Number(values[rows.idAt] ?? Number.NaN)
        if (id > rows.lastId) rows.lastId = id
        else unordered.add(shape.table)
      }
      for (const place of rows.named) {
        const key = values[place]
        if (typeof key === 'string' && !people.has(key)) people.add(ownCopy(key))
      }
      if (rows.values.length < ROWS * rows.width) return
      const full = rows
      guarded(() => flush(full))
    },
    finish(info, counts, notes) {
      guarded(() => {
        pending.forEach(flush)
        const referred = base.prepare('INSERT INTO draftReferred (key) VALUES (?)')
        for (const key of people) referred.run(key)
        const twins = settleTwins(base, unordered)
        for (const sql of [...joins, deletedPeople, ...Object.values(indexes)]) base.exec(sql)
        writeFacts(base, info, counts, [...notes, ...twins, ...finishNotes(base)])
        for (const name of [...Object.keys(drafts), 'draftPerson', 'draftRenderer', 'reading'])
          base.exec(`DROP TABLE "${name}"`)
        base.exec('COMMIT')
        base.exec('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)')
        base.exec('PRAGMA journal_mode = DELETE')
        base.close()
        db = null
        sync(part)
        rmSync(path, { force: true })
        renameSync(part, path)
        sync(dirname(path))
      })
    },
    abandon,
    leave,
    noted: (kind) =>
      guarded(() =>
        base
          .prepare('SELECT key, value FROM reading WHERE kind = ? ORDER BY rowid')
          .all(kind)
          .map((row) => [String(row.key), String(row.value)] as const),
      ),
    note(kind, key, value) {
      guarded(() =>
        base
          .prepare('INSERT OR REPLACE INTO reading (kind, key, value) VALUES (?, ?, ?)')
          .run(kind, key, value),
      )
    },
    checkpoint() {
      guarded(() => {
        pending.forEach(flush)
        base.exec('COMMIT; BEGIN')
      })
    },
    count: (table) =>
      guarded(() => {
        pending.forEach(flush)
        return Number(base.prepare(`SELECT COUNT(*) AS n FROM "${table}"`).get()?.n)
      }),
    issueIds: (projectId) =>
      guarded(() => {
        pending.forEach(flush)
        return base
          .prepare('SELECT CAST(id AS TEXT) AS id FROM issue WHERE projectId = CAST(? AS INTEGER)')
          .all(projectId)
          .map(({ id }) => String(id))
      }),
    forgetIssues(ids) {
      guarded(() => {
        pending.forEach(flush)
        forgetIssues(base, ids)
        // Those that come once more come out of order.
        for (const table of keptTables) unordered.add(table)
      })
    },
  }
}

interface Pending {
  one: StatementSync
  many: StatementSync
  width: number
  /** The places of values that name people. */
  named: number[]
  values: Value[]
  /** The place of the row's own id, -1 where there is none, and the highest one so far. */
  idAt: number
  lastId: number
}

function writeFacts(
  db: DatabaseSync,
  info: SnapshotInfo,
  counts: readonly EntityCount[],
  notes: readonly Note[],
): void {
  const fact = db.prepare('INSERT INTO snapshot (name, value) VALUES (?, ?)')
  for (const [name, value] of Object.entries({ formatVersion, ...info }))
    fact.run(
      name,
      value === null || typeof value !== 'object' ? text(value) : JSON.stringify(value),
    )
  const entity = db.prepare(
    'INSERT OR REPLACE INTO entity (entity, found, stated, treatment) VALUES (?, ?, ?, ?)',
  )
  for (const c of counts) entity.run(c.entity, c.found, c.stated, c.treatment)
  const note = db.prepare('INSERT INTO note (code, text, items) VALUES (?, ?, ?)')
  for (const { code, text, items, rows } of notes) {
    const { lastInsertRowid } = note.run(code, text, items)
    if (rows !== undefined) settleNoted(db, lastInsertRowid, rows)
  }
}

const text = (value: string | number | null) => (value === null ? null : String(value))

/** A text cut from a larger one keeps all of it in memory; a copy does not. */
function ownCopy(text: string): string {
  return Buffer.from(text).toString()
}

/** Removes an unfinished snapshot and what SQLite keeps beside it. */
export function removePart(part: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(part + suffix, { force: true })
}
