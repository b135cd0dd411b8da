import type { AdfDoc } from '../../shared/plan.ts'
import { type ForeignIds, idIn, putId } from './foreign-frame.ts'
import type { ForeignPeople } from './foreign-people.ts'
import type { ForeignSite } from './foreign-site.ts'
import type { ForeignRow, ForeignSource } from './foreign-source.ts'
import { foreignDoc, plainForeignDoc } from './foreign-text.ts'

export interface ForeignContext {
  source: ForeignSource
  site: ForeignSite
  ids: ForeignIds
  people: ForeignPeople
  /** The status in which every issue begins. */
  initial: string
  /** Epoch ms of a wall-clock time of the source. */
  time(wall: string | undefined): number | null
  /** Whether authors and times are kept, as only Atlassian's own assistant can. */
  history: boolean
}

const group = (rows: ForeignRow[], by: (row: ForeignRow) => string | undefined) =>
  Map.groupBy(rows, (row) => by(row) ?? '')

/** The issues of all projects by rising number, so that each gets its own key, with what fills the gaps deleted. */
export async function foreignIssues(context: ForeignContext): Promise<void> {
  const { source, site, ids } = context
  const parents = new Map<string | undefined, string>()
  const style = new Map(source.rows('IssueLinkType').map((row) => [row.id, row.style]))
  for (const link of source.rows('IssueLink')) {
    const of = style.get(link.linktype)
    if ((of === 'jira_subtask' || of === 'jira_gh_epic_story') && !parents.has(link.destination))
      parents.set(link.destination, link.source ?? '')
  }
  const associations = group(source.rows('NodeAssociation'), (row) => row.sourceNodeId)
  const labels = group(source.rows('Label'), (row) => row.issue)
  const values = group(source.rows('CustomFieldValue'), (row) => row.issue)
  const byProject = group(source.rows('Issue'), (row) => row.project)
  const ofTypes = source.rows('IssueType')
  const standard = ofTypes.find((row) => row.style !== 'jira_subtask' && row.name === 'Task')
  const subtasks = new Set(ofTypes.flatMap((row) => (row.style === 'jira_subtask' ? [row.id] : [])))
  const typeOf = (id: string | undefined) => idIn(ids, 'jira/classic:issueType', id)
  for (const [project, rows] of byProject) {
    const key = source.rows('Project').find((one) => one.id === project)?.key
    let number = 0
    for (const row of rows.toSorted((a, b) => Number(a.number) - Number(b.number))) {
      for (number += 1; number < Number(row.number); number += 1) {
        const filler = await create(context, { key, summary: 'gap', type: typeOf(standard?.id) })
        await site.ask('DELETE', `/rest/api/3/issue/${filler}`)
      }
      const parent = idIn(ids, 'jira:issue', parents.get(row.id))
      // The site has no sub-task without a parent.
      const type = typeOf(subtasks.has(row.type) && !parent ? standard?.id : row.type)
      const issueId = await create(context, { key, summary: row.summary ?? '', type, parent })
      putId(ids, 'jira:issue', row.id ?? '', issueId)
      await fill(context, row, issueId, {
        associations: associations.get(row.id ?? '') ?? [],
        labels: labels.get(row.id ?? '') ?? [],
        values: values.get(row.id ?? '') ?? [],
      })
    }
  }
}

async function create(
  { site }: ForeignContext,
  given: { key: string | undefined; summary: string; type: string | null; parent?: string | null },
): Promise<string> {
  const { id } = await site.ask<{ id: string }>('POST', '/rest/api/3/issue', {
    fields: {
      project: { key: given.key },
      issuetype: { id: given.type },
      summary: given.summary.slice(0, 255),
      ...(given.parent ? { parent: { id: given.parent } } : {}),
    },
  })
  return String(id)
}

async function fill(
  context: ForeignContext,
  row: ForeignRow,
  issueId: string,
  own: { associations: ForeignRow[]; labels: ForeignRow[]; values: ForeignRow[] },
): Promise<void> {
  const { site, ids, people, time } = context
  const person = (key: string | undefined) => {
    const accountId = people.byKey.get(key ?? '')
    return accountId ? { accountId } : null
  }
  const named = (type: string, association: string) =>
    own.associations
      .filter((one) => one.associationType === association)
      .flatMap((one) => idIn(ids, type, one.sinkNodeId) ?? [])
      .map((id) => ({ id }))
  const doc = (text: string | undefined): AdfDoc | null =>
    text?.trim() ? foreignDoc(text, people.byName) : null
  const minutes = (seconds: string | undefined) => `${Math.round(Number(seconds) / 60)}m`
  await site.ask('PUT', `/rest/api/3/issue/${issueId}?notifyUsers=false`, {
    fields: {
      description: doc(row.description),
      environment: row.environment ? plainForeignDoc(row.environment) : null,
      priority: { id: idIn(ids, 'jira:priority', row.priority) },
      resolution: row.resolution ? { id: idIn(ids, 'jira:resolution', row.resolution) } : null,
      reporter: person(row.reporter),
      assignee: person(row.assignee),
      labels: own.labels.filter((one) => !one.fieldid).map((one) => one.label),
      components: named('jira:projectComponent', 'IssueComponent'),
      fixVersions: named('jira:projectVersion', 'IssueFixVersion'),
      versions: named('jira:projectVersion', 'IssueVersion'),
      duedate: row.duedate?.slice(0, 10) ?? null,
      ...(row.timeoriginalestimate
        ? {
            timetracking: {
              originalEstimate: minutes(row.timeoriginalestimate),
              remainingEstimate: minutes(row.timeestimate),
            },
          }
        : {}),
      ...customValues(ids, own.values, context.source),
    },
  })
  const status = idIn(ids, 'jira/classic:issueStatus', row.status)
  if (status !== context.initial) {
    const path = `/rest/api/3/issue/${issueId}/transitions`
    const { transitions } = await site.ask<{
      transitions: { id: string; to: { id: string } }[]
    }>('GET', path)
    const way = transitions.find(({ to }) => to.id === status)
    await site.ask('POST', path, { transition: { id: way?.id } })
  }
  if (!context.history) return
  const resolved = time(row.resolutiondate)
  site.door.issue(issueId, {
    created: time(row.created) ?? 0,
    updated: time(row.updated) ?? 0,
    data: {
      creator: people.byKey.get(row.creator ?? '') ?? null,
      ...(resolved === null ? {} : { resolutionDate: resolved }),
    },
  })
}

function customValues(ids: ForeignIds, values: ForeignRow[], source: ForeignSource) {
  const options = new Map(source.rows('CustomFieldOption').map((row) => [row.id, row.value]))
  return Object.fromEntries(
    values.flatMap((row): [string, unknown][] => {
      const field = idIn(ids, 'jira/classic:customField', row.customfield)
      if (!field) return []
      if (row.numbervalue !== undefined) return [[field, Number(row.numbervalue)]]
      const option = options.get(row.stringvalue ?? '')
      return [[field, option === undefined ? row.stringvalue : { value: option }]]
    }),
  )
}
