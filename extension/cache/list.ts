/** Questions of the dashboard's table: which migrations in which order, and the few rows that are in sight. */
import { Dexie } from 'dexie'
import type { MigrationView } from '../../shared/api.ts'
import { type MigrationStatus, migrationStatuses } from '../../shared/status.ts'
import { cache } from './db.ts'

/** What the list's question needs of ListAsk; the cache knows no pages. */
export interface ListQuestion {
  archived: boolean
  search: string
  statuses: readonly MigrationStatus[]
  /** Only those that need a person. */
  needs: boolean
  sort: string
  turned: boolean
}

/** Each order has an index of its own: its name, and whether the greatest comes first by itself. */
const indexed: Record<string, [index: string, greatestFirst: boolean]> = {
  recent: ['[shelf+live+recent]', true],
  name: ['[shelf+nameKey]', false],
  status: ['[shelf+rank]', false],
  source: ['[shelf+sourceKey]', false],
  site: ['[shelf+siteKey]', false],
  issues: ['[shelf+issues]', true],
  progress: ['[shelf+progressKey]', false],
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

/** The first rows of a question, which are there long before the order of all; none where it leaves rows out. */
export async function firstRows(ask: ListQuestion, count: number): Promise<MigrationView[]> {
  if (ask.statuses.length > 0 || ask.needs || wordsOf(ask).length > 0) return []
  return ordered(ask).limit(count).toArray()
}

/**
 * The ids of all that fit, in order: keys of an index only (a tenth of a second for 10,000), of which those stay
 * that a search or another index finds as well.
 */
export async function listIds(ask: ListQuestion): Promise<string[]> {
  const shelf = ask.archived ? 1 : 0
  const words = wordsOf(ask)
  const ids = await ordered(ask).primaryKeys()
  const narrowed = [
    ...(words.length > 0 ? [await idsWith(words)] : []),
    ...(ask.statuses.length > 0 ? [new Set(await withStatus(shelf, ask.statuses))] : []),
    ...(ask.needs ? [new Set(await needy(shelf).primaryKeys())] : []),
  ]
  return narrowed.length === 0 ? ids : ids.filter((id) => narrowed.every((some) => some.has(id)))
}

const withStatus = (shelf: 0 | 1, statuses: readonly MigrationStatus[]) =>
  cache.migrations
    .where('[shelf+status]')
    .anyOf(statuses.map((status) => [shelf, status]))
    .primaryKeys()
const needy = (shelf: 0 | 1) =>
  cache.migrations.where('[shelf+needs]').between([shelf, 1], [shelf, Dexie.maxKey])

/** So many texts are looked through before the page may do something else. */
const piece = 1000

/** Those in whose text all words stand. */
async function idsWith(words: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  let last: string | undefined
  for (;;) {
    const from =
      last === undefined ? cache.texts.orderBy('id') : cache.texts.where('id').above(last)
    const rows = await from.limit(piece).toArray()
    for (const { id, text } of rows) if (words.every((word) => text.includes(word))) found.add(id)
    if (rows.length < piece) return found
    last = rows.at(-1)?.id
  }
}

/** The rows with these ids, in their order; one that is gone meanwhile is left out. */
export async function rowsOf(ids: readonly string[]): Promise<MigrationView[]> {
  const rows = await cache.migrations.bulkGet([...ids])
  return rows.filter((row) => row !== undefined)
}

/** How many of a shelf need a person. */
export const needyCount = (archived: boolean): Promise<number> => needy(archived ? 1 : 0).count()

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
