import { eachItem, promiseOf } from '../../ledger/items.ts'
import { type AfterCheck, fine, plural, warn } from '../check.ts'
import { adminPage, personPage } from '../pages.ts'

/** So many accounts are asked for in one request. */
const aPage = 50

/** People who were active at the source and cannot log in on the site: no account, or one that is not active yet. */
export const peopleWithoutAccount: AfterCheck = {
  key: 'people-without-account',
  group: 'people',
  title: 'People without an account, or not yet invited',
  lists: {
    active: ['user was active at the source', 'users were active at the source'],
  },
  open(context) {
    const { db, migrationId, snapshot, accounts } = context
    let waiting: { accountId: string; name: string }[] = []

    async function* inactive() {
      const found = await accounts.look(waiting.map((one) => one.accountId))
      for (const { accountId, name } of waiting) {
        const account = found.get(accountId)
        if (account?.active) continue
        const detail = account
          ? 'Has an account that is not active: not invited yet, or the invitation is not accepted.'
          : 'The account that was matched is not on the site any more.'
        yield { subject: name, detail, path: account ? personPage(accountId) : adminPage(context) }
      }
      waiting = []
    }

    return {
      async *ask() {
        // Who could not log in at the source needs no account.
        const gone = new Set<string>()
        for (const user of snapshot.rows('user'))
          if (!user.active || user.deleted) gone.add(user.key)
        for await (const item of eachItem(db, migrationId, { kind: 'user' })) {
          if (gone.has(item.sourceId) || item.reasonCode === 'not-related') continue
          yield { subject: item.label, detail: `User ${item.sourceId}`, list: 'active' }
          if (item.promiseJson === null) {
            yield {
              subject: item.label,
              detail: `No account of the site was matched: ${item.reasonText ?? 'there is none.'}`,
              path: adminPage(context),
            }
            continue
          }
          waiting.push({ accountId: promiseOf(item, 'user').accountId, name: item.label })
          if (waiting.length >= aPage) yield* inactive()
        }
        yield* inactive()
      },
      say: (places, rowsOf) =>
        places
          ? warn(
              `${plural(places, 'person', 'people')} of ${plural(rowsOf('active'), 'active user', 'active users')} of the source cannot log in on the site yet.`,
              'When you are ready, invite them: Administration, Users, Show details, Resend invite. Content of people without an account carries their name as text.',
            )
          : fine(
              `All ${plural(rowsOf('active'), 'active user', 'active users')} of the source have an account.`,
            ),
    }
  },
}
