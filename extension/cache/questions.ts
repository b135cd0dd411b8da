import { Dexie } from 'dexie'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import { cache, type Reach } from './db.ts'

/** Keys of compound indexes sort [0, ...] < [0, Dexie.maxKey] < [1, ...]. */
const inUse = (index: string) =>
  cache.migrations.where(index).between([0, Dexie.minKey], [0, Dexie.maxKey])

/** Those in use, running first, then the one that changed last; at most so many. */
export function recentMigrations(most: number): Promise<MigrationView[]> {
  return inUse('[shelf+live+recent]').reverse().limit(most).toArray()
}

type NeedyTab = 'attention' | 'apps' | 'overview'
/** How many things of those in use a person must look at, in how many migrations, and in which one if it is one. */
export interface Needs {
  things: number
  migrations: number
  /** The one, and which of its tabs shows what needs a person. */
  only: { id: string; tab: NeedyTab } | null
}

const tabOf = ({ needsAttention, appsInNeed = 0 }: MigrationView): NeedyTab =>
  needsAttention > 0 ? 'attention' : appsInNeed > 0 ? 'apps' : 'overview'

/** By the index alone: thousands may need a person, and this is asked with every change. */
export async function readNeeds(): Promise<Needs> {
  const needy = cache.migrations.where('[shelf+needs]').between([0, 1], [0, Dexie.maxKey])
  // A key is [shelf, number of things]; the types of an index's keys do not tell.
  const keys = (await needy.keys()) as unknown as [number, number][]
  const things = keys.reduce((sum, [, n]) => sum + n, 0)
  const one = keys.length === 1 ? await needy.first() : undefined
  const only = one === undefined ? null : { id: one.id, tab: tabOf(one) }
  return { things, migrations: keys.length, only }
}

/** How many are in use, and how many are archived. */
export async function shelfCounts(): Promise<{ inUse: number; archived: number }> {
  const [used, all] = await Promise.all([
    inUse('[shelf+changedAt]').count(),
    cache.migrations.count(),
  ])
  return { inUse: used, archived: all - used }
}

/** The origins of sites that migrations went to and that begin like this. */
export async function sitesLike(origin: string): Promise<string[]> {
  const rows = await cache.migrations.where('site.url').startsWith(origin).limit(20).toArray()
  return rows.flatMap(({ site }) => (site.url === null ? [] : [site.url]))
}

/** One migration; null when the cache does not hold it. */
export async function migrationById(id: string): Promise<MigrationView | null> {
  return (await cache.migrations.get(id)) ?? null
}

/** The last detail heard of a migration; null when none. */
export async function detailById(id: string): Promise<MigrationDetail | null> {
  return (await cache.details.get(id))?.detail ?? null
}

/** Whether the agent could be reached; null before the first try. */
export async function readReach(): Promise<Reach | null> {
  const row = await cache.meta.get('reach')
  return row?.key === 'reach' ? row.value : null
}

/** The number up to which all changes are in the cache; 0 before the first answer. */
export async function readCursor(): Promise<number> {
  const row = await cache.meta.get('cursor')
  return row?.key === 'cursor' ? row.value : 0
}

/** Whether the agent's list was once read to its end; what changes from then on is news. */
export async function readWhole(): Promise<boolean> {
  return (await cache.meta.get('whole')) !== undefined
}

/** Which agent the cache holds the words of; null before the first. */
export async function readOwner(): Promise<string | null> {
  const row = await cache.meta.get('agent')
  return row?.key === 'agent' ? row.value : null
}
