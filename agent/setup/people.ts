import type { PersonChoice } from '../../shared/api-setup.ts'
import type { PeoplePage, PersonView } from '../../shared/api-setup-views.ts'
import { Problem, type ProblemView, viewProblem } from '../../shared/problem.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { UserRow } from '../../shared/rows.ts'
import { siteOf } from '../ledger/drafts.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import { choicesOf, type PersonRow } from '../ledger/people.ts'
import { neededFromSite } from '../plan/plan.ts'
import type { PeopleQuestion } from '../routes/setup-service.ts'
import { type SetupParts, snapshotMark } from './parts.ts'
import { accessOf, withConnection } from './site.ts'

type Accounts = Record<string, { accountId: string; displayName: string }>

/** What is the same for all users of a source: found in one pass, kept while source and site are the same. */
export interface PeopleFacts {
  mark: string
  at: number
  /** Lower-cased address to account. */
  accounts: Accounts
  siteProblem: ProblemView | null
  /** Addresses that more than one user has. */
  shared: Set<string>
  /** Issues that name a user, by key; null where counting them would take long. */
  issues: Map<string, number> | null
}

/** People are invited to the site while somebody sets up: an answer older than this is asked for again. */
const goodForMs = 60_000
/** Going through so many issues takes about a second. */
const issuesCounted = 50_000

const address = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/
export const addressOf = (user: UserRow): string => user.email?.trim().toLowerCase() ?? ''

/** Asks the site for accounts and the source for doubles. A site that cannot be asked is a problem in the answer. */
export async function readPeopleFacts(
  parts: SetupParts,
  row: MigrationRow,
  snapshot: SnapshotReader,
  before: PeopleFacts | undefined,
  signal: AbortSignal,
): Promise<PeopleFacts> {
  const mark = `${snapshotMark(parts, row)} ${JSON.stringify(siteOf(row))}`
  const same = before?.mark === mark ? before : null
  if (same && parts.now() - same.at < goodForMs && !same.siteProblem) return same
  const asked = await askAccounts(parts, row, snapshot, signal)
  const kept = same ?? { shared: sharedAddresses(snapshot), issues: countIssues(snapshot) }
  return { mark, at: parts.now(), ...asked, shared: kept.shared, issues: kept.issues }
}

async function askAccounts(
  parts: SetupParts,
  row: MigrationRow,
  snapshot: SnapshotReader,
  signal: AbortSignal,
): Promise<{ accounts: Accounts; siteProblem: ProblemView | null }> {
  const options = { projects: [], timeZone: null, findFile: null }
  try {
    const access = await accessOf(parts, row, snapshot)
    const facts = await withConnection(access, signal, ({ read }) =>
      read.facts(neededFromSite(snapshot, options)),
    )
    return { accounts: facts.accounts, siteProblem: null }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    return { accounts: {}, siteProblem: viewProblem(error) }
  }
}

function sharedAddresses(snapshot: SnapshotReader): Set<string> {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const user of snapshot.rows('user')) {
    const own = addressOf(user)
    if (!own || user.deleted) continue
    if (seen.has(own)) shared.add(own)
    seen.add(own)
  }
  return shared
}

function countIssues(snapshot: SnapshotReader): Map<string, number> | null {
  if (snapshot.count('issue') > issuesCounted) return null
  const counts = new Map<string, number>()
  for (const { reporter, assignee, creator } of snapshot.rows('issue'))
    for (const key of new Set([reporter, assignee, creator]))
      if (key) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** One user as the table shows it. */
export function viewPerson(
  user: UserRow,
  facts: PeopleFacts,
  choice: PersonRow | undefined,
): PersonView {
  const own = addressOf(user)
  const matched = own && !user.deleted ? (facts.accounts[own] ?? null) : null
  const problem = user.deleted
    ? 'deleted'
    : !own
      ? 'no-email'
      : !address.test(own)
        ? 'invalid-email'
        : facts.shared.has(own)
          ? 'duplicate-email'
          : null
  const state = choice
    ? ({ account: 'choice', placeholder: 'placeholder', leave: 'leftOut' } as const)[choice.how]
    : matched
      ? 'email'
      : 'placeholder'
  const account =
    choice?.how === 'account' && choice.accountId
      ? { accountId: choice.accountId, displayName: choice.displayName }
      : choice || !matched
        ? null
        : { accountId: matched.accountId, displayName: matched.displayName }
  return {
    key: user.key,
    name: user.displayName?.trim() || user.name || user.key,
    email: user.email?.trim() || null,
    active: user.active === 1,
    state,
    how: choice?.how ?? 'email',
    account,
    problem,
    issues: facts.issues && (facts.issues.get(user.key) ?? issuesOfName(facts, user)),
  }
}

/** Old sources name people by their username. */
const issuesOfName = ({ issues }: PeopleFacts, user: UserRow) =>
  (user.name && issues?.get(user.name)) || 0

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
  const states = { email: 0, choice: 0, placeholder: 0, leftOut: 0 }
  const problems = { noEmail: 0, invalidEmail: 0, duplicateEmail: 0 }
  const people: PersonView[] = []
  let next: number | null = null
  let n = 0
  for (const user of snapshot.rows('user')) {
    n += 1
    const person = viewPerson(user, facts, choices.get(user.key))
    states[person.state] += 1
    if (person.problem === 'no-email') problems.noEmail += 1
    if (person.problem === 'invalid-email') problems.invalidEmail += 1
    if (person.problem === 'duplicate-email') problems.duplicateEmail += 1
    if (n <= question.after || next !== null) continue
    if (question.state && person.state !== question.state) continue
    const words = `${person.name}\n${person.key}\n${user.name ?? ''}\n${person.email ?? ''}`
    if (wanted && !words.toLowerCase().includes(wanted)) continue
    if (people.length === question.limit) next = n - 1
    else people.push(person)
  }
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

/** The row that stands for a choice; null = by e-mail address, which needs none. */
export function rowOf(choice: PersonChoice, names: ReadonlyMap<string, string>) {
  if (choice.how === 'email') return null
  if (choice.how !== 'account') return { how: choice.how, accountId: null, displayName: null }
  const { accountId } = choice
  return { how: choice.how, accountId, displayName: names.get(accountId) ?? null }
}
