import { must } from '../../shared/assert.ts'
import type { SiteFacts } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { CollisionRule, Collisions } from '../../shared/setup.ts'
import { reason } from './item.ts'
import { matchNames, type Named } from './names.ts'
import { type Category, categoryOf } from './statuses.ts'
import type { ProjectSurvey } from './survey.ts'

/** What the whole site shares, by the source's ids: the words that issues are described with. */
export interface Catalog {
  types: Map<string, Named<SiteFacts['issueTypes'][number]> & { subtask: boolean }>
  statuses: Map<string, Named<SiteFacts['statuses'][number]> & { category: Category }>
  priorities: Map<string, Named<SiteFacts['priorities'][number]>>
  resolutions: Map<string, Named<SiteFacts['resolutions'][number]>>
  linkTypes: Map<string, Named<SiteFacts['linkTypes'][number]>>
  /** The names of the source's project roles, by id. */
  roles: Map<string, string>
}

// Jira's own limit for the names of types, statuses, priorities and resolutions; 255 for link types.
const nameLimit = 60

export function readCatalog(
  snapshot: SnapshotReader,
  site: SiteFacts,
  surveys: readonly ProjectSurvey[],
  rules: Partial<Collisions> = {},
): Catalog {
  const rows = [...snapshot.rows('issueType')]
  const named = matchNames(
    'issue type',
    rows,
    site.issueTypes,
    nameLimit,
    (row, other) =>
      Boolean(row.subtask) === Boolean(other.subtask)
        ? null
        : row.subtask
          ? 'sub-task'
          : 'standard',
    rules.issueType,
  )
  const types: Catalog['types'] = new Map()
  for (const row of rows) {
    const found = must(named.get(row.id), 'Every type was matched.')
    types.set(row.id, { ...found, subtask: Boolean(row.subtask) })
  }
  const statusRows = [...snapshot.rows('status')]
  const noClash = () => null
  const matched = <R extends { id: string; name: string }, S extends { name: string }>(
    what: string,
    sourceRows: Iterable<R>,
    onSite: readonly S[],
    rule: CollisionRule | undefined,
    limit = nameLimit,
  ) => matchNames(what, sourceRows, onSite, limit, noClash, rule)
  const statusNames = matched('status', statusRows, site.statuses, rules.status)
  const statuses: Catalog['statuses'] = new Map()
  for (const row of statusRows) {
    const found = must(statusNames.get(row.id), 'Every status was matched.')
    const own = categoryOf(row, surveys)
    const category = siteCategory(found.reused) ?? own
    const losses =
      category === own
        ? found.losses
        : [...found.losses, reason('category-on-site', `The site counts it as ${words[category]}.`)]
    statuses.set(row.id, { ...found, losses, category })
  }
  return {
    types,
    statuses,
    priorities: matched('priority', snapshot.rows('priority'), site.priorities, rules.priority),
    resolutions: matched(
      'resolution',
      snapshot.rows('resolution'),
      site.resolutions,
      rules.resolution,
    ),
    linkTypes: matched('link type', snapshot.rows('linkType'), site.linkTypes, rules.linkType, 255),
    roles: new Map([...snapshot.rows('role')].map((role) => [role.id, role.name])),
  }
}

const words = { TODO: 'to do', IN_PROGRESS: 'in progress', DONE: 'done' }

function siteCategory(status: { category: string } | null): Category | null {
  const word = status?.category.toUpperCase()
  return word === 'TODO' || word === 'IN_PROGRESS' || word === 'DONE' ? word : null
}
