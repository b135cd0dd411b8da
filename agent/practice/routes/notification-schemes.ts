import { ok } from '../answer.ts'
import { needProject } from '../issue/find.ts'
import { type Call, param, type Route } from '../site.ts'

/** Jira's own events that a new site tells of, and to whom. */
const events = [
  [1, 'Issue Created'],
  [2, 'Issue Updated'],
  [3, 'Issue Assigned'],
  [4, 'Issue Resolved'],
  [5, 'Issue Closed'],
  [6, 'Issue Commented'],
] as const
const recipients = ['CurrentAssignee', 'Reporter', 'AllWatchers'] as const

/** Every project has the site's default scheme, as on a new site; the practice site itself mails nobody. */
function schemeView(call: Call, full: boolean) {
  return {
    expand: 'notificationSchemeEvents,user,group,projectRole,field,all',
    id: 10_000,
    self: `${call.base}/rest/api/3/notificationscheme/10000`,
    name: 'Default Notification Scheme',
    description: '',
    ...(full
      ? {
          notificationSchemeEvents: events.map(([id, name], at) => ({
            event: { id, name, description: '' },
            notifications: recipients.map((notificationType, of) => ({
              id: 10_000 + at * recipients.length + of,
              notificationType,
            })),
          })),
        }
      : {}),
  }
}

const expands = (call: Call) =>
  (call.query.get('expand') ?? '')
    .split(',')
    .some((one) => one === 'all' || one === 'notificationSchemeEvents')

export const notificationSchemeRoutes: Route[] = [
  [
    'GET',
    '/rest/api/3/notificationscheme',
    (call) =>
      ok({
        maxResults: 50,
        startAt: 0,
        total: 1,
        isLast: true,
        values: [schemeView(call, expands(call))],
      }),
  ],
  [
    'GET',
    '/rest/api/3/project/{projectKeyOrId}/notificationscheme',
    (call) => {
      needProject(call.store, param(call, 'projectKeyOrId'))
      return ok(schemeView(call, expands(call)))
    },
  ],
]
