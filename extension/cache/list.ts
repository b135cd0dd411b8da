/** Questions of the dashboard's table: which migrations in which order, and the few rows that are in sight. */
import { type Collection, Dexie } from 'dexie'
import type { MigrationView } from '../../shared/api.ts'
import { type MigrationStatus, migrationStatuses } from '../../shared/status.ts'
import { cache, type StoredMigration } from './db.ts'

/** What the list's question needs of ListAsk; the cache knows no pages. */
export interface ListOrder {
  archived: boolean
  sort: string
  turned: boolean
}
export interface ListQuestion extends ListOrder {
  statuses: readonly MigrationStatus[]
  /** Only those that need a person. */
  needs: boolean
  /** Only these, which a search has found; null: nothing is searched for. */
  among: ReadonlySet<string> | null
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

/** All of a shelf by the index of the asked order, or by the usual one where there is none; and whether from its end. */
function ordered(ask: ListOrder): { all: Some; fromEnd: boolean } {
  const shelf = ask.archived ? 1 : 0
  const [index, greatestFirst] = indexed[ask.sort] ?? ['[shelf+live+recent]', true]
  const all = cache.migrations.where(index).between([shelf, Dexie.minKey], [shelf, Dexie.maxKey])
  return { all, fromEnd: greatestFirst !== ask.turned }
}

/** The first rows of a shelf, which are there long before the order of all. */
export function firstRows(ask: ListOrder, count: number): Promise<MigrationView[]> {
  const { all, fromEnd } = ordered(ask)
  return (fromEnd ? all.reverse() : all).limit(count).toArray()
}

/** In order; turned round here, for many browsers give the keys of an index at once only from its beginning. */
async function orderedIds(ask: ListOrder): Promise<string[]> {
  const { all, fromEnd } = ordered(ask)
  const ids = await all.primaryKeys()
  return fromEnd ? ids.reverse() : ids
}

/** The ids of all that fit, in order: keys of indexes only, and not one row. */
export async function listIds(ask: ListQuestion): Promise<string[]> {
  const shelf = ask.archived ? 1 : 0
  const [ids, ...narrowed] = await Promise.all([
    orderedIds(ask),
    ...(ask.statuses.length > 0 ? [keysOf(withStatus(shelf, ask.statuses))] : []),
    ...(ask.needs ? [keysOf([needy(shelf)])] : []),
  ])
  if (ask.among !== null) narrowed.push(ask.among)
  return narrowed.length === 0 ? ids : ids.filter((id) => narrowed.every((some) => some.has(id)))
}

/** Changes whenever `listIds` may answer anew: how many stand in each index that it reads. */
export function listSizes(ask: ListQuestion): Promise<unknown> {
  const shelf = ask.archived ? 1 : 0
  const read = [
    ordered(ask).all,
    ...withStatus(shelf, ask.statuses),
    ...(ask.needs ? [needy(shelf)] : []),
  ]
  return Promise.all(read.map((some) => some.count()))
}

type Some = Collection<StoredMigration, string>
const keysOf = async (all: Some[]): Promise<ReadonlySet<string>> =>
  new Set((await Promise.all(all.map((some) => some.primaryKeys()))).flat())

/** One range a status: IndexedDB gives the keys of a range at once, those of several one by one. */
const withStatus = (shelf: 0 | 1, statuses: readonly MigrationStatus[]): Some[] =>
  statuses.map((status) => cache.migrations.where('[shelf+status]').equals([shelf, status]))
const needy = (shelf: 0 | 1): Some =>
  cache.migrations.where('[shelf+needs]').between([shelf, 1], [shelf, Dexie.maxKey])

/** So many texts are looked through before the page may do something else. */
const piece = 1000

/** Those in whose text all words of a search stand, of both shelves. */
export async function idsWith(words: readonly string[]): Promise<ReadonlySet<string>> {
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

/** Changes whenever `idsWith` may answer anew. */
export const textCount = (): Promise<number> => cache.texts.count()

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
