import { settleVerdicts, type VerdictChange } from '../ledger/items.ts'
import { verifyAttachment } from './attachments.ts'
import { candidateStates, missing, type VerifyContext } from './judge.ts'

/** bulkfetch takes at most 100 keys (facts/jira-cloud.md 2.1), and a page of files has no more issues than files. */
const filesAPage = 100

/** Files that were added to issues which this migration did not make: no issue of its own leads to them. */
export async function verifyLooseFiles(
  ctx: VerifyContext,
  next: () => Promise<void>,
): Promise<void> {
  for (let after = 0; ; ) {
    const items = await ctx.db
      .selectFrom('item')
      .selectAll()
      .where('migrationId', '=', ctx.migrationId)
      .where('verdict', 'is', null)
      .where('kind', '=', 'attachment')
      .where('state', 'in', candidateStates(ctx))
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(filesAPage)
      .execute()
    const last = items.at(-1)
    if (!last) return
    after = last.seq
    await next()
    const ofIssue = Map.groupBy(items, (item) => item.issueKey ?? '')
    const found = new Map((await ctx.read.issues([...ofIssue.keys()])).map((one) => [one.key, one]))
    const changes: VerdictChange[] = []
    for (const [key, own] of ofIssue) {
      const files = found.get(key)?.attachments
      const taken = new Set(own.flatMap((item) => item.siteId ?? []))
      for (const item of own)
        changes.push(files ? await verifyAttachment(ctx, item, files, taken) : missing(item))
    }
    await settleVerdicts(ctx.db, changes)
  }
}
