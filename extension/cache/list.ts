/** Questions of the dashboard's table: which migrations in which order, and the few rows that are in sight. */
import { Dexie } from 'dexie'
import type { MigrationView } from '../../shared/api.ts'
import { type MigrationStatus, migrationStatuses } from '../../shared/status.ts'
import { cache, type StoredMigration } from './db.ts'

/** What the list's question needs of ListAsk; the cache knows no pages. */
export interface ListQuestion {
  archived: boolean
  search: string
  statuses: readonly MigrationStatus[]
  sort: string
  turned: boolean
}

/** Columns with an index of their own: index, and whether the greatest comes first by itself. */
const indexed: Record<string, [index: string, greatestFirst: boolean]> = {
  recent: ['[shelf+live+recent]', true],
  name: ['[shelf+nameKey]', false],
  status: ['[shelf+rank]', false],
  issues: ['[shelf+issues]', true],
  started: ['[shelf+startedKey]', true],
  finished: ['[shelf+finishedKey]', true],
  changed: ['[shelf+changedAt]', true],
}

/** All of a shelf by the index of the asked order, or by the usual one where there is none. */
function ordered(ask: ListQuestion) {
  const shelf = ask.archived ? 1 : 0
  const [index, greatestFirst] = indexed[ask.sort] ?? ['[shelf+live+recent]', true]
  const all = cache.migrations.where(index).between([shelf, Dexie.minKey], [shelf, Dexie.maxKey])
  return greatestFirst === ask.turned ? all : all.reverse()
}
const wordsOf = ({ search }: ListQuestion) =>
  search.toLocaleLowerCase().split(/\s+/).filter(Boolean)

/**
 * The first rows of a question that an index answers, which are there long before the order of all; none where
 * only the whole list tells which are the first.
 */
export async function firstRows(ask: ListQuestion, count: number): Promise<MigrationView[]> {
  if (!(ask.sort in indexed) || ask.statuses.length > 0 || wordsOf(ask).length > 0) return []
  return ordered(ask).limit(count).toArray()
}

/**
 * The ids of all that fit, in order. By an index alone where nothing is searched (a tenth of a second for
 * 10,000); a search or another column goes through the rows once and keeps only their ids and keys.
 */
export async function listIds(ask: ListQuestion): Promise<string[]> {
  const shelf = ask.archived ? 1 : 0
  const words = wordsOf(ask)
  if (words.length > 0 || !(ask.sort in indexed)) {
    const rows = (await ordered(ask).toArray()).filter(
      (row) => fits(row, words) && (ask.statuses.length === 0 || ask.statuses.includes(row.status)),
    )
    return sorted(rows, ask).map((row) => row.id)
  }
  const ids = await ordered(ask).primaryKeys()
  if (ask.statuses.length === 0) return ids
  const kept = await cache.migrations
    .where('[shelf+status]')
    .anyOf(ask.statuses.map((status) => [shelf, status]))
    .primaryKeys()
  const fitting = new Set(kept)
  return ids.filter((id) => fitting.has(id))
}

/** All words stand somewhere in what a person sees of the row. */
function fits(row: StoredMigration, words: readonly string[]): boolean {
  const text = [row.name, row.source.label, row.site.url ?? row.site.kind, row.reason ?? '']
    .join('\n')
    .toLocaleLowerCase()
  return words.every((word) => text.includes(word))
}

function sorted(rows: StoredMigration[], { sort, turned }: ListQuestion): StoredMigration[] {
  const key: Record<string, (row: StoredMigration) => string | number> = {
    source: (row) => row.source.label.toLocaleLowerCase(),
    site: (row) => row.site.url ?? '',
    progress: ({ progress: { done, total } }) => (total === 0 ? 0 : done / total),
  }
  const of = key[sort]
  if (of === undefined) return rows
  const up = turned ? -1 : 1
  return rows
    .map((row) => ({ row, key: of(row) }))
    .sort((a, b) => (a.key < b.key ? -up : a.key > b.key ? up : 0))
    .map(({ row }) => row)
}

/** The rows with these ids, in their order; one that is gone meanwhile is left out. */
export async function rowsOf(ids: readonly string[]): Promise<MigrationView[]> {
  const rows = await cache.migrations.bulkGet([...ids])
  return rows.filter((row) => row !== undefined)
}

/** How many of a shelf have each status. */
export async function statusCounts(archived: boolean): Promise<Record<MigrationStatus, number>> {
  const shelf = archived ? 1 : 0
  const counts = await Promise.all(
    migrationStatuses.map((status) =>
      cache.migrations.where('[shelf+status]').equals([shelf, status]).count(),
    ),
  )
  return Object.fromEntries(
    migrationStatuses.map((status, i) => [status, counts[i] ?? 0]),
  ) as Record<MigrationStatus, number>
}
