import { customId, findCustom } from '../custom/find.ts'
import { customView } from '../custom/view.ts'
import type { Issue, Thing } from '../kinds.ts'
import { levelOf } from '../routes/security-schemes.ts'
import { type Call, stamp } from '../site.ts'
import {
  attachmentView,
  commentView,
  componentIdentity,
  issueTypeView,
  linkTypeView,
  pretty,
  priorityView,
  projectIdentity,
  resolutionView,
  statusView,
  userOrNull,
  versionIdentity,
  worklogView,
} from '../views.ts'
import { asIssue, keyOf } from './find.ts'
import { properties } from './property.ts'

/** How much of an issue is asked for. */
export interface Want {
  fields: string[]
  properties: string[]
  /** How many comments the issue carries: more when it is asked for alone. */
  comments: number
}
/** An issue carries this many worklogs at most, however many it has. */
const worklogs = 20

type View = (call: Call, issue: Issue, want: Want) => unknown
const orNull = <T, V>(value: T | undefined, view: (value: T) => V) =>
  value === undefined ? null : view(value)

const parts = <K extends 'component' | 'version', V>(
  call: Call,
  kind: K,
  ids: number[],
  view: (call: Call, thing: Thing<K>) => V,
) => ids.flatMap((id) => call.store.get(kind, id) ?? []).map((each) => view(call, each))

const timestamp = (time: number | null) => (time === null ? null : stamp(time))

function timetracking({ data }: { data: Issue['data'] }) {
  const { originalEstimate: original, remainingEstimate: left, timeSpent: spent } = data
  return {
    ...(original === null
      ? {}
      : { originalEstimate: pretty(original), originalEstimateSeconds: original }),
    ...(left === null ? {} : { remainingEstimate: pretty(left), remainingEstimateSeconds: left }),
    ...(spent === null ? {} : { timeSpent: pretty(spent), timeSpentSeconds: spent }),
  }
}

/** An issue as it is shown at the end of a link, above or below another. */
export function linkedView(call: Call, issue: Issue) {
  const self = `${call.base}/rest/api/3/issue/${issue.id}`
  const { store } = call
  return {
    id: String(issue.id),
    key: keyOf(store, issue),
    self,
    fields: {
      summary: issue.data.summary,
      status: orNull(store.get('status', issue.statusId), (each) => statusView(call, each)),
      priority: orNull(store.get('priority', issue.data.priorityId ?? 0), (each) =>
        priorityView(call, each),
      ),
      issuetype: orNull(store.get('issueType', issue.typeId), (each) => issueTypeView(call, each)),
    },
  }
}

const byId = (call: Call, id: number): Issue | undefined => {
  const row = call.store.row('SELECT * FROM issue WHERE id = ?', id)
  return row && asIssue(row)
}

/** The links of an issue, each with the other end: outwardIssue where this one is the inward issue. */
function issueLinks(call: Call, issue: Issue) {
  const sql =
    'SELECT * FROM link WHERE inward = ? UNION SELECT * FROM link WHERE outward = ? ORDER BY id'
  return call.store.rows(sql, issue.id, issue.id).flatMap((row) => {
    const type = call.store.get('linkType', Number(row.typeId))
    const outward = Number(row.inward) === issue.id
    const other = byId(call, Number(outward ? row.outward : row.inward))
    if (!type || !other) return []
    return {
      id: String(row.id),
      self: `${call.base}/rest/api/3/issueLink/${row.id}`,
      type: linkTypeView(call, type),
      [outward ? 'outwardIssue' : 'inwardIssue']: linkedView(call, other),
    }
  })
}

const countOf = (call: Call, table: 'watcher' | 'vote', issue: Issue) =>
  Number(call.store.row(`SELECT count(*) AS n FROM ${table} WHERE issueId = ?`, issue.id)?.n)
const includesMe = (call: Call, table: 'watcher' | 'vote', issue: Issue) =>
  call.store.row(
    `SELECT 1 FROM ${table} WHERE issueId = ? AND accountId = ?`,
    issue.id,
    call.site.me,
  ) !== undefined

const selfOf = (call: Call, issue: Issue) => `${call.base}/rest/api/3/issue/${issue.id}`

export const fieldViews: Record<string, View> = {
  summary: (_, { data }) => data.summary,
  issuetype: (call, issue) =>
    orNull(call.store.get('issueType', issue.typeId), (each) => issueTypeView(call, each)),
  project: (call, issue) =>
    orNull(call.store.get('project', issue.projectId), (each) => projectIdentity(call, each)),
  parent: (call, issue) =>
    issue.parentId === null
      ? undefined
      : orNull(byId(call, issue.parentId), (each) => linkedView(call, each)),
  subtasks: (call, issue) =>
    call.store
      .rows('SELECT * FROM issue WHERE parentId = ? ORDER BY number', issue.id)
      .map((row) => linkedView(call, asIssue(row))),
  description: (_, { data }) => data.description,
  environment: (_, { data }) => data.environment,
  status: (call, issue) =>
    orNull(call.store.get('status', issue.statusId), (each) => statusView(call, each)),
  priority: (call, { data }) =>
    orNull(call.store.get('priority', data.priorityId ?? 0), (each) => priorityView(call, each)),
  resolution: (call, { data }) =>
    orNull(call.store.get('resolution', data.resolutionId ?? 0), (each) =>
      resolutionView(call, each),
    ),
  security: (call, { data, projectId }) =>
    orNull(
      data.security
        ? levelOf(call, call.store.get('project', projectId), data.security)
        : undefined,
      (level) => level,
    ),
  resolutiondate: (_, { data }) => timestamp(data.resolutionDate),
  creator: (call, { data }) => userOrNull(call, data.creator),
  reporter: (call, { data }) => userOrNull(call, data.reporter),
  assignee: (call, { data }) => userOrNull(call, data.assignee),
  labels: (_, { data }) => data.labels,
  components: (call, { data }) => parts(call, 'component', data.components, componentIdentity),
  fixVersions: (call, { data }) => parts(call, 'version', data.fixVersions, versionIdentity),
  versions: (call, { data }) => parts(call, 'version', data.versions, versionIdentity),
  duedate: (_, { data }) => data.duedate,
  created: (_, issue) => stamp(issue.created),
  updated: (_, issue) => stamp(issue.updated),
  statuscategorychangedate: (_, { data }) => stamp(data.statusChanged),
  timetracking: (_, issue) => timetracking(issue),
  timeoriginalestimate: (_, { data }) => data.originalEstimate,
  timeestimate: (_, { data }) => data.remainingEstimate,
  timespent: (_, { data }) => data.timeSpent,
  issuelinks: issueLinks,
  attachment: (call, issue) =>
    call.store.all('attachment', issue.id).map((each) => attachmentView(call, each)),
  comment: (call, issue, want) => ({
    comments: call.store
      .page('comment', issue.id, 0, want.comments)
      .map((each) => commentView(call, each)),
    self: `${selfOf(call, issue)}/comment`,
    maxResults: want.comments,
    total: call.store.count('comment', issue.id),
    startAt: 0,
  }),
  worklog: (call, issue) => ({
    startAt: 0,
    maxResults: worklogs,
    total: call.store.count('worklog', issue.id),
    worklogs: call.store
      .page('worklog', issue.id, 0, worklogs)
      .map((each) => worklogView(call, each)),
  }),
  watches: (call, issue) => ({
    self: `${selfOf(call, issue)}/watchers`,
    watchCount: countOf(call, 'watcher', issue),
    isWatching: includesMe(call, 'watcher', issue),
  }),
  votes: (call, issue) => ({
    self: `${selfOf(call, issue)}/votes`,
    votes: countOf(call, 'vote', issue),
    hasVoted: includesMe(call, 'vote', issue),
  }),
}

/** Fields that *navigable leaves out, being too big for a list. */
const notNavigable = new Set(['comment', 'worklog', 'attachment', 'issuelinks', 'timetracking'])

/** The names of the fields that a list like "*all,-comment" means. */
export function wantedFields(
  { store }: Call,
  asked: string[],
  standard: '*all' | '*navigable' | 'id',
): string[] {
  const given = asked
    .flatMap((each) => each.split(','))
    .map((each) => each.trim())
    .filter(Boolean)
  const all = [
    ...Object.keys(fieldViews),
    ...store.all('customField').map(({ id }) => customId(id)),
  ]
  const known = new Set(all)
  const names = given.some((each) => !each.startsWith('-')) ? given : [standard, ...given]
  const wanted = new Set<string>()
  for (const name of names) {
    if (name === '*all') for (const each of all) wanted.add(each)
    else if (name === '*navigable')
      for (const each of all.filter((field) => !notNavigable.has(field))) wanted.add(each)
    else if (name.startsWith('-')) wanted.delete(name.slice(1))
    else if (known.has(name)) wanted.add(name)
  }
  return [...wanted]
}

/** An issue as Jira answers it, with the fields and properties that are asked for. */
export function issueView(call: Call, issue: Issue, want: Want) {
  const fields = want.fields.flatMap((name) => {
    const custom = findCustom(call.store, name)
    const value = custom
      ? customView(call, custom, issue.data.custom?.[name])
      : fieldViews[name]?.(call, issue, want)
    return value === undefined ? [] : [[name, value] as const]
  })
  const asked = new Set(want.properties)
  const values =
    asked.size === 0
      ? undefined
      : properties(call.store, 'issue', issue.id)
          .filter(({ key }) => asked.has(key) || asked.has('*all'))
          .map(({ key, value }) => [key, value] as const)
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: String(issue.id),
    self: selfOf(call, issue),
    key: keyOf(call.store, issue),
    fields: Object.fromEntries(fields),
    ...(values ? { properties: Object.fromEntries(values) } : {}),
  }
}
