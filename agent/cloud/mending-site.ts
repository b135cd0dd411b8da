import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import type { Made, SiteChange, SiteMending } from './mending.ts'
import { failed, SiteRefusal } from './problems.ts'
import { Comment, siteComment, siteWorklog, Worklog } from './reading-content.ts'
import { Id, orNull, pages, Text } from './reading-pages.ts'
import type { Outcome } from './writing.ts'
import { siteTime, writeContent } from './writing-content.ts'
import { writeIssues } from './writing-issues.ts'
import { outcomeOf, refusalOf } from './writing-outcome.ts'

const Person = orNull(v.object({ accountId: v.string(), displayName: v.optional(v.string(), '') }))
const Change = v.object({
  id: Id,
  author: Person,
  created: v.string(),
  items: v.array(
    v.object({ field: Text, fieldId: Text, fromString: Text, toString: v.optional(v.unknown()) }),
  ),
})
const stamps = { author: Person, updateAuthor: Person, created: Text, updated: Text }
const MadeComment = v.object({ ...Comment.entries, ...stamps })
const MadeWorklog = v.object({ ...Worklog.entries, ...stamps })
const Creator = v.object({ fields: v.object({ creator: Person }) })

const issue = (key: string, rest = '') => `/rest/api/3/issue/${encodeURIComponent(key)}${rest}`

/** Edits and removals over the same client as everything else: paced, retried and logged alike. */
export function createMending(client: SiteClient, me: string): SiteMending {
  const { createComment, createWorklog, attach, createLink, createRemoteLink, addWatcher } =
    writeContent(client)
  const { setParent } = writeIssues(client)

  const put = (url: string, body: unknown) =>
    outcomeOf(async () => {
      await client.sendRequest({
        url,
        method: 'PUT',
        searchParams: { notifyUsers: false },
        body,
      })
      return ''
    })
  const remove = (url: string, searchParams: Record<string, unknown> = {}) =>
    gone(() => client.sendRequest({ url, method: 'DELETE', searchParams }))

  return {
    me,
    createComment,
    createWorklog,
    attach,
    createLink,
    createRemoteLink,
    addWatcher,
    setParent,
    async history(issueKey) {
      const all: SiteChange[] = []
      const list = pages(Change, 'GET /rest/api/3/issue/{id}/changelog', (startAt) =>
        client.sendRequest({
          url: issue(issueKey, '/changelog'),
          method: 'GET',
          searchParams: { startAt, maxResults: 100 },
        }),
      )
      for await (const { id, author, created, items } of list)
        for (const { field, fieldId, fromString, toString: to } of items)
          all.push({
            id,
            at: Date.parse(created),
            accountId: author?.accountId ?? null,
            who: author?.displayName || null,
            fields: [field ?? '', fieldId ?? ''].map((name) => name.toLowerCase()),
            from: fromString ?? '',
            to: typeof to === 'string' ? to : '',
          })
      return all.sort((a, b) => a.at - b.at)
    },
    comment: (issueKey, id) =>
      found(async () => {
        const url = issue(issueKey, `/comment/${encodeURIComponent(id)}`)
        const answer = await client.sendRequest({
          url,
          method: 'GET',
          searchParams: { expand: 'properties' },
        })
        const one = read(MadeComment, answer, 'GET /rest/api/3/issue/{id}/comment/{id}')
        return { ...siteComment(one), made: made(one) }
      }),
    worklog: (issueKey, id) =>
      found(async () => {
        const url = issue(issueKey, `/worklog/${encodeURIComponent(id)}`)
        const answer = await client.sendRequest({
          url,
          method: 'GET',
          searchParams: { expand: 'properties' },
        })
        const one = read(MadeWorklog, answer, 'GET /rest/api/3/issue/{id}/worklog/{id}')
        return { ...siteWorklog(one), made: made(one) }
      }),
    async creator(issueKey) {
      const url = issue(issueKey)
      const answer = await client.sendRequest({
        url,
        method: 'GET',
        searchParams: { fields: ['creator'] },
      })
      const one = read(Creator, answer, 'GET /rest/api/3/issue/{id}')
      return one.fields.creator?.accountId ?? null
    },
    editIssue: (issueKey, fields) => put(issue(issueKey), { fields }),
    editComment: (issueKey, id, { body, visibility }) =>
      put(issue(issueKey, `/comment/${encodeURIComponent(id)}`), {
        body,
        ...(visibility === null ? {} : { visibility }),
      }),
    editWorklog: (issueKey, id, { started, timeSpentSeconds, comment, visibility }) =>
      outcomeOf(async () => {
        await client.sendRequest({
          url: issue(issueKey, `/worklog/${encodeURIComponent(id)}`),
          method: 'PUT',
          searchParams: { notifyUsers: false, adjustEstimate: 'leave' },
          body: {
            started: siteTime(started),
            timeSpentSeconds,
            comment: comment ?? { type: 'doc', version: 1, content: [] },
            ...(visibility === null ? {} : { visibility }),
          },
        })
        return ''
      }),
    removeComment: (key, id) => remove(issue(key, `/comment/${encodeURIComponent(id)}`)),
    removeWorklog: (key, id) =>
      remove(issue(key, `/worklog/${encodeURIComponent(id)}`), {
        notifyUsers: false,
        adjustEstimate: 'leave',
      }),
    removeAttachment: (id) => remove(`/rest/api/3/attachment/${encodeURIComponent(id)}`),
    removeLink: (id) => remove(`/rest/api/3/issueLink/${encodeURIComponent(id)}`),
    removeRemoteLink: (key, globalId) => remove(issue(key, '/remotelink'), { globalId }),
    removeWatcher: (key, accountId) => remove(issue(key, '/watchers'), { accountId }),
  }
}

const time = (text: string | null | undefined) => Date.parse(text ?? '') || 0

function made(one: v.InferOutput<typeof MadeComment> | v.InferOutput<typeof MadeWorklog>): Made {
  return {
    author: one.author,
    created: time(one.created),
    updateAuthor: one.updateAuthor,
    updated: time(one.updated),
  }
}

/** null where it is not there (any more), or not to be seen. */
async function found<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof SiteRefusal && error.status === 404) return null
    throw error
  }
}

async function gone(remove: () => Promise<unknown>): Promise<Outcome> {
  try {
    await remove()
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal.status !== 404) return failed(refusal)
  }
  return { ok: true, siteId: '' }
}
