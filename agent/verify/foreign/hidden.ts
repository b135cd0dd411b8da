import type { Kind } from '../../../shared/plan.ts'
import { SiteRefusal } from '../../cloud/problems.ts'
import type { ItemRow } from '../../ledger/items.ts'
import { candidateStates, type VerifyContext } from '../judge.ts'

/** Jira's answers to those who may not see something. */
const hiddenBy = [401, 403]

/**
 * Does the work; where the site does not let this login see what it needs, the items of these kinds are
 * neither verified nor failed: they are said to be out of sight.
 */
export async function unlessHidden(
  ctx: VerifyContext,
  kinds: Kind[],
  work: () => Promise<void>,
  projectKey?: string,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof SiteRefusal) || !hiddenBy.includes(error.status)) throw error
    await outOfSight(ctx, kinds, `the site answered: ${error.message}`, projectKey)
    await ctx.log('warn', `Not seen with this login (${kinds.join(', ')}): ${error.message}`, {
      code: 'cannot-be-seen',
    })
  }
}

/** All of these kinds that nobody has judged cannot be seen. */
export async function outOfSight(
  ctx: VerifyContext,
  kinds: Kind[] | null,
  why: string,
  projectKey?: string,
): Promise<void> {
  let query = ctx.db
    .updateTable('item')
    .set({
      verdict: 'leftOut',
      reasonCode: 'cannot-be-seen',
      reasonText: `Cannot be seen with this login: ${why}`,
    })
    .where('migrationId', '=', ctx.migrationId)
    .where('counted', '=', 1)
    .where('state', 'in', candidateStates(ctx))
    .where('verdict', 'is', null)
  if (kinds) query = query.where('kind', 'in', kinds)
  if (projectKey !== undefined) query = query.where('projectKey', '=', projectKey)
  await query.execute()
}

/** Of some items, those that nobody has judged yet: a dead agent's work is not done again. */
export const unjudged = (items: readonly ItemRow[]): ItemRow[] =>
  items.filter((item) => item.verdict === null)
