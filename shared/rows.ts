/**
 * Rows of a snapshot, one interface a table; the SQL columns carry exactly these names (see record.ts for what null and '' mean).
 */

export interface UserRow {
  key: string
  name: string | null
  displayName: string | null
  email: string | null
  active: 0 | 1
  deleted: 0 | 1
  directory: string | null
}
export interface GroupRow {
  name: string
  description: string | null
  active: 0 | 1
}
export interface MembershipRow {
  groupName: string
  childKind: 'user' | 'group'
  child: string
}
export interface ProjectRow {
  id: string
  key: string
  originalKey: string
  name: string
  description: string | null
  lead: string | null
  url: string | null
  categoryId: string | null
  type: string | null
  assigneeType: string | null
  counter: number | null
  archived: 0 | 1
}
export interface ProjectKeyRow {
  projectId: string
  key: string
}
export interface ProjectCategoryRow {
  id: string
  name: string
  description: string | null
}
export interface RoleRow {
  id: string
  name: string
  description: string | null
}
export interface RoleActorRow {
  id: string
  projectId: string | null
  roleId: string
  actorKind: 'user' | 'group'
  actor: string
}
export interface ComponentRow {
  id: string
  projectId: string
  name: string
  description: string | null
  lead: string | null
  assigneeType: string | null
  archived: 0 | 1
}
export interface VersionRow {
  id: string
  projectId: string
  name: string
  description: string | null
  sequence: number | null
  released: 0 | 1
  archived: 0 | 1
  startDate: string | null
  releaseDate: string | null
}
export interface IssueTypeRow {
  id: string
  name: string
  description: string | null
  subtask: 0 | 1
  sequence: number | null
}
/** category: 1 none, 2 new, 3 done, 4 in progress (Jira's own ids); null before 6.2. */
export interface StatusRow {
  id: string
  name: string
  description: string | null
  category: string | null
  sequence: number | null
}
export interface PriorityRow {
  id: string
  name: string
  description: string | null
  color: string | null
  sequence: number | null
}
export interface ResolutionRow {
  id: string
  name: string
  description: string | null
  sequence: number | null
}
export interface CustomFieldRow {
  id: string
  name: string
  description: string | null
  type: string
  searcher: string | null
}
export interface FieldContextRow {
  id: string
  fieldId: string
  name: string | null
  projectId: string | null
  configId: string | null
}
export interface FieldOptionRow {
  id: string
  fieldId: string
  configId: string | null
  parentId: string | null
  sequence: number | null
  value: string | null
  disabled: 0 | 1
}
export interface FilterRow {
  id: string
  name: string
  owner: string | null
  jql: string | null
  description: string | null
}
/** owner null: the dashboard of the system. layout: a letter a column (AA, AB, AAA), its width beside the others. */
export interface DashboardRow {
  id: string
  name: string
  owner: string | null
  description: string | null
  layout: string | null
}
export interface BoardRow {
  id: string
  name: string
  owner: string | null
  filterId: string | null
  kind: 'scrum' | 'kanban'
}
/** start, end and complete are epoch ms. */
export interface SprintRow {
  id: string
  name: string
  goal: string | null
  boardId: string | null
  state: 'future' | 'active' | 'closed'
  start: number | null
  end: number | null
  complete: number | null
}
export interface PropertyRow {
  id: string
  entity: string
  entityId: string
  key: string
  value: string | null
}
/** renderer of a text field ('description', 'comment', …) in a project: 'wiki' or 'text'. */
export interface RendererRow {
  projectId: string | null
  field: string
  renderer: 'wiki' | 'text'
}
