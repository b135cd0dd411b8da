import { forgetVerdicts } from '../ledger/items.ts'
import { verifyGroups, verifyRoleActors } from './access.ts'
import { verifyAgile } from './agile.ts'
import { verifyFields } from './fields.ts'
import { tellLeftFillers } from './fillers.ts'
import { verifyFrame, verifyPeople, verifyProject } from './frame.ts'
import { tellStrangers, verifyIssues } from './issues.ts'
import { candidateStates, candidates, type VerifyContext } from './judge.ts'
import { verifyLinks } from './links.ts'
import { verifyLooseFiles } from './loose-files.ts'
import { tellLostRests } from './rests.ts'

/**
 * Reads everything back and gives each item that was sent its verdict. It only reads the site and only
 * writes verdicts; it can be run again at any time.
 * @param next asked before each page: waits while paused, rejects when stopped.
 */
export async function verify(
  ctx: VerifyContext,
  next: () => Promise<void>,
  onStep: (sentence: string) => Promise<void>,
): Promise<void> {
  await forgetVerdicts(ctx.db, ctx.migrationId)
  await onStep('Reading people, types and statuses back.')
  await next()
  await verifyPeople(ctx)
  await verifyGroups(ctx)
  await verifyFrame(ctx)
  await verifyFields(ctx, next)
  for (let after = 0; ; ) {
    const [project] = await candidates(ctx, ['project'], after, 1)
    if (!project) break
    after = project.seq
    const key = project.projectKey ?? project.label
    await onStep(`Reading ${key} back and comparing.`)
    await next()
    const isThere = await verifyProject(ctx, project)
    await verifyRoleActors(ctx, key)
    await verifyIssues(ctx, key, next)
    if (isThere) await tellStrangers(ctx, key)
  }
  await verifyLooseFiles(ctx, next)
  await onStep('Comparing links.')
  await verifyLinks(ctx, next)
  await onStep('Comparing filters, boards, sprints and dashboards.')
  await verifyAgile(ctx, next)
  await judgeTheRest(ctx)
  await tellLostRests(ctx)
  await tellLeftFillers(ctx)
}

/** What was sent and lies where nothing was read (a project that is not there) is not proven: it failed. */
async function judgeTheRest(ctx: VerifyContext): Promise<void> {
  await ctx.db
    .updateTable('item')
    .set({
      verdict: 'failed',
      reasonCode: 'not-read-back',
      reasonText: 'Sent, but its project or issue could not be read back.',
    })
    .where('migrationId', '=', ctx.migrationId)
    .where('counted', '=', 1)
    .where('state', 'in', candidateStates(ctx))
    .where('verdict', 'is', null)
    .execute()
}
