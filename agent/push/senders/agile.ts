import { must } from '../../../shared/assert.ts'
import type { Outcome } from '../../cloud/writing.ts'
import { type ItemRow, promiseOf, siteIdOf } from '../../ledger/items.ts'
import { rootOf } from '../../ledger/roots.ts'
import { oneByOne, type PushContext, type Sender, there } from '../sender.ts'
import { notThere } from './frame.ts'

/** Boards may share a name, but a filter of ours has only boards of ours, and the plan keeps clear of those of the site's. */
export const board: Sender = {
  find: (ctx, items) => Promise.all(items.map((item) => findBoard(ctx, item))),
  send: (ctx, items) =>
    oneByOne(items, async (item) => {
      const promise = promiseOf(item, 'board')
      const filterId = await siteIdOf(ctx.db, ctx.migrationId, 'filter', promise.filter)
      if (!filterId) return notThere('the filter', { kind: 'filter', sourceId: promise.filter })
      const { projectKey } = promise
      const project = projectKey === null ? null : { kind: 'project' as const, projectKey }
      // On the site a board without its project would be the token's own, or be refused without saying why.
      if (project && (await rootOf(ctx.db, ctx.migrationId, project)) !== null)
        return notThere('the project', project)
      const found = await findBoard(ctx, item)
      return found ? there(found) : ctx.write.createBoard(promise, filterId)
    }),
}

async function findBoard(ctx: PushContext, item: ItemRow): Promise<string | null> {
  const { name, filter } = promiseOf(item, 'board')
  const filterId = await siteIdOf(ctx.db, ctx.migrationId, 'filter', filter)
  if (!filterId) return null
  const taken = await takenIds(ctx, 'board', item)
  const boards = await ctx.read.boards({ filterId })
  return boards.find((one) => one.name === name && !taken.has(one.id))?.id ?? null
}

/** Made as a future one, then moved on to where it has to take its issues. */
export const sprint: Sender = {
  find: (ctx, items) =>
    Promise.all(
      items.map(async (item) => {
        const found = await findSprint(ctx, item)
        return found && reached(found.state, promiseOf(item, 'sprint').state) ? found.id : null
      }),
    ),
  send: (ctx, items) =>
    oneByOne(items, async (item) => {
      const promise = promiseOf(item, 'sprint')
      const boardId = await siteIdOf(ctx.db, ctx.migrationId, 'board', promise.board)
      if (!boardId) return notThere('the board', { kind: 'board', sourceId: promise.board })
      const found = await findSprint(ctx, item)
      const made = found ? there(found.id) : await ctx.write.createSprint(promise, boardId)
      if (!made.ok || reached(found?.state ?? 'future', promise.state)) return made
      const started = await ctx.write.setSprintState(made.siteId, 'active')
      return started.ok ? made : started
    }),
}

/** A closed sprint is an active one first; its sprintClose closes it. */
const reached = (state: string, wanted: string) => wanted === 'future' || state !== 'future'

async function findSprint(ctx: PushContext, item: ItemRow) {
  const promise = promiseOf(item, 'sprint')
  const boardId = await siteIdOf(ctx.db, ctx.migrationId, 'board', promise.board)
  if (!boardId) return null
  const taken = await takenIds(ctx, 'sprint', item)
  const sprints = await ctx.read.sprints(boardId)
  return sprints.find((one) => one.name === promise.name && !taken.has(one.id)) ?? null
}

/** The site's ids that other items of this kind have become. */
async function takenIds(ctx: PushContext, kind: 'board' | 'sprint', item: ItemRow) {
  const rows = await ctx.db
    .selectFrom('item')
    .select('siteId')
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', kind)
    .where('seq', '!=', item.seq)
    .where('siteId', 'is not', null)
    .execute()
  return new Set(rows.flatMap((row) => row.siteId ?? []))
}

export const sprintClose: Sender = {
  async find(ctx, items) {
    const closed = new Set<string>()
    for (const item of items) {
      const own = await sprintOf(ctx, promiseOf(item, 'sprintClose').sprint)
      const all = own ? await ctx.read.sprints(own.boardId) : []
      for (const one of all) if (one.state === 'closed') closed.add(`${item.seq}/${one.id}`)
      if (own && closed.has(`${item.seq}/${own.id}`)) closed.add(String(item.seq))
    }
    return items.map((item) => (closed.has(String(item.seq)) ? '' : null))
  },
  send: (ctx, items) =>
    oneByOne(items, async (item) => {
      const { sprint } = promiseOf(item, 'sprintClose')
      const own = await sprintOf(ctx, sprint)
      return own
        ? ctx.write.setSprintState(own.id, 'closed')
        : notThere('the sprint', { kind: 'sprint', sourceId: sprint })
    }),
}

/** What a sprint of the source became, and on which board. */
async function sprintOf(ctx: PushContext, sourceId: string) {
  const row = await ctx.db
    .selectFrom('item')
    .select(['siteId', 'promiseJson'])
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', 'sprint')
    .where('sourceId', '=', sourceId)
    .executeTakeFirst()
  if (!row?.siteId) return null
  const boardId = await siteIdOf(ctx.db, ctx.migrationId, 'board', promiseOf(row, 'sprint').board)
  return boardId ? { id: row.siteId, boardId } : null
}

/** At most so many issues in one request (API document, POST /sprint/{id}/issue). */
const issuesAMove = 50

/** Whether a value of a custom field is a sprint that an issue is in: it is moved with its board. */
export const isSprintValue = (item: ItemRow): boolean =>
  promiseOf(item, 'fieldValue').sprint !== undefined

/** The issues of a sprint. A batch lies between two sprints, so all of its items are of one. */
export const sprintValue: Sender = {
  async find(ctx, items) {
    const id = (await sprintOf(ctx, sprintIn(items)))?.id
    const keys = new Set<string>()
    if (id) for await (const key of ctx.read.keysInSprint(id)) keys.add(key)
    return items.map((item) => (keys.has(promiseOf(item, 'fieldValue').issueKey) ? '' : null))
  },
  async send(ctx, items) {
    const sprint = sprintIn(items)
    const id = (await sprintOf(ctx, sprint))?.id
    if (!id) return items.map(() => notThere('the sprint', { kind: 'sprint', sourceId: sprint }))
    const outcomes: Outcome[] = []
    for (let from = 0; from < items.length; from += issuesAMove)
      outcomes.push(...(await move(ctx, id, items.slice(from, from + issuesAMove))))
    return outcomes
  },
}

const sprintIn = (items: ItemRow[]) =>
  must(
    promiseOf(must(items[0], 'A batch is never empty.'), 'fieldValue').sprint,
    'A batch of sprint values names its sprint.',
  )

/** All at once; where the site refuses, one by one, so that only the culprit fails. */
async function move(ctx: PushContext, sprintId: string, items: ItemRow[]): Promise<Outcome[]> {
  const keys = items.map((item) => promiseOf(item, 'fieldValue').issueKey)
  const all = await ctx.write.moveToSprint(sprintId, keys)
  if (all.ok || items.length === 1) return items.map(() => all)
  const outcomes: Outcome[] = []
  for (const key of keys) outcomes.push(await ctx.write.moveToSprint(sprintId, [key]))
  return outcomes
}
