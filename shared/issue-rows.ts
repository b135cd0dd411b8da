/**
 * Rows of a snapshot that belong to an issue, one interface a table; the SQL columns carry exactly these names (see record.ts for what null and '' mean).
 */

/** Estimates and time spent in seconds. number = the part of the key after the dash. */
export interface IssueRow {
  id: string
  projectId: string
  number: number
  key: string
  type: string | null
  status: string | null
  priority: string | null
  resolution: string | null
  summary: string | null
  description: string | null
  environment: string | null
  reporter: string | null
  assignee: string | null
  creator: string | null
  created: string | null
  updated: string | null
  due: string | null
  resolved: string | null
  originalEstimate: number | null
  remainingEstimate: number | null
  timeSpent: number | null
  security: string | null
  votes: number | null
  watches: number | null
  archived: 0 | 1
}
export interface CommentRow {
  id: string
  issueId: string
  author: string | null
  body: string | null
  created: string | null
  updateAuthor: string | null
  updated: string | null
  groupLevel: string | null
  roleLevel: string | null
}
export interface WorklogRow {
  id: string
  issueId: string
  author: string | null
  body: string | null
  created: string | null
  updateAuthor: string | null
  updated: string | null
  started: string | null
  seconds: number | null
  groupLevel: string | null
  roleLevel: string | null
}
export interface ChangeGroupRow {
  id: string
  issueId: string
  author: string | null
  created: string | null
}
export interface ChangeItemRow {
  id: string
  groupId: string
  fieldType: string | null
  field: string | null
  oldValue: string | null
  oldString: string | null
  newValue: string | null
  newString: string | null
}
export interface AttachmentRow {
  id: string
  issueId: string
  filename: string
  mimetype: string | null
  size: number | null
  author: string | null
  created: string | null
}
export interface LinkTypeRow {
  id: string
  name: string
  inward: string | null
  outward: string | null
  style: string | null
}
/** For sub-task links source = parent, for epic links source = epic. */
export interface LinkRow {
  id: string
  typeId: string
  sourceId: string
  destinationId: string
  sequence: number | null
  relation: 'link' | 'subtask' | 'epic'
}
export interface RemoteLinkRow {
  id: string
  issueId: string
  globalId: string | null
  title: string | null
  url: string | null
  summary: string | null
  relationship: string | null
  applicationType: string | null
  applicationName: string | null
}
/** fieldId null = the system field Labels. */
export interface LabelRow {
  issueId: string
  label: string
  fieldId: string | null
}
export interface WatcherRow {
  issueId: string
  user: string
}
export interface VoteRow {
  issueId: string
  user: string
}
export interface IssueVersionRow {
  issueId: string
  versionId: string
  role: 'fix' | 'affects'
}
export interface IssueComponentRow {
  issueId: string
  componentId: string
}
export interface FieldValueRow {
  id: string
  issueId: string
  fieldId: string
  parentKey: string | null
  stringValue: string | null
  numberValue: string | null
  dateValue: string | null
  textValue: string | null
}
export interface RankRow {
  issueId: string
  fieldId: string | null
  rank: string
}
