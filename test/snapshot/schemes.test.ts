import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSource } from '../../agent/read.ts'
import { openSnapshot, type Snapshot } from '../../agent/snapshot/read.ts'
import { sourceHolder } from '../../shared/holders.ts'
import { type BackupRow, backupXml, scratch } from '../support/make-backup.ts'
import { withSnapshot } from '../support/plan-sources.ts'

const grant = (id: number, values: Record<string, string | number | null>): BackupRow => [
  'SchemePermissions',
  { id, ...values },
]
const belongs = (project: number, sink: string, scheme: number): BackupRow => [
  'NodeAssociation',
  {
    sourceNodeId: project,
    sourceNodeEntity: 'Project',
    sinkNodeId: scheme,
    sinkNodeEntity: sink,
    associationType: 'ProjectScheme',
  },
]

const rows: BackupRow[] = [
  ['Project', { id: 1, key: 'A', name: 'A' }],
  ['Project', { id: 2, key: 'B', name: 'B' }],
  ['PermissionScheme', { id: 0, name: 'Default Permission Scheme', description: '' }],
  ['PermissionScheme', { id: 10, name: 'Closed' }],
  belongs(2, 'PermissionScheme', 10),
  belongs(2, 'IssueSecurityScheme', 20),
  belongs(1, 'NotificationScheme', 30),
  belongs(1, 'WorkflowScheme', 40),
  grant(1, { scheme: 0, permission: 10, type: 'group', permissionKey: 'BROWSE_PROJECTS' }),
  grant(2, { scheme: 10, permission: 10, type: 'user', parameter: 'gone' }),
  grant(3, { scheme: 10, permission: 4711, type: 'projectrole', parameter: '10000' }),
  grant(4, { permission: 1, type: 'group', parameter: 'jira-users' }),
  ['IssueSecurityScheme', { id: 20, name: 'Board', defaultlevel: 21 }],
  ['SchemeIssueSecurityLevels', { id: 21, name: 'Secret', scheme: 20 }],
  ['SchemeIssueSecurities', { id: 22, scheme: 20, security: 21, type: 'lead' }],
  ['Issue', { id: 5, project: 2, number: 1, key: 'B-1', summary: 'x', security: 21 }],
  ['NotificationScheme', { id: 30, name: 'Everybody' }],
  ['Notification', { id: 31, scheme: 30, eventTypeId: 1, type: 'All_Watchers' }],
  ['EventType', { id: 1, name: 'Issue Created', type: 'jira.system.event.type' }],
  ['EventType', { id: 10000, name: 'Deployed' }],
  ['SearchRequest', { id: 50, name: 'Mine', author: 'gone', request: 'project = A' }],
  [
    'SharePermissions',
    { id: 51, entityId: 50, entityType: 'SearchRequest', type: 'user', param1: 'guest', rights: 3 },
  ],
  [
    'SharePermissions',
    {
      id: 52,
      entityId: 50,
      entityType: 'SearchRequest',
      type: 'project',
      param1: '1',
      param2: '10002',
    },
  ],
]

async function read(backup: BackupRow[], work: (snapshot: Snapshot) => void): Promise<void> {
  await using folder = await scratch()
  const path = await folder.file('entities.xml', backupXml(backup))
  const snapshotPath = join(folder.path, 'snapshot.sqlite')
  const { signal } = new AbortController()
  await readSource({ path, snapshotPath, timeZone: null, signal, onProgress() {} })
  const snapshot = openSnapshot(snapshotPath)
  try {
    work(snapshot)
  } finally {
    snapshot.close()
  }
}

describe('schemes in a snapshot', () => {
  test('say who may see what, by keys also where an old Jira has numbers', () =>
    read(rows, (snapshot) => {
      expect([...snapshot.rows('permissionGrant')]).toEqual([
        {
          id: '1',
          schemeId: '0',
          permission: 'BROWSE_PROJECTS',
          holder: 'group',
          parameter: null,
        },
        {
          id: '2',
          schemeId: '10',
          permission: 'BROWSE_PROJECTS',
          holder: 'user',
          parameter: 'gone',
        },
        {
          id: '3',
          schemeId: '10',
          permission: '4711',
          holder: 'projectrole',
          parameter: '10000',
        },
      ])
      expect([...snapshot.rows('globalGrant')]).toEqual([
        { id: '4', permission: 'USE', groupName: 'jira-users' },
      ])
    }))

  test('belong to projects, and a project in none has the default permissions', () =>
    read(rows, (snapshot) => {
      const all = [...snapshot.rows('projectScheme')]
      expect(
        all.toSorted((a, b) => (a.projectId + a.kind < b.projectId + b.kind ? -1 : 1)),
      ).toEqual([
        { projectId: '1', kind: 'notification', schemeId: '30' },
        { projectId: '1', kind: 'permission', schemeId: '0' },
        { projectId: '1', kind: 'workflow', schemeId: '40' },
        { projectId: '2', kind: 'permission', schemeId: '10' },
        { projectId: '2', kind: 'security', schemeId: '20' },
      ])
    }))

  test('keep security levels, who is in them, and which issue has one', () =>
    read(rows, (snapshot) => {
      expect([...snapshot.rows('securityScheme')][0]).toMatchObject({
        id: '20',
        defaultLevel: '21',
      })
      expect([...snapshot.rows('securityLevel')][0]).toMatchObject({
        schemeId: '20',
        name: 'Secret',
      })
      expect([...snapshot.rows('securityMember')].map(sourceHolder)).toEqual([
        { type: 'projectLead', parameter: null },
      ])
      expect(snapshot.issueByKey('B-1')?.security).toBe('21')
    }))

  test('keep who is told of which event, and with whom filters are shared', () =>
    read(rows, (snapshot) => {
      expect([...snapshot.rows('notification')]).toEqual([
        { id: '31', schemeId: '30', eventId: '1', holder: 'All_Watchers', parameter: null },
      ])
      expect([...snapshot.rows('eventType')].map((row) => row.system)).toEqual([1, 0])
      expect([...snapshot.rows('share')]).toEqual([
        {
          id: '51',
          entity: 'filter',
          entityId: '50',
          type: 'user',
          first: 'guest',
          second: null,
          edit: 1,
        },
        {
          id: '52',
          entity: 'filter',
          entityId: '50',
          type: 'project',
          first: '1',
          second: '10002',
          edit: 0,
        },
      ])
      // Whoever they name and no row describes has been deleted.
      const gone = [...snapshot.rows('user')].filter((user) => user.deleted).map((user) => user.key)
      expect(gone.sort()).toEqual(['gone', 'guest'])
    }))

  test("the server's own permissions are those of their own table where there is one", () =>
    read(
      [...rows, ['GlobalPermissionEntry', { id: 9, permission: 'ADMINISTER', group_id: 'admins' }]],
      (snapshot) =>
        expect([...snapshot.rows('globalGrant')]).toEqual([
          { id: '9', permission: 'ADMINISTER', groupName: 'admins' },
        ]),
    ))
})

const real = resolve(import.meta.dirname, '../../../shared/backups/jira-6.3-jsu/entities.xml')
test.skipIf(!existsSync(real))('a real Jira 6.3 says the same by number and by key', () =>
  withSnapshot(real, async (snapshot) => {
    const grants = [...snapshot.rows('permissionGrant')]
    expect(grants).toHaveLength(31)
    expect(grants.filter((row) => !/^[A-Z_]+$/.test(row.permission))).toEqual([])
    expect(grants.find((row) => row.permission === 'BROWSE_PROJECTS')).toMatchObject({
      schemeId: '0',
      holder: 'projectrole',
      parameter: '10000',
    })
    expect(snapshot.count('globalGrant')).toBe(7)
    expect(snapshot.count('notification')).toBe(51)
  }),
)
