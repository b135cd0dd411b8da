/** Text of the rows of a source: the list behind each number of what was read. */
import type { SourceList } from '../shared/api-source.ts'
import { kinds } from '../shared/plan.ts'
import { straight } from '../shared/straight.ts'
import type { WorkflowPart } from '../shared/workflow-rows.ts'
import { kindTitle } from './words.ts'

/** Tables whose name says little to whoever does not know Jira's database. */
const titles: Partial<Record<SourceList, string>> = {
  appTable: 'Tables of apps',
  appUse: 'Apps in workflows and gadgets',
  changeGroup: 'Changes in the history',
  changeItem: 'Changed fields in the history',
  eventType: 'Events that send mail',
  fieldContext: 'Contexts of custom fields',
  fieldOption: 'Options of custom fields',
  gadget: 'Gadgets',
  gadgetSetting: 'Settings of gadgets',
  globalGrant: 'Global permissions',
  issueComponent: 'Components of issues',
  issueVersion: 'Versions of issues',
  label: 'Labels',
  notification: 'Entries of notification schemes',
  notificationScheme: 'Notification schemes',
  permissionGrant: 'Entries of permission schemes',
  permissionScheme: 'Permission schemes',
  plugin: 'Apps and plugins',
  projectKey: 'Keys of projects, old ones too',
  projectScheme: 'Schemes of projects',
  rank: 'Ranks of issues',
  renderer: 'Renderers of text fields',
  securityLevel: 'Security levels',
  securityMember: 'Members of security levels',
  securityScheme: 'Security schemes',
  share: 'Shares of filters and dashboards',
  userId: 'Ids of users',
  workflow: 'Workflows',
  workflowPart: 'Rules and screens of workflows',
  workflowScheme: 'Workflow schemes',
  workflowUse: 'Workflows of schemes',
}

/** A list of the source by the name that people know. */
export function listTitle(list: SourceList): string {
  const kind = kinds.find((one) => one === list)
  return titles[list] ?? (kind ? kindTitle(kind) : list)
}

const partWords: Record<WorkflowPart, string> = {
  limited: 'transitions that only some statuses have,',
  screen: 'transitions with a screen,',
  condition: 'conditions',
  validator: 'validators',
  function: 'post functions',
}

export const rowsWords = {
  title: (list: SourceList | 'noted') =>
    list === 'noted' ? 'What the reading noted' : `${listTitle(list)} in the source`,
  ofApp: (app: string) => `of ${app}`,
  ofEntity: (entity: string) => `on ${entity}`,
  ofField: 'with a value in this field',
  ofOneField: 'of one field',
  ofProject: (key: string) => `of ${key}`,
  ofWorkflow: (name: string, part: string | undefined) =>
    `${part === undefined ? 'in' : `${partWords[part as WorkflowPart] ?? part} in`} the workflow “${straight(name)}”`,
  table: (name: string) => `Rows of ${straight(name)}`,
  back: 'What was found',
  empty: 'No such rows',
  emptyText: 'The source holds nothing of this.',
  noName: 'without a name or text',
  noValue: 'empty',
  hidden: 'not shown: by its name it may be a password or a token',
  reading: 'The rows are read from the backup; a large one takes a while.',
  row: (n: string) => `Row ${n}`,
}
