import { must } from '../../../shared/assert.ts'
import type { Origin, Visibility } from '../../../shared/plan.ts'
import type { Outcome } from '../../cloud/writing.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { attachFile } from '../fetch.ts'
import { oneByOne, type PushContext, type Sender } from '../sender.ts'

const issueOf = (items: ItemRow[]) =>
  must(items[0]?.issueKey, 'A batch of content belongs to one issue.')

/** By the origin property: written with the item, so it is there exactly when the item is. */
function byOrigin(found: { id: string; origin: Origin | null }[], origin: Origin): string | null {
  return (
    found.find(
      (one) =>
        one.origin?.source === origin.source &&
        one.origin.kind === origin.kind &&
        one.origin.id === origin.id,
    )?.id ?? null
  )
}

/**
 * A site may refuse a restriction to a role or group that the token's account is not in. The text is then
 * restricted to the project's administrators, never shown to more people; verify tells the difference.
 */
async function restricted<P extends { visibility: Visibility | null }>(
  promise: P,
  write: (promise: P) => Promise<Outcome>,
): Promise<Outcome> {
  const outcome = await write(promise)
  if (outcome.ok || promise.visibility === null) return outcome
  if (!/commentLevel|member of the|not in the (role|group)/i.test(outcome.text)) return outcome
  const again = await write({ ...promise, visibility: { type: 'role', value: 'Administrators' } })
  return again.ok ? again : outcome
}

export const comment: Sender = {
  async find(ctx, items) {
    const found = await ctx.read.comments(issueOf(items))
    return items.map((item) => byOrigin(found, promiseOf(item, 'comment').origin))
  },
  send: (ctx, items) =>
    oneByOne(items, (item) =>
      restricted(promiseOf(item, 'comment'), (promise) => ctx.write.createComment(promise)),
    ),
}

export const worklog: Sender = {
  async find(ctx, items) {
    const found = await ctx.read.worklogs(issueOf(items))
    return items.map((item) => byOrigin(found, promiseOf(item, 'worklog').origin))
  },
  send: (ctx, items) =>
    oneByOne(items, (item) =>
      restricted(promiseOf(item, 'worklog'), (promise) => ctx.write.createWorklog(promise)),
    ),
}

/** Attachments carry no property: one is ours when name and size fit and no other item has taken it. */
export const attachment: Sender = {
  async find(ctx, items) {
    const [one] = await ctx.read.issues([issueOf(items)])
    const taken = await takenIds(ctx, issueOf(items))
    const free = (one?.attachments ?? []).filter((file) => !taken.has(file.id))
    return items.map((item) => {
      const { filename, size } = promiseOf(item, 'attachment')
      const at = free.findIndex((file) => file.filename === filename && file.size === size)
      return at < 0 ? null : (free.splice(at, 1)[0]?.id ?? null)
    })
  },
  send: (ctx, items) => oneByOne(items, (item) => attachFile(ctx, item)),
}

async function takenIds(ctx: PushContext, issueKey: string): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('item')
    .select('siteId')
    .where('migrationId', '=', ctx.migrationId)
    .where('issueKey', '=', issueKey)
    .where('kind', '=', 'attachment')
    .where('siteId', 'is not', null)
    .execute()
  return new Set(rows.flatMap((row) => row.siteId ?? []))
}

/** The style by which a sub-task hangs on its parent: it came with the issue's own parent field. */
const subtask = 'jira_subtask'
/** An epic is the parent of its issues too, but of ones that may have been made before it. */
const epic = 'jira_epic'

export const link: Sender = {
  async find(ctx, items) {
    // A batch has at most 50 links: one question of at most 100 keys tells both ends.
    const promises = items.map((item) => promiseOf(item, 'link'))
    const found = await ctx.read.issues([
      ...new Set(promises.flatMap(({ inwardKey, outwardKey }) => [inwardKey, outwardKey])),
    ])
    const byKey = new Map(found.map((one) => [one.key, one]))
    return items.map((item) => {
      const wanted = promiseOf(item, 'link')
      if (wanted.type === subtask) return ''
      if (wanted.type === epic)
        return byKey.get(wanted.outwardKey)?.parentKey === wanted.inwardKey ? '' : null
      const links = byKey.get(wanted.inwardKey)?.links ?? []
      return (
        links.find(
          (one) =>
            one.type.toLowerCase() === wanted.type.toLowerCase() &&
            one.outwardKey === wanted.outwardKey,
        )?.id ?? null
      )
    })
  },
  send: (ctx, items) =>
    oneByOne(items, async (item): Promise<Outcome> => {
      const wanted = promiseOf(item, 'link')
      if (wanted.type === subtask) return { ok: true, siteId: '' }
      if (wanted.type === epic) return ctx.write.setParent(wanted.outwardKey, wanted.inwardKey)
      return ctx.write.createLink(wanted)
    }),
}

// The site itself makes these two idempotent: a remote link by its globalId, a watcher by the account.
export const remoteLink: Sender = {
  find: async (_ctx, items) => items.map(() => null),
  send: (ctx, items) =>
    oneByOne(items, (item) => ctx.write.createRemoteLink(promiseOf(item, 'remoteLink'))),
}
export const watcher: Sender = {
  find: async (_ctx, items) => items.map(() => null),
  send: (ctx, items) => oneByOne(items, (item) => ctx.write.addWatcher(promiseOf(item, 'watcher'))),
}
