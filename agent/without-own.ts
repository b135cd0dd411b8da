import type { Kept } from '../shared/filter-shares.ts'
import type { PlannedKind, SiteFacts } from '../shared/plan.ts'
import type { LedgerDb } from './ledger/open.ts'
import { fold } from './plan/names.ts'

/** Kinds that the whole site shares by name. What a migration sent under a name does not meet itself there. */
const named = [
  ...(['status', 'issueType', 'linkType', 'priority', 'resolution'] as const),
  ...(['customField', 'group'] as const),
] satisfies PlannedKind[]

/** Kinds whose names only one owner shares: what a migration made is known by its number. */
const owned = ['filter', 'dashboard'] as const satisfies PlannedKind[]

/** The site as it would be without what this migration sent: else its second plan would meet its first. */
export async function withoutOwn(
  db: LedgerDb,
  migrationId: string,
  facts: SiteFacts,
): Promise<SiteFacts> {
  const items = await db
    .selectFrom('item')
    .select(['kind', 'projectKey', 'promiseJson', 'siteId'])
    .where('migrationId', '=', migrationId)
    .where('kind', 'in', ['project', ...named, ...owned])
    .where('state', '=', 'sent')
    .execute()
  const own = new Map<string, Set<string>>()
  const made = new Set<string>()
  for (const { kind, projectKey, promiseJson, siteId } of items) {
    const promise = JSON.parse(promiseJson ?? '{}') as {
      name?: string
      kept?: Kept
      reused?: true
    }
    const { name = '' } = promise
    // What the site had under a name, and a plan used, is no creation of it.
    if (promise.reused) continue
    // What the site had, and stands for ours, is still the site's.
    if (!promise.kept) made.add(`${kind}/${siteId}`)
    const names = own.get(kind) ?? new Set()
    own.set(kind, names.add(kind === 'project' ? (projectKey ?? '') : fold(name)))
  }
  const others = <T extends { name: string }>(kind: (typeof named)[number], list: T[]): T[] =>
    list.filter(({ name }) => !own.get(kind)?.has(fold(name)))
  const strangers = (kind: (typeof named)[number], list: string[]) =>
    list.filter((name) => !own.get(kind)?.has(fold(name)))
  return {
    ...facts,
    projects: facts.projects.filter(({ key }) => !own.get('project')?.has(key)),
    statuses: others('status', facts.statuses),
    issueTypes: others('issueType', facts.issueTypes),
    linkTypes: others('linkType', facts.linkTypes),
    priorities: others('priority', facts.priorities),
    resolutions: others('resolution', facts.resolutions),
    groups: strangers('group', facts.groups),
    ...(facts.customFields && { customFields: others('customField', facts.customFields) }),
    ...(facts.filters && { filters: facts.filters.filter(({ id }) => !made.has(`filter/${id}`)) }),
    ...(facts.dashboards && {
      dashboards: facts.dashboards.filter(({ id }) => !made.has(`dashboard/${id}`)),
    }),
  }
}
