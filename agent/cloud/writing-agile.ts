import {
  createBoard,
  createSprint,
  moveIssuesToSprintAndRank,
  partiallyUpdateSprint,
} from 'jira.js/agile'
import { createFilter, updateFilter } from 'jira.js/cloud'
import { assert } from '../../shared/assert.ts'
import type { SiteClient } from './client.ts'
import type { ShareTarget, SiteWriting } from './writing.ts'
import { given, idOf, outcomeOf } from './writing-outcome.ts'

type Agile = Pick<
  SiteWriting,
  | 'createFilter'
  | 'shareFilter'
  | 'createBoard'
  | 'createSprint'
  | 'setSprintState'
  | 'moveToSprint'
>

/** As SharePermission of the API document; one with a role names its project, too, and comes back like that. */
export function permission(target: ShareTarget) {
  switch (target.to) {
    case 'everyone':
      return { type: 'authenticated' as const }
    case 'group':
      return { type: 'group' as const, group: { groupId: target.groupId } }
    case 'project':
      return { type: 'project' as const, project: { id: target.projectId } }
    case 'role':
      return {
        type: 'project' as const,
        project: { id: target.projectId },
        role: { id: Number(target.roleId) },
      }
    case 'user':
      return { type: 'user' as const, user: { accountId: target.accountId } }
  }
}

/** Filters, and what Jira Software puts on top of them. */
export function writeAgile(client: SiteClient): Agile {
  return {
    createFilter: ({ name, description }, jql, shares) =>
      outcomeOf(async () => {
        const sharePermissions = shares.length ? { sharePermissions: shares.map(permission) } : {}
        const body = { name, jql, ...given({ description }), ...sharePermissions }
        return idOf(await createFilter(client, body), 'POST /rest/api/3/filter')
      }),

    shareFilter: (filterId, { name, description }, jql, { shares, editors }) =>
      outcomeOf(async () => {
        const body = {
          name,
          description,
          jql,
          sharePermissions: shares.map(permission),
          editPermissions: editors.map(permission),
        }
        return idOf(
          await updateFilter(client, { id: Number(filterId), body }),
          'PUT /rest/api/3/filter/{id}',
        )
      }),

    createBoard: ({ name, type, projectKey }, filterId) =>
      outcomeOf(async () => {
        const answer = await createBoard(client, {
          name,
          type,
          filterId: Number(filterId),
          location:
            projectKey === null
              ? { type: 'user' }
              : { type: 'project', projectKeyOrId: projectKey },
        })
        return idOf(answer, 'POST /rest/agile/1.0/board')
      }),

    createSprint: ({ name, goal, start, end }, boardId) =>
      outcomeOf(async () => {
        const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
        const answer = await createSprint(client, {
          name,
          originBoardId: Number(boardId),
          ...given({ goal, startDate: time(start), endDate: time(end) }),
        })
        return idOf(answer, 'POST /rest/agile/1.0/sprint')
      }),

    setSprintState: (sprintId, state) =>
      outcomeOf(async () => {
        await partiallyUpdateSprint(client, { sprintId: Number(sprintId), state })
        return sprintId
      }),

    moveToSprint: (sprintId, issueKeys) =>
      outcomeOf(async () => {
        assert(issueKeys.length <= 50, 'The site moves at most 50 issues in one request.')
        await moveIssuesToSprintAndRank(client, {
          sprintId: Number(sprintId),
          issues: [...issueKeys],
        })
        return ''
      }),
  }
}
