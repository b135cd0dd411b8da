import { must } from '../../../shared/assert.ts'
import { refuseField } from '../answer.ts'
import { findCustom } from '../custom/find.ts'
import { isObject, type Json, list, object } from '../input.ts'
import type { Issue, IssueData, Things } from '../kinds.ts'
import type { Call } from '../site.ts'
import { screenFields } from '../views.ts'
import { readParent, readProperties } from './create.ts'
import { putProperty } from './property.ts'
import { readFields } from './read-fields.ts'
import { watchMyself } from './watch.ts'

/** Writes the changed issue, its history and its label names; answers the issue as it is now. */
export function saveIssue(call: Call, before: Issue, after: Omit<Issue, 'updated'>): Issue {
  const { store, site } = call
  const now = site.now()
  const data = { ...after.data }
  if (data.resolutionId !== before.data.resolutionId)
    data.resolutionDate = data.resolutionId === null ? null : now
  if (after.statusId !== before.statusId) data.statusChanged = now
  const issue: Issue = { ...after, data, updated: now }
  store.run(
    'UPDATE issue SET typeId = ?, statusId = ?, parentId = ?, updated = ?, data = ? WHERE id = ?',
    issue.typeId,
    issue.statusId,
    issue.parentId,
    now,
    JSON.stringify(data),
    issue.id,
  )
  for (const label of data.labels) store.run('INSERT OR IGNORE INTO label VALUES (?)', label)
  const items = changes(call, before, issue)
  if (items.length > 0)
    store.add('change', { author: site.me, created: now, items }, { owner: issue.id })
  watchMyself(call, issue.id)
  return issue
}

type Item = Things['change']['items'][number]
type Named = 'status' | 'priority' | 'resolution' | 'issueType'

function changes(call: Call, before: Issue, after: Issue): Item[] {
  const items: Item[] = []
  const named = (field: string, kind: Named, from: number | null, to: number | null) => {
    if (from === to) return
    const name = (id: number | null) =>
      id === null ? null : (call.store.get(kind, id)?.data.name ?? null)
    const id = (value: number | null) => (value === null ? null : String(value))
    items.push({ field, from: id(from), fromString: name(from), to: id(to), toText: name(to) })
  }
  named('status', 'status', before.statusId, after.statusId)
  named('issuetype', 'issueType', before.typeId, after.typeId)
  named('priority', 'priority', before.data.priorityId, after.data.priorityId)
  named('resolution', 'resolution', before.data.resolutionId, after.data.resolutionId)
  const plain: (keyof IssueData)[] = [
    'summary',
    'description',
    'environment',
    'assignee',
    'reporter',
    'labels',
    'components',
    'fixVersions',
    'versions',
    'duedate',
    'originalEstimate',
    'remainingEstimate',
    'timeSpent',
  ]
  for (const field of plain) {
    const text = (value: unknown) =>
      value === null ? null : typeof value === 'string' ? value : JSON.stringify(value)
    const from = text(before.data[field])
    const to = text(after.data[field])
    if (from !== to) items.push({ field, from, fromString: from, to, toText: to })
  }
  items.push(...customChanges(call, before, after))
  return items
}

/** Changes of custom fields stand under the field's name. */
function customChanges(call: Call, before: Issue, after: Issue): Item[] {
  const [old, now] = [before.data.custom ?? {}, after.data.custom ?? {}]
  const text = (value: unknown) =>
    value === null || value === undefined
      ? null
      : typeof value === 'string'
        ? value
        : JSON.stringify(value)
  return Object.keys(now).flatMap((id) => {
    const [from, to] = [text(old[id]), text(now[id])]
    const field = findCustom(call.store, id)?.data.name ?? id
    return from === to ? [] : [{ field, from, fromString: from, to, toText: to }]
  })
}

/** Turns the operations of `update` into the fields that they end in. */
function applyUpdates(issue: Issue, update: Json): Json {
  const fields: Json = {}
  for (const [name, operations] of Object.entries(update)) {
    const known = issue.data[name as keyof IssueData]
    let value: unknown =
      Array.isArray(known) && name !== 'labels' ? known.map((id) => ({ id })) : known
    for (const operation of list(operations, name).filter(isObject)) {
      if ('set' in operation) value = operation.set
      else if ('edit' in operation) value = operation.edit
      else if ('add' in operation && Array.isArray(value)) value = [...value, operation.add]
      else if ('remove' in operation && Array.isArray(value))
        value = value.filter((each) => JSON.stringify(each) !== JSON.stringify(operation.remove))
      else refuseField(name, `The operation is not supported for the field '${name}'.`)
    }
    fields[name] = value
  }
  return fields
}

/** Edits an issue as PUT does: fields and operations that are on the edit screen, and properties. */
export function editIssue(call: Call, issue: Issue, body: Json): Issue {
  const { store } = call
  const project = must(store.get('project', issue.projectId), 'an issue has a project')
  const type = must(store.get('issueType', issue.typeId), 'an issue has a type')
  const given = {
    ...(isObject(body.update) ? applyUpdates(issue, body.update) : {}),
    ...object(body.fields ?? {}),
  }
  const screen = screenFields(store, project.data, issue.typeId, 'edit')
  const custom = issue.data.custom ?? {}
  const patch = readFields(given, screen, { call, project, typeId: issue.typeId, custom })
  const parentId =
    'parent' in given ? readParent(call, project, type, given.parent) : issue.parentId
  for (const { key, value } of readProperties(body.properties))
    putProperty(store, 'issue', issue.id, key, value)
  if (Object.keys(given).length === 0) return issue
  return saveIssue(call, issue, { ...issue, parentId, data: { ...issue.data, ...patch } })
}
