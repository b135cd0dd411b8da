import { shareOf } from './foreign-agile.ts'
import { idIn, putId } from './foreign-frame.ts'
import type { ForeignContext } from './foreign-issues.ts'

type Parts = Pick<ForeignContext, 'source' | 'site' | 'ids'>

/** Dashboards that have an owner, with those gadgets that the site offers, each below the other. */
export async function foreignDashboards({ source, site, ids }: Parts): Promise<void> {
  const api = '/rest/api/3/dashboard'
  const { gadgets } = await site.ask<{ gadgets: { uri?: string; moduleKey?: string }[] }>(
    'GET',
    `${api}/gadgets`,
  )
  for (const row of source.rows('PortalPage').filter((one) => one.username)) {
    const { id } = await site.ask<{ id: string }>('POST', api, {
      name: row.pagename,
      ...(row.description ? { description: row.description } : {}),
      editPermissions: [],
      sharePermissions: source
        .rows('SharePermissions')
        .filter((one) => one.entityType === 'PortalPage' && one.entityId === row.id)
        .flatMap((one) => shareOf(one, ids)),
    })
    putId(ids, 'jira:portalPage', row.id ?? '', String(id))
    for (const own of source.rows('PortletConfiguration')) {
      if (own.portalpage !== row.id) continue
      const { dashboardModuleCompleteKey: module, gadgetXml: uri } = own
      const known =
        gadgets.find((one) => module && one.moduleKey === module) ??
        gadgets.find((one) => uri && one.uri === uri)
      const kind = known?.moduleKey ? { moduleKey: known.moduleKey } : { uri: known?.uri }
      if (!known) continue
      const { id: gadget } = await site.ask<{ id: number }>('POST', `${api}/${id}/gadget`, kind)
      const filter = source
        .rows('GadgetUserPreference')
        .find((one) => one.portletconfiguration === own.id && one.userprefkey === 'filterId')
      if (filter)
        await site.ask('PUT', `${api}/${id}/items/${gadget}/properties/config`, {
          filterId: idIn(ids, 'jira:filter', filter.userprefvalue) ?? '',
        })
    }
  }
}
