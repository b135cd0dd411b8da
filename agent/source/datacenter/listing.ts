import { createClient, type SourceAccess, type SourceClient } from './client.ts'
import { inParallel } from './parallel.ts'
import { knock } from './probe.ts'
import { flag, idOf, record, records, text, whole } from './shapes.ts'

/** A project as it can be chosen; numbers are null until they are known, and where the source tells none. */
export interface ListedProject {
  key: string
  name: string
  archived: boolean
  issues: number | null
  withFiles: number | null
}

/**
 * Lists the projects that an account sees, by key, and counts the issues of each; no issue is read. A source
 * that does not answer is told at once.
 * @param tell is given all of them after each that was counted, with how many are by now
 */
export async function listProjects(
  access: SourceAccess,
  signal: AbortSignal,
  tell: (projects: ListedProject[], counted: number) => void,
): Promise<void> {
  const client = createClient(access, { signal, patienceMs: 0 })
  try {
    await knock(client)
    const listed = records(await client.get('/rest/api/2/project', { includeArchived: true }))
    const all = listed
      .map((row) => {
        const key = text(row.key) ?? ''
        const one = { key, name: text(row.name) ?? key, archived: flag(row.archived) === 1 }
        return { id: idOf(row.id) ?? key, project: { ...one, ...uncounted } as ListedProject }
      })
      .filter(({ project }) => project.key !== '')
      .sort((a, b) => (a.project.key < b.project.key ? -1 : 1))
    const projects = all.map(({ project }) => project)
    let counted = 0
    tell(projects, counted)
    await inParallel(all, async ({ id, project }) => {
      signal.throwIfAborted()
      // Jira refuses every search of an archived one.
      if (!project.archived) {
        project.issues = await countOf(client, `project = ${id}`)
        project.withFiles =
          project.issues === null || project.issues === 0
            ? project.issues
            : await countOf(client, `project = ${id} AND attachments is not EMPTY`)
      }
      counted += 1
      tell(projects, counted)
    })
  } finally {
    await client.close()
  }
}

const uncounted = { issues: null, withFiles: null }

async function countOf(client: SourceClient, jql: string): Promise<number | null> {
  const answer = await client.find('/rest/api/2/search', { jql, maxResults: 0, fields: 'key' })
  return answer === null ? null : whole(record(answer).total)
}
