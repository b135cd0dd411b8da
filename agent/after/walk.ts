import { SiteRefusal } from '../cloud/problems.ts'
import type { SiteComment, SiteIssue, SiteWorklog } from '../cloud/reading.ts'
import type { AfterContext, IssuePage, MovedProject } from './check.ts'

/** bulkfetch takes at most 100 keys (facts of the API: POST /issue/bulkfetch). */
const issuesAPage = 100

/** Every issue that the site has in the moved projects, a page at a time. onPage: told the project and how many were read. */
export async function* issuePages(
  context: AfterContext,
  onPage: (project: MovedProject, issues: number) => void,
): AsyncGenerator<IssuePage> {
  const fields = await personFields(context)
  const read = (keys: string[]) =>
    context.read.issues(
      keys,
      fields?.map(({ id }) => id),
    )
  for (const project of context.projects) {
    if ((await context.read.project(project.key)) === null) continue
    let keys: string[] = []
    let count = 0
    for await (const key of context.read.keysOf(project.key)) {
      if (keys.push(key) < issuesAPage) continue
      context.signal.throwIfAborted()
      count += keys.length
      onPage(project, count)
      yield pageOf(context, project, fields, await read(keys))
      keys = []
    }
    if (keys.length) {
      onPage(project, count + keys.length)
      yield pageOf(context, project, fields, await read(keys))
    }
  }
}

/** Custom fields that hold people; null where this login may not list the fields of the site. */
async function personFields({ read }: AfterContext): Promise<IssuePage['personFields']> {
  try {
    const all = await read.customFields()
    return all.filter(({ type }) => /:(multi)?userpicker$/.test(type))
  } catch (error) {
    if (error instanceof SiteRefusal && (error.status === 403 || error.status === 401)) return null
    throw error
  }
}

function pageOf(
  context: AfterContext,
  project: MovedProject,
  personFields: IssuePage['personFields'],
  issues: SiteIssue[],
): IssuePage {
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
    personFields,
    source: (key) => snapshot.issueByKey(key),
    comments: (issue) => rest(comments, issue, issue.comments, read.comments),
    worklogs: (issue) => rest(worklogs, issue, issue.worklogs, read.worklogs),
  }
}
