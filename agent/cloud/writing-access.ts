import {
  addActorUsers,
  addUserToGroup,
  createGroup,
  createProjectCategory,
  createProjectRole,
} from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import type { SiteWriting } from './writing.ts'
import { given, idOf, outcomeOf } from './writing-outcome.ts'

const Group = v.object({ groupId: v.string() })

type Access = Pick<
  SiteWriting,
  'createGroup' | 'addMember' | 'createRole' | 'addRoleActor' | 'createProjectCategory'
>

/** Who belongs to what: groups, project roles, and the categories of projects. */
export function writeAccess(client: SiteClient): Access {
  return {
    createGroup: ({ name }) =>
      outcomeOf(async () => {
        const answer = await createGroup(client, { name })
        return read(Group, answer, 'POST /rest/api/3/group').groupId
      }),

    addMember: (groupId, accountId) =>
      outcomeOf(async () => {
        await addUserToGroup(client, { groupId, accountId })
        return accountId
      }),

    createRole: ({ name, description }) =>
      outcomeOf(async () =>
        idOf(
          await createProjectRole(client, { name, ...given({ description }) }),
          'POST /rest/api/3/role',
        ),
      ),

    addRoleActor: (projectKey, roleId, actor) =>
      outcomeOf(async () => {
        await addActorUsers(client, {
          projectIdOrKey: projectKey,
          id: Number(roleId),
          ...('accountId' in actor ? { user: [actor.accountId] } : { groupId: [actor.groupId] }),
        })
        return ''
      }),

    createProjectCategory: ({ name, description }) =>
      outcomeOf(async () =>
        idOf(
          await createProjectCategory(client, { name, ...given({ description }) }),
          'POST /rest/api/3/projectCategory',
        ),
      ),
  }
}
