import { plain } from '../adf.ts'
import { customTexts } from '../custom/text.ts'
import { findIssue, keyOf } from '../issue/find.ts'
import type { Store } from '../store.ts'
import { account, pretty } from '../views.ts'
import { type Html, html } from './html.ts'

/** Comments on the page; the rest is told by a number. */
const mostComments = 50

/** One issue: the parts of it that people look for first. */
export function issuePage(store: Store, key: string): { title: string; content: Html } | null {
  const issue = findIssue(store, key)
  if (!issue) return null
  const { data } = issue
  const own = keyOf(store, issue)
  const project = store.get('project', issue.projectId)?.data
  const parent = issue.parentId === null ? undefined : findIssue(store, String(issue.parentId))
  const who = (id: string | null) =>
    id === null ? 'None' : (account(store, id)?.displayName ?? 'Former user')
  const details: [string, string][] = [
    ['Type', store.get('issueType', issue.typeId)?.data.name ?? ''],
    ['Priority', store.get('priority', data.priorityId ?? 0)?.data.name ?? 'None'],
    ['Resolution', store.get('resolution', data.resolutionId ?? 0)?.data.name ?? 'Unresolved'],
    ['Assignee', who(data.assignee)],
    ['Reporter', who(data.reporter)],
    ['Labels', data.labels.join(' ') || 'None'],
    ['Due date', data.duedate ?? 'None'],
    ['Time spent', data.timeSpent === null ? 'None' : pretty(data.timeSpent)],
    ['Created', new Date(issue.created).toUTCString()],
    ...customTexts(store, data.custom ?? {}),
  ]
  const attachments = store
    .all('attachment', issue.id)
    .map(
      ({ id, data }) =>
        html`<li><a href="/rest/api/3/attachment/content/${id}" download>${data.filename}</a> (${data.size} bytes)</li>`,
    )
  const total = store.count('comment', issue.id)
  const comments = store
    .page('comment', issue.id, 0, mostComments)
    .map(
      ({ id, data }) =>
        html`<div data-testid="comment-base-item-${id}"><b>${who(data.author)}</b> ${new Date(data.created).toUTCString()}<p>${plain(data.body)}</p></div>`,
    )
  const above = parent ? keyOf(store, parent) : null
  const content = html`
<div data-testid="issue.views.issue-base.foundation.breadcrumbs.breadcrumb-current-issue-container">
<a href="/jira/software/c/projects/${project?.key ?? ''}/issues">${project?.name ?? ''}</a> /
${above === null ? '' : html`<a href="/browse/${above}">${above}</a> / `}
<a href="/browse/${own}" data-testid="issue.views.issue-base.foundation.breadcrumbs.current-issue.item">${own}</a>
</div>
<h1 data-testid="issue.views.issue-base.foundation.summary.heading">${data.summary}</h1>
<div data-testid="issue.views.issue-base.foundation.status.status-field-wrapper"><button type="button" class="status" data-testid="issue-field-status.ui.status-view.status-button.status-button">${store.get('status', issue.statusId)?.data.name ?? ''}</button></div>
<div data-testid="issue.views.field.rich-text.description"><h2>Description</h2><p>${plain(data.description) || 'None'}</p></div>
<table>${details.map(([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>`)}</table>
<h2>Attachments (${attachments.length})</h2><ul>${attachments}</ul>
<h2>Comments (${total})</h2>${comments}`
  return { title: `[${own}] ${data.summary}`, content }
}
