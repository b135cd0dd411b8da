import type { Kept } from '../../shared/filter-shares.ts'
import type { Difference } from '../../shared/report.ts'
import {
  type ItemRow,
  promiseOf,
  settleVerdicts,
  siteIdOf,
  type VerdictChange,
} from '../ledger/items.ts'
import { resolveJql } from '../ledger/references.ts'
import { compareNamed } from './compare.ts'
import { judgeDashboard } from './dashboards.ts'
import { compareKept, compareShares } from './filter-shares.ts'
import { candidateStates, candidates, judged, missing, type VerifyContext } from './judge.ts'

/** So many filters, boards, sprints or issues in sprints are judged at a time. */
const aPage = 200

/** Filters, boards, sprints with the issues in them, and dashboards, which show them. */
export async function verifyAgile(ctx: VerifyContext, next: () => Promise<void>): Promise<void> {
  await each(ctx, 'filter', next, (item) => judgeFilter(ctx, item))
  await each(ctx, 'board', next, (item) => judgeBoard(ctx, item))
  await each(ctx, 'sprint', next, (item) => judgeSprint(ctx, item))
  await verifySprintValues(ctx, next)
  await each(ctx, 'dashboard', next, (item) => judgeDashboard(ctx, item))
}

async function each(
  ctx: VerifyContext,
  kind: ItemRow['kind'],
  next: () => Promise<void>,
  judge: (item: ItemRow) => Promise<VerdictChange>,
): Promise<void> {
  for (let after = 0; ; ) {
    await next()
    const items = await candidates(ctx, [kind], after, aPage)
    const last = items.at(-1)
    if (!last) return
    after = last.seq
    // One after the other: a sprint is found among those that no other has become.
    for (const item of items) await settleVerdicts(ctx.db, [await judge(item)])
  }
}

async function judgeFilter(ctx: VerifyContext, item: ItemRow): Promise<VerdictChange> {
  const promise = promiseOf(item, 'filter')
  if (promise.kept) return judgeKeptFilter(ctx, item, promise.kept)
  const found = await ctx.read.filters(promise.name, whose(ctx))
  const one = found.find(({ id }) => id === item.siteId) ?? found[0]
  if (!one) return missing(item)
  const wanted = await resolveJql(ctx.db, ctx.migrationId, promise.jql)
  const jql = 'jql' in wanted ? wanted.jql : promise.jql
  const differences = compareNamed({ ...promise, jql }, one, ['name', 'description', 'jql'])
  const there = promise.shares ? await ctx.read.filterShares(one.id) : null
  if (there) differences.push(...compareShares(promise, there, ctx.foreign))
  return judged(item, one.id, differences)
}

/** The site's own, which a person chose to use: as it was when this was planned, or somebody changed it since. */
async function judgeKeptFilter(
  ctx: VerifyContext,
  item: ItemRow,
  kept: Kept,
): Promise<VerdictChange> {
  const one = await ctx.read.filter(kept.id)
  const there = one && (await ctx.read.filterShares(kept.id))
  if (!one || !there) return missing(item)
  const promise = promiseOf(item, 'filter')
  return judged(item, one.id, [
    ...compareNamed(promise, one, ['name', 'description', 'jql']),
    ...compareKept(kept, there),
  ])
}

const whose = ({ foreign, isAdmin }: VerifyContext) =>
  foreign ? (isAdmin ? 'all' : 'any') : 'mine'

async function judgeBoard(ctx: VerifyContext, item: ItemRow): Promise<VerdictChange> {
  const promise = promiseOf(item, 'board')
  const filterId = await siteIdOf(ctx.db, ctx.migrationId, 'filter', promise.filter)
  const boards = filterId
    ? await ctx.read.boards({ filterId })
    : await ctx.read.boards({ name: promise.name })
  const taken = await takenBy(ctx, 'board', item)
  const one =
    boards.find(({ id }) => id === item.siteId) ??
    boards.find(({ id, name }) => name === promise.name && !taken.has(id))
  if (!one) return missing(item)
  const differences = compareNamed(promise, one, ['name', 'type', 'projectKey'])
  const shown = await ctx.read.boardFilter(one.id)
  if (filterId && shown !== filterId)
    differences.push({ field: 'filter', promised: filterId, found: shown ?? '' })
  return judged(item, one.id, differences)
}

async function judgeSprint(ctx: VerifyContext, item: ItemRow): Promise<VerdictChange> {
  const promise = promiseOf(item, 'sprint')
  const boardId = await siteIdOf(ctx.db, ctx.migrationId, 'board', promise.board)
  const sprints = boardId ? await ctx.read.sprints(boardId) : []
  const taken = await takenBy(ctx, 'sprint', item)
  const one =
    sprints.find(({ id }) => id === item.siteId) ??
    sprints.find(({ id, name }) => name === promise.name && !taken.has(id))
  if (!one) return missing(item)
  const differences: Difference[] = compareNamed(promise, one, ['name', 'goal', 'state'])
  for (const field of ['start', 'end'] as const)
    if (minute(promise[field]) !== minute(one[field]))
      differences.push({
        field: `${field} date`,
        promised: time(promise[field]),
        found: time(one[field]),
      })
  return judged(item, one.id, differences)
}

/** Sites keep the times of sprints to the minute at least. */
const minute = (ms: number | null) => (ms === null ? null : Math.floor(ms / 60_000))
const time = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString())

async function takenBy(ctx: VerifyContext, kind: 'board' | 'sprint', item: ItemRow) {
  const rows = await ctx.db
    .selectFrom('item')
    .select('siteId')
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', kind)
    .where('seq', '!=', item.seq)
    .where('siteId', 'is not', null)
    .execute()
  return new Set(rows.map((row) => row.siteId))
}

/** Issues in sprints, a sprint's worth of keys at a time; they follow their sprint in the plan. */
async function verifySprintValues(ctx: VerifyContext, next: () => Promise<void>): Promise<void> {
  let known = { sprint: '', keys: new Set<string>() }
  for (let after = 0; ; ) {
    await next()
    const items = await ctx.db
      .selectFrom('item')
      .selectAll()
      .where('migrationId', '=', ctx.migrationId)
      .where('kind', '=', 'fieldValue')
      .where('lane', '=', 'boards')
      .where('state', 'in', candidateStates(ctx))
      .$if(ctx.open === true, (query) => query.where('verdict', 'is', null))
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(aPage)
      .execute()
    const last = items.at(-1)
    if (!last) return
    after = last.seq
    const changes: VerdictChange[] = []
    for (const item of items) {
      const { sprint = '', issueKey } = promiseOf(item, 'fieldValue')
      if (known.sprint !== sprint) known = { sprint, keys: await keysIn(ctx, sprint) }
      changes.push(known.keys.has(issueKey) ? judged(item, '', []) : missing(item))
    }
    await settleVerdicts(ctx.db, changes)
  }
}

async function keysIn(ctx: VerifyContext, sprint: string): Promise<Set<string>> {
  const keys = new Set<string>()
  const id = await siteIdOf(ctx.db, ctx.migrationId, 'sprint', sprint)
  if (id) for await (const key of ctx.read.keysInSprint(id)) keys.add(key)
  return keys
}
