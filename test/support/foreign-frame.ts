import { randomUUID } from 'node:crypto'
import type { ForeignSite } from './foreign-site.ts'
import type { ForeignRow, ForeignSource } from './foreign-source.ts'

/** The site's ids by the source's, as Atlassian's assistant exports them: entityType → serverId → cloudId. */
export type ForeignIds = Map<string, Map<string, string>>

export function putId(ids: ForeignIds, type: string, serverId: string, cloudId: string): void {
  const known = ids.get(type) ?? new Map<string, string>()
  ids.set(type, known.set(serverId, cloudId))
}
export const idIn = (ids: ForeignIds, type: string, serverId: string | undefined): string | null =>
  ids.get(type)?.get(serverId ?? '') ?? null

const ownTypes = 'com.atlassian.jira.plugin.system.customfieldtypes:'
const screenFields = [
  ...['summary', 'issuetype', 'priority', 'resolution', 'components', 'versions', 'fixVersions'],
  ...['assignee', 'reporter', 'environment', 'description', 'labels', 'duedate', 'timetracking'],
]
const categories: Record<string, string> = { 2: 'TODO', 3: 'DONE', 4: 'IN_PROGRESS' }
const lower = (text: string | undefined) => (text ?? '').trim().toLowerCase()

interface Named {
  id: string
  name: string
}

/** What all projects share: types, statuses, priorities, resolutions, link types, fields, groups, roles, schemes. */
export async function foreignFrame(
  source: ForeignSource,
  { ask }: ForeignSite,
  ids: ForeignIds,
): Promise<{ project: Record<string, number>; initial: string }> {
  const each = async (
    entity: string,
    type: string,
    there: Named[],
    make: (row: ForeignRow) => Promise<{ id: string | number }>,
  ) => {
    for (const row of source.rows(entity)) {
      const name = row.name ?? row.linkname
      const known = there.find((one) => lower(one.name) === lower(name))
      putId(ids, type, row.id ?? '', String((known ?? (await make(row))).id))
    }
  }
  const types = await ask<Named[]>('GET', '/rest/api/3/issuetype')
  await each('IssueType', 'jira/classic:issueType', types, ({ name, description, style }) =>
    ask('POST', '/rest/api/3/issuetype', {
      name,
      description: description ?? '',
      hierarchyLevel: style === 'jira_subtask' ? -1 : 0,
    }),
  )
  const { values: statuses } = await ask<{ values: Named[] }>('GET', '/rest/api/3/statuses/search')
  await each('Status', 'jira/classic:issueStatus', statuses, async (row) => {
    const body = {
      scope: { type: 'GLOBAL' },
      statuses: [
        {
          name: row.name,
          description: row.description ?? '',
          statusCategory: categories[row.statuscategory ?? ''] ?? 'TODO',
        },
      ],
    }
    const [made] = await ask<Named[]>('POST', '/rest/api/3/statuses', body)
    return { id: made?.id ?? '' }
  })
  for (const [entity, type, path] of [
    ['Priority', 'jira:priority', 'priority'],
    ['Resolution', 'jira:resolution', 'resolution'],
  ] as const) {
    const { values } = await ask<{ values: Named[] }>('GET', `/rest/api/3/${path}/search`)
    await each(entity, type, values, ({ name, description, statusColor }) =>
      ask('POST', `/rest/api/3/${path}`, {
        name,
        description: description ?? '',
        ...(path === 'priority' ? { statusColor } : {}),
      }),
    )
  }
  const { issueLinkTypes } = await ask<{ issueLinkTypes: Named[] }>(
    'GET',
    '/rest/api/3/issueLinkType',
  )
  for (const row of source.rows('IssueLinkType')) {
    if (row.style?.startsWith('jira_')) continue
    const known = issueLinkTypes.find((one) => lower(one.name) === lower(row.linkname))
    const { linkname: name, inward, outward } = row
    const made =
      known ?? (await ask<Named>('POST', '/rest/api/3/issueLinkType', { name, inward, outward }))
    putId(ids, 'jira:issueLinkType', row.id ?? '', made.id)
  }
  const roles = await ask<Named[]>('GET', '/rest/api/3/role')
  await each('ProjectRole', 'jira:projectRole', roles, ({ name, description }) =>
    ask('POST', '/rest/api/3/role', { name, description: description ?? '' }),
  )
  await each('ProjectCategory', 'jira:projectCategory', [], ({ name, description }) =>
    ask('POST', '/rest/api/3/projectCategory', { name, description: description ?? '' }),
  )
  await groups(source, ask, ids)
  const screen = await makeScreen(ask)
  await fields(source, ask, ids, screen)
  return schemes(ask, ids, screen)
}

type Ask = ForeignSite['ask']

async function groups(source: ForeignSource, ask: Ask, ids: ForeignIds): Promise<void> {
  const skipped = new Set<string | undefined>()
  for (const { id, groupName: name = '' } of source.rows('Group')) {
    // As with every assistant, nobody becomes an administrator of the site by a migration.
    if (/administrators|admins/i.test(name)) {
      skipped.add(id)
      continue
    }
    const { groupId } = await ask<{ groupId: string }>('POST', '/rest/api/3/group', { name })
    putId(ids, 'identity:group', name, groupId)
  }
  const members = new Set<string>()
  for (const row of source.rows('Membership')) {
    const group = idIn(ids, 'identity:group', row.parentName)
    const accountId = idIn(ids, 'name', row.lowerChildName ?? row.childName)
    // Two directories can say the same.
    const member = `${group} ${accountId}`
    if (group && accountId && !members.has(member))
      await ask('POST', `/rest/api/3/group/user?groupId=${group}`, { accountId })
    members.add(member)
  }
}

async function makeScreen(ask: Ask): Promise<{ id: number; tab: number }> {
  const { id } = await ask<{ id: number }>('POST', '/rest/api/3/screens', { name: 'Imported' })
  const [tab] = await ask<{ id: number }[]>('GET', `/rest/api/3/screens/${id}/tabs`)
  for (const fieldId of screenFields)
    await ask('POST', `/rest/api/3/screens/${id}/tabs/${tab?.id}/fields`, { fieldId })
  return { id, tab: tab?.id ?? 0 }
}

async function fields(
  source: ForeignSource,
  ask: Ask,
  ids: ForeignIds,
  screen: { id: number; tab: number },
): Promise<void> {
  const { values: there } = await ask<{ values: Named[] }>('GET', '/rest/api/3/field/search')
  for (const row of source.rows('CustomField')) {
    const { id = '', name = '', customfieldtypekey: type = '', description } = row
    // Other types are not for this program.
    if (!/^(select|float|textfield|textarea)$/.test(type.replace(ownTypes, ''))) continue
    // What the site has under this name is not touched: the newcomer gets the suffix.
    const taken = there.some((one) => lower(one.name) === lower(name))
    const field = await ask<Named>('POST', '/rest/api/3/field', {
      name: taken ? `${name} (migrated)` : name,
      type,
      ...(description ? { description } : {}),
    })
    putId(ids, 'jira/classic:customField', id, field.id)
    const path = `/rest/api/3/field/${field.id}/context`
    const { values } = await ask<{ values: Named[] }>('GET', path)
    const options = source.rows('CustomFieldOption').filter((one) => one.customfield === id)
    if (options.length > 0)
      await ask('POST', `${path}/${values[0]?.id}/option`, {
        options: [...new Set(options.map((one) => one.value))].map((value) => ({
          value,
          disabled: false,
        })),
      })
    const tabs = `/rest/api/3/screens/${screen.id}/tabs/${screen.tab}/fields`
    await ask('POST', tabs, { fieldId: field.id })
  }
}

async function schemes(
  ask: Ask,
  ids: ForeignIds,
  screen: { id: number },
): Promise<{ project: Record<string, number>; initial: string }> {
  const name = 'Imported'
  const scheme = await ask<Named>('POST', '/rest/api/3/screenscheme', {
    name,
    screens: { default: screen.id },
  })
  const screens = await ask<Named>('POST', '/rest/api/3/issuetypescreenscheme', {
    name,
    issueTypeMappings: [{ issueTypeId: 'default', screenSchemeId: String(scheme.id) }],
  })
  const types = await ask<{ issueTypeSchemeId: string }>('POST', '/rest/api/3/issuetypescheme', {
    name,
    issueTypeIds: [...new Set(ids.get('jira/classic:issueType')?.values())],
  })
  const { values } = await ask<{
    values: (Named & { description: string; statusCategory: string })[]
  }>('GET', '/rest/api/3/statuses/search?maxResults=200')
  const own = new Set(ids.get('jira/classic:issueStatus')?.values())
  const listed = values
    .filter((one) => own.has(String(one.id)))
    .map((one) => ({ ...one, statusReference: randomUUID() }))
  const [first] = listed
  const step = (id: string, type: string, to: (typeof listed)[number] | undefined) => ({
    ...{ id, type, name: to?.name, description: '', toStatusReference: to?.statusReference },
    ...{ links: [], actions: [], validators: [], triggers: [], properties: {} },
  })
  await ask('POST', '/rest/api/3/workflows/create', {
    scope: { type: 'GLOBAL' },
    statuses: listed,
    workflows: [
      {
        name,
        description: '',
        startPointLayout: { x: 0, y: 0 },
        statuses: listed.map(({ statusReference }) => ({ statusReference, properties: {} })),
        transitions: [
          step('1', 'INITIAL', first),
          ...listed.map((one, i) => step(String(11 + i * 10), 'GLOBAL', one)),
        ],
      },
    ],
  })
  const workflow = await ask<Named>('POST', '/rest/api/3/workflowscheme', {
    name,
    defaultWorkflow: name,
  })
  return {
    initial: String(first?.id),
    project: {
      issueTypeScheme: Number(types.issueTypeSchemeId),
      issueTypeScreenScheme: Number(screens.id),
      workflowScheme: Number(workflow.id),
    },
  }
}
