import type { PlanOptions, SiteFacts } from '../../shared/plan.ts'
import { Problem, type ProblemView, viewProblem } from '../../shared/problem.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { UserRow } from '../../shared/rows.ts'
import { collisionsOf, scopeOf, siteOf } from '../ledger/drafts.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import { emptySite } from '../plan/checks/empty-site.ts'
import { createContext } from '../plan/context.ts'
import { projectsInScope } from '../plan/in-scope.ts'
import { noAdf } from '../plan/named.ts'
import { neededFromSite } from '../plan/plan.ts'
import { optionsOf } from '../plan-options.ts'
import type { Snapshot } from '../snapshot/read.ts'
import { withoutOwn } from '../without-own.ts'
import { type SetupParts, snapshotMark } from './parts.ts'
import { accessOf, withConnection } from './site.ts'

/** What the site says, kept while source and site are the same. */
interface Asked {
  siteMark: string
  at: number
  /** Without what this migration sent; null where the site could not be asked, for the reason in siteProblem. */
  site: SiteFacts | null
  siteProblem: ProblemView | null
}

/** What is the same for all users of a source, kept while its scope is the same, too. */
export interface PeopleFacts extends Asked {
  scopeMark: string
  /** Who has an address that others in scope have, too. */
  sharing: ReadonlyMap<string, { key: string; name: string }[]>
  /** Keys of the users in scope; null = all. */
  related: ReadonlySet<string> | null
  /** Issues of the chosen projects that name somebody, by key or by the name that old sources have. */
  issues: ReadonlyMap<string, number>
}

/** People are invited to the site while somebody sets up: an answer older than this is asked for again. */
const goodForMs = 60_000

export const addressOf = (user: UserRow): string => user.email?.trim().toLowerCase() ?? ''
export const nameOf = (user: UserRow) => user.displayName?.trim() || user.name || user.key

/**
 * Asks the site for accounts, and the source for doubles, issues and who is in scope. A site that cannot be
 * asked is a problem in the answer. @param goodFor an older answer of the site is asked for again
 */
export async function readPeopleFacts(
  parts: SetupParts,
  row: MigrationRow,
  snapshot: Snapshot,
  before: PeopleFacts | undefined,
  signal: AbortSignal,
  goodFor = goodForMs,
): Promise<PeopleFacts> {
  const options = optionsOf(row)
  const siteMark = `${snapshotMark(parts, row)} ${JSON.stringify([siteOf(row), options.projects])}`
  const scopeMark = JSON.stringify([scopeOf(row), collisionsOf(row)])
  const same = before?.siteMark === siteMark ? before : null
  const fresh = same && !same.siteProblem && Math.abs(parts.now() - same.at) < goodFor
  const asked: Asked = fresh
    ? same
    : { siteMark, at: parts.now(), ...(await askSite(parts, row, snapshot, options, signal)) }
  if (same?.scopeMark === scopeMark) return { ...same, ...asked }
  const related = relatedTo(snapshot, asked.site ?? emptySite(snapshot), options)
  const projects = projectsInScope(snapshot, options)
  const issues = snapshot.issuesOfPeople(Array.from(projects, ({ id }) => id))
  return { ...asked, scopeMark, related, issues, sharing: readSharing(snapshot, related) }
}

async function askSite(
  parts: SetupParts,
  row: MigrationRow,
  snapshot: SnapshotReader,
  options: PlanOptions,
  signal: AbortSignal,
): Promise<{ site: SiteFacts | null; siteProblem: ProblemView | null }> {
  try {
    const access = await accessOf(parts, row, snapshot)
    const facts = await withConnection(access, signal, ({ read }) =>
      read.facts(neededFromSite(snapshot, options)),
    )
    return { site: await withoutOwn(parts.ledger.db, row.id, facts), siteProblem: null }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    return { site: null, siteProblem: viewProblem(error) }
  }
}

/** The plan's own answer to who is in scope. */
function relatedTo(snapshot: SnapshotReader, site: SiteFacts, options: PlanOptions) {
  if (options.scope?.people !== 'related') return null
  return createContext(snapshot, site, options, noAdf).related?.users ?? null
}

function readSharing(
  snapshot: SnapshotReader,
  related: PeopleFacts['related'],
): PeopleFacts['sharing'] {
  const first = new Map<string, { key: string; name: string }>()
  const sharing = new Map<string, { key: string; name: string }[]>()
  for (const user of snapshot.rows('user')) {
    const own = addressOf(user)
    if (!own || user.deleted || (related && !related.has(user.key))) continue
    const one = { key: user.key, name: nameOf(user) }
    const before = first.get(own)
    if (!before) first.set(own, one)
    else sharing.set(own, [...(sharing.get(own) ?? [before]), one])
  }
  return sharing
}
