import type { SiteReading } from '../cloud/reading.ts'
import { eachItem, promiseOf } from '../ledger/items.ts'
import type { LedgerDb } from '../ledger/open.ts'

export type SiteAccount = Awaited<ReturnType<SiteReading['accounts']>>[number]

/** A user of the source that an account of the site stands for. */
export interface StandsFor {
  userKey: string
  /** The name it had at the source. */
  name: string
}

/** Who is behind the account ids that the site gives. */
export interface AccountBook {
  /** These accounts; null for one that the site does not know (any more). Asked once a run. */
  look(ids: Iterable<string | null>): Promise<ReadonlyMap<string, SiteAccount | null>>
  /** The users of the source that an account stands for. */
  of(accountId: string): Promise<readonly StandsFor[]>
  /** The account that a user of the source became; null where none did. */
  became(userKey: string): Promise<string | null>
  /**
   * Names of users of the source that no account was matched to, without case: an account of that name on the site
   * may be theirs, which another program knew.
   */
  unmatched(): Promise<ReadonlyMap<string, string>>
}

/** So many accounts are kept at hand; a site of more asks for some of them again. */
const mostKept = 50_000

export function createAccounts(
  db: LedgerDb,
  migrationId: string,
  read: Pick<SiteReading, 'accounts'>,
): AccountBook {
  const known = new Map<string, SiteAccount | null>()
  let people: ReturnType<typeof readPeople> | null = null

  async function readPeople() {
    const of = new Map<string, StandsFor[]>()
    const became = new Map<string, string>()
    const unmatched = new Map<string, string>()
    for await (const item of eachItem(db, migrationId, { kind: 'user' })) {
      if (item.promiseJson === null) {
        unmatched.set(item.sourceId, item.label.trim().toLowerCase())
        continue
      }
      const { accountId } = promiseOf(item, 'user')
      became.set(item.sourceId, accountId)
      of.set(accountId, [
        ...(of.get(accountId) ?? []),
        { userKey: item.sourceId, name: item.label },
      ])
    }
    return { of, became, unmatched }
  }
  const all = () => {
    people ??= readPeople()
    return people
  }

  return {
    async look(ids) {
      const wanted = [...new Set(ids)].filter((id): id is string => id !== null)
      if (known.size > mostKept) known.clear()
      const unknown = wanted.filter((id) => !known.has(id))
      if (unknown.length) {
        const found = new Map((await read.accounts(unknown)).map((one) => [one.accountId, one]))
        for (const id of unknown) known.set(id, found.get(id) ?? null)
      }
      return new Map(wanted.map((id) => [id, known.get(id) ?? null]))
    },
    of: async (accountId) => (await all()).of.get(accountId) ?? [],
    became: async (userKey) => (await all()).became.get(userKey) ?? null,
    unmatched: async () => (await all()).unmatched,
  }
}

/** What the site calls the account of somebody who is gone; an account that it does not know is one, too. */
export const isFormer = (account: SiteAccount | null): boolean =>
  account === null || /^\s*former user\s*$/i.test(account.displayName)
