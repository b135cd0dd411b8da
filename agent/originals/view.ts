import type { HistoryPage, OriginalView } from '../../shared/api-pages.ts'
import type { AdfDoc, AdfNode, ToAdf } from '../../shared/plan.ts'
import { differencesOf, type ItemRow } from '../ledger/items.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { itemsBySource } from '../ledger/parts-of-issue.ts'
import { plainDoc } from '../plan/adf.ts'
import { createTimes } from '../plan/times.ts'
import type { Lookup } from '../snapshot/lookup.ts'
import { fieldsOf } from './fields.ts'
import { oldLinksIn } from './old-links.ts'

type Original = NonNullable<OriginalView['original']>

/** The first so many of each are shown; the counts say how many there are. */
const mostParts = 100
/** So much of a description is told, in characters; a longer one is not laid out, either. */
const longestText = 100_000
/** So much of a comment, of a worklog's comment, and of one side of a change. */
const longestBody = 10_000
const longestSide = 2_000

/** What the source held of an issue; null when it does not have it. */
export async function viewOriginal(
  db: LedgerDb,
  migration: MigrationRow,
  lookup: Lookup,
  issueKey: string,
  toAdf: ToAdf,
): Promise<Original | null> {
  const issue = lookup.issueByKey(issueKey)
  if (!issue) return null
  const info = lookup.info()
  const times = createTimes(info.timeZone)
  const part = <T extends 'comment' | 'worklog' | 'attachment'>(table: T) =>
    lookup.first(table, issue.id, mostParts)
  const became = (kind: 'comment' | 'worklog' | 'attachment', rows: readonly { id: string }[]) =>
    itemsBySource(
      db,
      migration.id,
      kind,
      rows.map((row) => row.id),
    )
  const made = (row: { author: string | null; created: string | null }) => ({
    author: row.author && lookup.person(row.author),
    at: times.iso(row.created),
  })
  const comments = part('comment')
  const worklogs = part('worklog')
  const files = part('attachment')
  const commentItems = await became('comment', comments)
  const worklogItems = await became('worklog', worklogs)
  const fileItems = await became('attachment', files)
  const texts = [
    issue.description,
    issue.environment,
    ...[...comments, ...worklogs].map((row) => row.body),
  ]
  const restrictedTo = (row: { groupLevel: string | null; roleLevel: string | null }) =>
    row.roleLevel ? (lookup.row('role', row.roleLevel)?.name ?? row.roleLevel) : row.groupLevel
  return {
    summary: issue.summary ?? '',
    descriptionText: issue.description && cut(issue.description, longestText),
    description: await laidOut(lookup, issue.projectId, issue.description, toAdf),
    created: times.iso(issue.created),
    updated: times.iso(issue.updated),
    fields: fieldsOf(lookup, times, issue),
    comments: comments.map((row) => ({
      ...made(row),
      seq: commentItems.get(row.id)?.seq ?? null,
      body: cut(row.body ?? '', longestBody),
      restrictedTo: restrictedTo(row),
    })),
    commentsCount: lookup.count('comment', issue.id),
    worklogs: worklogs.map((row) => ({
      ...made({ author: row.author, created: row.started ?? row.created }),
      seq: worklogItems.get(row.id)?.seq ?? null,
      seconds: Math.max(0, row.seconds ?? 0),
      comment: cut(row.body ?? '', longestBody),
    })),
    worklogsCount: lookup.count('worklog', issue.id),
    files: files.map((row) => {
      const item = fileItems.get(row.id)
      return {
        ...made(row),
        seq: item?.seq ?? null,
        filename: row.filename,
        size: row.size === null ? null : Math.max(0, row.size),
        verdict: item?.verdict ?? null,
        reason: item ? reasonOf(item) : null,
      }
    }),
    filesCount: lookup.count('attachment', issue.id),
    historyCount: lookup.count('changeGroup', issue.id),
    oldLinks: await oldLinksIn(
      db,
      migration,
      info.baseUrl,
      texts.filter((text) => text !== null),
    ),
  }
}

/** A page of an issue's history at the source; nothing when it does not have the issue. */
export function viewHistory(
  lookup: Lookup,
  issueKey: string,
  after: number,
  limit: number,
): HistoryPage {
  const issue = lookup.issueByKey(issueKey)
  if (!issue) return { changes: [], next: null }
  const times = createTimes(lookup.info().timeZone)
  const found = lookup.history(issue.id, after, limit + 1)
  return {
    changes: found.slice(0, limit).map(({ group, items }, index) => ({
      n: after + index + 1,
      author: group.author && lookup.person(group.author),
      at: times.iso(group.created),
      items: items.map((item) => ({
        field: item.field ?? '',
        from: cut(item.oldString ?? item.oldValue ?? '', longestSide),
        to: cut(item.newString ?? item.newValue ?? '', longestSide),
      })),
    })),
    next: found.length > limit ? after + limit : null,
  }
}

/** The description as the site would lay it out, with people by name; null where there is none, or too much of it. */
async function laidOut(
  lookup: Lookup,
  projectId: string,
  text: string | null,
  toAdf: ToAdf,
): Promise<AdfDoc | null> {
  if (!text?.trim() || text.length > longestText) return null
  if (lookup.renderer(projectId, 'description') === 'text') return plainDoc(text)
  const { doc } = await toAdf(text)
  const named = (node: AdfNode): AdfNode => {
    if (node.type === 'mention')
      return { type: 'text', text: `@${lookup.person(String(node.attrs?.id ?? ''))}` }
    return node.content ? { ...node, content: node.content.map(named) } : node
  }
  return { ...doc, content: doc.content.map(named) }
}

function reasonOf(item: ItemRow): string | null {
  const said = [item.reasonText, item.hint].filter(Boolean).join(' ')
  if (said) return said
  const differs = differencesOf(item).map(
    ({ field, promised, found }) => `${field}: ${promised} at the source, ${found} on the site.`,
  )
  return differs.length ? cut(differs.join(' '), longestSide) : null
}

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text
