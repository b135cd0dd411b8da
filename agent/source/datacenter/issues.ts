import { largestAnswer, mostBytes, type SourceClient } from './client.ts'
import { addIssue, type IssueContext, type IssueParts } from './issue.ts'
import { inParallel } from './parallel.ts'
import { AnswerTooLarge, SourceRefusal } from './problems.ts'
import { idOf, type Json, record, records, text, whole } from './shapes.ts'

/** Issues with all fields and their history, as many as a Jira of average load answers in seconds. */
const issuesAPage = 50
/** So many ids before the last one are remembered: one that is deleted meanwhile is no place to go on from. */
const anchors = 200
const commentsAPage = 1000
const idsAPage = 1000

/** So many of those before the last one are tried where a page ends before the count does. */
const backwards = 10

/** How far the reading of a project is; enough to go on from. */
export interface Position {
  read: number
  gone: { during: number; large: number }
  /** The last ids, the newest at the end. */
  recent: string[]
}

/** How many the source said it has; null where it does not let this account search them. */
export type IssuesRead = Position & { stated: number | null }

interface Watch {
  onIssue?(): void
  /** Before a page is written, with the ids of its issues. */
  onPage?(ids: string[]): void
  /** An issue that is not read: it was deleted meanwhile, or is too large to be answered. */
  onGone?(key: string, why: 'during' | 'large'): void
  /** After a page was written. */
  onWritten?(at: Position): void
}

/**
 * All issues that the account finds with this JQL, of one project. Pages go on from the last issue instead of
 * by a number of issues: deep pages fail on newer versions, and shift when an issue is deleted meanwhile.
 * @param from where an earlier reading of the same JQL stopped
 */
export async function readIssues(
  client: SourceClient,
  context: IssueContext,
  project: string,
  from: Position | null,
  { onIssue, onPage, onGone, onWritten }: Watch,
): Promise<IssuesRead> {
  const before = await totalOf(client, project)
  if (before === null)
    return { ...(from ?? { read: 0, gone: { during: 0, large: 0 }, recent: [] }), stated: null }
  const gone = { during: 0, large: 0, ...from?.gone }
  const recent = [...(from?.recent ?? [])]
  const known = new Set(recent)
  let read = from?.read ?? 0
  let size = issuesAPage
  let steps = 0
  for (;;) {
    const page = await nextPage(client, project, recent, size)
    if (page === 'too large' && size > 1) {
      size = Math.max(1, Math.floor(size / 4))
      continue
    }
    const issues = page === 'too large' ? await skipOne(client, project, recent) : page
    if (page === 'too large') {
      gone.large += issues.length
      for (const issue of issues) onGone?.(nameOf(issue), 'large')
    }
    const fresh = issues.filter((issue) => !known.has(idOf(issue.id) ?? ''))
    if (fresh.length === 0) {
      // After an issue that was moved to another project nothing follows in this one, though there is more.
      if (steps >= backwards || recent.length < 2) break
      if (((await totalOf(client, project)) ?? 0) <= read + gone.large) break
      recent.pop()
      steps += 1
      continue
    }
    steps = 0
    const parts =
      page === 'too large' ? [] : await inParallel(fresh, (issue) => partsOf(client, issue))
    // What is too large to be answered now is not written either.
    if (parts.length > 0) onPage?.(fresh.flatMap((issue) => idOf(issue.id) ?? []))
    for (const [n, issue] of fresh.entries()) {
      const id = idOf(issue.id) ?? ''
      remember(recent, known, id)
      const own = parts[n]
      if (own === undefined) continue
      if (own === 'gone') {
        gone.during += 1
        onGone?.(nameOf(issue), 'during')
      } else {
        addIssue(context, issue, own)
        read += 1
        onIssue?.()
      }
    }
    onWritten?.({ read, gone, recent })
    // Small pages are for the few issues that need them.
    size = Math.min(issuesAPage, size * 2)
  }
  return { read, gone, recent, stated: (await totalOf(client, project)) ?? before }
}

const nameOf = (issue: Json): string => text(issue.key) ?? idOf(issue.id) ?? ''

function remember(recent: string[], known: Set<string>, id: string): void {
  recent.push(id)
  known.add(id)
  if (recent.length > anchors) known.delete(recent.shift() ?? '')
}

/** null where the source does not search this project for this account. */
export async function totalOf(client: SourceClient, jql: string): Promise<number | null> {
  const answer = await client.find('/rest/api/2/search', { jql, maxResults: 0, fields: 'key' })
  return answer === null ? null : (whole(record(answer).total) ?? 0)
}

async function nextPage(
  client: SourceClient,
  project: string,
  recent: readonly string[],
  size: number,
): Promise<Json[] | 'too large'> {
  try {
    return await after(client, project, recent, {
      fields: '*all',
      expand: 'changelog',
      maxResults: size,
      // A page of one issue may be as large as that issue is.
      mostBytes: size === 1 ? largestAnswer : mostBytes,
    })
  } catch (error) {
    if (error instanceof AnswerTooLarge) return 'too large'
    // A Jira that fails at a page may answer a smaller one: its own timeouts and memory are limits, too.
    if (error instanceof SourceRefusal && error.status >= 500 && size > 1) return 'too large'
    throw error
  }
}

/** The issues after the last one that is still there. */
async function after(
  client: SourceClient,
  project: string,
  recent: readonly string[],
  how: { fields: string; expand?: string; maxResults: number; mostBytes: number },
): Promise<Json[]> {
  const { mostBytes: most, ...query } = how
  for (let back = recent.length - 1; ; back -= 1) {
    const anchor = recent[back]
    const jql = `${project}${anchor === undefined ? '' : ` AND id > ${anchor}`} ORDER BY id ASC`
    try {
      return records(record(await client.get('/rest/api/2/search', { jql, ...query }, most)).issues)
    } catch (error) {
      // "An issue with key '10007' does not exist for field 'id'": the one before it serves as well.
      if (anchor === undefined || !(error instanceof SourceRefusal) || error.status !== 400)
        throw error
    }
  }
}

/** The next issue by its id alone, so that one which cannot be answered does not end the reading. */
const skipOne = (client: SourceClient, project: string, recent: readonly string[]) =>
  after(client, project, recent, { fields: 'summary', maxResults: 1, mostBytes })

/** The ids of all issues that the account finds. */
export async function idsOf(client: SourceClient, project: string): Promise<Set<string>> {
  const found = new Set<string>()
  const recent: string[] = []
  for (;;) {
    const how = { fields: 'summary', maxResults: idsAPage, mostBytes }
    const ids = (await after(client, project, recent, how)).flatMap(({ id }) => idOf(id) ?? [])
    const before = found.size
    for (const id of ids) found.add(id)
    if (found.size === before) return found
    recent.splice(0, recent.length, ...[...recent, ...ids].slice(-anchors))
  }
}

/** What the issue's own answer lacks, each from its own resource; 'gone' when the issue is no more. */
async function partsOf(client: SourceClient, issue: Json): Promise<IssueParts | 'gone'> {
  const at = `/rest/api/2/issue/${idOf(issue.id)}`
  const fields = record(issue.fields)
  const shown = (member: string, rows: string) => {
    const { total, [rows]: some } = record(fields[member])
    return {
      total: whole(total) ?? 0,
      given: records(some).length,
      there: fields[member] !== undefined,
    }
  }
  const comments = shown('comment', 'comments')
  const worklogs = shown('worklog', 'worklogs')
  const watched = whole(record(fields.watches).watchCount) ?? 0
  const voted = whole(record(fields.votes).votes) ?? 0
  const links = await client.find(`${at}/remotelink`)
  // Where remote links are turned off all answer so; only then is the issue itself asked for.
  if (links === null && (await client.find(at, { fields: 'key' })) === null) return 'gone'
  return {
    comments:
      comments.there && comments.given >= comments.total ? null : await allComments(client, at),
    worklogs:
      worklogs.there && worklogs.given >= worklogs.total
        ? null
        : records(record(await client.find(`${at}/worklog`)).worklogs),
    remoteLinks: records(links),
    watchers: watched > 0 ? records(record(await client.find(`${at}/watchers`)).watchers) : [],
    voters: voted > 0 ? records(record(await client.find(`${at}/votes`)).voters) : [],
  }
}

async function allComments(client: SourceClient, at: string): Promise<Json[]> {
  const found = new Map<string, Json>()
  for (let startAt = 0; ; ) {
    const page = record(
      await client.find(`${at}/comment`, {
        startAt,
        maxResults: commentsAPage,
        orderBy: 'created',
      }),
    )
    const before = found.size
    const rows = records(page.comments)
    for (const row of rows) found.set(idOf(row.id) ?? text(row.self) ?? '', row)
    startAt += rows.length
    if (found.size === before || startAt >= (whole(page.total) ?? 0)) return [...found.values()]
  }
}
