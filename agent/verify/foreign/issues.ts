import type { FullIssue } from '../../cloud/reading-full.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { addStrangers } from '../../ledger/verification.ts'
import { ofIssues } from '../judge.ts'
import { type FieldIds, fieldsOf } from '../values.ts'
import { compareHeldIssue } from './compare.ts'
import { allAbsent, judgeContent, ofIssueKinds } from './content.ts'
import { absent, type ForeignContext, found } from './context.ts'
import { unjudged } from './hidden.ts'
import { settle } from './settle.ts'
import { peopleOf } from './survey.ts'

/** bulkfetch takes at most 100 keys (facts/jira-cloud.md 2.1). */
export const issuesAPage = 100

/**
 * Reads a page of issues of one or more projects and judges each with all that hangs on it. The verdicts of
 * an issue are written together: an agent that dies here reads one issue again, and no other.
 */
export async function judgeIssues(
  ctx: ForeignContext,
  items: readonly ItemRow[],
  fields: FieldIds,
): Promise<void> {
  const keys = items.map((item) => promiseOf(item, 'issue').key)
  const ids = items.map((item, i) => item.siteId ?? keys[i] ?? '')
  const read = await ctx.read.issuesInFull(ids, await fieldsOf(ctx, fields, keys))
  const byId = new Map(read.flatMap((one) => [[one.key, one] as const, [one.id, one] as const]))
  await ctx.people.know(read.flatMap(peopleOf))
  const content = Map.groupBy(
    (await ofIssues(ctx, keys, ofIssueKinds)).filter((item) => item.lane !== 'boards'),
    (item) => item.issueKey,
  )
  for (const [i, item] of items.entries()) {
    ctx.signal.throwIfAborted()
    const own = unjudged(content.get(keys[i] ?? '') ?? [])
    await judgeIssue(ctx, item, own, byId.get(ids[i] ?? ''), fields)
  }
}

async function judgeIssue(
  ctx: ForeignContext,
  item: ItemRow,
  own: ItemRow[],
  issue: FullIssue | undefined,
  fields: FieldIds,
): Promise<void> {
  if (!issue) return settle(ctx.db, [absent(item), ...allAbsent(own)])
  const { differences, losses } = compareHeldIssue(ctx, promiseOf(item, 'issue'), issue)
  const { changes, strangers } = await judgeContent(ctx, own, issue, fields)
  await addStrangers(ctx.db, ctx.migrationId, strangers)
  await settle(ctx.db, [...changes, found(item, issue.id, differences, losses)])
}

/** Issues that the site has in this project and the source has not. */
export async function findStrangers(ctx: ForeignContext, projectKey: string): Promise<void> {
  let page: string[] = []
  const look = async () => {
    if (!page.length) return
    const ours = await ctx.db
      .selectFrom('item')
      .select('issueKey')
      .where('migrationId', '=', ctx.migrationId)
      .where('kind', '=', 'issue')
      .where('issueKey', 'in', page)
      .execute()
    const known = new Set(ours.map((row) => row.issueKey))
    const strangers = page.filter((key) => !known.has(key))
    await addStrangers(
      ctx.db,
      ctx.migrationId,
      strangers.map((key) => ({
        kind: 'issue',
        siteId: key,
        label: key,
        projectKey,
        issueKey: key,
      })),
    )
    page = []
  }
  for await (const key of ctx.read.keysOf(projectKey)) {
    page.push(key)
    if (page.length >= issuesAPage) await look()
  }
  await look()
}
