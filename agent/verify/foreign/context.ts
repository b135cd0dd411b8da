import type { Reason } from '../../../shared/plan.ts'
import type { Difference } from '../../../shared/report.ts'
import type { ItemRow, VerdictChange } from '../../ledger/items.ts'
import type { VerifyContext } from '../judge.ts'
import type { SiteNames } from './names.ts'
import type { AccountNames } from './people.ts'
import type { Survey } from './survey.ts'

/** What verifying another program's migration works with beside what every verification does. */
export interface ForeignContext extends VerifyContext {
  survey: Survey
  names: SiteNames
  people: AccountNames
  sees: Sees
}

/** What this login may see of a project. */
export interface Sees {
  /** Whether it would see a text that only these may see. */
  restricted(projectKey: string, to: { type: 'role' | 'group'; value: string }): Promise<boolean>
}

/** A verdict with what the other program did not keep of the item, told once for all. */
export interface ForeignChange extends VerdictChange {
  losses?: Reason[]
}

/** It is there, and differs in these fields or in none. */
export function found(
  item: ItemRow,
  siteId: string,
  differences: Difference[],
  losses: Reason[] = [],
): ForeignChange {
  const fields = [...new Set(differences.map((one) => one.field))]
  return {
    seq: item.seq,
    verdict: differences.length ? 'different' : 'verified',
    differences,
    siteId: siteId || item.siteId,
    losses,
    reason: differences.length
      ? {
          code: `different:${fields.join('+')}`,
          text: `Not as the source has it in: ${fields.join(', ')}.`,
        }
      : null,
  }
}

/** The site does not have it. */
export function absent(item: ItemRow): ForeignChange {
  return {
    seq: item.seq,
    verdict: 'failed',
    differences: [],
    reason: {
      code: 'not-on-site',
      text: 'The source has it, and the site does not, or does not show it to this login.',
    },
  }
}

/** Whether it is there cannot be told: neither verified nor failed would be true. */
export function unseen(item: ItemRow, why: string): ForeignChange {
  return {
    seq: item.seq,
    verdict: 'leftOut',
    differences: [],
    reason: { code: 'cannot-be-seen', text: `Cannot be seen with this login: ${why}` },
  }
}
