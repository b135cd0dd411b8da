import { getComments, getIssueWatchers, getIssueWorklog, getRemoteIssueLinks } from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import type { SiteComment, SiteReading, SiteWorklog } from './reading.ts'
import { originOf } from './reading-origin.ts'
import { Adf, Id, inParts, orNull, Text } from './reading-pages.ts'

const Person = orNull(v.object({ accountId: v.string() }))
const Visibility = orNull(
  v.pipe(
    v.object({ type: v.picklist(['role', 'group']), value: v.string() }),
    v.transform(({ type, value }) => ({ type, value })),
  ),
)
export const Comment = v.object({
  id: Id,
  body: Adf,
  visibility: Visibility,
  author: Person,
  created: Text,
  properties: v.optional(v.unknown()),
})
export const Worklog = v.object({
  id: Id,
  started: v.string(),
  timeSpentSeconds: v.number(),
  comment: Adf,
  visibility: Visibility,
  author: Person,
  properties: v.optional(v.unknown()),
})
const Total = v.optional(v.number(), 0)
const Comments = v.object({ comments: v.array(Comment), total: Total })
const Worklogs = v.object({ worklogs: v.array(Worklog), total: Total })
const Watchers = v.object({
  watchers: v.optional(v.array(v.object({ accountId: v.string() })), []),
})
const RemoteLink = v.object({
  id: Id,
  globalId: orNull(v.string()),
  relationship: orNull(v.string()),
  object: v.object({ title: v.string(), url: v.string(), summary: orNull(v.string()) }),
})
const WithProperties = v.object({
  values: v.array(v.object({ id: Id, properties: v.optional(v.unknown()) })),
})

type Content = Pick<SiteReading, 'comments' | 'worklogs' | 'watchers' | 'remoteLinks' | 'content'>

/** What hangs on one issue. */
export function readContent(client: SiteClient): Content {
  return {
    async comments(issueKey) {
      const all = await inPages(async (startAt) => {
        const answer = await getComments(client, {
          issueIdOrKey: issueKey,
          startAt,
          maxResults: 100,
          orderBy: 'created',
          expand: 'properties',
        })
        const page = read(Comments, answer, 'GET /rest/api/3/issue/{id}/comment')
        return { items: page.comments, total: page.total }
      })
      return (await withProperties(client, all)).map(siteComment)
    },

    async worklogs(issueKey) {
      const all = await inPages(async (startAt) => {
        const answer = await getIssueWorklog(client, {
          issueIdOrKey: issueKey,
          startAt,
          maxResults: 1000,
          expand: 'properties',
        })
        const page = read(Worklogs, answer, 'GET /rest/api/3/issue/{id}/worklog')
        return { items: page.worklogs, total: page.total }
      })
      return all.map(siteWorklog)
    },

    async watchers(issueKey) {
      const answer = await getIssueWatchers(client, { issueIdOrKey: issueKey })
      const { watchers } = read(Watchers, answer, 'GET /rest/api/3/issue/{id}/watchers')
      return watchers.map((one) => one.accountId)
    },

    async remoteLinks(issueKey) {
      const answer = await getRemoteIssueLinks(client, { issueIdOrKey: issueKey })
      const all = read(v.array(RemoteLink), answer, 'GET /rest/api/3/issue/{id}/remotelink')
      return all.map(({ object, ...link }) => ({ ...link, ...object }))
    },

    // redirect=false: the site sends the bytes itself, so that the token follows no address of another host.
    content: (attachmentId) =>
      client.stream(`/rest/api/3/attachment/content/${attachmentId}`, { redirect: false }),
  }
}

async function inPages<T>(
  ask: (startAt: number) => Promise<{ items: T[]; total: number }>,
): Promise<T[]> {
  const all: T[] = []
  for (;;) {
    const { items, total } = await ask(all.length)
    all.push(...items)
    if (items.length === 0 || all.length >= total) return all
  }
}

/**
 * The API document knows expand=properties only for the list of comments by id; where the issue's own
 * list comes without, that one is asked (at most 1,000 ids a request).
 */
async function withProperties(client: SiteClient, comments: v.InferOutput<typeof Comment>[]) {
  const without = comments.filter((one) => one.properties === undefined).map((one) => one.id)
  const found = new Map<string, unknown>()
  for (const ids of inParts(without, 1000)) {
    const answer = await client.sendRequest({
      url: '/rest/api/3/comment/list',
      method: 'POST',
      searchParams: { expand: 'properties' },
      body: { ids: ids.map(Number) },
    })
    const page = read(WithProperties, answer, 'POST /rest/api/3/comment/list')
    for (const one of page.values) found.set(one.id, one.properties)
  }
  return comments.map((one) => ({ ...one, properties: one.properties ?? found.get(one.id) }))
}

const emptyDoc = { type: 'doc' as const, version: 1 as const, content: [] }

export const siteComment = (comment: v.InferOutput<typeof Comment>): SiteComment => ({
  id: comment.id,
  body: comment.body ?? emptyDoc,
  visibility: comment.visibility,
  authorAccountId: comment.author?.accountId ?? null,
  created: comment.created,
  origin: originOf(comment.properties),
})

export const siteWorklog = (worklog: v.InferOutput<typeof Worklog>): SiteWorklog => ({
  id: worklog.id,
  started: worklog.started,
  timeSpentSeconds: worklog.timeSpentSeconds,
  comment: worklog.comment,
  visibility: worklog.visibility,
  authorAccountId: worklog.author?.accountId ?? null,
  origin: originOf(worklog.properties),
})
