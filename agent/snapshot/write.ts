import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { assert } from '../../shared/assert.ts'
import { Problem } from '../../shared/problem.ts'
import type { EntityCount, SnapshotInfo } from '../../shared/record.ts'
import { deletedPeople, joins, references } from './finish.ts'
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
}

/** Rows in one statement: three times as fast as one by one, and more gain nothing (measured). */
const ROWS = 20
const PAGE = 8192
/** Rows in one transaction. */
const TRANSACTION = 100_000

/**
 * Writes a snapshot to `<path>.part`, renamed to path when it is whole.
 * Throws a Problem snapshot-disk-full when the disk is; the part is removed by then.
 * maxBytes: treat the disk as full from there on, for a folder with a quota.
 */
export function createSnapshot(path: string, limits: { maxBytes?: number } = {}): SnapshotWriter {
  const part = `${path}.part`
  removePart(part)
  const guarded = <T>(act: () => T): T => {
    try {
      return act()
    } catch (error) {
      abandon()
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
    db = new DatabaseSync(part)
    // Nothing but the finished file counts, so a crash may lose what it likes until then.
    db.exec(`PRAGMA page_size = ${PAGE}; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
      PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -16000`)
    if (limits.maxBytes !== undefined)
      db.exec(`PRAGMA max_page_count = ${Math.ceil(limits.maxBytes / PAGE)}`)
    for (const sql of ownTables) db.exec(sql)
    for (const [name, columns] of Object.entries({ ...tables, ...drafts }))
      db.exec(createTable(name, columns))
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
  const base = guarded(begin)

  const prepare = (shape: Shape): Pending => {
    const columns: Record<string, unknown> | undefined = { ...tables, ...drafts }[shape.table]
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
    if (uncommitted < TRANSACTION) return
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
        for (const name of [...Object.keys(drafts), 'draftPerson', 'draftRenderer'])
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
  for (const n of notes) note.run(n.code, n.text, n.items)
}

const text = (value: string | number | null) => (value === null ? null : String(value))

/** A text cut from a larger one keeps all of it in memory; a copy does not. */
function ownCopy(text: string): string {
  return Buffer.from(text).toString()
}

function sync(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Removes an unfinished snapshot and what SQLite keeps beside it. */
export function removePart(part: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(part + suffix, { force: true })
}

/** 13 is SQLITE_FULL; SQLite says 10 (an I/O error) where the journal's disk is full. */
function diskFull(error: unknown, path: string): Problem | null {
  const of = error as { errcode?: number; code?: string } | null
  const full = of?.errcode === 13 || of?.code === 'ENOSPC' || of?.errcode === 778
  if (!full) return null
  return new Problem(
    'snapshot-disk-full',
    `The disk is full: the snapshot ${basename(path)} could not be written to ${dirname(path)}.`,
    {
      hint: 'Make room (a snapshot needs up to twice the size of the unpacked backup) or choose another folder, then run it again.',
      again: false,
      cause: error,
    },
  )
}
