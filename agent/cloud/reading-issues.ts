import {
  bulkFetchIssues,
  getTransitions,
  searchAndReconsileIssuesUsingJqlPost,
} from 'jira.js/cloud'
import * as v from 'valibot'
import { assert } from '../../shared/assert.ts'
import { originKey } from '../../shared/plan.ts'
import { read, type SiteClient } from './client.ts'
import type { SiteIssue, SiteReading } from './reading.ts'
import { Comment, siteComment, siteWorklog, Worklog } from './reading-content.ts'
import { fieldParts } from './reading-fields.ts'
import { originOf } from './reading-origin.ts'
import { Adf, Id, orNull, Text } from './reading-pages.ts'

const Named = v.object({ name: v.string() })
const Person = orNull(v.object({ accountId: v.string() }))
const Attachment = v.object({
  id: Id,
  filename: v.string(),
  size: v.number(),
  mimeType: Text,
  author: Person,
  created: Text,
})
const Linked = v.optional(v.object({ key: v.string() }))
const Link = v.object({ id: Id, type: Named, inwardIssue: Linked, outwardIssue: Linked })
const list = <S extends v.GenericSchema>(item: S) => v.optional(v.array(item), [])
const seconds = v.nullish(v.number())

const Fields = v.looseObject({
  project: v.object({ key: v.string() }),
  issuetype: Named,
  parent: orNull(v.object({ key: v.string() })),
  summary: Text,
  description: Adf,
  environment: Adf,
  priority: orNull(Named),
  status: Named,
  resolution: orNull(Named),
  reporter: Person,
  assignee: Person,
  labels: list(v.string()),
  components: list(Named),
  fixVersions: list(Named),
  versions: list(Named),
  duedate: orNull(v.string()),
  security: orNull(v.object({ id: Id, name: Text })),
  timeoriginalestimate: seconds,
  timeestimate: seconds,
  timespent: seconds,
  timetracking: v.nullish(
    v.object({
      originalEstimateSeconds: seconds,
      remainingEstimateSeconds: seconds,
      timeSpentSeconds: seconds,
    }),
  ),
  attachment: list(Attachment),
  issuelinks: list(Link),
  comment: v.optional(v.object({ comments: list(Comment), total: v.optional(v.number(), 0) })),
  worklog: v.optional(v.object({ worklogs: list(Worklog), total: v.optional(v.number(), 0) })),
  watches: v.nullish(v.object({ watchCount: v.optional(v.number(), 0) })),
})
export const fieldNames = Object.keys(Fields.entries)

export const Issue = v.object({
  id: Id,
  key: v.string(),
  fields: Fields,
  properties: v.optional(v.unknown()),
})
const Keys = v.object({
  issues: v.optional(v.array(v.object({ key: v.string() })), []),
  nextPageToken: v.optional(v.nullable(v.string())),
})
const Transitions = v.object({
  transitions: v.array(
    v.object({
      id: Id,
      name: Text,
      to: Named,
      fields: v.optional(v.record(v.string(), v.unknown()), {}),
    }),
  ),
})

type Issues = Pick<SiteReading, 'issues' | 'keysOf' | 'keysFound' | 'keysInSprint' | 'transitions'>

export function readIssues(client: SiteClient): Issues {
  async function* keysBy(jql: string) {
    let nextPageToken: string | null | undefined
    do {
      const answer = await searchAndReconsileIssuesUsingJqlPost(client, {
        jql,
        fields: ['key'],
        maxResults: 1000,
        ...(nextPageToken ? { nextPageToken } : {}),
      })
      const page = read(Keys, answer, 'POST /rest/api/3/search/jql')
      for (const issue of page.issues) yield issue.key
      nextPageToken = page.nextPageToken
    } while (nextPageToken)
  }

  return {
    async issues(keys, customFields = []) {
      assert(keys.length <= 100, 'bulkfetch takes at most 100 issues.')
      if (keys.length === 0) return []
      const answer = await bulkFetchIssues(client, {
        issueIdsOrKeys: [...keys],
        fields: [...fieldNames, ...customFields],
        properties: [originKey],
      })
      const of = 'POST /rest/api/3/issue/bulkfetch'
      const { issues } = read(v.object({ issues: v.array(Issue) }), answer, of)
      return issues.map((issue) => siteIssue(issue, customFields))
    },

    keysOf: (projectKey) => keysBy(`project = "${projectKey}" ORDER BY key ASC`),

    keysFound: keysBy,

    // jira.js asks at /rest/software, which the site's public document does not have; JQL is stable.
    keysInSprint: (sprintId) => keysBy(`sprint = ${Number(sprintId)} ORDER BY key ASC`),

    async transitions(issueKey) {
      const answer = await getTransitions(client, {
        issueIdOrKey: issueKey,
        expand: 'transitions.fields',
      })
      const of = 'GET /rest/api/3/issue/{id}/transitions'
      return read(Transitions, answer, of).transitions.map((one) => ({
        id: one.id,
        name: one.name,
        toStatus: one.to.name,
        fields: Object.keys(one.fields),
      }))
    },
  }
}

export function siteIssue(
  { id, key, fields, properties }: v.InferOutput<typeof Issue>,
  customFields: readonly string[],
): SiteIssue {
  const time = fields.timetracking
  return {
    id,
    key,
    projectKey: fields.project.key,
    issueType: fields.issuetype.name,
    parentKey: fields.parent?.key ?? null,
    summary: fields.summary,
    description: fields.description,
    environment: fields.environment,
    priority: fields.priority?.name ?? null,
    status: fields.status.name,
    resolution: fields.resolution?.name ?? null,
    reporterAccountId: fields.reporter?.accountId ?? null,
    assigneeAccountId: fields.assignee?.accountId ?? null,
    labels: fields.labels,
    components: fields.components.map((one) => one.name),
    fixVersions: fields.fixVersions.map((one) => one.name),
    versions: fields.versions.map((one) => one.name),
    duedate: fields.duedate,
    security: fields.security,
    originalEstimateSeconds: fields.timeoriginalestimate ?? time?.originalEstimateSeconds ?? null,
    remainingEstimateSeconds: fields.timeestimate ?? time?.remainingEstimateSeconds ?? null,
    timeSpentSeconds: fields.timespent ?? time?.timeSpentSeconds ?? null,
    origin: originOf(properties),
    attachments: fields.attachment.map(({ mimeType, author, ...file }) => ({
      ...file,
      mimetype: mimeType,
      authorAccountId: author?.accountId ?? null,
    })),
    links: fields.issuelinks.map((link) => ({
      id: link.id,
      type: link.type.name,
      inwardKey: link.inwardIssue?.key ?? null,
      outwardKey: link.outwardIssue?.key ?? null,
    })),
    comments: {
      items: fields.comment?.comments.map(siteComment) ?? [],
      total: fields.comment?.total ?? 0,
    },
    worklogs: {
      items: fields.worklog?.worklogs.map(siteWorklog) ?? [],
      total: fields.worklog?.total ?? 0,
    },
    watchCount: fields.watches?.watchCount ?? 0,
    custom: Object.fromEntries(customFields.map((id) => [id, fieldParts(fields[id])])),
  }
}
