import { promiseOf, settleVerdicts, type VerdictChange } from '../ledger/items.ts'
import { compareIssue } from './compare.ts'
import { verifyContent } from './content.ts'
import { candidates, judged, missing, type VerifyContext } from './judge.ts'
import { fieldIds, fieldsOf } from './values.ts'

/** bulkfetch takes at most 100 keys (facts/jira-cloud.md 2.1). */
export const issuesAPage = 100

/** The issues of a project, a hundred at a time, each with its comments, worklogs, files, watchers and remote links. */
export async function verifyIssues(
  ctx: VerifyContext,
  projectKey: string,
  next: () => Promise<void>,
): Promise<void> {
  const fields = await fieldIds(ctx)
  for (let after = 0; ; ) {
    await next()
    const items = await candidates(ctx, ['issue'], after, issuesAPage, projectKey)
    const last = items.at(-1)
    if (!last) return
    after = last.seq
    const keys = items.map((item) => promiseOf(item, 'issue').key)
    const read = await ctx.read.issues(keys, await fieldsOf(ctx, fields, keys))
    const found = new Map(read.map((one) => [one.key, one]))
    const changes = items.map((item): VerdictChange => {
      const promise = promiseOf(item, 'issue')
      const there = found.get(promise.key)
      if (!there) return missing(item)
      const differences = compareIssue(promise, there, ctx.foreign)
      const origin = there.origin
      if (
        !ctx.foreign &&
        (origin?.id !== promise.origin.id || origin.source !== promise.origin.source)
      )
        differences.push({ field: 'origin', promised: promise.origin.id, found: origin?.id ?? '' })
      return judged(item, there.id, differences)
    })
    await settleVerdicts(ctx.db, changes)
    await verifyContent(ctx, keys, found, fields)
  }
}

/** Issues that the site has in this project and the source has not: told in the log, since they are nobody's item. */
export async function tellStrangers(ctx: VerifyContext, projectKey: string): Promise<number> {
  let page: string[] = []
  const strangers: string[] = []
  let count = 0
  const look = async () => {
    if (!page.length) return
    const ours = await ctx.db
      .selectFrom('item')
      .select('issueKey')
      .where('migrationId', '=', ctx.migrationId)
      .where('kind', 'in', ['issue', 'filler'])
      .where('issueKey', 'in', page)
      .execute()
    const known = new Set(ours.map((row) => row.issueKey))
    const others = page.filter((key) => !known.has(key))
    count += others.length
    strangers.push(...others.slice(0, Math.max(0, 20 - strangers.length)))
    page = []
  }
  for await (const key of ctx.read.keysOf(projectKey)) {
    page.push(key)
    if (page.length >= issuesAPage) await look()
  }
  await look()
  if (count)
    await ctx.log(
      'warn',
      `The site has ${count} issue${count === 1 ? '' : 's'} in ${projectKey} that the source does not have: ${strangers.join(', ')}${count > strangers.length ? ', …' : ''}.`,
      { code: 'stranger:issue', projectKey },
    )
  return count
}
