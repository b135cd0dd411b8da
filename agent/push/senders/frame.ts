import type { PlannedKind, Promises } from '../../../shared/plan.ts'
import type { Outcome } from '../../cloud/writing.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { type Need, rootOf } from '../../ledger/roots.ts'
import { oneByOne, type PushContext, type Sender, there } from '../sender.ts'

/**
 * Names are unique on a site, so these senders look before they create: what is there is used, and a
 * create that landed before a crash is found again. Nothing that is there is changed.
 */
export function byName<K extends PlannedKind>(
  kind: K,
  find: (ctx: PushContext, promise: Promises[K]) => Promise<string | null>,
  create: (ctx: PushContext, promise: Promises[K]) => Promise<Outcome>,
): Sender {
  const idOf = (ctx: PushContext, item: ItemRow) => find(ctx, promiseOf(item, kind))
  return {
    find: (ctx, items) => Promise.all(items.map((item) => idOf(ctx, item))),
    send: (ctx, items) =>
      oneByOne(items, async (item) => {
        const id = await idOf(ctx, item)
        if (id !== null) return there(id)
        const outcome = await create(ctx, promiseOf(item, kind))
        ctx.names.forget()
        return outcome
      }),
  }
}

const id = (found: { id: string } | null) => found?.id ?? null

export const issueType = byName(
  'issueType',
  async (ctx, p) => id(await ctx.names.issueType(p.name)),
  (ctx, p) => ctx.write.createIssueType(p),
)
export const priority = byName(
  'priority',
  async (ctx, p) => id(await ctx.names.priority(p.name)),
  (ctx, p) => ctx.write.createPriority(p),
)
export const resolution = byName(
  'resolution',
  async (ctx, p) => id(await ctx.names.resolution(p.name)),
  (ctx, p) => ctx.write.createResolution(p),
)
export const linkType = byName(
  'linkType',
  async (ctx, p) => id(await ctx.names.linkType(p.name)),
  (ctx, p) => ctx.write.createLinkType(p),
)
export const screens = byName(
  'screens',
  (ctx, p) => ctx.read.idByName('issueTypeScreenScheme', p.name),
  (ctx, p) => ctx.write.createScreens(p),
)
export const workflowScheme = byName(
  'workflowScheme',
  (ctx, p) => ctx.read.idByName('workflowScheme', p.name),
  async (ctx, p) => {
    const workflow = { kind: 'workflow', projectKey: p.projectKey } as const
    // The site's own refusal would not say why the workflow is missing.
    const failed = await rootOf(ctx.db, ctx.migrationId, workflow)
    return failed === null ? ctx.write.createWorkflowScheme(p) : notThere('the workflow', workflow)
  },
)

export const issueTypeScheme = byName(
  'issueTypeScheme',
  (ctx, p) => ctx.read.idByName('issueTypeScheme', p.name),
  async (ctx, p) => {
    const types = await Promise.all(p.issueTypes.map((name) => ctx.names.issueType(name)))
    const missing = p.issueTypes.find((_name, index) => !types[index])
    if (missing !== undefined)
      return notThere(`the issue type "${missing}"`, { kind: 'issueType', name: missing })
    return ctx.write.createIssueTypeScheme(
      p,
      types.flatMap((type) => (type ? [type.id] : [])),
    )
  },
)

export const workflow = byName(
  'workflow',
  (ctx, p) => ctx.read.idByName('workflow', p.name),
  async (ctx, p) => {
    const statuses = await Promise.all(p.statuses.map((name) => ctx.names.status(name)))
    const missing = p.statuses.find((_name, index) => !statuses[index])
    if (missing !== undefined)
      return notThere(`the status "${missing}"`, { kind: 'status', name: missing })
    return ctx.write.createWorkflow(
      p,
      statuses.flatMap((status) => (status ? [status] : [])),
    )
  },
)

/** Statuses are created in one request; those that are there already stay out of it. */
export const status: Sender = {
  find: (ctx, items) =>
    Promise.all(
      items.map(async (item) => id(await ctx.names.status(promiseOf(item, 'status').name))),
    ),
  async send(ctx, items) {
    const ids = await status.find(ctx, items)
    const absent = items.filter((_item, index) => ids[index] === null)
    if (!absent.length) return ids.map((found) => there(found ?? ''))
    const created = await ctx.write.createStatuses(absent.map((item) => promiseOf(item, 'status')))
    ctx.names.forget()
    const outcomes = new Map(absent.map((item, index) => [item.seq, created[index]]))
    return items.map((item, index) => outcomes.get(item.seq) ?? there(ids[index] ?? ''))
  },
}

/** An outcome that tells which other item was missing. */
export type NotThere = Extract<Outcome, { ok: false }> & { needs: Need }

/** What this item stands on did not arrive: its finding is that of the other one, which says why. */
export function notThere(what: string, needs: Need): NotThere {
  return {
    ok: false,
    code: 'needs-another',
    text: `Not sent, because ${what} it needs is not on the site.`,
    hint: 'Fix what is said for that one, then run the migration again.',
    again: true,
    needs,
  }
}

export const isNotThere = (outcome: Outcome): outcome is NotThere => 'needs' in outcome
