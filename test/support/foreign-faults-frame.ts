import { must } from '../../shared/assert.ts'
import type { Fault, Ground, SiteIssue } from './foreign-faults.ts'

/** The practice site keeps what all projects share at hand: a write of such a kind makes it look again. */
let writes = 0
async function lookAgain({ site }: Ground): Promise<void> {
  writes += 1
  const name = `Not used ${writes}`
  await site.ask('POST', '/rest/api/3/issueLinkType', { name, inward: name, outward: name })
}

const links = (one: SiteIssue) => one.fields.issuelinks.filter((link) => link.outwardIssue)

const renamed = (kind: string, told: string, type: string, from: string): Fault => ({
  name: `${told} "${from}" with the suffix of an assistant`,
  async plant(ground) {
    const entity =
      { status: 'Status', customField: 'CustomField', priority: 'Priority' }[kind] ?? ''
    const row = must(
      ground.source.rows(entity).find((one) => one.name === from),
      from,
    )
    const id = must(ground.ids.get(type)?.get(row.id ?? ''), from).replace('customfield_', '')
    ground.site.door.thing(kind, id, { name: `${from} (migrated)` })
    await lookAgain(ground)
    return `${kind} ${from} name`
  },
})

/** Faults of what issues share, and of what stands between them. */
export const frameFaults: Fault[] = [
  renamed('status', 'a status', 'jira/classic:issueStatus', 'In Review'),
  renamed('customField', 'a custom field', 'jira/classic:customField', 'Team'),
  renamed('priority', 'a priority', 'jira:priority', 'Major'),
  {
    name: 'a link in the wrong direction',
    async plant(ground) {
      const issue = ground.take((one) => links(one).length === 1)
      const link = must(links(issue)[0], 'a link')
      await ground.site.ask('DELETE', `/rest/api/3/issueLink/${link.id}`)
      await ground.site.ask('POST', '/rest/api/3/issueLink', {
        type: { name: link.type.name },
        inwardIssue: { key: link.outwardIssue?.key },
        outwardIssue: { key: issue.key },
      })
      return `link ${issue.key} direction`
    },
  },
  {
    name: 'a link that is not there',
    async plant(ground) {
      const issue = ground.take((one) => links(one).length === 1)
      await ground.site.ask('DELETE', `/rest/api/3/issueLink/${links(issue)[0]?.id}`)
      return `link ${issue.key} gone`
    },
  },
  {
    name: 'an epic that lost one of its stories',
    async plant(ground) {
      const issue = ground.take(
        ({ fields }) => fields.parent !== undefined && !fields.issuetype.subtask,
      )
      ground.site.door.run('update issue set parentId = null where id = ?', Number(issue.id))
      return `issue ${issue.key} parent + link ${issue.fields.parent?.key} parent`
    },
  },
  {
    name: 'an issue that is in no sprint any more',
    async plant(ground) {
      const rows = ground.source.rows('CustomFieldValue')
      const field = ground.source
        .rows('CustomField')
        .find((one) => one.customfieldtypekey?.endsWith('gh-sprint'))
      const ids = ground.ids.get('jira:issue')
      const inSprint = new Set(
        rows.filter((one) => one.customfield === field?.id).map((one) => ids?.get(one.issue ?? '')),
      )
      const issue = ground.take((one) => inSprint.has(one.id))
      ground.site.door.run('delete from sprintIssue where issueId = ?', Number(issue.id))
      return `fieldValue ${issue.key} gone`
    },
  },
  {
    name: 'a sprint of another name',
    async plant(ground) {
      const id = must(ground.ids.get('jira/classic/software:sprint')?.get('4'), 'the last sprint')
      ground.site.door.thing('sprint', id, { goal: 'Another goal' })
      return 'sprint PAY Sprint 4, maybe goal'
    },
  },
  {
    name: 'a filter that asks for something else',
    async plant(ground) {
      const row = must(
        ground.source.rows('SearchRequest').find((one) => one.name === 'Open & urgent'),
        'a filter',
      )
      const id = must(ground.ids.get('jira:filter')?.get(row.id ?? ''), 'its id')
      ground.site.door.thing('filter', id, { jql: 'resolution = Unresolved' })
      return 'filter Open & urgent jql'
    },
  },
  {
    name: 'a gadget that shows another filter',
    async plant(ground) {
      const row = must(
        ground.source.rows('PortalPage').find((one) => one.pagename === 'Month end'),
        'a dashboard',
      )
      const id = must(ground.ids.get('jira:portalPage')?.get(row.id ?? ''), 'its id')
      const api = `/rest/api/3/dashboard/${id}`
      const { gadgets } = await ground.site.ask<{ gadgets: { id: number; title: string }[] }>(
        'GET',
        `${api}/gadget`,
      )
      const gadget = must(
        gadgets.find((one) => one.title === 'Filter Results'),
        'a gadget',
      )
      await ground.site.ask('PUT', `${api}/items/${gadget.id}/properties/config`, {
        filterId: '4711',
      })
      return 'dashboard Month end settings of Filter Results'
    },
  },
  {
    name: 'a member who is not in a group',
    async plant(ground) {
      const row = must(
        ground.source
          .rows('Membership')
          .find((one) => one.parentName === 'payments-team' && one.childName !== 'admin'),
        'a member',
      )
      const accountId = must(ground.people.byName.get(row.childName ?? ''), 'an account')
      ground.site.door.run(
        `delete from member where accountId = ? and groupId =
          (select id from thing where kind = 'group' and name = 'payments-team')`,
        accountId,
      )
      return `membership ${row.childName} in payments-team gone`
    },
  },
  {
    name: 'a role that nobody has any more',
    async plant(ground) {
      const project = must(ground.source.rows('Project')[0], 'a project')
      const id = ground.ids.get('jira/classic:project')?.get(project.id ?? '')
      const role = must(
        ground.source.rows('ProjectRole').find((one) => one.name === 'Risk Office'),
        'the role',
      )
      ground.site.door.run(
        `delete from thing where kind = 'roleActor' and owner = ?
          and json_extract(data, '$.roleId') = ?`,
        Number(id),
        Number(ground.ids.get('jira:projectRole')?.get(role.id ?? '')),
      )
      return `roleActor ines as Risk Office in ${project.key} gone`
    },
  },
  {
    name: 'a version that is not released',
    async plant(ground) {
      const row = must(
        ground.source.rows('Version').find((one) => one.released === 'true'),
        'a version',
      )
      const id = must(ground.ids.get('jira:projectVersion')?.get(row.id ?? ''), 'its id')
      ground.site.door.thing('version', id, { released: false })
      await lookAgain(ground)
      return `version ${row.name} released`
    },
  },
  {
    name: 'a component that another person leads',
    async plant(ground) {
      const row = must(
        ground.source.rows('Component').find((one) => one.name === 'Acquiring'),
        'a component',
      )
      const id = must(ground.ids.get('jira:projectComponent')?.get(row.id ?? ''), 'its id')
      ground.site.door.thing('component', id, { leadAccountId: ground.people.byName.get('ines') })
      await lookAgain(ground)
      return 'component Acquiring lead'
    },
  },
  {
    name: 'an issue that the source does not have',
    async plant(ground) {
      const project = must(ground.source.rows('Project').at(-1), 'a project')
      const type = ground.ids.get('jira/classic:issueType')?.get('3')
      const { key } = await ground.site.ask<{ key: string }>('POST', '/rest/api/3/issue', {
        fields: { project: { key: project.key }, issuetype: { id: type }, summary: 'A stranger' },
      })
      return `issue ${key} stranger`
    },
  },
]
