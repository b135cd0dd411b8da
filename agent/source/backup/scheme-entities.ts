import { type Mapping, same, type Turn } from './turns.ts'

/** Jira's own events say so; what people and apps added says nothing. */
const system: Turn = (value) => (value === 'jira.system.event.type' ? 1 : 0)
const shared: Record<string, string> = { SearchRequest: 'filter', PortalPage: 'dashboard' }
const entity: Turn = (value) => shared[value ?? ''] ?? value
/** ShareRight of Jira 8: 1 = see, 3 = see and change. Before, nobody could be given the second. */
const edit: Turn = (value) => (value === '3' ? 1 : 0)

const scheme = same('id', 'name', 'description')
const entry = { ...same('id', 'parameter'), schemeId: 'scheme', holder: 'type' }

/** Who may see and do what, and who is told: as entities.ts, in a file of its own. */
export const schemeEntities: Record<string, Mapping> = {
  PermissionScheme: { table: 'permissionScheme', columns: scheme },
  SchemePermissions: {
    table: 'draftGrant',
    columns: { ...entry, number: 'permission', permission: 'permissionKey' },
  },
  GlobalPermissionEntry: {
    table: 'globalGrant',
    columns: { ...same('id', 'permission'), groupName: 'group_id' },
  },
  IssueSecurityScheme: {
    table: 'securityScheme',
    columns: { ...scheme, defaultLevel: 'defaultlevel' },
  },
  SchemeIssueSecurityLevels: {
    table: 'securityLevel',
    columns: { ...scheme, schemeId: 'scheme' },
  },
  SchemeIssueSecurities: {
    table: 'securityMember',
    columns: { ...entry, levelId: 'security' },
  },
  WorkflowScheme: { table: 'workflowScheme', columns: scheme },
  WorkflowSchemeEntity: {
    table: 'workflowUse',
    columns: { ...same('id', 'workflow'), schemeId: 'scheme', issueTypeId: 'issuetype' },
  },
  NotificationScheme: { table: 'notificationScheme', columns: scheme },
  Notification: { table: 'notification', columns: { ...entry, eventId: 'eventTypeId' } },
  EventType: {
    table: 'eventType',
    columns: { ...same('id', 'name'), system: ['type', system] },
  },
  SharePermissions: {
    table: 'share',
    columns: {
      ...same('id', 'type', 'entityId'),
      entity: ['entityType', entity],
      first: 'param1',
      second: 'param2',
      edit: ['rights', edit],
    },
  },
}

/** What a NodeAssociation of a project points to, and which kind of scheme that is. */
export const schemesOfProjects: Readonly<Record<string, string>> = {
  PermissionScheme: 'permission',
  IssueSecurityScheme: 'security',
  NotificationScheme: 'notification',
  WorkflowScheme: 'workflow',
}
