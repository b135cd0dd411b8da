import { begin, wall } from './clock.ts'
import type { Entities } from './entities.ts'

export interface SamplePerson {
  /** What rows refer to: differs from the username for users made since Jira 8.4, or renamed. */
  key: string
  username: string
  displayName: string
  email: string
}

const domain = 'kestrelpay.example'
const person = (username: string, displayName: string, key = username): SamplePerson => ({
  key,
  username,
  displayName,
  email: `${username}@${domain}`,
})

/** Those who work here and have an e-mail address. */
export const staff: readonly SamplePerson[] = [
  person('admin', 'Jira Administrator'),
  person('amara', 'Amara Okafor'),
  person('bjorn', 'Björn Lindqvist'),
  person('chen.wei', 'Chen Wei 陈伟', 'JIRAUSER10201'),
  person('dalia', 'Dalia Haddad'),
  person('elena', 'Elena Petrova', 'JIRAUSER10204'),
  person('farid', 'Farid Rahimi'),
  person('grace', "Grace O'Malley"),
  person('hiro', 'Hiro Tanaka', 'JIRAUSER10207'),
  person('ines', 'Inês Carvalho'),
  person('jonas', 'Jonas Weber'),
  // Married since: the key is still the old name.
  person('katarina.novak', 'Katarína Nováková', 'katarina.horvat'),
]
/** An integration without an address, and somebody who left and was deleted. */
export const robot: SamplePerson = { ...person('build-bot', 'Build Bot'), email: '' }
export const gone: SamplePerson = person('oleg', 'oleg')

export const groups = ['jira-administrators', 'jira-software-users', 'payments-team', 'risk-office']

export function addPeople(entities: Entities): void {
  entities.add('Directory', {
    id: 1,
    directoryName: 'Jira Internal Directory',
    active: 1,
    type: 'INTERNAL',
    position: 0,
  })
  const created = wall(begin - 400 * 86_400_000)
  const groupIds = groups.map((name) => ({
    name,
    id: entities.add('Group', {
      groupName: name,
      lowerGroupName: name,
      active: 1,
      local: 0,
      createdDate: created,
      updatedDate: created,
      description: '',
      type: 'GROUP',
      directoryId: 1,
    }),
  }))
  for (const [i, one] of [...staff, robot].entries()) {
    entities.add('ApplicationUser', { userKey: one.key, lowerUserName: one.username })
    const userId = entities.add('User', {
      directoryId: 1,
      userName: one.username,
      lowerUserName: one.username,
      active: one.username === 'farid' ? 0 : 1,
      createdDate: created,
      updatedDate: created,
      displayName: one.displayName,
      lowerDisplayName: one.displayName.toLowerCase(),
      emailAddress: one.email,
      lowerEmailAddress: one.email,
    })
    for (const [g, group] of groupIds.entries()) {
      const member = g === 1 || (g === 0 && i === 0) || (i % 4 === g && g > 1)
      if (member)
        entities.add('Membership', {
          parentId: group.id,
          childId: userId,
          membershipType: 'GROUP_USER',
          parentName: group.name,
          lowerParentName: group.name,
          childName: one.username,
          lowerChildName: one.username,
          directoryId: 1,
        })
    }
  }
  // Deleted users stay as a key without a user.
  entities.add('ApplicationUser', { userKey: gone.key, lowerUserName: gone.username })
}
