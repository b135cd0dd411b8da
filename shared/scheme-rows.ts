/**
 * Rows of a snapshot about who may see and do what, and who is told; the SQL columns carry exactly
 * these names (see record.ts for what null and '' mean).
 */

/** A permission, a security, a notification or a workflow scheme has the same three facts. */
export interface SchemeRow {
  id: string
  name: string
  description: string | null
}
export const schemeKinds = ['permission', 'security', 'notification', 'workflow'] as const
export type SchemeKind = (typeof schemeKinds)[number]

/**
 * A project without a permission scheme of its own has the server's default, id 0: that row is there, too.
 * One without a workflow scheme has none.
 */
export interface ProjectSchemeRow {
  projectId: string
  kind: SchemeKind
  schemeId: string
}
/**
 * One entry of a permission scheme. permission is the key (BROWSE_PROJECTS), also where the source has
 * only the number of an older Jira; a number that nobody knows stays a number.
 * What the holder and its parameter mean: holders.ts.
 */
export interface PermissionGrantRow {
  id: string
  schemeId: string
  permission: string
  holder: string
  parameter: string | null
}
/** A permission of the whole server (USE, ADMINISTER, …); groupName null = anyone. */
export interface GlobalGrantRow {
  id: string
  permission: string
  groupName: string | null
}
export interface SecuritySchemeRow extends SchemeRow {
  defaultLevel: string | null
}
export interface SecurityLevelRow extends SchemeRow {
  schemeId: string
}
/** Who is in a security level; holder and parameter as in a permission scheme. */
export interface SecurityMemberRow {
  id: string
  schemeId: string
  levelId: string
  holder: string
  parameter: string | null
}
/**
 * Who is told of an event. holder is Jira's own word: Current_Assignee, Current_Reporter, Current_User,
 * Project_Lead, Component_Lead, Single_User, Group_Dropdown, Project_Role, Single_Email_Address,
 * All_Watchers, User_Custom_Field_Value, Group_Custom_Field_Value.
 */
export interface NotificationRow {
  id: string
  schemeId: string
  eventId: string
  holder: string
  parameter: string | null
}
/** system: one of Jira's own events, which every server and site has under the same number. */
export interface EventTypeRow {
  id: string
  name: string
  system: 0 | 1
}
/**
 * With whom a filter or dashboard is shared. type: global (anyone), loggedin, group (first = its name),
 * project (first = its id, second = a role's id or null for all of it), user (first = the user's key).
 */
export interface ShareRow {
  id: string
  entity: 'filter' | 'dashboard'
  entityId: string
  type: string
  first: string | null
  second: string | null
  /** They may change it, too (from Jira 8). */
  edit: 0 | 1
}
