import type { SiteComment, SiteIssue, SiteWorklog } from '../cloud/reading.ts'
import type { AfterContext, IssuePage, MovedProject } from './check.ts'

/** bulkfetch takes at most 100 keys (facts of the API: POST /issue/bulkfetch). */
const issuesAPage = 100

/** Every issue that the site has in the moved projects, a page at a time. onPage: told the project and how many were read. */
export async function* issuePages(
  context: AfterContext,
  onPage: (project: MovedProject, issues: number) => void,
): AsyncGenerator<IssuePage> {
  for (const project of context.projects) {
    if ((await context.read.project(project.key)) === null) continue
    let keys: string[] = []
    let count = 0
    for await (const key of context.read.keysOf(project.key)) {
      if (keys.push(key) < issuesAPage) continue
      context.signal.throwIfAborted()
      count += keys.length
      onPage(project, count)
      yield pageOf(context, project, await context.read.issues(keys))
      keys = []
    }
    if (keys.length) {
      onPage(project, count + keys.length)
      yield pageOf(context, project, await context.read.issues(keys))
    }
  }
}

function pageOf(context: AfterContext, project: MovedProject, issues: SiteIssue[]): IssuePage {
  const { read, snapshot } = context
  const comments = new Map<string, Promise<readonly SiteComment[]>>()
  const worklogs = new Map<string, Promise<readonly SiteWorklog[]>>()
  const rest = <T>(
    known: Map<string, Promise<readonly T[]>>,
    { key }: SiteIssue,
    first: { items: T[]; total: number },
    ask: (key: string) => Promise<T[]>,
  ) => {
    const got =
      known.get(key) ??
      (first.items.length >= first.total ? Promise.resolve(first.items) : ask(key))
    known.set(key, got)
    return got
  }
  return {
    project,
    issues,
    source: (key) => snapshot.issueByKey(key),
    comments: (issue) => rest(comments, issue, issue.comments, read.comments),
    worklogs: (issue) => rest(worklogs, issue, issue.worklogs, read.worklogs),
  }
}
