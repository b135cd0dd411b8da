import { computed, createModel } from '@preact/signals'
import type { Kind } from '../../shared/plan.ts'
import { mayRepair, repairTable } from '../../shared/repair.ts'
import type { Verdict } from '../../shared/status.ts'
import { live } from '../cache/live.ts'
import { detailById } from '../cache/questions.ts'
import { call } from '../sync/calls.ts'

/** So many are taken up at once, as many as the agent takes. */
const atOnce = 200

interface Cause {
  id: string
  kind: Kind
  verdict: Verdict
  code: string
}

/** Whether items of this kind that ended so can be repaired at all. */
export function causeMayRepair({ kind, verdict }: Pick<Cause, 'kind' | 'verdict'>): boolean {
  const { missing, fields } = repairTable[kind]
  return verdict === 'failed'
    ? missing !== null
    : verdict === 'different' && Object.keys(fields).length > 0
}

/** The first items of a cause that a repair can try. */
export async function itemsOfCause(cause: Cause): Promise<number[]> {
  const { items } = await call('items', { ...cause, limit: atOnce })
  return items.filter(mayRepair).map((one) => one.seq)
}

/** The address of a migration's site, from the cache; null while it is not known. */
export const SiteModel = createModel((id: string) => {
  const detail = live(() => detailById(id))
  return { site: computed(() => detail.value?.migration.site.url ?? null) }
})
