import type { PersonChoice } from '../../shared/api-setup.ts'
import type { PeoplePage, PersonView } from '../../shared/api-setup-views.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { UserRow } from '../../shared/rows.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import { choicesOf, type PersonRow } from '../ledger/people.ts'
import type { PeopleQuestion } from '../routes/setup-service.ts'
import type { SetupParts } from './parts.ts'
import { addressOf, nameOf, type PeopleFacts } from './people-facts.ts'
import { accessOf, withConnection } from './site.ts'

const address = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/
/** So many names are told of those who share an address. */
const namesTold = 5
const stateOf = { account: 'choice', placeholder: 'placeholder', leave: 'leftOut' } as const

/** One user as the table shows it. */
export function viewPerson(
  user: UserRow,
  facts: PeopleFacts,
  choices: ReadonlyMap<string, PersonRow>,
): PersonView {
  const choice = choices.get(user.key)
  const own = addressOf(user)
  const out = facts.related !== null && !facts.related.has(user.key)
  const matched = own && !user.deleted ? (facts.site?.accounts[own] ?? null) : null
  // Whom somebody chose for is not matched by the address any more, so the others have it alone.
  const others = (facts.sharing.get(own) ?? []).filter(
    ({ key }) => key !== user.key && !choices.has(key),
  )
  const problem = choice || out ? null : problemOf(user, own, others.length)
  const account =
    choice?.how === 'account' && choice.accountId
      ? { accountId: choice.accountId, displayName: choice.displayName }
      : choice || !matched
        ? null
        : { accountId: matched.accountId, displayName: matched.displayName }
  return {
    key: user.key,
    name: nameOf(user),
    email: user.email?.trim() || null,
    active: user.active === 1,
    addressed: !user.deleted && address.test(own),
    state: out ? 'outOfScope' : choice ? stateOf[choice.how] : matched ? 'email' : 'placeholder',
    how: choice?.how ?? 'email',
    account: out ? null : account,
    problem,
    sharedWith:
      problem === 'duplicate-email' ? others.slice(0, namesTold).map(({ name }) => name) : [],
    issues: facts.issues.get(user.key) ?? facts.issues.get(user.name ?? '') ?? 0,
  }
}

function problemOf(user: UserRow, own: string, others: number): PersonView['problem'] {
  if (user.deleted) return 'deleted'
  if (!own) return 'no-email'
  if (!address.test(own)) return 'invalid-email'
  return others > 0 ? 'duplicate-email' : null
}

/** A page of users with the counts of all of them, in one pass over the users of the source. */
export async function peoplePage(
  parts: SetupParts,
  row: MigrationRow,
  snapshot: SnapshotReader,
  facts: PeopleFacts,
  question: PeopleQuestion,
): Promise<PeoplePage> {
  const choices = await choicesOf(parts.ledger.db, row.id)
  const wanted = question.search.trim().toLowerCase()
  const states = { email: 0, choice: 0, placeholder: 0, leftOut: 0, outOfScope: 0 }
  const problems = { noEmail: 0, invalidEmail: 0, duplicateEmail: 0 }
  /** Of those that fit, where they stand among all and by what they are ordered: little, however many. */
  const fitting: { n: number; issues: number }[] = []
  let n = 0
  for (const user of snapshot.rows('user')) {
    const person = viewPerson(user, facts, choices)
    states[person.state] += 1
    if (person.problem === 'no-email') problems.noEmail += 1
    if (person.problem === 'invalid-email') problems.invalidEmail += 1
    if (person.problem === 'duplicate-email') problems.duplicateEmail += 1
    const words = `${person.name}\n${person.key}\n${user.name ?? ''}\n${person.email ?? ''}`
    if (
      (!question.state || person.state === question.state) &&
      (!question.problem || person.problem === question.problem) &&
      (!wanted || words.toLowerCase().includes(wanted))
    )
      fitting.push({ n, issues: person.issues })
    n += 1
  }
  if (question.sort === 'issues') fitting.sort((a, b) => b.issues - a.issues || a.n - b.n)
  const to = question.after + question.limit
  const shown = new Map(fitting.slice(question.after, to).map(({ n: at }, i) => [at, i]))
  const people: PersonView[] = []
  n = 0
  for (const user of shown.size > 0 ? snapshot.rows('user') : []) {
    const place = shown.get(n)
    n += 1
    if (place === undefined) continue
    people[place] = viewPerson(user, facts, choices)
    shown.delete(n - 1)
    if (shown.size === 0) break
  }
  const next = to < fitting.length ? to : null
  return { people, next, states, problems, siteProblem: facts.siteProblem }
}

/** The names of these accounts, by id; those that the site does not have are absent. */
export async function accountNames(
  parts: SetupParts,
  row: MigrationRow,
  snapshot: SnapshotReader,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  if (!ids.length) return new Map()
  const access = await accessOf(parts, row, snapshot)
  const found = await withConnection(access, signal, ({ read }) => read.accounts(ids))
  return new Map(found.map((one) => [one.accountId, one.displayName]))
}

/** The accounts that show these lower-cased addresses; those that the site does not tell are absent. */
export async function accountsByAddress(
  parts: SetupParts,
  row: MigrationRow,
  snapshot: SnapshotReader,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (!addresses.length) return new Map()
  const access = await accessOf(parts, row, snapshot)
  const { accounts } = await withConnection(access, signal, ({ read }) =>
    read.facts({ emails: new Set(addresses), projectKeys: [], projectNames: [] }),
  )
  return new Map(Object.entries(accounts).map(([own, { accountId }]) => [own, accountId]))
}

/** The row that stands for a choice; null = by e-mail address, which needs none. */
export function rowOf(choice: PersonChoice, names: ReadonlyMap<string, string>) {
  if (choice.how === 'email') return null
  if (choice.how !== 'account') return { how: choice.how, accountId: null, displayName: null }
  const { accountId } = choice
  return { how: choice.how, accountId, displayName: names.get(accountId) ?? null }
}
