import type { IssueRow } from '../../shared/issue-rows.ts'
import type { PlannedItem } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { heldIssue } from './held/issue.ts'
import { type IssueParts, planIssue } from './issue.ts'
import { fillers } from './keys.ts'
import type { Setup } from './setup.ts'
import { issuePages } from './survey.ts'

/** A project's issues and the fillers of its gaps, in strictly rising number: so the site gives the same keys. */
export async function* planIssues(context: Context, setup: Setup): AsyncGenerator<PlannedItem> {
  let after = 0
  for (const page of issuePages(context.snapshot, setup.plan.row.id)) {
    const parts = readIssueParts(context, page)
    const planned = page.map((row) =>
      context.options.held
        ? heldIssue(context, row, parts.get(row.id) ?? noParts()).then((item) => [item])
        : planIssue(context, setup, row, parts.get(row.id) ?? noParts()),
    )
    const pages = await Promise.all(planned)
    for (const [i, row] of page.entries()) {
      yield* fillers(context, setup, after, row.number)
      yield* pages[i] ?? []
      after = row.number
    }
  }
}

const noParts = (): IssueParts => ({ labels: [], components: [], fixVersions: [], versions: [] })

/** Labels, components and versions of a page of issues, by the names that the site will know. */
function readIssueParts(context: Context, page: IssueRow[]): Map<string, IssueParts> {
  const { snapshot, parts } = context
  const ids = page.map((row) => row.id)
  const projects = new Map(page.map((row) => [row.id, row.projectId]))
  const found = new Map(ids.map((id) => [id, noParts()]))
  const put = (list: string[] | undefined, name: string | undefined) => {
    if (list && name !== undefined && !list.includes(name)) list.push(name)
  }
  for (const row of snapshot.ofIssues('label', ids))
    if (row.fieldId === null) put(found.get(row.issueId)?.labels, row.label)
  for (const row of snapshot.ofIssues('issueComponent', ids)) {
    const part = parts.components.get(row.componentId)
    if (part?.projectId === projects.get(row.issueId))
      put(found.get(row.issueId)?.components, part?.name)
  }
  for (const row of snapshot.ofIssues('issueVersion', ids)) {
    const part = parts.versions.get(row.versionId)
    const own = found.get(row.issueId)
    if (part?.projectId === projects.get(row.issueId))
      put(row.role === 'fix' ? own?.fixVersions : own?.versions, part?.name)
  }
  return found
}
