import type { ItemRow } from '../../ledger/items.ts'
import type { LedgerDb } from '../../ledger/open.ts'
import { candidateStates, type VerifyContext } from '../judge.ts'

/** Numbers from 0 to 1 that look like chance and are the same for the same seed: mulberry32 (Tommy Ettinger, 2017, public domain). */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * How many issues of each project are drawn: in proportion, the remainders by size (Hamilton's method), so
 * that the shares add up to what is asked for.
 */
export function shares(counts: ReadonlyMap<string, number>, size: number): Map<string, number> {
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0)
  if (size >= all) return new Map(counts)
  const exact = [...counts].map(([key, n]) => ({
    key,
    exact: (n * size) / all,
    whole: Math.floor((n * size) / all),
  }))
  let left = size - exact.reduce((sum, one) => sum + one.whole, 0)
  const byRemainder = exact.toSorted(
    (a, b) => b.exact - b.whole - (a.exact - a.whole) || (a.key < b.key ? -1 : 1),
  )
  const found = new Map(exact.map((one) => [one.key, one.whole]))
  for (const { key } of byRemainder) {
    if (left === 0) break
    found.set(key, (found.get(key) ?? 0) + 1)
    left -= 1
  }
  return found
}

/** Draws `size` of a stream, each with the same chance, keeping no more than those (reservoir, Vitter's algorithm R, 1985). */
export async function draw<T>(
  all: AsyncIterable<T> | Iterable<T>,
  size: number,
  random: () => number,
): Promise<T[]> {
  const kept: T[] = []
  let seen = 0
  for await (const one of all) {
    seen += 1
    if (kept.length < size) kept.push(one)
    else {
      const at = Math.floor(random() * seen)
      if (at < size) kept[at] = one
    }
  }
  return kept
}

/** Writes down which issues are looked at first, in proportion from each project. @returns how many there are in all */
export async function drawSample(
  ctx: VerifyContext,
  { size, seed }: { size: number; seed: number },
): Promise<number> {
  const rows = await ctx.db
    .selectFrom('item')
    .select((eb) => ['projectKey', eb.fn.countAll<number>().as('n')])
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', 'issue')
    .where('state', 'in', candidateStates(ctx))
    .groupBy('projectKey')
    .orderBy('projectKey')
    .execute()
  const counts = new Map(rows.map((row) => [row.projectKey ?? '', row.n]))
  const random = chance(seed)
  for (const [projectKey, n] of size > 0 ? shares(counts, size) : [])
    if (n > 0) {
      const seqs = await draw(issueSeqs(ctx, projectKey), n, random)
      for (let from = 0; from < seqs.length; from += rowsAStatement)
        await ctx.db
          .insertInto('sampled')
          .values(
            seqs
              .slice(from, from + rowsAStatement)
              .map((seq) => ({ migrationId: ctx.migrationId, seq })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute()
    }
  return [...counts.values()].reduce((sum, n) => sum + n, 0)
}

const seqsAPage = 10_000
/** Two values a row, of which SQLite takes 32,766 in a statement. */
const rowsAStatement = 10_000

async function* issueSeqs(ctx: VerifyContext, projectKey: string): AsyncGenerator<number> {
  for (let after = 0; ; ) {
    const rows = await ctx.db
      .selectFrom('item')
      .select('seq')
      .where('migrationId', '=', ctx.migrationId)
      .where('projectKey', '=', projectKey)
      .where('kind', '=', 'issue')
      .where('state', 'in', candidateStates(ctx))
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(seqsAPage)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    for (const { seq } of rows) yield seq
    after = last.seq
  }
}

/** Sampled issues, by rising seq; only those without a verdict where `open` is set. */
export function sampledIssues(
  db: LedgerDb,
  migrationId: string,
  limit: number,
  open: boolean,
): Promise<ItemRow[]> {
  let query = db
    .selectFrom('item')
    .innerJoin('sampled', (join) =>
      join
        .onRef('sampled.seq', '=', 'item.seq')
        .onRef('sampled.migrationId', '=', 'item.migrationId'),
    )
    .selectAll('item')
    .where('item.migrationId', '=', migrationId)
  if (open) query = query.where('item.verdict', 'is', null)
  return query.orderBy('item.seq').limit(limit).execute()
}

/** How many of the sampled issues were looked at, and how many of those need a look, with all that hangs on them. */
export async function sampleFound(
  db: LedgerDb,
  migrationId: string,
): Promise<{ looked: number; different: number }> {
  const all = await db
    .selectFrom('item')
    .innerJoin('sampled', (join) =>
      join
        .onRef('sampled.seq', '=', 'item.seq')
        .onRef('sampled.migrationId', '=', 'item.migrationId'),
    )
    .select('item.issueKey')
    .where('item.migrationId', '=', migrationId)
    // What cannot be seen was not looked at.
    .where('item.verdict', 'in', ['verified', 'different', 'failed'])
    .execute()
  const keys = all.flatMap(({ issueKey }) => issueKey ?? [])
  let different = 0
  for (let from = 0; from < keys.length; from += 500) {
    const rows = await db
      .selectFrom('item')
      .select('issueKey')
      .distinct()
      .where('migrationId', '=', migrationId)
      .where('issueKey', 'in', keys.slice(from, from + 500))
      .where('verdict', 'in', ['different', 'failed'])
      .execute()
    different += rows.length
  }
  return { looked: keys.length, different }
}
