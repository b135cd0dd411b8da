import { createIssues, deleteIssue, doTransition, editIssue } from 'jira.js/cloud'
import * as v from 'valibot'
import { assert } from '../../shared/assert.ts'
import { originKey, type Promises } from '../../shared/plan.ts'
import { read, type SiteClient } from './client.ts'
import { failed, problemOfAnswer, type SiteRefusal, unreadAnswer, wordsOf } from './problems.ts'
import { Id } from './reading-pages.ts'
import type { Outcome, SiteWriting } from './writing.ts'
import { given, outcomeOf, refusalOf } from './writing-outcome.ts'

const Created = v.object({
  issues: v.optional(v.array(v.object({ id: Id, key: v.string() })), []),
  errors: v.optional(
    v.array(
      v.object({
        status: v.optional(v.number(), 400),
        failedElementNumber: v.number(),
        elementErrors: v.optional(v.unknown()),
      }),
    ),
    [],
  ),
})
const bulk = { method: 'POST', template: '/rest/api/3/issue/bulk' } as const

type New = Promises['issue'] | Promises['filler']
type Issues = Pick<
  SiteWriting,
  'createIssues' | 'transition' | 'setResolution' | 'setParent' | 'deleteIssue' | 'disableAutowatch'
>

export function writeIssues(client: SiteClient): Issues {
  return {
    async createIssues(promises, projectId) {
      assert(promises.length <= 50, 'The site creates at most 50 issues in one request.')
      if (promises.length === 0) return []
      let answer: unknown
      try {
        answer = await createIssues(client, {
          issueUpdates: promises.map((promise) => ({
            fields: fieldsOf(promise, projectId),
            properties: [{ key: originKey, value: promise.origin }],
          })),
        })
      } catch (error) {
        const refusal = refusalOf(error)
        return allRefused(refusal, promises.length)
      }
      return byPosition(read(Created, answer, `${bulk.method} ${bulk.template}`), promises.length)
    },

    transition: (issueKey, transitionId, resolution) =>
      outcomeOf(async () => {
        await doTransition(client, {
          issueIdOrKey: issueKey,
          transition: { id: transitionId },
          ...(resolution === null ? {} : { fields: { resolution: { name: resolution } } }),
        })
        return ''
      }),

    setResolution: (issueKey, resolution) =>
      outcomeOf(async () => {
        await editIssue(client, {
          issueIdOrKey: issueKey,
          notifyUsers: false,
          fields: { resolution: resolution === null ? null : { name: resolution } },
        })
        return ''
      }),

    setParent: (issueKey, parentKey) =>
      outcomeOf(async () => {
        await editIssue(client, {
          issueIdOrKey: issueKey,
          notifyUsers: false,
          fields: { parent: { key: parentKey } },
        })
        return ''
      }),

    async deleteIssue(key) {
      try {
        await deleteIssue(client, { issueIdOrKey: key })
      } catch (error) {
        const refusal = refusalOf(error)
        // Gone already, or by an earlier try whose answer was lost.
        if (refusal.status !== 404) return failed(refusal)
      }
      return { ok: true, siteId: '' }
    },

    disableAutowatch: () =>
      outcomeOf(async () => {
        // The value is the body as it stands, not a JSON text: jira.js's function would put it in quotes.
        await client.sendRequest({
          url: '/rest/api/3/mypreferences',
          method: 'PUT',
          searchParams: { key: 'user.autowatch.disabled' },
          body: true,
        })
        return ''
      }),
  }
}

/** The created ones come without gaps: failedElementNumber says at which positions the others stood. */
function byPosition(answer: v.InferOutput<typeof Created>, count: number): Outcome[] {
  const refused = new Map(answer.errors.map((one) => [one.failedElementNumber, one]))
  if (answer.issues.length + refused.size !== count)
    throw unreadAnswer(
      bulk,
      `of ${count} issues it says ${answer.issues.length} were created and ${refused.size} refused.`,
    )
  const created = answer.issues[Symbol.iterator]()
  return Array.from({ length: count }, (_none, index): Outcome => {
    const error = refused.get(index)
    if (error)
      return failed(problemOfAnswer(error.status, JSON.stringify(error.elementErrors), bulk))
    const { value } = created.next()
    if (!value) throw unreadAnswer(bulk, 'it names a position that was not asked for.')
    return { ok: true, siteId: value.id, key: value.key }
  })
}

/** A 400 says for each element why, or one thing for all. */
function allRefused(refusal: SiteRefusal, count: number): Outcome[] {
  const each = v.safeParse(Created, refusal.body)
  const said = new Map(
    each.success ? each.output.errors.map((one) => [one.failedElementNumber, one]) : [],
  )
  return Array.from({ length: count }, (_none, index) => {
    const error = said.get(index)
    return error && wordsOf(error.elementErrors).words
      ? failed(problemOfAnswer(error.status, JSON.stringify(error.elementErrors), bulk))
      : failed(refusal)
  })
}

/** What is null or empty is not sent, so that the site's own default stays. */
function fieldsOf(promise: New, projectId: string): Record<string, unknown> {
  const named = (names: string[]) => (names.length ? names.map((name) => ({ name })) : null)
  const account = (id: string | null) => (id === null ? null : { id })
  const base = { project: { id: projectId }, issuetype: { name: promise.issueType } }
  if (!('summary' in promise))
    return {
      ...base,
      summary: `Placeholder for the number ${promise.number}, deleted at the end of the migration`,
    }
  return {
    ...base,
    summary: promise.summary,
    // Said even when it is null: an absent assignee means the project's default one.
    assignee: account(promise.assigneeAccountId),
    ...given({
      parent: promise.parentKey === null ? null : { key: promise.parentKey },
      description: promise.description,
      environment: promise.environment,
      priority: promise.priority === null ? null : { name: promise.priority },
      reporter: account(promise.reporterAccountId),
      labels: promise.labels.length ? promise.labels : null,
      components: named(promise.components),
      fixVersions: named(promise.fixVersions),
      versions: named(promise.versions),
      duedate: promise.duedate,
      timetracking: timetracking(promise),
    }),
  }
}

function timetracking(promise: Promises['issue']): Record<string, string> | null {
  const times = given({
    originalEstimate: minutes(promise.originalEstimateSeconds),
    remainingEstimate: minutes(promise.remainingEstimateSeconds),
  })
  return Object.keys(times).length ? times : null
}

/** Jira counts estimates in whole minutes, so seconds that are left over are cut off: 90 s is "1m". */
const minutes = (seconds: number | null) =>
  seconds === null ? null : `${Math.floor(seconds / 60)}m`
