import { DatabaseSync } from 'node:sqlite'
import { DateTime } from 'luxon'
import { Problem } from '../../shared/problem.ts'
import { fold } from '../plan/names.ts'
import { CannotTell, cannotTell } from './cannot-tell.ts'
import { compile } from './compile.ts'
import { parseWhere } from './parse.ts'
import type { Sql } from './shape.ts'
import { sourceOf } from './source.ts'

/** What a JQL of the source finds there, against a list of keys of the site. */
export interface Compared {
  /** null: it cannot be told, and `why` says for what reason. */
  source: number | null
  /** Issues that it finds in projects which are not looked at. */
  elsewhere: number
  /** The first of each, by project and number, and how many there are. */
  onlySource: string[]
  onlySite: string[]
  onlySourceCount: number
  onlySiteCount: number
  /** Sentences about what the number does not look at. */
  why: string[]
}

export interface Question {
  /** The file of the snapshot. */
  snapshot: string
  jql: string
  /** Keys of the projects that are looked at; null = all of the source. */
  projects: readonly string[] | null
  /** What the site finds; null = it cannot be told. */
  site: readonly string[] | null
  /** Epoch ms: relative dates count from here. */
  now: number
  /** How many keys of each are wanted. */
  most: number
}

/**
 * Evaluates JQL over a snapshot, as somebody who may see every issue of the source. It works in SQL, with what
 * it finds in a table of SQLite's own, so that memory stays flat; it blocks while it works (see thread.ts).
 */
export function find(question: Question): Compared {
  const db = openSnapshotFile(question.snapshot)
  try {
    db.function('fold', { deterministic: true }, (text) =>
      typeof text === 'string' ? fold(text) : text,
    )
    return compare(db, question)
  } catch (error) {
    if (!(error instanceof CannotTell)) throw error
    return { ...nothing, source: null, why: [error.message] }
  } finally {
    db.close()
  }
}

const nothing = {
  elsewhere: 0,
  onlySource: [],
  onlySite: [],
  onlySourceCount: 0,
  onlySiteCount: 0,
}

function compare(db: DatabaseSync, { jql, projects, site, now, most }: Question): Compared {
  const source = sourceOf(db, clockOf(db, now))
  const where = parseWhere(jql)
  const found: Sql = where ? compile(source, where) : { sql: '1', values: [] }
  // Archived issues are found by no JQL; an issue without a project or a number is none for Jira.
  run(
    db,
    `CREATE TEMP TABLE found AS SELECT i.key, i.projectId, i.number FROM issue i
      WHERE i.number > 0 AND coalesce(i.archived, 0) = 0
        AND i.projectId IN (SELECT id FROM project WHERE coalesce(archived, 0) = 0) AND ${found.sql}`,
    found,
  )
  const inProjects =
    projects === null
      ? '1'
      : 'projectId IN (SELECT id FROM project WHERE key IN (SELECT value FROM temp.looked))'
  db.exec(
    'CREATE TEMP TABLE looked (value TEXT PRIMARY KEY); CREATE TEMP TABLE site (key TEXT PRIMARY KEY)',
  )
  fill(db, 'looked', projects ?? [])
  fill(db, 'site', site ?? [])
  const count = (sql: string) => Number(db.prepare(`SELECT count(*) AS n ${sql}`).get()?.n)
  const keys = (sql: string) =>
    db
      .prepare(`SELECT key ${sql} LIMIT ?`)
      .all(most)
      .map((row) => String(row.key))
  const lost = `FROM temp.found WHERE ${inProjects} AND key NOT IN (SELECT key FROM temp.site)`
  const more = 'FROM temp.site WHERE key NOT IN (SELECT key FROM temp.found)'
  return {
    source: count(`FROM temp.found WHERE ${inProjects}`),
    elsewhere: count(`FROM temp.found WHERE NOT ${inProjects}`),
    ...(site === null
      ? { onlySource: [], onlySite: [], onlySourceCount: 0, onlySiteCount: 0 }
      : {
          onlySource: keys(`${lost} ORDER BY projectId, number`),
          onlySite: keys(
            `${more} ORDER BY substr(key, 1, instr(key, '-') - 1), CAST(substr(key, instr(key, '-') + 1) AS INTEGER)`,
          ),
          onlySourceCount: count(lost),
          onlySiteCount: count(more),
        }),
    why: [...source.notes],
  }
}

/** SQLite has limits for one statement; JQL that passes them is said to be too long. */
function run(db: DatabaseSync, sql: string, { values }: Sql): void {
  try {
    db.prepare(sql).run(...values)
  } catch (error) {
    const limit = /too large|too many|stack overflow|too long|too big/i
    if (!(error instanceof Error) || !limit.test(error.message)) throw error
    cannotTell('It is too long to be asked here.')
  }
}

function fill(db: DatabaseSync, table: 'looked' | 'site', values: readonly string[]): void {
  db.prepare(`INSERT OR IGNORE INTO temp.${table} SELECT value FROM json_each(?)`).run(
    JSON.stringify(values),
  )
}

/** The source's wall clock at this moment. */
function clockOf(db: DatabaseSync, now: number): DateTime {
  const row = db.prepare(`SELECT value FROM snapshot WHERE name = 'timeZone'`).get()
  const at = DateTime.fromMillis(now, { zone: String(row?.value ?? 'utc') })
  return at.isValid ? at : DateTime.fromMillis(now, { zone: 'utc' })
}

function openSnapshotFile(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly: true })
  } catch (cause) {
    throw new Problem(
      'snapshot-damaged',
      'What was read of the source is not on this machine any more.',
      {
        hint: 'Read the source again: edit or run the migration.',
        cause,
      },
    )
  }
}
