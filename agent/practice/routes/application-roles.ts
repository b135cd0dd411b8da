import { ok, refuse } from '../answer.ts'
import { type Call, param, type Route } from '../site.ts'

/** A practice site has no plan that could run out, and one application that everybody may use. */
function roleView(call: Call) {
  const active = call.store.rows('SELECT data FROM account')
  const groups = call.store.all('group').filter(({ data }) => data.name.startsWith('jira-'))
  const view = ({ data }: (typeof groups)[number]) => ({
    name: data.name,
    groupId: data.groupId,
    self: `${call.base}/rest/api/3/group?groupId=${data.groupId}`,
  })
  const standard = groups.filter(({ data }) => data.name.startsWith('jira-users'))
  return {
    key: 'jira-software',
    name: 'Jira',
    groups: groups.map(({ data }) => data.name),
    groupDetails: groups.map(view),
    defaultGroups: standard.map(({ data }) => data.name),
    defaultGroupsDetails: standard.map(view),
    selectedByDefault: true,
    defined: true,
    numberOfSeats: -1,
    remainingSeats: -1,
    userCount: active.length,
    userCountDescription: 'users',
    hasUnlimitedSeats: true,
    platform: false,
  }
}

function oneRole(call: Call) {
  const view = roleView(call)
  return param(call, 'key') === view.key
    ? ok(view)
    : refuse(404, 'The application role was not found.')
}

export const applicationRoleRoutes: Route[] = [
  ['GET', '/rest/api/3/applicationrole', (call) => ok([roleView(call)])],
  ['GET', '/rest/api/3/applicationrole/{key}', oneRole],
]
