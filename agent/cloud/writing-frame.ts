import {
  createIssueLinkType,
  createIssueType,
  createIssueTypeScheme,
  createPriority,
  createStatuses,
} from 'jira.js/cloud'
import * as v from 'valibot'
import type { Promises } from '../../shared/plan.ts'
import { read, type SiteClient } from './client.ts'
import { failed, unreadAnswer } from './problems.ts'
import { Id } from './reading-pages.ts'
import type { Outcome, SiteWriting } from './writing.ts'
import { given, idOf, outcomeOf, refusalOf } from './writing-outcome.ts'

const Statuses = v.array(v.object({ id: Id, name: v.string() }))
const Scheme = v.object({ issueTypeSchemeId: Id })

type Frame = Pick<
  SiteWriting,
  | 'createIssueType'
  | 'createStatuses'
  | 'createPriority'
  | 'createResolution'
  | 'createLinkType'
  | 'createIssueTypeScheme'
>

/** What all projects of a site share. */
export function writeFrame(client: SiteClient): Frame {
  async function statusesAtOnce(promises: Promises['status'][]): Promise<Outcome[]> {
    const answer = await createStatuses(client, {
      scope: { type: 'GLOBAL' },
      statuses: promises.map(({ name, description, category }) => ({
        name,
        description,
        statusCategory: category,
      })),
    })
    const of = 'POST /rest/api/3/statuses'
    const ids = new Map(read(Statuses, answer, of).map((one) => [one.name.toLowerCase(), one.id]))
    return promises.map(({ name }) => {
      const siteId = ids.get(name.toLowerCase())
      if (siteId === undefined)
        throw unreadAnswer(
          { method: 'POST', template: '/rest/api/3/statuses' },
          `"${name}" is not in it.`,
        )
      return { ok: true, siteId }
    })
  }

  return {
    createIssueType: ({ name, description, subtask }) =>
      outcomeOf(async () => {
        const answer = await createIssueType(client, {
          name,
          ...given({ description }),
          // -1 is the level of sub-tasks, 0 that of all the others below epics (API document).
          hierarchyLevel: subtask ? -1 : 0,
        })
        return idOf(answer, 'POST /rest/api/3/issuetype')
      }),

    /** All or none of them are created; when none was, each is tried alone, so that only the culprit fails. */
    async createStatuses(promises) {
      if (promises.length === 0) return []
      try {
        return await statusesAtOnce(promises)
      } catch (error) {
        const refusal = refusalOf(error)
        if (promises.length === 1) return [failed(refusal)]
      }
      const outcomes: Outcome[] = []
      for (const promise of promises) {
        const [outcome] = await this.createStatuses([promise])
        if (outcome) outcomes.push(outcome)
      }
      return outcomes
    },

    createPriority: ({ name, description, color }) =>
      outcomeOf(async () => {
        const answer = await createPriority(client, {
          name,
          statusColor: color,
          ...given({ description }),
        })
        return idOf(answer, 'POST /rest/api/3/priority')
      }),

    createResolution: ({ name, description }) =>
      outcomeOf(async () => {
        // jira.js 6.2 has no function for this.
        const answer = await client.sendRequest({
          url: '/rest/api/3/resolution',
          method: 'POST',
          body: { name, ...given({ description }) },
        })
        return idOf(answer, 'POST /rest/api/3/resolution')
      }),

    createLinkType: ({ name, inward, outward }) =>
      outcomeOf(async () =>
        idOf(
          await createIssueLinkType(client, { name, inward, outward }),
          'POST /rest/api/3/issueLinkType',
        ),
      ),

    createIssueTypeScheme: ({ name }, issueTypeIds) =>
      outcomeOf(async () => {
        const answer = await createIssueTypeScheme(client, { name, issueTypeIds })
        return read(Scheme, answer, 'POST /rest/api/3/issuetypescheme').issueTypeSchemeId
      }),
  }
}
