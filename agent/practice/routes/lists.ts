import { ok } from '../answer.ts'
import { type Call, pageOf, type Route } from '../site.ts'

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

export const listRoutes: Route[] = [['GET', '/rest/api/3/dashboard/search', searchDashboards]]
