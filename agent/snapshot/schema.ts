import type { Table, Tables } from '../../shared/record.ts'
import { schemeTables } from './schema-schemes.ts'

/**
 * The columns of each table. SQL affinities follow from the kinds:
 * id = the source's own id, stored as INTEGER where it is a number (so ids sort as numbers) and read
 * as text · text · number = INTEGER or null · flag = 0 or 1. A '?' says that the value may be absent.
 */
export type ColumnKind = 'id' | 'id?' | 'text' | 'text?' | 'number' | 'number?' | 'flag'

type Columns<T> = { readonly [C in keyof T]-?: ColumnKind }

const named = { id: 'id', name: 'text', description: 'text?' } as const
const ofIssue = { id: 'id', issueId: 'id' } as const

export const tables: { readonly [T in Table]: Columns<Tables[T]> } = {
  user: {
    key: 'text',
    name: 'text?',
    displayName: 'text?',
    email: 'text?',
    active: 'flag',
    deleted: 'flag',
    directory: 'text?',
  },
  group: { name: 'text', description: 'text?', active: 'flag' },
  membership: { groupName: 'text', childKind: 'text', child: 'text' },
  project: {
    id: 'id',
    key: 'text',
    originalKey: 'text',
    name: 'text',
    description: 'text?',
    lead: 'text?',
    url: 'text?',
    categoryId: 'id?',
    type: 'text?',
    assigneeType: 'text?',
    counter: 'number?',
    archived: 'flag',
  },
  projectKey: { projectId: 'id', key: 'text' },
  projectCategory: named,
  role: named,
  roleActor: { id: 'id', projectId: 'id?', roleId: 'id', actorKind: 'text', actor: 'text' },
  component: {
    ...named,
    projectId: 'id',
    lead: 'text?',
    assigneeType: 'text?',
    archived: 'flag',
  },
  version: {
    ...named,
    projectId: 'id',
    sequence: 'number?',
    released: 'flag',
    archived: 'flag',
    startDate: 'text?',
    releaseDate: 'text?',
  },
  issueType: { ...named, subtask: 'flag', sequence: 'number?' },
  status: { ...named, category: 'text?', sequence: 'number?' },
  priority: { ...named, color: 'text?', sequence: 'number?' },
  resolution: { ...named, sequence: 'number?' },
  // The long texts stand last: SQLite then finds the others without going through overflow pages.
  issue: {
    id: 'id',
    projectId: 'id',
    number: 'number',
    key: 'text',
    type: 'id?',
    status: 'id?',
    priority: 'id?',
    resolution: 'id?',
    reporter: 'text?',
    assignee: 'text?',
    creator: 'text?',
    created: 'text?',
    updated: 'text?',
    due: 'text?',
    resolved: 'text?',
    originalEstimate: 'number?',
    remainingEstimate: 'number?',
    timeSpent: 'number?',
    security: 'id?',
    votes: 'number?',
    watches: 'number?',
    archived: 'flag',
    summary: 'text?',
    environment: 'text?',
    description: 'text?',
  },
  comment: {
    ...ofIssue,
    author: 'text?',
    created: 'text?',
    updateAuthor: 'text?',
    updated: 'text?',
    groupLevel: 'text?',
    roleLevel: 'id?',
    body: 'text?',
  },
  worklog: {
    ...ofIssue,
    author: 'text?',
    created: 'text?',
    updateAuthor: 'text?',
    updated: 'text?',
    started: 'text?',
    seconds: 'number?',
    groupLevel: 'text?',
    roleLevel: 'id?',
    body: 'text?',
  },
  changeGroup: { ...ofIssue, author: 'text?', created: 'text?' },
  changeItem: {
    id: 'id',
    groupId: 'id',
    fieldType: 'text?',
    field: 'text?',
    oldValue: 'text?',
    oldString: 'text?',
    newValue: 'text?',
    newString: 'text?',
  },
  attachment: {
    ...ofIssue,
    filename: 'text',
    mimetype: 'text?',
    size: 'number?',
    author: 'text?',
    created: 'text?',
  },
  linkType: { id: 'id', name: 'text', inward: 'text?', outward: 'text?', style: 'text?' },
  link: {
    id: 'id',
    typeId: 'id',
    sourceId: 'id',
    destinationId: 'id',
    sequence: 'number?',
    relation: 'text',
  },
  remoteLink: {
    ...ofIssue,
    globalId: 'text?',
    title: 'text?',
    url: 'text?',
    summary: 'text?',
    relationship: 'text?',
    applicationType: 'text?',
    applicationName: 'text?',
  },
  label: { issueId: 'id', label: 'text', fieldId: 'id?' },
  watcher: { issueId: 'id', user: 'text' },
  vote: { issueId: 'id', user: 'text' },
  issueVersion: { issueId: 'id', versionId: 'id', role: 'text' },
  issueComponent: { issueId: 'id', componentId: 'id' },
  customField: { ...named, type: 'text', searcher: 'text?' },
  fieldContext: { id: 'id', fieldId: 'id', name: 'text?', projectId: 'id?', configId: 'id?' },
  fieldOption: {
    id: 'id',
    fieldId: 'id',
    configId: 'id?',
    parentId: 'id?',
    sequence: 'number?',
    value: 'text?',
    disabled: 'flag',
  },
  fieldValue: {
    ...ofIssue,
    fieldId: 'id',
    parentKey: 'id?',
    stringValue: 'text?',
    numberValue: 'text?',
    dateValue: 'text?',
    textValue: 'text?',
  },
  filter: { ...named, owner: 'text?', jql: 'text?' },
  dashboard: { ...named, owner: 'text?', layout: 'text?' },
  gadget: {
    id: 'id',
    dashboardId: 'id',
    column: 'number?',
    position: 'number?',
    module: 'text?',
    uri: 'text?',
    portlet: 'text?',
    color: 'text?',
  },
  gadgetSetting: { id: 'id', gadgetId: 'id', name: 'text', value: 'text?' },
  board: { id: 'id', name: 'text', owner: 'text?', filterId: 'id?', kind: 'text' },
  sprint: {
    id: 'id',
    name: 'text',
    goal: 'text?',
    boardId: 'id?',
    state: 'text',
    start: 'number?',
    end: 'number?',
    complete: 'number?',
  },
  rank: { issueId: 'id', fieldId: 'id?', rank: 'text' },
  property: { id: 'id', entity: 'text', entityId: 'id', key: 'text', value: 'text?' },
  renderer: { projectId: 'id?', field: 'text', renderer: 'text' },
  plugin: { key: 'text', name: 'text', version: 'text?' },
  appTable: { name: 'text', rows: 'number', bytes: 'number' },
  appUse: { kind: 'text', subject: 'text', reference: 'text' },
  userId: { id: 'id', key: 'text' },
  ...schemeTables,
}

/** Raised when what is written can no longer be read by an older reader, or the other way round. */
export const formatVersion = 5

const affinity = (kind: ColumnKind): string => (kind.startsWith('text') ? 'TEXT' : 'INTEGER')

export function createTable(name: string, columns: Readonly<Record<string, ColumnKind>>): string {
  const list = Object.entries(columns).map(([column, kind]) => `"${column}" ${affinity(kind)}`)
  return `CREATE TABLE "${name}" (${list.join(', ')})`
}

/** What the reader selects: ids as text, what cannot be absent never null. */
export function selection(table: Table): string {
  return Object.entries(tables[table] as Record<string, ColumnKind>)
    .map(([column, kind]) => {
      const name = `t."${column}"`
      if (kind === 'id') return `CAST(COALESCE(${name}, '') AS TEXT) AS "${column}"`
      if (kind === 'id?') return `CAST(${name} AS TEXT) AS "${column}"`
      if (kind === 'text') return `COALESCE(${name}, '') AS "${column}"`
      if (kind === 'number' || kind === 'flag') return `COALESCE(${name}, 0) AS "${column}"`
      return `${name} AS "${column}"`
    })
    .join(', ')
}

/** Where there is no id column, rows come in the order in which the source had them. */
export function orderOf(table: Table): string {
  return 'id' in tables[table] ? 't."id", t.rowid' : 't.rowid'
}

/** One place where the facts about the source stand. */
export const ownTables = [
  'CREATE TABLE "snapshot" ("name" TEXT PRIMARY KEY, "value" TEXT) WITHOUT ROWID',
  'CREATE TABLE "entity" ("entity" TEXT PRIMARY KEY, "found" INTEGER, "stated" INTEGER, "treatment" TEXT) WITHOUT ROWID',
  'CREATE TABLE "note" ("code" TEXT, "text" TEXT, "items" INTEGER)',
]

export const indexes: Record<string, string> = {
  issueId: 'CREATE INDEX IF NOT EXISTS "issueById" ON "issue" ("id")',
  issueNumber: 'CREATE INDEX IF NOT EXISTS "issueByNumber" ON "issue" ("projectId", "number")',
  issueKey: 'CREATE INDEX IF NOT EXISTS "issueByKey" ON "issue" ("key")',
  property: 'CREATE INDEX IF NOT EXISTS "propertyById" ON "property" ("id")',
  issuePeople:
    'CREATE INDEX IF NOT EXISTS "issueByPeople" ON "issue" ("projectId", "reporter", "assignee", "creator")',
  changeItem: 'CREATE INDEX IF NOT EXISTS "changeItemByGroup" ON "changeItem" ("groupId", "id")',
  ...Object.fromEntries(
    Object.entries(tables)
      .filter(([name, columns]) => name !== 'issue' && 'issueId' in columns)
      .map(([name, columns]) => {
        const order = 'id' in columns ? ', "id"' : ''
        return [
          name,
          `CREATE INDEX IF NOT EXISTS "${name}ByIssue" ON "${name}" ("issueId"${order})`,
        ]
      }),
  ),
}
