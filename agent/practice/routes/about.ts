import { nothing, ok, refuse } from '../answer.ts'
import { isObject, object, strings } from '../input.ts'
import { findIssue, findProject } from '../issue/find.ts'
import { type Call, type Route, stamp } from '../site.ts'
import { userView } from '../views.ts'

const projectPermissions = [
  'ADMINISTER_PROJECTS',
  'BROWSE_PROJECTS',
  'ADD_COMMENTS',
  'ASSIGNABLE_USER',
  'ASSIGN_ISSUES',
  'CLOSE_ISSUES',
  'CREATE_ATTACHMENTS',
  'CREATE_ISSUES',
  'DELETE_ALL_ATTACHMENTS',
  'DELETE_ALL_COMMENTS',
  'DELETE_ALL_WORKLOGS',
  'DELETE_ISSUES',
  'EDIT_ALL_COMMENTS',
  'EDIT_ALL_WORKLOGS',
  'EDIT_ISSUES',
  'LINK_ISSUES',
  'MANAGE_WATCHERS',
  'MODIFY_REPORTER',
  'MOVE_ISSUES',
  'RESOLVE_ISSUES',
  'SCHEDULE_ISSUES',
  'TRANSITION_ISSUES',
  'VIEW_VOTERS_AND_WATCHERS',
  'WORK_ON_ISSUES',
]
const globalPermissions = [
  'ADMINISTER',
  'BULK_CHANGE',
  'CREATE_PROJECT',
  'CREATE_SHARED_OBJECTS',
  'USER_PICKER',
]

function permissionView(key: string, index: number) {
  const words = key.toLowerCase().replaceAll('_', ' ')
  return {
    id: String(index),
    key,
    name: words.replace(/^./, (first) => first.toUpperCase()),
    type: globalPermissions.includes(key) ? 'GLOBAL' : 'PROJECT',
    description: `Ability to ${words}.`,
    // The practice site has one kind of caller, its administrator.
    havePermission: true,
  }
}

function myPermissions(call: Call) {
  const asked = call.query.get('permissions')?.split(',').filter(Boolean) ?? []
  if (asked.length === 0) refuse(400, 'The permissions query parameter is required.')
  const known = [...globalPermissions, ...projectPermissions]
  const unknown = asked.filter((key) => !known.includes(key))
  if (unknown.length > 0) refuse(400, `Unrecognized permission: ${unknown.join(', ')}`)
  const project = call.query.get('projectKey') ?? call.query.get('projectId')
  if (project && !findProject(call.store, project))
    refuse(404, `No project could be found with key '${project}'.`)
  const issue = call.query.get('issueKey') ?? call.query.get('issueId')
  if (issue && !findIssue(call.store, issue))
    refuse(404, 'Issue does not exist or you do not have permission to see it.')
  const views = asked.map((key) => [key, permissionView(key, known.indexOf(key))])
  return ok({ permissions: Object.fromEntries(views) })
}

function checkPermissions(call: Call) {
  const body = object(call.body)
  const asked = Array.isArray(body.projectPermissions) ? body.projectPermissions : []
  return ok({
    globalPermissions: strings(body.globalPermissions ?? [], 'globalPermissions'),
    projectPermissions: asked.filter(isObject).flatMap((each) =>
      strings(each.permissions ?? [], 'permissions').map((permission) => ({
        permission,
        projects: each.projects ?? [],
        issues: each.issues ?? [],
      })),
    ),
  })
}

function preferenceKey(call: Call): string {
  return call.query.get('key') ?? refuse(400, 'The key query parameter is required.')
}

function getPreference(call: Call) {
  const sql = 'SELECT value FROM preference WHERE accountId = ? AND key = ?'
  const row = call.store.row(sql, call.site.me, preferenceKey(call))
  if (!row) refuse(404, 'The user preference does not exist.')
  const value: unknown = JSON.parse(String(row.value))
  // What was sent as a bare true comes back as text.
  return ok(typeof value === 'string' ? value : JSON.stringify(value))
}

function putPreference(call: Call) {
  const sql =
    'INSERT INTO preference VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'
  call.store.run(sql, call.site.me, preferenceKey(call), JSON.stringify(call.body ?? ''))
  return nothing()
}

function deletePreference(call: Call) {
  const sql = 'DELETE FROM preference WHERE accountId = ? AND key = ?'
  if (call.store.run(sql, call.site.me, preferenceKey(call)) === 0)
    refuse(404, 'The user preference does not exist.')
  return nothing()
}

export const aboutRoutes: Route[] = [
  ['GET', '/_edge/tenant_info', ({ site }) => ok({ cloudId: site.cloudId })],
  [
    'GET',
    '/rest/api/3/serverInfo',
    ({ base, site }) =>
      ok({
        baseUrl: base,
        displayUrl: base,
        version: '1001.0.0-SNAPSHOT',
        versionNumbers: [1001, 0, 0],
        deploymentType: 'Cloud',
        buildNumber: 100_287,
        buildDate: '2026-03-01T00:00:00.000+0000',
        serverTime: stamp(site.now()),
        serverTimeZone: 'Etc/UTC',
        scmInfo: 'practice',
        serverTitle: 'Practice site',
      }),
  ],
  [
    'GET',
    '/rest/api/3/configuration',
    () =>
      ok({
        votingEnabled: true,
        watchingEnabled: true,
        unassignedIssuesAllowed: true,
        subTasksEnabled: true,
        issueLinkingEnabled: true,
        timeTrackingEnabled: true,
        attachmentsEnabled: true,
        timeTrackingConfiguration: {
          workingHoursPerDay: 8,
          workingDaysPerWeek: 5,
          timeFormat: 'pretty',
          defaultUnit: 'minute',
        },
      }),
  ],
  [
    'GET',
    '/rest/api/3/myself',
    (call) =>
      ok({ ...userView(call, call.site.me), locale: 'en_US', expand: 'groups,applicationRoles' }),
  ],
  ['GET', '/rest/api/3/mypermissions', myPermissions],
  ['POST', '/rest/api/3/permissions/check', checkPermissions],
  ['GET', '/rest/api/3/mypreferences', getPreference],
  ['PUT', '/rest/api/3/mypreferences', putPreference],
  ['DELETE', '/rest/api/3/mypreferences', deletePreference],
]
