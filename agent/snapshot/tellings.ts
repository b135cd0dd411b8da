import type { Table } from '../../shared/record.ts'

/**
 * How a row is told in a few words, as SQL over its table `t`; `u` is the person that `person` names.
 * issue, project: the id of what it belongs to.
 */
export interface Telling {
  label: string
  detail?: string
  issue?: string
  project?: string
  person?: string
}

/** Longer texts are told by their beginning: a page of them stays small. */
const mostLetters = 300

const begin = (column: string) => `substr(${column}, 1, ${mostLetters})`
const named = (table: Table, id: string) =>
  `(SELECT x.name FROM "${table}" x WHERE x.id = ${id} LIMIT 1)`
const joined = (glue: string, ...parts: string[]) =>
  `concat_ws('${glue}', ${parts.map((part) => `NULLIF(${part}, '')`).join(', ')})`
/** A person as others call them; whoever left no name, by their key. */
const who = (key: string) => `COALESCE(NULLIF(u.displayName, ''), NULLIF(u.name, ''), ${key})`

const plain: Telling = { label: 't.name', detail: begin('t.description') }
const scheme = plain
/** Who holds a permission, is told of an event, or is in a level. */
const holder = joined(' ', 't.holder', 't.parameter')

/** Values of properties and of gadgets' settings are left out: apps keep secrets there. */
export const tellings: { readonly [T in Table]: Telling } = {
  user: {
    label: `COALESCE(NULLIF(t.displayName, ''), NULLIF(t.name, ''), t."key")`,
    detail: joined(', ', 't.email', 't.name', `CASE WHEN t.active = 1 THEN '' ELSE 'inactive' END`),
  },
  group: plain,
  membership: {
    label: `CASE t.childKind WHEN 'user' THEN ${who('t.child')} ELSE t.child END`,
    detail: 't.groupName',
    person: 't.child',
  },
  project: { label: 't.name', detail: begin('t.description'), project: 't.id' },
  projectKey: { label: 't."key"', project: 't.projectId' },
  projectCategory: plain,
  role: plain,
  roleActor: {
    label: `CASE t.actorKind WHEN 'user' THEN ${who('t.actor')} ELSE t.actor END`,
    detail: named('role', 't.roleId'),
    person: 't.actor',
    project: 't.projectId',
  },
  component: { ...plain, project: 't.projectId' },
  version: { ...plain, project: 't.projectId' },
  issueType: plain,
  status: plain,
  priority: plain,
  resolution: plain,
  issue: { label: begin('t.summary'), issue: 't.id' },
  comment: {
    label: begin('t.body'),
    detail: joined(', ', who('t.author'), 't.created'),
    person: 't.author',
    issue: 't.issueId',
  },
  worklog: {
    label: `COALESCE(NULLIF(${begin('t.body')}, ''), (t.seconds / 60) || ' min')`,
    detail: joined(', ', who('t.author'), 't.started'),
    person: 't.author',
    issue: 't.issueId',
  },
  changeGroup: {
    label: `COALESCE(t.created, '')`,
    detail: who('t.author'),
    person: 't.author',
    issue: 't.issueId',
  },
  changeItem: {
    label: `t.field`,
    detail: `${begin(`COALESCE(t.oldString, t.oldValue, '')`)} || ' → ' || ${begin(`COALESCE(t.newString, t.newValue, '')`)}`,
    issue: '(SELECT g.issueId FROM changeGroup g WHERE g.id = t.groupId LIMIT 1)',
  },
  attachment: {
    label: 't.filename',
    detail: joined(', ', 't.mimetype', `t.size || ' bytes'`, 't.created'),
    issue: 't.issueId',
  },
  linkType: { label: 't.name', detail: joined(', ', 't.outward', 't.inward') },
  link: {
    label: `(SELECT x."key" FROM issue x WHERE x.id = t.destinationId LIMIT 1)`,
    detail: `COALESCE(${named('linkType', 't.typeId')}, t.relation)`,
    issue: 't.sourceId',
  },
  remoteLink: {
    label: `COALESCE(NULLIF(t.title, ''), t.url)`,
    detail: begin('t.url'),
    issue: 't.issueId',
  },
  label: { label: 't.label', issue: 't.issueId' },
  watcher: { label: who('t.user'), person: 't.user', issue: 't.issueId' },
  vote: { label: who('t.user'), person: 't.user', issue: 't.issueId' },
  issueVersion: { label: named('version', 't.versionId'), detail: 't.role', issue: 't.issueId' },
  issueComponent: { label: named('component', 't.componentId'), issue: 't.issueId' },
  customField: { label: 't.name', detail: 't.type' },
  fieldContext: {
    label: named('customField', 't.fieldId'),
    detail: 't.name',
    project: 't.projectId',
  },
  fieldOption: { label: 't.value', detail: named('customField', 't.fieldId') },
  fieldValue: {
    label: named('customField', 't.fieldId'),
    detail: begin(
      `COALESCE(NULLIF(t.stringValue, ''), NULLIF(t.textValue, ''), CAST(t.numberValue AS TEXT), t.dateValue)`,
    ),
    issue: 't.issueId',
  },
  filter: { label: 't.name', detail: begin('t.jql') },
  dashboard: { label: 't.name', detail: begin('t.description') },
  gadget: {
    label: `COALESCE(NULLIF(t.module, ''), NULLIF(t.uri, ''), t.portlet)`,
    detail: named('dashboard', 't.dashboardId'),
  },
  gadgetSetting: {
    label: 't.name',
    detail: `(SELECT COALESCE(NULLIF(x.module, ''), NULLIF(x.uri, ''), x.portlet) FROM gadget x WHERE x.id = t.gadgetId LIMIT 1)`,
  },
  board: { label: 't.name', detail: 't.kind' },
  sprint: { label: 't.name', detail: joined(', ', 't.state', begin('t.goal')) },
  rank: { label: 't.rank', issue: 't.issueId' },
  property: { label: 't."key"', detail: joined(' ', 't.entity', 'CAST(t.entityId AS TEXT)') },
  renderer: { label: 't.field', detail: 't.renderer', project: 't.projectId' },
  plugin: {
    label: `COALESCE(NULLIF(t.name, ''), t."key")`,
    detail: joined(', ', 't."key"', 't.version'),
  },
  appTable: {
    label: 't.name',
    detail: `t.rows || CASE t.rows WHEN 1 THEN ' row' ELSE ' rows' END`,
  },
  appUse: {
    label: `CASE t.kind WHEN 'gadget' THEN COALESCE(${named('dashboard', 't.subject')}, t.subject) ELSE t.subject END`,
    detail: 't.reference',
  },
  userId: { label: who('t."key"'), detail: 'CAST(t.id AS TEXT)', person: 't."key"' },
  permissionScheme: scheme,
  permissionGrant: {
    label: 't.permission',
    detail: joined(', ', holder, named('permissionScheme', 't.schemeId')),
  },
  globalGrant: { label: 't.permission', detail: `COALESCE(t.groupName, 'anyone')` },
  projectScheme: {
    label: `CASE t.kind
      WHEN 'permission' THEN ${named('permissionScheme', 't.schemeId')}
      WHEN 'security' THEN ${named('securityScheme', 't.schemeId')}
      WHEN 'workflow' THEN ${named('workflowScheme', 't.schemeId')}
      ELSE ${named('notificationScheme', 't.schemeId')} END`,
    detail: 't.kind',
    project: 't.projectId',
  },
  securityScheme: scheme,
  securityLevel: { label: 't.name', detail: named('securityScheme', 't.schemeId') },
  securityMember: { label: holder, detail: named('securityLevel', 't.levelId') },
  notificationScheme: scheme,
  notification: {
    label: named('eventType', 't.eventId'),
    detail: joined(', ', holder, named('notificationScheme', 't.schemeId')),
  },
  eventType: { label: 't.name' },
  share: {
    label: `CASE t.entity WHEN 'filter' THEN ${named('filter', 't.entityId')} ELSE ${named('dashboard', 't.entityId')} END`,
    detail: joined(' ', 't.entity', 't.type', 't.first', 't.second'),
  },
  workflow: {
    label: 't.name',
    detail: `t.transitions || CASE t.transitions WHEN 1 THEN ' transition' ELSE ' transitions' END`,
  },
  workflowPart: {
    label: `COALESCE(NULLIF(t.place, ''), t.workflow)`,
    detail: joined(', ', 't.part', 't.what'),
  },
  workflowScheme: scheme,
  workflowUse: {
    label: 't.workflow',
    detail: joined(
      ', ',
      named('workflowScheme', 't.schemeId'),
      named('issueType', 't.issueTypeId'),
    ),
  },
}
