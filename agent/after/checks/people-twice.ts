import { eachItem, promiseOf } from '../../ledger/items.ts'
import { type AfterCheck, fine, fold, plural, warn } from '../check.ts'
import { personPage } from '../pages.ts'

/** One person of the source with two accounts on the site, and two people of the source who share one. */
export const peopleTwice: AfterCheck = {
  key: 'people-twice',
  group: 'people',
  title: 'People with two accounts',
  open({ db, migrationId, read, accounts }) {
    return {
      async *ask() {
        const named = new Map<string, { name: string; accountId: string }[]>()
        const mailed = new Map<string, { name: string; accountId: string }>()
        const owners = new Map<string, string>()
        for await (const item of eachItem(db, migrationId, { kind: 'user' })) {
          if (item.promiseJson === null) continue
          const { accountId, email } = promiseOf(item, 'user')
          const one = { name: item.label, accountId }
          named.set(fold(item.label), [...(named.get(fold(item.label)) ?? []), one])
          if (email) mailed.set(fold(email), one)
          const other = owners.get(accountId)
          if (other === undefined) owners.set(accountId, item.label)
          else
            yield {
              subject: item.label,
              detail: `Shares one account with ${other}: what either wrote belongs to both.`,
              path: personPage(accountId),
            }
        }
        for await (const account of read.everybody()) {
          if (!account.active || owners.has(account.accountId)) continue
          const same = [
            ...(named.get(fold(account.displayName)) ?? []),
            ...(account.email ? [mailed.get(fold(account.email))] : []),
          ].find((one) => one !== undefined && one.accountId !== account.accountId)
          if (!same) continue
          const first = (await accounts.look([same.accountId])).get(same.accountId)
          const by = account.email ? ` (${account.email})` : ''
          const beside = first?.email ? ` (${first.email})` : ''
          yield {
            subject: same.name,
            detail: `Has a second active account${by} beside the one that was matched${beside}.`,
            path: personPage(account.accountId),
          }
        }
      },
      say: (places) =>
        places
          ? warn(
              `${plural(places, 'person seems', 'people seem')} to have two accounts, or to share one.`,
              'Decide which account is the right one. Deactivate the other in Administration, Users; to give content to another account, choose it in the step People of a copy of this migration.',
            )
          : fine('Nobody of the source has two active accounts on the site.'),
    }
  },
}
