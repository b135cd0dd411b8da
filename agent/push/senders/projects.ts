import { must } from '../../../shared/assert.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { oneByOne, type PushContext, type Sender, there } from '../sender.ts'
import { notThere } from './frame.ts'

/** The plan leaves out projects whose key was taken; one that is here now was made by this migration. */
export const project: Sender = {
  find: (ctx, items) =>
    Promise.all(
      items.map(
        async (item) => (await ctx.read.project(promiseOf(item, 'project').key))?.id ?? null,
      ),
    ),
  send: (ctx, items) =>
    oneByOne(items, async (item) => {
      const promise = promiseOf(item, 'project')
      const { key: projectKey } = promise
      const [issueTypeSchemeId, workflowSchemeId, issueTypeScreenSchemeId] = await Promise.all([
        frameId(ctx, 'issueTypeScheme', projectKey),
        frameId(ctx, 'workflowScheme', projectKey),
        frameId(ctx, 'screens', null),
      ])
      const scheme = 'the scheme'
      if (!issueTypeSchemeId) return notThere(scheme, { kind: 'issueTypeScheme', projectKey })
      if (!workflowSchemeId) return notThere(scheme, { kind: 'workflowScheme', projectKey })
      if (!issueTypeScreenSchemeId)
        return notThere(scheme, { kind: 'screens', sourceId: 'screens' })
      const category = promise.category ? await ctx.names.projectCategory(promise.category) : null
      if (promise.category && !category)
        return notThere(`the category "${promise.category}"`, {
          kind: 'projectCategory',
          name: promise.category,
        })
      return ctx.write.createProject(promise, {
        categoryId: category?.id ?? null,
        issueTypeSchemeId,
        workflowSchemeId,
        issueTypeScreenSchemeId,
      })
    }),
}

/** The site's id of a scheme that an earlier phase made for this project (null = for all of them). */
async function frameId(
  ctx: PushContext,
  kind: 'issueTypeScheme' | 'workflowScheme' | 'screens',
  projectKey: string | null,
) {
  let query = ctx.db
    .selectFrom('item')
    .select('siteId')
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', kind)
  if (projectKey !== null) query = query.where('projectKey', '=', projectKey)
  return (await query.executeTakeFirst())?.siteId ?? null
}

/** The site's id of a project of this migration. */
export async function projectId(ctx: PushContext, key: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('item')
    .select('siteId')
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', 'project')
    .where('projectKey', '=', key)
    .executeTakeFirst()
  return row?.siteId ?? null
}

const keyOf = (item: ItemRow) => must(item.projectKey, `${item.label} belongs to no project.`)

export const component: Sender = {
  async find(ctx, items) {
    const found = await ctx.read.components(keyOf(must(items[0], 'A batch is never empty.')))
    const ids = new Map(found.map((one) => [one.name.toLowerCase(), one.id]))
    return items.map((item) => ids.get(promiseOf(item, 'component').name.toLowerCase()) ?? null)
  },
  send: (ctx, items) =>
    oneByOne(items, async (item) =>
      (await projectId(ctx, keyOf(item)))
        ? ctx.write.createComponent(promiseOf(item, 'component'))
        : notThere('the project', { kind: 'project', projectKey: keyOf(item) }),
    ),
}

export const version: Sender = {
  async find(ctx, items) {
    const found = await ctx.read.versions(keyOf(must(items[0], 'A batch is never empty.')))
    const ids = new Map(found.map((one) => [one.name.toLowerCase(), one.id]))
    return items.map((item) => ids.get(promiseOf(item, 'version').name.toLowerCase()) ?? null)
  },
  send: (ctx, items) =>
    oneByOne(items, async (item) => {
      const id = await projectId(ctx, keyOf(item))
      return id
        ? ctx.write.createVersion(promiseOf(item, 'version'), id)
        : notThere('the project', { kind: 'project', projectKey: keyOf(item) })
    }),
}

/** People are matched before the run; there is nothing to write. */
export const user: Sender = {
  find: async (_ctx, items) => items.map((item) => promiseOf(item, 'user').accountId),
  send: async (_ctx, items) => items.map((item) => there(promiseOf(item, 'user').accountId)),
}
