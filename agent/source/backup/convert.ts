import { keptRows } from '../../../shared/check-lists.ts'
import { noted, type ReadingNote, type RecordSink, type Shape, type Value } from '../source.ts'
import { alsoApps } from './app-uses.ts'
import { entities, secretEntities } from './entities.ts'
import type { EntityPlan } from './plan.ts'
import { propertyPlans, type WantedProperties } from './properties.ts'
import { isCloud } from './recognise.ts'
import { schemesOfProjects } from './scheme-entities.ts'
import type { Mapping, Turn } from './turns.ts'
import { workflowPlan } from './workflow.ts'

/** Sees every row of these two on its way, to find the time zone. */
export interface Witness {
  issue(id: string | null, updated: string | null): void
  changeGroup(created: string | null): void
  fieldValue(issueId: string | null, updatedEpoch: string | null): void
}

export interface Converter {
  /** What is read of an entity; null = it is only counted. */
  plan(entity: string): EntityPlan | null
  treatment(entity: string): 'kept' | 'counted' | 'secret'
  properties: WantedProperties
  notes(): ReadingNote[]
}

/** From the rows of entities.xml to rows of the snapshot's tables. */
export function createConverter(sink: RecordSink, witness: Witness, label: string): Converter {
  const skipped = new Map<string, ReadingNote>()
  const skip: Skip = (code, text, row) => {
    const note = skipped.get(code) ?? { code, text, items: 0, rows: code }
    note.items++
    skipped.set(code, note)
    if (note.items <= keptRows)
      sink.row(noted, [code, row.label, row.detail, row.issue ?? null, row.project ?? null])
  }
  const { plans: special, wanted } = propertyPlans(sink)

  special.set('UserAssociation', userAssociation(sink))
  special.set('NodeAssociation', nodeAssociation(sink))
  special.set('ProjectRoleActor', roleActor(sink, skip))
  special.set('Workflow', workflowPlan(sink))

  const plan = (entity: string): EntityPlan | null => {
    if (/^(IssueLayout|ChangeItemAdf$)/.test(entity)) throw isCloud(label)
    const own = special.get(entity)
    if (own !== undefined) return own
    const mapping = Object.hasOwn(entities, entity) ? entities[entity] : undefined
    if (mapping === undefined) return null
    if (entity === 'Issue') return issuePlan(sink, mapping, witness, label)
    if (entity === 'Action') return actionPlan(sink, mapping, skip)
    if (entity === 'ChangeGroup') {
      const at = columnOf(mapping, 'created')
      return plain(sink, mapping, [], (values) => {
        witness.changeGroup(values[at] ?? null)
        return true
      })
    }
    if (entity === 'CustomFieldValue') {
      const at = columnOf(mapping, 'issueId')
      return plain(sink, mapping, ['updated'], (values, more) => {
        witness.fieldValue(values[at] ?? null, more[0] ?? null)
        return true
      })
    }
    return plain(sink, mapping, [])
  }
  return {
    plan: (entity) => alsoApps(sink, entity, plan(entity)),
    treatment: (entity) =>
      secretEntities.has(entity)
        ? 'secret'
        : special.has(entity) || Object.hasOwn(entities, entity)
          ? 'kept'
          : 'counted',
    properties: wanted,
    notes: () => [...skipped.values()],
  }
}

/** Tells of a row that is not kept, and why. */
type Skip = (
  code: string,
  text: string,
  row: {
    label: string | null
    detail: string | null
    issue?: string | null
    project?: string | null
  },
) => void

type Raw = (string | null)[]

/** One entity to one table. more: attributes that are only looked at; look may say false to drop the row. */
function plain(
  sink: RecordSink,
  mapping: Mapping,
  more: readonly string[],
  look?: (values: Raw, more: Raw, out: Value[]) => boolean,
): EntityPlan {
  const columns = Object.entries(mapping.columns)
  const shape: Shape = { table: mapping.table, columns: columns.map(([column]) => column) }
  const attributes = columns.map(([, from]) => (typeof from === 'string' ? from : from[0]))
  const turns: [number, Turn][] = columns.flatMap(([, from], i): [number, Turn][] =>
    typeof from === 'string' ? [] : [[i, from[1]]],
  )
  const width = columns.length
  const extra = more.length > 0
  return {
    columns: [...attributes, ...more],
    row(values) {
      const out: Value[] = extra || turns.length > 0 ? values.slice(0, width) : values
      for (const [i, turn] of turns) out[i] = turn(values[i] ?? null)
      if (look !== undefined && look(values, extra ? values.slice(width) : [], out) === false)
        return
      sink.row(shape, out)
    },
  }
}

function columnOf(mapping: Mapping, column: string): number {
  return Object.keys(mapping.columns).indexOf(column)
}

/** Before 6.1 an issue has a key and no number; the snapshot wants both. */
function issuePlan(
  sink: RecordSink,
  mapping: Mapping,
  witness: Witness,
  label: string,
): EntityPlan {
  const key = columnOf(mapping, 'key')
  const number = columnOf(mapping, 'number')
  const id = columnOf(mapping, 'id')
  const updated = columnOf(mapping, 'updated')
  return plain(sink, mapping, ['projectKey'], (values, [projectKey], out) => {
    const ownKey = values[key] ?? null
    // Only Cloud writes the project's key and leaves out the issue's.
    if (ownKey === null && typeof projectKey === 'string') throw isCloud(label)
    if (out[number] === null && ownKey !== null) {
      const tail = /-(\d+)$/.exec(ownKey)?.[1]
      out[number] = tail === undefined ? null : Number(tail)
    }
    witness.issue(values[id] ?? null, values[updated] ?? null)
    return true
  })
}

/** Actions have been comments only since 3.0; what is another type is none. */
function actionPlan(sink: RecordSink, mapping: Mapping, skip: Skip): EntityPlan {
  const [issue, body] = [columnOf(mapping, 'issueId'), columnOf(mapping, 'body')]
  return plain(sink, mapping, ['type'], (values, [type]) => {
    if (type === null || type === undefined || type === 'comment') return true
    skip('action-type', 'Actions that are no comments', {
      label: type,
      detail: values[body]?.slice(0, 300) ?? null,
      issue: values[issue] ?? null,
    })
    return false
  })
}

function userAssociation(sink: RecordSink): EntityPlan {
  const shapes: Record<string, Shape> = {
    WatchIssue: { table: 'watcher', columns: ['issueId', 'user'] },
    VoteIssue: { table: 'vote', columns: ['issueId', 'user'] },
  }
  return {
    columns: ['sinkNodeId', 'sourceName', 'sinkNodeEntity', 'associationType'],
    row([issueId, user, entity, type]) {
      const shape = type === null || type === undefined ? undefined : shapes[type]
      // Favourites of filters stand here, too; they have no table.
      if (entity === 'Issue' && shape !== undefined)
        sink.row(shape, [issueId ?? null, user ?? null])
    },
  }
}

function nodeAssociation(sink: RecordSink): EntityPlan {
  const version: Shape = { table: 'issueVersion', columns: ['issueId', 'versionId', 'role'] }
  const component: Shape = { table: 'issueComponent', columns: ['issueId', 'componentId'] }
  const category: Shape = { table: 'draftProjectCategory', columns: ['projectId', 'categoryId'] }
  const layout: Shape = { table: 'draftProjectLayout', columns: ['projectId', 'schemeId'] }
  const scheme: Shape = { table: 'projectScheme', columns: ['projectId', 'kind', 'schemeId'] }
  return {
    columns: ['sourceNodeId', 'sinkNodeId', 'associationType', 'sinkNodeEntity'],
    row([from = null, to = null, type, entity]) {
      if (type === 'IssueFixVersion') sink.row(version, [from, to, 'fix'])
      else if (type === 'IssueVersion') sink.row(version, [from, to, 'affects'])
      else if (type === 'IssueComponent') sink.row(component, [from, to])
      else if (type === 'ProjectCategory') sink.row(category, [from, to])
      else if (entity === 'FieldLayoutScheme') sink.row(layout, [from, to])
      else if (type === 'ProjectScheme' && Object.hasOwn(schemesOfProjects, entity ?? ''))
        sink.row(scheme, [from, schemesOfProjects[entity ?? ''] ?? null, to])
    },
  }
}

function roleActor(sink: RecordSink, skip: Skip): EntityPlan {
  const shape: Shape = {
    table: 'roleActor',
    columns: ['id', 'projectId', 'roleId', 'actorKind', 'actor'],
  }
  const kinds: Record<string, string> = {
    'atlassian-user-role-actor': 'user',
    'atlassian-group-role-actor': 'group',
  }
  return {
    columns: ['id', 'pid', 'projectroleid', 'roletype', 'roletypeparameter'],
    row([id = null, projectId = null, roleId = null, type, actor = null]) {
      const kind = kinds[type ?? '']
      if (kind === undefined)
        skip('role-actor-type', 'Role actors that are neither user nor group', {
          label: actor,
          detail: type ?? null,
          project: projectId,
        })
      else sink.row(shape, [id, projectId, roleId, kind, actor])
    },
  }
}
