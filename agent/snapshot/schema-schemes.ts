import type { Table } from '../../shared/record.ts'
import type { ColumnKind } from './schema.ts'

const scheme = { id: 'id', name: 'text', description: 'text?' } as const
const entry = { id: 'id', schemeId: 'id', holder: 'text', parameter: 'text?' } as const

/** Who may see and do what, who is told, and by which workflow. Parameters are names, keys and ids, so they stay text. */
export const schemeTables = {
  permissionScheme: scheme,
  permissionGrant: { ...entry, permission: 'text' },
  globalGrant: { id: 'id', permission: 'text', groupName: 'text?' },
  projectScheme: { projectId: 'id', kind: 'text', schemeId: 'id' },
  securityScheme: { ...scheme, defaultLevel: 'id?' },
  securityLevel: { ...scheme, schemeId: 'id' },
  securityMember: { ...entry, levelId: 'id' },
  notificationScheme: scheme,
  notification: { ...entry, eventId: 'id' },
  eventType: { id: 'id', name: 'text', system: 'flag' },
  share: {
    id: 'id',
    entity: 'text',
    entityId: 'id',
    type: 'text',
    first: 'text?',
    second: 'text?',
    edit: 'flag',
  },
  workflow: {
    name: 'text',
    transitions: 'number',
    limited: 'number',
    screens: 'number',
    conditions: 'number',
    validators: 'number',
    functions: 'number',
  },
  workflowPart: { workflow: 'text', part: 'text', place: 'text', what: 'text?' },
  workflowScheme: scheme,
  workflowUse: { id: 'id', schemeId: 'id', workflow: 'text', issueTypeId: 'id?' },
} as const satisfies { [T in Table]?: Record<string, ColumnKind> }

/** Entries without a scheme were the server's own permissions, before 6.2. */
export const schemeDrafts: Record<string, Record<string, ColumnKind>> = {
  draftGrant: {
    id: 'id',
    schemeId: 'id?',
    number: 'id?',
    permission: 'text?',
    holder: 'text?',
    parameter: 'text?',
  },
}
