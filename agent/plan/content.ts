import type { IssueRow } from '../../shared/issue-rows.ts'
import type { Kind, PlannedItem } from '../../shared/plan.ts'
import { planAttachments } from './attachments.ts'
import { planComment } from './comments.ts'
import type { Context } from './context.ts'
import { heldAttachments, heldComment, heldWorklog } from './held/content.ts'
import { leftOut, moved } from './item.ts'
import { unique, whyLeft } from './left-out.ts'
import { matchOnSite } from './on-site.ts'
import { planRemoteLink } from './remote-links.ts'
import type { Setup } from './setup.ts'
import { rowId } from './stay-behind.ts'
import { issuePages } from './survey.ts'
import { planValues } from './values.ts'
import { planWatcher } from './watchers.ts'
import { planWorklog } from './worklogs.ts'

/** All that belongs to a project's issues, an issue at a time: its status, then its texts, then its watchers. */
export async function* planContent(context: Context, setup: Setup): AsyncGenerator<PlannedItem> {
  const { snapshot, options } = context
  const [comment, worklog] = options.held ? [heldComment, heldWorklog] : [planComment, planWorklog]
  for (const page of issuePages(snapshot, setup.plan.row.id)) {
    const ids = page.map((issue) => issue.id)
    const byId = new Map(page.map((issue) => [issue.id, issue]))
    const issueOf = (row: { issueId: string }) => byId.get(row.issueId)
    const once = unique()
    yield* progress(context, setup, page)
    yield* fieldValues(context, page, once)
    yield* texts(snapshot.ofIssues('comment', ids), (row) => {
      const issue = issueOf(row)
      return issue ? comment(context, issue, row) : Promise.resolve([])
    })
    yield* texts(snapshot.ofIssues('worklog', ids), (row) => {
      const issue = issueOf(row)
      return issue ? worklog(context, issue, row) : Promise.resolve([])
    })
    const globalIds = new Set<string>()
    for (const row of snapshot.ofIssues('remoteLink', ids)) {
      const issue = issueOf(row)
      if (issue) yield planRemoteLink(context, issue, row, globalIds)
    }
    for (const row of snapshot.ofIssues('watcher', ids)) {
      const issue = issueOf(row)
      if (!issue) continue
      const item = planWatcher(context, issue, row)
      yield { ...item, sourceId: once('watcher', item.sourceId) }
    }
    yield* notMoved(context, page, once)
  }
}

async function* fieldValues(
  context: Context,
  page: IssueRow[],
  once: (kind: Kind, id: string) => string,
) {
  const ids = page.map((issue) => issue.id)
  const { snapshot } = context
  const values = Map.groupBy(snapshot.ofIssues('fieldValue', ids), (row) => row.issueId)
  const labels = Map.groupBy(snapshot.ofIssues('label', ids), (row) => row.issueId)
  const some = page.filter((issue) => values.has(issue.id) || labels.has(issue.id))
  yield* texts(some, (issue) =>
    planValues(context, issue, values.get(issue.id) ?? [], labels.get(issue.id) ?? [], once),
  )
}

/** Converts so many texts at a time: enough to keep the converting worker busy, few enough to stay small. */
const atOnce = 100

async function* texts<R>(rows: R[], plan: (row: R) => Promise<PlannedItem[]>) {
  for (let from = 0; from < rows.length; from += atOnce)
    for (const items of await Promise.all(rows.slice(from, from + atOnce).map(plan))) yield* items
}

function* progress(context: Context, setup: Setup, page: IssueRow[]): Generator<PlannedItem> {
  for (const issue of page) {
    const status = context.catalog.statuses.get(issue.status ?? '')?.name ?? setup.initial
    const resolution = context.catalog.resolutions.get(issue.resolution ?? '')?.name ?? null
    if (status === setup.initial && resolution === null) continue
    const place = {
      sourceId: issue.id,
      label: `${issue.key} to ${status}`,
      projectKey: setup.plan.row.key,
      issueKey: issue.key,
      phase: 'content' as const,
    }
    yield moved('progress', place, { issueKey: issue.key, status, resolution })
  }
}

function* notMoved(
  { snapshot, projects }: Context,
  page: IssueRow[],
  once: (kind: Kind, id: string) => string,
): Generator<PlannedItem> {
  const byId = new Map(page.map((issue) => [issue.id, issue]))
  const of = { vote: 'vote', history: 'changeGroup' } as const
  for (const kind of ['vote', 'history'] as const)
    for (const row of snapshot.ofIssues(of[kind], [...byId.keys()])) {
      const issue = byId.get(row.issueId)
      const place = {
        sourceId: once(kind, rowId(row)),
        label: `${kind} on ${issue?.key ?? row.issueId}`,
        projectKey: projects.get(issue?.projectId ?? '')?.row.key ?? null,
        issueKey: issue?.key ?? null,
        phase: 'content' as const,
      }
      yield leftOut(kind, place, whyLeft[kind])
    }
}

/** The files of a project's issues, an issue at a time; where files alone move, those issues are looked up first. */
export async function* planFiles(
  context: Context,
  setup: Setup,
  keys: string[],
): AsyncGenerator<PlannedItem> {
  const only = context.options.scope?.attachments === 'only'
  for (const page of issuePages(context.snapshot, setup.plan.row.id)) {
    const ids = page.map((issue) => issue.id)
    const rows = Map.groupBy(context.snapshot.ofIssues('attachment', ids), (row) => row.issueId)
    const withFiles = page.filter((issue) => rows.has(issue.id))
    const matches = only ? await matchOnSite(context, withFiles) : null
    for (const issue of withFiles) {
      const own = rows.get(issue.id) ?? []
      if (context.options.held) {
        yield* heldAttachments(context, setup.plan.row, keys, issue, own)
        continue
      }
      yield* planAttachments(
        context,
        setup.plan.row,
        keys,
        issue,
        own,
        matches?.get(issue.id) ?? null,
      )
    }
  }
}
