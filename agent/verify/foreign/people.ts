import type { HeldPerson } from '../../../shared/held.ts'
import type { Difference } from '../../../shared/report.ts'
import type { SiteReading } from '../../cloud/reading.ts'

/** What the site calls its accounts. */
export interface AccountNames {
  /** Asks for those that are not known yet. */
  know(accountIds: Iterable<string | null | undefined>): Promise<void>
  of(accountId: string): string
}

/** A site has some ten thousand accounts at most that ever wrote something; more are asked for anew. */
const mostKept = 50_000

export function accountNames(read: SiteReading): AccountNames {
  const known = new Map<string, string>()
  return {
    async know(accountIds) {
      if (known.size > mostKept) known.clear()
      const unknown = [...new Set([...accountIds].flatMap((id) => id ?? []))].filter(
        (id) => !known.has(id),
      )
      if (unknown.length === 0) return
      for (const { accountId, displayName } of await read.accounts(unknown))
        known.set(accountId, displayName)
      for (const id of unknown) if (!known.has(id)) known.set(id, '')
    },
    of: (accountId) => known.get(accountId) || `an account that is no more (${accountId})`,
  }
}

const fold = (name: string) => name.trim().toLowerCase().normalize('NFC')

/** Whether the account is the person: by account where one is known for them, else by name. */
export function isPerson(names: AccountNames, held: HeldPerson, accountId: string): boolean {
  if (held.accountId !== null) return held.accountId === accountId
  return fold(names.of(accountId)) === fold(held.name)
}

/** The difference between who it was and who it is; null where they are one. `names` has to know the account. */
export function personDifference(
  names: AccountNames,
  field: string,
  held: HeldPerson | null,
  accountId: string | null,
): Difference | null {
  if (held === null && accountId === null) return null
  if (held && accountId !== null && isPerson(names, held, accountId)) return null
  const there = accountId === null ? '' : names.of(accountId)
  const alike = held && fold(there) === fold(held.name)
  return {
    field,
    promised: held?.name ?? '',
    // Two people of one name are told apart by their accounts.
    found: alike ? `${there} (${accountId})` : there,
  }
}
