import { subtaskType } from './frame.ts'
import { day, flag, idOf, type Json, record, records, text, wall, whole } from './shapes.ts'
import type { ValueContext } from './values.ts'
import { addValue } from './values.ts'

export interface IssueContext extends ValueContext {
  /** Role names in lower case to ids. */
  roles: ReadonlyMap<string, string>
  /** Keys of the projects that are read. */
  projectKeys: ReadonlySet<string>
  /** Types of links that Jira keeps for itself and some issue has. */
  ownLinks: Set<string>
}

/** What resources of its own tell of an issue; null = the issue's own answer has all of it. */
export interface IssueParts {
  comments: Json[] | null
  worklogs: Json[] | null
  remoteLinks: Json[]
  watchers: Json[]
  voters: Json[]
}

/** Writes an issue's answer (fields *all, with its changelog) and what belongs to it as rows. */
export function addIssue(context: IssueContext, issue: Json, parts: IssueParts): void {
  const { rows, people } = context
  const id = idOf(issue.id) ?? ''
  const key = text(issue.key) ?? ''
  const fields = record(issue.fields)
  const named = (value: unknown) => idOf(record(value).id)
  const estimates = record(fields.timetracking)
  rows.add('issue', {
    id,
    projectId: named(fields.project) ?? '',
    number: Number(/-(\d+)$/.exec(key)?.[1] ?? 0),
    key,
    type: named(fields.issuetype),
    status: named(fields.status),
    priority: named(fields.priority),
    resolution: named(fields.resolution),
    summary: text(fields.summary),
    description: text(fields.description),
    environment: text(fields.environment),
    reporter: people.ref(fields.reporter),
    assignee: people.ref(fields.assignee),
    creator: people.ref(fields.creator),
    created: wall(fields.created),
    updated: wall(fields.updated),
    due: day(fields.duedate),
    resolved: wall(fields.resolutiondate),
    originalEstimate:
      whole(fields.timeoriginalestimate) ?? whole(estimates.originalEstimateSeconds),
    remainingEstimate: whole(fields.timeestimate) ?? whole(estimates.remainingEstimateSeconds),
    timeSpent: whole(fields.timespent) ?? whole(estimates.timeSpentSeconds),
    security: named(fields.security),
    votes: whole(record(fields.votes).votes),
    watches: whole(record(fields.watches).watchCount),
    archived: fields.archiveddate ? 1 : flag(fields.archived),
  })
  for (const comment of parts.comments ?? records(record(fields.comment).comments))
    addComment(context, id, comment)
  for (const worklog of parts.worklogs ?? records(record(fields.worklog).worklogs))
    addWorklog(context, id, worklog)
  addFiles(context, id, fields)
  addLinks(context, id, fields)
  for (const label of Array.isArray(fields.labels) ? fields.labels : [])
    if (typeof label === 'string') rows.add('label', { issueId: id, label, fieldId: null })
  addParts(context, id, fields)
  for (const link of parts.remoteLinks) addRemoteLink(context, id, link)
  for (const user of parts.watchers) addPerson(context, 'watcher', id, user)
  for (const user of parts.voters) addPerson(context, 'vote', id, user)
  for (const [member, field] of context.fields.byMember)
    if (fields[member] !== undefined) addValue(context, id, field, fields[member])
  addHistory(context, id, record(issue.changelog))
}

/** Who may see a text: a role by its id (or its name, where there is no such role), or a group. */
function levels({ roles }: IssueContext, row: Json) {
  const { type, value } = record(row.visibility)
  const role = type === 'role' ? text(value) : text(row.roleLevel)
  return {
    groupLevel: type === 'group' ? text(value) : text(row.groupLevel),
    roleLevel: role === null ? null : roles.get(role.toLowerCase()) || role,
  }
}

function addComment(context: IssueContext, issueId: string, row: Json): void {
  const { rows, people } = context
  rows.add('comment', {
    id: idOf(row.id) ?? '',
    issueId,
    author: people.ref(row.author),
    body: text(row.body),
    created: wall(row.created),
    updateAuthor: people.ref(row.updateAuthor),
    updated: wall(row.updated),
    ...levels(context, row),
  })
}

function addWorklog(context: IssueContext, issueId: string, row: Json): void {
  const { rows, people } = context
  const minutes = whole(row.minutesSpent)
  rows.add('worklog', {
    // Version 4 tells a worklog's id in its address only.
    id: idOf(row.id) ?? /(\d+)$/.exec(text(row.self) ?? '')?.[1] ?? '',
    issueId,
    author: people.ref(row.author),
    body: text(row.comment),
    created: wall(row.created),
    updateAuthor: people.ref(row.updateAuthor),
    updated: wall(row.updated),
    started: wall(row.started),
    seconds: whole(row.timeSpentSeconds) ?? (minutes === null ? null : minutes * 60),
    ...levels(context, row),
  })
}

function addFiles({ rows, people }: IssueContext, issueId: string, fields: Json): void {
  for (const row of records(fields.attachment))
    rows.add('attachment', {
      id: idOf(row.id) ?? /attachment\/(\d+)/.exec(text(row.self) ?? '')?.[1] ?? '',
      issueId,
      filename: text(row.filename) ?? '',
      mimetype: text(row.mimeType),
      size: whole(row.size),
      author: people.ref(row.author),
      created: wall(row.created),
    })
}

/** Each link stands in both issues: it is taken where it goes out, and where its other end is not read. */
function addLinks(context: IssueContext, issueId: string, fields: Json): void {
  const { rows, projectKeys, ownLinks } = context
  for (const row of records(fields.issuelinks)) {
    const typeId = idOf(record(row.type).id) ?? text(record(row.type).name) ?? ''
    const out = record(row.outwardIssue)
    const inward = record(row.inwardIssue)
    const other = idOf(out.id) ?? idOf(inward.id)
    if (other === null) continue
    const goesOut = idOf(out.id) !== null
    if (!goesOut && projectKeys.has(projectOf(text(inward.key)))) continue
    rows.add('link', {
      id: idOf(row.id) ?? `${issueId}/${other}`,
      typeId,
      sourceId: goesOut ? issueId : other,
      destinationId: goesOut ? other : issueId,
      sequence: null,
      relation: 'link',
    })
  }
  const parent = idOf(record(fields.parent).id)
  if (parent === null || !flag(record(fields.issuetype).subtask)) return
  ownLinks.add(subtaskType)
  rows.add('link', {
    id: `subtask/${issueId}`,
    typeId: subtaskType,
    sourceId: parent,
    destinationId: issueId,
    sequence: null,
    relation: 'subtask',
  })
}

const projectOf = (key: string | null) => key?.replace(/-\d+$/, '') ?? ''

function addParts({ rows }: IssueContext, issueId: string, fields: Json): void {
  for (const row of records(fields.components))
    rows.add('issueComponent', { issueId, componentId: idOf(row.id) ?? '' })
  for (const row of records(fields.fixVersions))
    rows.add('issueVersion', { issueId, versionId: idOf(row.id) ?? '', role: 'fix' })
  for (const row of records(fields.versions))
    rows.add('issueVersion', { issueId, versionId: idOf(row.id) ?? '', role: 'affects' })
}

function addRemoteLink({ rows }: IssueContext, issueId: string, row: Json): void {
  const { url, title, summary } = record(row.object)
  const { type, name } = record(row.application)
  rows.add('remoteLink', {
    id: idOf(row.id) ?? '',
    issueId,
    globalId: text(row.globalId),
    title: text(title),
    url: text(url),
    summary: text(summary),
    relationship: text(row.relationship),
    applicationType: text(type),
    applicationName: text(name),
  })
}

function addPerson(
  { rows, people }: IssueContext,
  table: 'watcher' | 'vote',
  issueId: string,
  value: Json,
): void {
  const user = people.ref(value)
  if (user !== null) rows.add(table, { issueId, user })
}

function addHistory({ rows, people }: IssueContext, issueId: string, changelog: Json): void {
  for (const [at, group] of records(changelog.histories).entries()) {
    const groupId = idOf(group.id) ?? `${issueId}/${at}`
    const author = people.ref(group.author)
    rows.add('changeGroup', { id: groupId, issueId, author, created: wall(group.created) })
    for (const [n, item] of records(group.items).entries())
      rows.add('changeItem', {
        id: `${groupId}/${String(n).padStart(3, '0')}`,
        groupId,
        fieldType: text(item.fieldtype),
        field: text(item.field),
        oldValue: text(item.from),
        oldString: text(item.fromString),
        newValue: text(item.to),
        newString: text(item.toString),
      })
  }
}
