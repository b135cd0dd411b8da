import { findUsers, getAllUsers } from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import type { SiteReading } from './reading.ts'
import { everyPage, inParts, orNull } from './reading-pages.ts'

const Account = v.object({
  accountId: v.string(),
  displayName: v.optional(v.string(), ''),
  emailAddress: orNull(v.string()),
  active: v.optional(v.boolean(), true),
  accountType: v.optional(v.string(), 'atlassian'),
})

/** From so many addresses on it is cheaper to page through all accounts, 1,000 a request, than to ask for each. */
const manyAddresses = 200
/** Account ids have up to 128 characters, and an address line should stay under 8 kB. */
const idsPerRequest = 50

/** Inactive accounts and those of apps and customers cannot stand for a person of the source. */
const canStandFor = ({ active, accountType }: v.InferOutput<typeof Account>) =>
  active && accountType === 'atlassian'

export type People = ReturnType<typeof readPeople>

export function readPeople(client: SiteClient) {
  async function search(email: string) {
    const found = await findUsers(client, { query: email, maxResults: 50 })
    return read(v.array(Account), found, 'GET /rest/api/3/user/search')
  }

  /** A page may be shorter than asked for (hidden accounts), so only an empty one is the end. */
  async function* all() {
    for (let startAt = 0; ; ) {
      const page = read(
        v.array(Account),
        await getAllUsers(client, { startAt, maxResults: 1000 }),
        'GET /rest/api/3/users/search',
      )
      if (page.length === 0) return
      yield* page
      startAt += page.length
    }
  }

  return {
    /**
     * Which accounts belong to these addresses. Only the very address counts, and only where the
     * account shows it: a search by prefix also finds names and similar addresses.
     */
    async byEmail(emails: Iterable<string>) {
      const wanted = new Set([...emails].map((email) => email.trim().toLowerCase()).filter(Boolean))
      const found: Record<string, { accountId: string; displayName: string; email: string }> = {}
      const keep = (account: v.InferOutput<typeof Account>) => {
        const email = account.emailAddress?.toLowerCase()
        if (!email || !wanted.has(email)) return
        if (!canStandFor(account)) return
        found[email] = { accountId: account.accountId, displayName: account.displayName, email }
      }
      if (wanted.size > manyAddresses) for await (const account of all()) keep(account)
      else for (const email of wanted) for (const account of await search(email)) keep(account)
      return found
    },

    findAccounts: (async (words) => {
      const people = (await search(words)).filter(canStandFor)
      return people.slice(0, 20).map(({ accountId, displayName, emailAddress: email }) => ({
        accountId,
        displayName,
        email,
      }))
    }) satisfies SiteReading['findAccounts'],

    accounts: (async (accountIds) => {
      const accounts: Awaited<ReturnType<SiteReading['accounts']>> = []
      for (const part of inParts([...new Set(accountIds)], idsPerRequest)) {
        // jira.js 6.2 has no function for this.
        const found = await everyPage(Account, 'GET /rest/api/3/user/bulk', (startAt) =>
          client.sendRequest({
            url: '/rest/api/3/user/bulk',
            method: 'GET',
            searchParams: { accountId: part, startAt, maxResults: idsPerRequest },
          }),
        )
        for (const { accountId, displayName, emailAddress, active } of found)
          accounts.push({ accountId, displayName, email: emailAddress, active })
      }
      return accounts
    }) satisfies SiteReading['accounts'],
  }
}
