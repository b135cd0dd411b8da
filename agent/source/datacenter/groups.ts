import { noted, type ReadingNote } from '../source.ts'
import type { SourceClient } from './client.ts'
import type { People } from './people.ts'
import type { Rows } from './rows.ts'
import { flag, record, records, text, whole } from './shapes.ts'

/** Jira's own default for an answer without maxResults is 20; there is no documented most. */
const groupsAtOnce = 10_000
const membersAPage = 50

/** Groups with their members; only an administrator's token may list members. */
export async function readGroups(
  client: SourceClient,
  rows: Rows,
  people: People,
): Promise<ReadingNote[]> {
  const notes: ReadingNote[] = []
  const answer = await client.find('/rest/api/2/groups/picker', {
    query: '',
    maxResults: groupsAtOnce,
  })
  const found = record(answer)
  const names = records(found.groups).flatMap((group) => text(group.name) ?? [])
  const more = (whole(found.total) ?? names.length) - names.length
  if (answer === null || more > 0)
    notes.push({
      code: 'groups-not-listed',
      text: 'Groups that the source does not list to this account, so that they do not move',
      items: answer === null ? 0 : more,
    })
  let hidden = 0
  for (const name of names) {
    rows.add('group', { name, description: null, active: 1 })
    if (await readMembers(client, rows, people, name)) continue
    hidden += 1
    rows.draft(noted, ['members-not-listed', name, null, null, null])
  }
  if (hidden > 0)
    notes.push({
      code: 'members-not-listed',
      text: 'Groups whose members the source shows to administrators only: nobody is put into them',
      items: hidden,
      rows: 'members-not-listed',
    })
  return notes
}

async function readMembers(
  client: SourceClient,
  rows: Rows,
  people: People,
  group: string,
): Promise<boolean> {
  const seen = new Set<string>()
  for (let startAt = 0; ; ) {
    const answer = await client.find('/rest/api/2/group/member', {
      groupname: group,
      includeInactiveUsers: true,
      startAt,
      maxResults: membersAPage,
    })
    if (answer === null) return false
    const page = record(answer)
    const members = records(page.values)
    let fresh = 0
    for (const user of members) {
      people.addKnown(user)
      const child = people.ref(user)
      if (child === null || seen.has(child)) continue
      seen.add(child)
      fresh += 1
      rows.add('membership', { groupName: group, childKind: 'user', child })
    }
    startAt += members.length
    if (flag(page.isLast) || fresh === 0) return true
  }
}
