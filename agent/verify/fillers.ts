import { differencesOf, settleVerdicts } from '../ledger/items.ts'
import { itemByKey } from '../ledger/parts-of-issue.ts'
import { judged, type VerifyContext } from './judge.ts'

/**
 * Empty issues hold the missing numbers of a project until all others are there. Where the site did not let them be
 * deleted they stay among the project's own, and no number counts them: that is told on the project.
 */
export async function tellLeftFillers(ctx: VerifyContext): Promise<void> {
  const left = await ctx.db
    .selectFrom('item')
    .select((eb) => [
      'projectKey',
      eb.fn.countAll<number>().as('n'),
      eb.fn.min('issueKey').as('one'),
      eb.fn.min('reasonText').as('why'),
    ])
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', 'fillerDelete')
    .where('verdict', '=', 'failed')
    .groupBy('projectKey')
    .execute()
  for (const { projectKey, n, one, why } of left) {
    const project = projectKey && (await itemByKey(ctx.db, ctx.migrationId, { projectKey }))
    // Of a project that failed itself there is more to say than that.
    if (!project || (project.verdict !== 'verified' && project.verdict !== 'different')) continue
    const found = `${n.toLocaleString('en')} still there, ${one} among them: ${why ?? ''}`
    const more = { field: 'empty issues', promised: 'none', found }
    const differences = [...differencesOf(project), more]
    await settleVerdicts(ctx.db, [judged(project, project.siteId ?? '', differences)])
  }
}
