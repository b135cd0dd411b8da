import { idIn, putId } from './foreign-frame.ts'
import type { ForeignContext } from './foreign-issues.ts'
import { foreignFile } from './foreign-site.ts'
import { foreignDoc } from './foreign-text.ts'

/** What hangs on issues: comments, work, files, links, watchers. attachments: the folder, null = none are moved. */
export async function foreignContent(
  context: ForeignContext,
  attachments: string | null,
): Promise<void> {
  const { source, site, ids, people, time, history } = context
  const issueOf = (id: string | undefined) => idIn(ids, 'jira:issue', id)
  const roles = new Map(source.rows('ProjectRole').map((row) => [row.id, row.name]))
  const account = (key: string | undefined) => people.byKey.get(key ?? '') ?? null
  const made = (row: { author?: string; created?: string; updated?: string }) => ({
    author: account(row.author),
    ...(time(row.created) === null ? {} : { created: time(row.created) }),
    ...(time(row.updated) === null ? {} : { updated: time(row.updated) }),
  })
  for (const row of source.rows('Action')) {
    const issue = issueOf(row.issue)
    if (!issue || row.type !== 'comment') continue
    const level = row.rolelevel
      ? { visibility: { type: 'role', value: roles.get(row.rolelevel) } }
      : row.level
        ? { visibility: { type: 'group', value: row.level } }
        : {}
    const body = { body: foreignDoc(row.body ?? '', people.byName), ...level }
    const path = `/rest/api/3/issue/${issue}/comment`
    const { id } = await site.ask<{ id: string }>('POST', path, body)
    putId(ids, 'jira:comment', row.id ?? '', String(id))
    if (history) site.door.thing('comment', id, made(row))
  }
  for (const row of source.rows('Worklog')) {
    const issue = issueOf(row.issue)
    const started = time(row.startdate)
    if (!issue || started === null) continue
    const path = `/rest/api/3/issue/${issue}/worklog?adjustEstimate=leave&notifyUsers=false`
    const { id } = await site.ask<{ id: string }>('POST', path, {
      started: new Date(started).toISOString().replace('Z', '+0000'),
      timeSpentSeconds: Number(row.timeworked),
      ...(row.body?.trim() ? { comment: foreignDoc(row.body, people.byName) } : {}),
    })
    putId(ids, 'jira:worklog', row.id ?? '', String(id))
    if (history) site.door.thing('worklog', id, made(row))
  }
  if (attachments !== null) await files(context, attachments, made)
  await links(context)
  for (const row of source.rows('UserAssociation')) {
    const [issue, who] = [issueOf(row.sinkNodeId), account(row.sourceName)]
    if (row.associationType === 'WatchIssue' && issue && who)
      await site.ask('POST', `/rest/api/3/issue/${issue}/watchers`, who)
  }
}

async function files(
  { source, site, ids, history }: ForeignContext,
  folder: string,
  made: (row: { author?: string; created?: string }) => Record<string, unknown>,
): Promise<void> {
  const issues = new Map(source.rows('Issue').map((row) => [row.id, row]))
  const projects = new Map(source.rows('Project').map((row) => [row.id, row]))
  for (const row of source.rows('FileAttachment')) {
    const issue = issues.get(row.issue)
    const siteId = idIn(ids, 'jira:issue', row.issue)
    const project = projects.get(issue?.project)
    if (!issue || !siteId || !project) continue
    const bytes = foreignFile(folder, {
      key: project.originalkey ?? project.key ?? '',
      number: Number(issue.number),
      id: row.id ?? '',
    })
    if (!bytes) continue
    const { id } = await site.upload(siteId, row.filename ?? '', bytes, row.mimetype ?? '')
    putId(ids, 'jira:attachment', row.id ?? '', id)
    if (history) site.door.thing('attachment', id, made(row))
  }
}

async function links({ source, site, ids }: ForeignContext): Promise<void> {
  const types = new Map(source.rows('IssueLinkType').map((row) => [row.id, row.linkname]))
  for (const row of source.rows('IssueLink')) {
    const [from, to] = [
      idIn(ids, 'jira:issue', row.source),
      idIn(ids, 'jira:issue', row.destination),
    ]
    if (!from || !to || !idIn(ids, 'jira:issueLinkType', row.linktype)) continue
    await site.ask('POST', '/rest/api/3/issueLink', {
      type: { name: types.get(row.linktype) },
      inwardIssue: { id: from },
      outwardIssue: { id: to },
    })
  }
  for (const row of source.rows('RemoteIssueLink')) {
    const issue = idIn(ids, 'jira:issue', row.issueid)
    if (!issue) continue
    const { id } = await site.ask<{ id: number }>('POST', `/rest/api/3/issue/${issue}/remotelink`, {
      globalId: row.globalid,
      relationship: row.relationship,
      object: { title: row.title, url: row.url },
    })
    putId(ids, 'jira:remoteLink', row.id ?? '', String(id))
  }
}
