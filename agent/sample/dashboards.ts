import type { Entities } from './entities.ts'

const jira = 'com.atlassian.jira.gadgets'
const address = (key: string, file: string) => `rest/gadgets/1.0/g/${key}/gadgets/${file}.xml`
const stats = address(`${jira}:stats-gadget`, 'stats-gadget')
const results = address(`${jira}:filter-results-gadget`, 'filter-results-gadget')

/** The dashboard of the system, and two that people made: what they show are filters and projects of the sample. */
export function addDashboards(
  entities: Entities,
  filters: { payments: string; operations: string },
): void {
  const page = (pagename: string, username: string | null, layout: string, description?: string) =>
    entities.add('PortalPage', { pagename, username, sequence: 0, layout, description })
  const gadget = (
    portalpage: string,
    [columnNumber, position]: [number, number],
    what: { gadgetXml?: string; dashboardModuleCompleteKey?: string; color?: string },
    settings: Record<string, string> = {},
  ) => {
    const id = entities.add('PortletConfiguration', { portalpage, columnNumber, position, ...what })
    for (const [userprefkey, userprefvalue] of Object.entries(settings))
      entities.add('GadgetUserPreference', {
        portletconfiguration: id,
        userprefkey,
        userprefvalue,
      })
  }
  const share = (entityId: string, values: Record<string, string | number>) =>
    entities.add('SharePermissions', { entityId, entityType: 'PortalPage', rights: 1, ...values })

  const system = page('System Dashboard', null, 'AA')
  const introduction = address(`${jira}:introduction-gadget`, 'introduction-gadget')
  gadget(system, [0, 0], { gadgetXml: introduction })

  const monthEnd = page('Month end', 'dalia', 'AA', 'What is open before the books close')
  gadget(
    monthEnd,
    [0, 0],
    {
      gadgetXml: results,
      dashboardModuleCompleteKey: `${jira}:filter-results-dashboard-item`,
      color: 'color2',
    },
    {
      isConfigured: 'true',
      filterId: filters.payments,
      num: '10',
      columnNames: 'issuetype|issuekey|summary|priority',
      refresh: 'false',
    },
  )
  gadget(
    monthEnd,
    [0, 1],
    { gadgetXml: stats, color: 'color4' },
    { isConfigured: 'true', projectOrFilterId: 'project-10000', statType: 'assignees' },
  )
  const stream = 'com.atlassian.streams.streams-jira-plugin:activitystream-gadget'
  gadget(
    monthEnd,
    [1, 0],
    { gadgetXml: address(stream, 'activitystream-gadget') },
    { isConfigured: 'true', keys: '__all_projects__', title: 'At Kestrel', numofentries: '5' },
  )
  gadget(monthEnd, [1, 1], { dashboardModuleCompleteKey: 'com.kestrel.ledger:balance-gadget' })
  share(monthEnd, { type: 'project', param1: '10000' })

  const wall = page('Operations wall', 'jonas', 'AAA')
  gadget(
    wall,
    [2, 0],
    { gadgetXml: stats, color: 'color1' },
    {
      isConfigured: 'true',
      projectOrFilterId: `filter-${filters.operations}`,
      statType: 'statuses',
    },
  )
  share(wall, { type: 'loggedin' })
}
