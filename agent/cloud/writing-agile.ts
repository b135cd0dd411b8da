import {
  createBoard,
  createSprint,
  moveIssuesToSprintAndRank,
  partiallyUpdateSprint,
} from 'jira.js/agile'
import { createFilter } from 'jira.js/cloud'
import { assert } from '../../shared/assert.ts'
import type { SiteClient } from './client.ts'
import type { SiteWriting } from './writing.ts'
import { given, idOf, outcomeOf } from './writing-outcome.ts'

type Agile = Pick<
  SiteWriting,
  'createFilter' | 'createBoard' | 'createSprint' | 'setSprintState' | 'moveToSprint'
>

/** Filters, and what Jira Software puts on top of them. */
export function writeAgile(client: SiteClient): Agile {
  return {
    createFilter: ({ name, description }, jql) =>
      outcomeOf(async () =>
        idOf(
          await createFilter(client, { name, jql, ...given({ description }) }),
          'POST /rest/api/3/filter',
        ),
      ),

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
