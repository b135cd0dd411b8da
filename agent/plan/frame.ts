import { must } from '../../shared/assert.ts'
import type { PlannedItem, Promises, Reason } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import { cleanText } from './adf.ts'
import type { Catalog } from './catalog.ts'
import { leftOut, moved, reason } from './item.ts'
import { type Named, reusedMark } from './names.ts'
import type { Setup } from './setup.ts'

/** One lane: a scheme needs the types and statuses before it, and lanes run beside each other. */
const inFrame = { phase: 'frame', lane: 'frame' } as const
type FrameKind = 'issueType' | 'status' | 'priority' | 'resolution' | 'linkType'
type OnSite = { name: string; description?: string }

/** The one screen of everything that is moved; custom fields join it by this name. */
export const screenName = 'Landfall: fields of moved issues'

/** The fields that the push writes, all on one screen: what is not on the screen cannot be set. */
const screenFields = [
  'summary',
  'issuetype',
  'priority',
  'resolution',
  'components',
  'versions',
  'fixVersions',
  'assignee',
  'reporter',
  'environment',
  'description',
  'labels',
  'duedate',
  'timetracking',
  'parent',
]

/** Types, statuses, priorities, resolutions and link types, then each project's schemes. */
export function* planFrame(
  snapshot: SnapshotReader,
  catalog: Catalog,
  setups: readonly Setup[],
  everything: boolean,
): Generator<PlannedItem> {
  const needed = new Set(setups.flatMap((setup) => [...setup.needs]))
  const skip = (kind: FrameKind, id: string) => !everything && !needed.has(`${kind}/${id}`)
  for (const row of snapshot.rows('issueType')) {
    const at = must(catalog.types.get(row.id), 'Every type is in the catalog.')
    yield item('issueType', row, at, skip('issueType', row.id), (words) => ({
      ...words,
      subtask: at.subtask,
    }))
  }
  for (const row of snapshot.rows('status')) {
    const at = must(catalog.statuses.get(row.id), 'Every status is in the catalog.')
    yield item('status', row, at, skip('status', row.id), (words) => ({
      ...words,
      category: at.category,
    }))
  }
  for (const row of snapshot.rows('priority')) {
    const at = must(catalog.priorities.get(row.id), 'Every priority is in the catalog.')
    yield item('priority', row, at, skip('priority', row.id), (words, losses) => ({
      ...words,
      color: at.reused?.color ?? color(row.color, losses),
    }))
  }
  for (const row of snapshot.rows('resolution')) {
    const at = must(catalog.resolutions.get(row.id), 'Every resolution is in the catalog.')
    yield item('resolution', row, at, skip('resolution', row.id), (words) => words)
  }
  yield* linkTypes(snapshot, catalog)
  yield* schemes(setups)
}

function item<K extends FrameKind>(
  kind: K,
  row: { id: string; name: string; description: string | null },
  at: Named<OnSite>,
  skip: boolean,
  promise: (
    words: { name: string; description: string; reused?: true },
    losses: Reason[],
  ) => Promises[K],
): PlannedItem {
  const place = { sourceId: row.id, label: row.name, ...inFrame }
  if (skip) return leftOut(kind, place, reason('not-used', 'No issue that moves uses it.'))
  if (at.stopped) return leftOut(kind, place, at.stopped)
  const losses = [...at.losses]
  const own = cleanText(row.description ?? '').trim()
  const description = at.reused?.description ?? own
  // A site that does not tell its description may have another one.
  if (at.reused && at.reused.description !== own)
    losses.push(reason('site-keeps-own', 'The site has it already and keeps its own description.'))
  const words = { name: at.name, description, ...reusedMark(at.reused) }
  return moved(kind, place, promise(words, losses), losses)
}

/** The site takes three or six hex digits. */
function color(value: string | null, losses: Reason[]): string {
  const clean = value?.trim() ?? ''
  if (/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(clean)) return clean
  losses.push(reason('color', 'The source has no colour for it that the site takes: it is grey.'))
  return '#707070'
}

function* linkTypes(snapshot: SnapshotReader, catalog: Catalog): Generator<PlannedItem> {
  for (const row of snapshot.rows('linkType')) {
    const place = { sourceId: row.id, label: row.name, ...inFrame }
    if (row.style?.startsWith('jira_')) {
      const why = "Jira's own link between parents and their children: the site has its own."
      yield leftOut('linkType', place, reason('built-in', why))
      continue
    }
    const at = must(catalog.linkTypes.get(row.id), 'Every link type is in the catalog.')
    if (at.stopped) {
      yield leftOut('linkType', place, at.stopped)
      continue
    }
    const inward = at.reused?.inward ?? (row.inward?.trim() || at.name)
    const outward = at.reused?.outward ?? (row.outward?.trim() || at.name)
    const losses = [...at.losses]
    if (at.reused && (inward !== row.inward || outward !== row.outward))
      losses.push(
        reason('site-keeps-own', `The site has it and says "${outward}" and "${inward}" for it.`),
      )
    const promise = { name: at.name, inward, outward, ...reusedMark(at.reused) }
    yield moved('linkType', place, promise, losses)
  }
}

function* schemes(setups: readonly Setup[]): Generator<PlannedItem> {
  if (setups.length === 0) return
  const means = (sourceId: string, projectKey: string | null) => ({
    sourceId,
    label: sourceId,
    projectKey,
    ...inFrame,
  })
  const screens = { name: screenName, fields: screenFields }
  yield moved('screens', means('screens', null), screens)
  for (const { plan, issueTypes, statuses, initial } of setups) {
    const projectKey = plan.row.key
    const workflow = `Landfall: ${projectKey} workflow`
    const place = (what: string) => means(`${projectKey} ${what}`, projectKey)
    const types = { name: `Landfall: ${projectKey} issue types`, projectKey, issueTypes }
    yield moved('issueTypeScheme', place('issue types'), types)
    yield moved('workflow', place('workflow'), { name: workflow, projectKey, statuses, initial })
    const scheme = { name: `Landfall: ${projectKey} workflow scheme`, projectKey, workflow }
    yield moved('workflowScheme', place('workflow scheme'), scheme)
  }
}
