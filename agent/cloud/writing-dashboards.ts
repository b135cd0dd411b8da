import type { SiteClient } from './client.ts'
import { settingsPath } from './reading-dashboards.ts'
import type { SiteWriting } from './writing.ts'
import { permission } from './writing-agile.ts'
import { idOf, outcomeOf } from './writing-outcome.ts'

type Dashboards = Pick<SiteWriting, 'createDashboard' | 'addGadget' | 'setGadget'>

/** Dashboards and their gadgets; the client of the API has no calls for those, so they are named here. */
export function writeDashboards(client: SiteClient): Dashboards {
  return {
    createDashboard: ({ name, description }, { shares, editors }) =>
      outcomeOf(async () => {
        const url = '/rest/api/3/dashboard'
        const body = {
          name,
          description,
          sharePermissions: shares.map(permission),
          editPermissions: editors.map(permission),
        }
        return idOf(await client.sendRequest({ url, method: 'POST', body }), `POST ${url}`)
      }),

    // Without a title the site gives the gadget's own, which goes on following what it shows.
    addGadget: (dashboardId, { by, key, color, column, row }) =>
      outcomeOf(async () => {
        const url = `/rest/api/3/dashboard/${encodeURIComponent(dashboardId)}/gadget`
        const body = { [by]: key, color, position: { row, column } }
        const answer = await client.sendRequest({ url, method: 'POST', body })
        return idOf(answer, 'POST /rest/api/3/dashboard/{dashboardId}/gadget')
      }),

    setGadget: (dashboardId, gadgetId, settings) =>
      outcomeOf(async () => {
        const url = settingsPath(dashboardId, gadgetId)
        await client.sendRequest({ url, method: 'PUT', body: settings })
        return gadgetId
      }),
  }
}
