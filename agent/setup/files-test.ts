import { statSync } from 'node:fs'
import type { FilesTestView } from '../../shared/api-setup-views.ts'
import type { ProjectRow } from '../../shared/rows.ts'
import type { Snapshot } from '../snapshot/read.ts'
import { createFileFinder } from '../source/backup/attachment-files.ts'

/** So many files are looked for, and for so long: a person waits for it, and a share may be far away. */
const mostLooked = 500
const longestMs = 5_000
/** Files between two turns for others. */
const turnAt = 20
const issuesAtOnce = 200

/**
 * Whether there is such a folder, and how many of the source's attachments lie in it; some of each project are
 * looked for where there are many. @param snapshot null: the source was not read yet
 */
export async function testFiles(
  folder: string,
  snapshot: Snapshot | null,
  now: () => number,
): Promise<FilesTestView> {
  const there = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
  const of = snapshot?.count('attachment') ?? null
  const files: FilesTestView['files'] = []
  const until = now() + longestMs
  if (there && snapshot && of) {
    const find = createFileFinder(folder)
    const projects = [...snapshot.rows('project')]
    const each = Math.max(10, Math.ceil(mostLooked / projects.length))
    for (const wanted of sampleOf(snapshot, projects, each)) {
      if (files.length === mostLooked || now() > until) break
      files.push({
        issueKey: wanted.issueKey,
        name: wanted.filename,
        found: find(wanted) !== null,
      })
      if (files.length % turnAt === 0) await new Promise((turn) => setImmediate(turn))
    }
  }
  const found = files.filter((one) => one.found).length
  return { folder, there, of, looked: files.length, found, files }
}

type Wanted = Parameters<ReturnType<typeof createFileFinder>>[0]

/** The first attachments of each project. */
function* sampleOf(
  snapshot: Snapshot,
  projects: readonly ProjectRow[],
  each: number,
): Generator<Wanted> {
  const keysOf = Map.groupBy(snapshot.rows('projectKey'), (row) => row.projectId)
  for (const project of projects) {
    let taken = 0
    for (let after = 0; taken < each; ) {
      const issues = snapshot.issues(project.id, after, issuesAtOnce)
      const last = issues.at(-1)
      if (!last) break
      after = last.number
      const byId = new Map(issues.map((issue) => [issue.id, issue]))
      for (const row of snapshot.ofIssues('attachment', [...byId.keys()])) {
        const issue = byId.get(row.issueId)
        if (!issue || taken === each) continue
        taken += 1
        yield {
          attachmentId: row.id,
          filename: row.filename,
          size: row.size,
          projectOriginalKey: project.originalKey,
          projectKeys: (keysOf.get(project.id) ?? []).map(({ key }) => key),
          number: issue.number,
          issueKey: issue.key,
        }
      }
    }
  }
}
