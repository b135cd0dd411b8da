import type { SchemeKind } from '../../../shared/scheme-rows.ts'
import { noted, type ReadingNote } from '../source.ts'
import type { SourceClient } from './client.ts'
import { inParallel } from './parallel.ts'
import type { People } from './people.ts'
import type { Place } from './projects.ts'
import type { Rows } from './rows.ts'
import { flag, idOf, type Json, record, records, text } from './shapes.ts'

/** Jira's own events have numbers below this; those that people add begin with it. */
const firstOwnEvent = 10_000
const pageSize = 50

/** What REST calls whom a notification goes to, and what the snapshot calls it (as backups do). */
const notified: Readonly<Record<string, string>> = {
  CurrentAssignee: 'Current_Assignee',
  Reporter: 'Current_Reporter',
  CurrentUser: 'Current_User',
  ProjectLead: 'Project_Lead',
  ComponentLead: 'Component_Lead',
  User: 'Single_User',
  Group: 'Group_Dropdown',
  ProjectRole: 'Project_Role',
  EmailAddress: 'Single_Email_Address',
  AllWatchers: 'All_Watchers',
  UserCustomField: 'User_Custom_Field_Value',
  GroupCustomField: 'Group_Custom_Field_Value',
}

const schemeRow = (row: Json) => ({
  id: idOf(row.id) ?? '',
  name: text(row.name) ?? '',
  description: text(row.description),
})

/** Who may see and do what, and who is told: as much of it as an administrator's token is shown. */
export async function readSchemes(
  client: SourceClient,
  rows: Rows,
  people: People,
  places: readonly Place[],
): Promise<ReadingNote[]> {
  const grants = await client.find('/rest/api/2/permissionscheme', { expand: 'permissions' })
  for (const scheme of records(record(grants).permissionSchemes)) {
    const { id } = schemeRow(scheme)
    rows.add('permissionScheme', schemeRow(scheme))
    for (const grant of records(scheme.permissions)) {
      const { type, parameter } = record(grant.holder)
      const named = text(parameter)
      rows.add('permissionGrant', {
        id: idOf(grant.id) ?? '',
        schemeId: id,
        permission: text(grant.permission) ?? '',
        holder: text(type) ?? '',
        parameter: type === 'user' && named !== null ? await people.byKeyOrName(named) : named,
      })
    }
  }
  const levels = await readSecurity(client, rows)
  await readNotifications(client, rows, people)
  const ways: [SchemeKind, string][] = [
    ['permission', 'permissionscheme'],
    ['security', 'issuesecuritylevelscheme'],
    ['notification', 'notificationscheme'],
  ]
  await inParallel(places, async ({ id: projectId }) => {
    for (const [kind, resource] of ways) {
      const found = record(await client.find(`/rest/api/2/project/${projectId}/${resource}`))
      const schemeId = idOf(found.id)
      if (schemeId !== null) rows.add('projectScheme', { projectId, kind, schemeId })
    }
  })
  return notesOf(grants === null, levels)
}

function notesOf(hidden: boolean, levels: number): ReadingNote[] {
  const notes: ReadingNote[] = []
  if (hidden)
    notes.push({
      code: 'schemes-hidden',
      text: 'Permission schemes: Jira shows them to administrators only, so permissions cannot be compared',
      items: 0,
    })
  if (levels > 0)
    notes.push({
      code: 'security-members',
      text: 'Security levels, of which Jira does not tell who is in them',
      items: levels,
      rows: 'security-members',
    })
  return notes
}

/** @returns how many levels there are; their members stand in no answer */
async function readSecurity(client: SourceClient, rows: Rows): Promise<number> {
  let found = 0
  const listed = record(await client.find('/rest/api/2/issuesecurityschemes'))
  for (const short of records(listed.issueSecuritySchemes)) {
    const { id } = schemeRow(short)
    const scheme = {
      ...short,
      ...record(await client.find(`/rest/api/2/issuesecurityschemes/${id}`)),
    }
    const defaultLevel = idOf(record(scheme).defaultSecurityLevelId)
    rows.add('securityScheme', { ...schemeRow(scheme), defaultLevel })
    for (const level of records(record(scheme).levels)) {
      const row = schemeRow(level)
      rows.add('securityLevel', { ...row, schemeId: id })
      rows.draft(noted, ['security-members', row.name, schemeRow(scheme).name, null, null])
      found += 1
    }
  }
  return found
}

async function readNotifications(client: SourceClient, rows: Rows, people: People): Promise<void> {
  const events = new Set<string>()
  for (let startAt = 0; ; ) {
    const page = record(
      await client.find('/rest/api/2/notificationscheme', {
        expand: 'all',
        startAt,
        maxResults: pageSize,
      }),
    )
    const schemes = records(page.values)
    for (const scheme of schemes) {
      rows.add('notificationScheme', schemeRow(scheme))
      for (const entry of records(scheme.notificationSchemeEvents)) {
        const event = record(entry.event)
        const eventId = idOf(event.id) ?? ''
        if (!events.has(eventId))
          rows.add('eventType', {
            id: eventId,
            name: text(event.name) ?? '',
            system: Number(eventId) < firstOwnEvent ? 1 : 0,
          })
        events.add(eventId)
        for (const [n, one] of records(entry.notifications).entries()) {
          const type = text(one.notificationType) ?? ''
          const named = text(one.parameter)
          rows.add('notification', {
            id: idOf(one.id) ?? `${idOf(scheme.id)}/${eventId}/${n}`,
            schemeId: idOf(scheme.id) ?? '',
            eventId,
            holder: notified[type] ?? type,
            parameter: type === 'User' && named !== null ? await people.byKeyOrName(named) : named,
          })
        }
      }
    }
    startAt += schemes.length
    if (schemes.length === 0 || page.isLast === true) return
  }
}

/** With whom a filter is shared, as its own answer says. */
export function addShares(rows: Rows, people: People, filterId: string, filter: Json): void {
  for (const [n, one] of records(filter.sharePermissions).entries()) {
    const type = text(one.type)
    const projectId = idOf(record(one.project).id)
    const share = {
      id: idOf(one.id) ?? `${filterId}/${n}`,
      entity: 'filter' as const,
      entityId: filterId,
      edit: flag(one.edit),
    }
    const whom: Record<string, [type: string, first: string | null, second: string | null]> = {
      global: ['global', null, null],
      authenticated: ['loggedin', null, null],
      loggedin: ['loggedin', null, null],
      group: ['group', text(record(one.group).name), null],
      project: ['project', projectId, idOf(record(one.role).id)],
      projectRole: ['project', projectId, idOf(record(one.role).id)],
      user: ['user', people.ref(one.user), null],
    }
    const [is = type ?? '', first = null, second = null] = whom[type ?? ''] ?? []
    rows.add('share', { ...share, type: is, first, second })
  }
}
