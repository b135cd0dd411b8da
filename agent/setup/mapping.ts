import type { PersonChoice } from '../../shared/api-setup.ts'
import type {
  AccountsView,
  PeoplePage,
  PeopleUpload,
  PersonView,
} from '../../shared/api-setup-views.ts'
import { Problem } from '../../shared/problem.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { UserRow } from '../../shared/rows.ts'
import { hasSent } from '../ledger/drafts.ts'
import { changeMigration, getMigration, type MigrationRow } from '../ledger/migrations.ts'
import { choicesOf, choose, type PersonRow } from '../ledger/people.ts'
import type { PeopleQuestion } from '../routes/setup-service.ts'
import type { Snapshot } from '../snapshot/read.ts'
import { type SetupParts, withSnapshot } from './parts.ts'
import { accountNames, accountsByAddress, peoplePage, rowOf, viewPerson } from './people.ts'
import { peopleLines, type ReadMapping, readMapping } from './people-csv.ts'
import { type PeopleFacts, readPeopleFacts } from './people-facts.ts'
import { accessOf, withConnection } from './site.ts'

/** Who of the source becomes which account: looked at, chosen one by one, or with a table. */
export function createMapping(parts: SetupParts, signal: AbortSignal) {
  const { db } = parts.ledger
  const known = new Map<string, PeopleFacts>()

  async function withPeople<T>(
    id: string,
    work: (row: MigrationRow, snapshot: Snapshot, facts: PeopleFacts) => Promise<T>,
    goodFor?: number,
  ): Promise<T> {
    const row = await getMigration(db, id)
    return withSnapshot(parts, row, async (snapshot) => {
      const facts = await readPeopleFacts(parts, row, snapshot, known.get(id), signal, goodFor)
      known.set(id, facts)
      return work(row, snapshot, facts)
    })
  }

  /** A plan that was made with other accounts is made anew; one that was sent stays. */
  async function changed(row: MigrationRow): Promise<void> {
    const stage = row.stage === 'new' ? 'new' : 'read'
    await changeMigration(db, row.id, parts.now(), { stage })
  }

  async function mayChange(row: MigrationRow): Promise<void> {
    if (row.status === 'running')
      throw new Problem('not-now', 'This migration is running.', {
        hint: 'Wait for its end, or stop it.',
      })
    if (await hasSent(db, row.id))
      throw new Problem('not-now', 'Items of this migration are on the site already.', {
        hint: 'Copy the migration to move with other accounts.',
      })
  }

  /** Addresses in the column account become the accounts that show them, or errors. */
  async function findByAddress(
    row: MigrationRow,
    snapshot: SnapshotReader,
    { choices, errors }: ReadMapping,
  ): Promise<void> {
    const given = [...choices].flatMap(([key, { line, choice }]) =>
      choice.how === 'account' && choice.accountId.includes('@')
        ? [{ key, line, own: choice.accountId.toLowerCase() }]
        : [],
    )
    const addresses = given.map(({ own }) => own)
    const accounts = await accountsByAddress(parts, row, snapshot, addresses, signal)
    for (const { key, line, own } of given) {
      const accountId = accounts.get(own)
      if (accountId !== undefined) choices.set(key, { line, choice: { how: 'account', accountId } })
      else {
        choices.delete(key)
        errors.push({ line, text: `No account of the site shows the address "${own}".` })
      }
    }
  }

  return {
    /** Which accounts the source's addresses have, as they were asked last. */
    accountsOf: (id: string) =>
      withPeople(id, async (_row, _snapshot, { site }) => site?.accounts ?? {}, Infinity),

    page: (id: string, question: PeopleQuestion): Promise<PeoplePage> =>
      withPeople(id, (row, snapshot, facts) => peoplePage(parts, row, snapshot, facts, question)),

    choose: (id: string, key: string, choice: PersonChoice): Promise<PersonView> =>
      withPeople(id, async (row, snapshot, facts) => {
        await mayChange(row)
        const user = userOf(snapshot, key)
        if (!user)
          throw new Problem('not-found', `The source has no user with the key "${key}".`, {
            hint: 'Look at the list of people again.',
          })
        const ids = choice.how === 'account' ? [choice.accountId] : []
        const names = await accountNames(parts, row, snapshot, ids, signal)
        const missing = ids.find((one) => !names.has(one))
        if (missing !== undefined) throw noAccount(missing)
        await choose(db, id, [[key, rowOf(choice, names)]])
        await changed(row)
        return viewPerson(user, facts, await choicesOf(db, id))
      }),

    accounts: async (id: string, words: string): Promise<AccountsView> => {
      const row = await getMigration(db, id)
      return withSnapshot(parts, row, async (snapshot) => {
        const access = await accessOf(parts, row, snapshot)
        return {
          accounts: await withConnection(access, signal, ({ read }) => read.findAccounts(words)),
        }
      })
    },

    async *csv(id: string): AsyncGenerator<string> {
      const row = await getMigration(db, id)
      const facts = await withPeople(id, async (_row, _snapshot, found) => found)
      const choices = await choicesOf(db, id)
      // Read in one go: the snapshot may be replaced while a slow reader is served.
      const lines = await withSnapshot(parts, row, async (snapshot) => [
        ...peopleLines(people(snapshot, facts, choices)),
      ])
      yield* lines
    },

    upload: (id: string, csv: string): Promise<PeopleUpload> =>
      withPeople(id, async (row, snapshot) => {
        await mayChange(row)
        const keys = new Set(userKeys(snapshot))
        const { choices, errors } = readMapping(csv, (key) => keys.has(key))
        await findByAddress(row, snapshot, { choices, errors })
        const wanted = [...choices.values()].flatMap(({ choice }) =>
          choice.how === 'account' ? [choice.accountId] : [],
        )
        const names = await accountNames(parts, row, snapshot, wanted, signal)
        for (const { line, choice } of choices.values())
          if (choice.how === 'account' && !names.has(choice.accountId))
            errors.push({ line, text: noAccount(choice.accountId).message })
        if (errors.length)
          return { changed: 0, unchanged: 0, errors: errors.sort((a, b) => a.line - b.line) }
        const before = await choicesOf(db, id)
        const news = [...choices].filter(([key, { choice }]) => {
          const was = before.get(key)
          const accountId = choice.how === 'account' ? choice.accountId : null
          return (was?.how ?? 'email') !== choice.how || (was?.accountId ?? null) !== accountId
        })
        await choose(
          db,
          id,
          news.map(([key, { choice }]) => [key, rowOf(choice, names)]),
        )
        if (news.length) await changed(row)
        return { changed: news.length, unchanged: choices.size - news.length, errors: [] }
      }),

    forget: (id: string) => known.delete(id),
  }
}

function userOf(snapshot: SnapshotReader, key: string): UserRow | null {
  for (const user of snapshot.rows('user')) if (user.key === key) return user
  return null
}

function* userKeys(snapshot: SnapshotReader): Generator<string> {
  for (const user of snapshot.rows('user')) yield user.key
}

function* people(
  snapshot: SnapshotReader,
  facts: PeopleFacts,
  choices: ReadonlyMap<string, PersonRow>,
): Generator<PersonView> {
  for (const user of snapshot.rows('user')) yield viewPerson(user, facts, choices)
}

const noAccount = (accountId: string) =>
  new Problem('usage', `The site has no account "${accountId}".`, {
    hint: 'The id stands at the end of the address of a profile page on the site.',
  })
