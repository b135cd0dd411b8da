import {
  getAllProjectCategories,
  getAllProjectRoles,
  getProjectRole,
  getUsersFromGroup,
} from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import type { SiteReading } from './reading.ts'
import { everyPage, Id, inParts, pages, Text } from './reading-pages.ts'

const Role = v.object({
  id: Id,
  name: v.string(),
  description: Text,
  scope: v.optional(v.nullable(v.object({ type: v.string() }))),
})
const Category = v.object({ id: Id, name: v.string(), description: Text })
const Group = v.object({ groupId: v.string(), name: v.string() })
const Member = v.object({ accountId: v.string() })
const Actors = v.object({
  actors: v.optional(
    v.array(
      v.object({
        actorUser: v.nullish(v.object({ accountId: v.string() })),
        actorGroup: v.nullish(v.object({ name: v.string() })),
      }),
    ),
    [],
  ),
})

/** Group names have up to 255 characters, and an address line should stay under 8 kB. */
const namesPerRequest = 20

type Access = Pick<
  SiteReading,
  'roles' | 'projectCategories' | 'groups' | 'groupMembers' | 'roleActors'
>

/** Who belongs to what: groups, project roles, and the categories of projects. */
export function readAccess(client: SiteClient): Access {
  return {
    async roles() {
      const all = read(v.array(Role), await getAllProjectRoles(client), 'GET /rest/api/3/role')
      return all
        .filter((role) => role.scope?.type !== 'PROJECT')
        .map(({ scope: _scope, ...role }) => role)
    },

    projectCategories: async () =>
      read(
        v.array(Category),
        await getAllProjectCategories(client),
        'GET /rest/api/3/projectCategory',
      ),

    async groups(names) {
      const found = []
      const parts = names === null ? [null] : inParts([...new Set(names)], namesPerRequest)
      for (const groupName of parts)
        found.push(
          // jira.js 6.2 has no function for this.
          ...(await everyPage(Group, 'GET /rest/api/3/group/bulk', (startAt) =>
            client.sendRequest({
              url: '/rest/api/3/group/bulk',
              method: 'GET',
              searchParams: { startAt, maxResults: 1000, ...(groupName ? { groupName } : {}) },
            }),
          )),
        )
      return found.map(({ groupId, name }) => ({ id: groupId, name }))
    },

    async *groupMembers(groupId) {
      const of = 'GET /rest/api/3/group/member'
      const ask = (startAt: number) =>
        getUsersFromGroup(client, { groupId, includeInactiveUsers: true, startAt, maxResults: 50 })
      for await (const { accountId } of pages(Member, of, ask)) yield accountId
    },

    async roleActors(projectKey, roleId) {
      const answer = await getProjectRole(client, {
        projectIdOrKey: projectKey,
        id: Number(roleId),
      })
      const { actors } = read(Actors, answer, 'GET /rest/api/3/project/{id}/role/{id}')
      return {
        accountIds: actors.flatMap((actor) => actor.actorUser?.accountId ?? []),
        groups: actors.flatMap((actor) => actor.actorGroup?.name ?? []),
      }
    },
  }
}
