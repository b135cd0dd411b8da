import type { RepairPlan, RepairPreview, RepairVia } from '../../shared/api-repair.ts'
import type { Kind } from '../../shared/plan.ts'
import { viewProblem } from '../../shared/problem.ts'
import type { ItemRow } from '../ledger/items.ts'
import { assess } from './assess.ts'
import { type Assessment, byHand } from './assessment.ts'
import { type Session, tokenWrites } from './session.ts'

/** What would be done about each of these items. One that cannot be looked at says so, and the others go on. */
export async function preview(
  { ctx, url }: Session,
  items: readonly ItemRow[],
  via: RepairVia,
): Promise<RepairPreview> {
  const plans: RepairPlan[] = []
  for (const item of items) {
    ctx.signal.throwIfAborted()
    const { seq, kind, label, issueKey } = item
    const { chance, why, parts, deed } = await looked(() => assess(ctx, item))
    const requests = deed?.requests ?? []
    plans.push({ seq, kind: kind as Kind, label, issueKey, chance, why, parts, requests })
  }
  return {
    plans,
    requests: plans.reduce((sum, one) => sum + one.requests.length, 0),
    site: url,
    tokenWrites: via === 'agent' ? await tokenWrites(ctx) : null,
  }
}

async function looked(look: () => Promise<Assessment>): Promise<Assessment> {
  try {
    return await look()
  } catch (error) {
    const { code, sentence, hint } = viewProblem(error)
    // The site as a whole is not to be asked: that is told once, not for each item.
    if (code === 'site-unreachable' || code === 'site-token-refused') throw error
    return byHand(`${sentence} ${hint}`)
  }
}
