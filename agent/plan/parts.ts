import type { PlannedItem, Reason } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { ComponentRow, VersionRow } from '../../shared/rows.ts'
import { cleanText } from './adf.ts'
import { leftOut, moved, reason } from './item.ts'
import { cut, matchNames, type Named } from './names.ts'
import type { People } from './people.ts'
import type { ProjectPlan } from './projects.ts'
import type { Times } from './times.ts'

/** The names that a project's components and versions have on the site, by the source's ids. */
export interface Parts {
  components: Map<string, PartName>
  versions: Map<string, PartName>
}
type PartName = Named<{ name: string }> & { projectId: string }

// Jira's own limit for both.
const nameLimit = 255

/** @param own names as the source has them, which need not be told apart for a site that others filled */
export function readParts(snapshot: SnapshotReader, own = false): Parts {
  const byProject = own ? asTheyAre : toldApart
  return {
    components: byProject('component', [...snapshot.rows('component')]),
    versions: byProject('version', [...snapshot.rows('version')]),
  }
}

type Row = { id: string; projectId: string; name: string }

const asTheyAre = (_what: string, rows: Row[]) =>
  new Map(
    rows.map(({ id, projectId, name }): [string, PartName] => [
      id,
      { name: name.trim(), reused: null, losses: [], stopped: null, projectId },
    ]),
  )

function toldApart(what: string, rows: Row[]) {
  const found = new Map<string, PartName>()
  for (const [projectId, own] of Map.groupBy(rows, (row) => row.projectId))
    for (const [id, named] of matchNames(what, own, [], nameLimit))
      found.set(id, { ...named, projectId })
  return found
}

export function* planParts(
  snapshot: SnapshotReader,
  projects: ReadonlyMap<string, ProjectPlan>,
  parts: Parts,
  people: People,
  times: Times,
): Generator<PlannedItem> {
  for (const row of snapshot.rows('component'))
    yield planned('component', row, projects, parts.components, (key, name, losses) =>
      component(row, key, name, losses, people),
    )
  for (const row of snapshot.rows('version'))
    yield planned('version', row, projects, parts.versions, (key, name, losses) =>
      version(row, key, name, losses, times),
    )
}

function planned<K extends 'component' | 'version'>(
  kind: K,
  row: { id: string; projectId: string; name: string },
  projects: ReadonlyMap<string, ProjectPlan>,
  names: Map<string, PartName>,
  promise: (projectKey: string, name: string, losses: Reason[]) => Parameters<typeof moved<K>>[2],
): PlannedItem {
  const project = projects.get(row.projectId)
  const projectKey = project?.row.key ?? null
  const place = { sourceId: row.id, label: row.name, projectKey, phase: 'parts' as const }
  if (!project || !projectKey)
    return leftOut(kind, place, reason('dangling', 'Its project is not in the source.'))
  if (project.leftOut) return leftOut(kind, place, project.leftOut)
  const named = names.get(row.id)
  const losses = [...(named?.losses ?? [])]
  return moved(kind, place, promise(projectKey, named?.name ?? row.name, losses), losses)
}

// Jira's own numbers for who gets a component's issues.
export const assigneeTypes = {
  0: 'PROJECT_DEFAULT',
  1: 'COMPONENT_LEAD',
  2: 'PROJECT_LEAD',
  3: 'UNASSIGNED',
} as const

function component(
  row: ComponentRow,
  projectKey: string,
  name: string,
  losses: Reason[],
  people: People,
) {
  const lead = people.of(row.lead)
  if (lead && !lead.accountId)
    losses.push(
      reason('lead-without-account', `The lead ${lead.displayName} has no account on the site.`),
    )
  if (row.archived)
    losses.push(reason('archived', 'The component was archived; on the site it is open.'))
  const wanted = assigneeTypes[Number(row.assigneeType ?? 0) as 0] ?? 'PROJECT_DEFAULT'
  // The site refuses a component whose issues go to a lead that it does not have.
  const assigneeType =
    (wanted as string) === 'COMPONENT_LEAD' && !lead?.accountId ? 'PROJECT_DEFAULT' : wanted
  return {
    projectKey,
    name,
    description: cleanText(row.description ?? '').trim(),
    leadAccountId: lead?.accountId ?? null,
    assigneeType,
  }
}

function version(
  row: VersionRow,
  projectKey: string,
  name: string,
  losses: Reason[],
  times: Times,
) {
  const releaseDate = times.day(row.releaseDate)
  let startDate = times.day(row.startDate)
  if (startDate && releaseDate && startDate > releaseDate) {
    losses.push(
      reason('start-after-release', `The site refuses a start (${startDate}) after the release.`),
    )
    startDate = null
  }
  let description = cleanText(row.description ?? '').trim()
  // 16,384 bytes is the documented limit; four bytes is the most that one character takes.
  if (new TextEncoder().encode(description).length > 16_384) {
    description = cut(description, 4_096)
    losses.push(reason('description-cut', 'The site takes 16,384 bytes for a description.'))
  }
  return {
    projectKey,
    name,
    description,
    startDate,
    releaseDate,
    released: Boolean(row.released),
    archived: Boolean(row.archived),
  }
}
