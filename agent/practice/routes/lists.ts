import { ok } from '../answer.ts'
import { type Call, pageOf, type Route } from '../site.ts'
import { userView } from '../views.ts'

function searchFilters(call: Call) {
  const name = call.query.get('filterName')?.toLowerCase() ?? ''
  const found = call.store
    .all('filter')
    .filter(({ data }) => data.name.toLowerCase().includes(name))
  return ok(
    pageOf(call, found, ({ id, data }) => ({
      expand: 'description,owner,jql,sharePermissions',
      self: `${call.base}/rest/api/3/filter/${id}`,
      id: String(id),
      name: data.name,
      description: data.description,
      owner: userView(call, data.owner),
      jql: data.jql,
      viewUrl: `${call.base}/issues/?filter=${id}`,
      sharePermissions: [],
      subscriptions: [],
    })),
  )
}

/** A new site has the one dashboard that Jira itself provides. */
function searchDashboards(call: Call) {
  const name = call.query.get('dashboardName')?.toLowerCase() ?? ''
  const found = [{ id: '10000', name: 'Default dashboard' }]
  return ok(
    pageOf(
      call,
      found.filter((each) => each.name.toLowerCase().includes(name)),
      (each) => ({
        ...each,
        self: `${call.base}/rest/api/3/dashboard/${each.id}`,
        isFavourite: false,
        popularity: 0,
        sharePermissions: [],
        editPermissions: [],
        isWritable: true,
        systemDashboard: true,
        view: `${call.base}/jira/dashboards/${each.id}`,
      }),
    ),
  )
}

export const listRoutes: Route[] = [
  ['GET', '/rest/api/3/filter/search', searchFilters],
  ['GET', '/rest/api/3/dashboard/search', searchDashboards],
]
