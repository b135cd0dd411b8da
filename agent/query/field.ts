import {
  anything,
  category,
  component,
  foldedText,
  group,
  issue,
  issueType,
  number,
  person,
  priority,
  project,
  type Resolve,
  resolution,
  securityLevel,
  sprint,
  status,
  statusCategory,
  version,
} from './names.ts'
import type { Shape } from './shape.ts'

/** What a field's values are: it says how words are read, which functions fit, and whether there is an order. */
export type FieldKind = keyof typeof resolvers | 'date' | 'day' | 'option' | 'nothing'

/** A field that is compared with values; texts that are searched by words are apart (text.ts). */
export interface Field {
  kind: FieldKind
  shape: Shape
  /** Of options: the field that has them. */
  fieldId?: number
}

const resolvers = {
  project,
  issue,
  issueType,
  status,
  statusCategory,
  priority,
  resolution,
  person,
  component,
  version,
  category,
  sprint,
  securityLevel,
  group,
  number,
  label: anything,
  word: foldedText,
} as const satisfies Record<string, Resolve>

export const resolverOf = (kind: FieldKind): Resolve | null =>
  kind in resolvers ? resolvers[kind as keyof typeof resolvers] : null

const column = (name: string) => `NULLIF(i."${name}", '')`
const one = (kind: FieldKind, name: string): Field => ({ kind, shape: { one: column(name) } })
/** A moment of the source as text that sorts; a backup and a live server part day and hour in their own ways. */
export const moment = (name: string, letters: number) =>
  `substr(replace(NULLIF(${name}, ''), 'T', ' '), 1, ${letters})`
const time = (name: string): Field => ({ kind: 'date', shape: { one: moment(`i."${name}"`, 19) } })
const many = (
  kind: FieldKind,
  from: string,
  value: string,
  key = 'issueId',
  on = 'i.id',
): Field => ({ kind, shape: { on, key, from, value } })

const links = (relation: string) =>
  many('issue', `link WHERE relation = '${relation}'`, 'sourceId', 'destinationId')
const versions = (role: string) =>
  many('version', `issueVersion WHERE role = '${role}'`, 'versionId')
const sprintValues = `fieldValue WHERE fieldId IN (SELECT id FROM customField WHERE type = 'com.pyxis.greenhopper.jira:gh-sprint')`

const created = time('created')
const updated = time('updated')
const resolved = time('resolved')
const due: Field = { kind: 'day', shape: { one: moment('i.due', 10) } }
const key: Field = { kind: 'issue', shape: { one: 'i.id' } }
const type = one('issueType', 'type')
const labels = many('label', 'label WHERE fieldId IS NULL', 'label')
const votes = one('number', 'votes')
const watches = one('number', 'watches')

/** Jira's own fields by what JQL calls them, in lower case. */
export const systemFields: Readonly<Record<string, Field>> = {
  ...{ key, issuekey: key, issue: key, id: key },
  project: one('project', 'projectId'),
  ...{ type, issuetype: type },
  status: one('status', 'status'),
  statuscategory: one('statusCategory', 'status'),
  priority: one('priority', 'priority'),
  resolution: one('resolution', 'resolution'),
  assignee: one('person', 'assignee'),
  reporter: one('person', 'reporter'),
  creator: one('person', 'creator'),
  labels,
  component: many('component', 'issueComponent', 'componentId'),
  fixversion: versions('fix'),
  affectedversion: versions('affects'),
  ...{ created, createddate: created, updated, updateddate: updated },
  ...{ resolved, resolutiondate: resolved, due, duedate: due },
  parent: links('subtask'),
  'epic link': links('epic'),
  sprint: many(
    'sprint',
    sprintValues,
    `CAST(coalesce(NULLIF(stringValue, ''), numberValue) AS INTEGER)`,
  ),
  category: many('category', 'project', 'categoryId', 'id', 'i.projectId'),
  watcher: many('person', 'watcher', '"user"'),
  voter: many('person', 'vote', '"user"'),
  worklogauthor: many('person', 'worklog', `NULLIF(author, '')`),
  attachments: many('nothing', 'attachment', 'id'),
  level: one('securityLevel', 'security'),
  ...{ votes, watchers: watches },
}
