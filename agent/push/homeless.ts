import { type ItemRow, promiseOf } from '../ledger/items.ts'
import type { PushContext } from './sender.ts'
import { type NotThere, notThere } from './senders/frame.ts'

/** Phases in which everything of a project stands on the project itself. */
const inProject = new Set<ItemRow['phase']>(['parts', 'issues', 'content', 'files', 'tidy'])

/**
 * The items of a batch that hang on a project or an issue which this migration was to create and has not, by
 * seq: an issue of that key may be on the site all the same, made by somebody else, and must not be written to.
 */
export async function homeless(ctx: PushContext, items: ItemRow[]): Promise<Map<number, NotThere>> {
  const lost = await withoutProject(ctx, items)
  const hanging = items.filter((item) => item.phase === 'content' || item.phase === 'files')
  const keys = [...new Set(hanging.flatMap(keysOf))]
  if (!keys.length) return lost
  const rows = await ctx.db
    .selectFrom('item')
    .select('issueKey')
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', 'issue')
    .where('issueKey', 'in', keys)
    .where('state', 'not in', ['sent', 'leftOut'])
    .execute()
  const absent = new Set(rows.map((row) => row.issueKey))
  for (const item of hanging) {
    const issueKey = keysOf(item).find((key) => absent.has(key))
    if (issueKey !== undefined && !lost.has(item.seq))
      lost.set(item.seq, notThere(`the issue ${issueKey}`, { kind: 'issue', issueKey }))
  }
  return lost
}

/** A batch is of one lane, and a lane of one project, as a rule: one or two keys are asked for. */
async function withoutProject(ctx: PushContext, items: ItemRow[]): Promise<Map<number, NotThere>> {
  const hanging = items.filter((item) => inProject.has(item.phase))
  const keys = [...new Set(hanging.flatMap(({ projectKey }) => projectKey ?? []))]
  if (!keys.length) return new Map()
  const rows = await ctx.db
    .selectFrom('item')
    .select('projectKey')
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', 'project')
    .where('projectKey', 'in', keys)
    .where('state', '=', 'failed')
    .execute()
  const absent = new Set(rows.map((row) => row.projectKey))
  return new Map(
    hanging.flatMap(({ seq, projectKey }): [number, NotThere][] =>
      projectKey !== null && absent.has(projectKey)
        ? [[seq, notThere(`the project ${projectKey}`, { kind: 'project', projectKey })]]
        : [],
    ),
  )
}

/** The issues an item hangs on; a link hangs on both its ends. */
function keysOf(item: ItemRow): string[] {
  if (item.kind !== 'link') return item.issueKey ? [item.issueKey] : []
  const { inwardKey, outwardKey } = promiseOf(item, 'link')
  return [inwardKey, outwardKey]
}
