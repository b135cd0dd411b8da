import type { SnapshotReader } from '../../shared/record.ts'
import type { People } from './people.ts'
import type { ProjectPlan } from './projects.ts'
import { issuePages } from './survey.ts'

/** The keys of all users that the projects which move name: in roles, issues, texts, files, watches and votes. */
export function relatedUsers(
  snapshot: SnapshotReader,
  projects: ReadonlyMap<string, ProjectPlan>,
  people: People,
): Set<string> {
  const found = new Set<string>()
  const note = (...references: (string | null)[]) => {
    for (const reference of references) {
      const person = people.of(reference)
      if (person) found.add(person.key)
    }
  }
  const moves = (id: string | null) => {
    const project = projects.get(id ?? '')
    return project !== undefined && !project.leftOut
  }
  for (const { row } of projects.values()) if (moves(row.id)) note(row.lead)
  for (const row of snapshot.rows('component')) if (moves(row.projectId)) note(row.lead)
  for (const row of snapshot.rows('roleActor'))
    if (row.actorKind === 'user' && moves(row.projectId)) note(row.actor)
  for (const { row } of projects.values()) {
    if (!moves(row.id)) continue
    for (const page of issuePages(snapshot, row.id)) {
      const ids = page.map((issue) => issue.id)
      for (const issue of page) note(issue.reporter, issue.assignee, issue.creator)
      for (const table of ['comment', 'worklog'] as const)
        for (const text of snapshot.ofIssues(table, ids)) note(text.author, text.updateAuthor)
      for (const file of snapshot.ofIssues('attachment', ids)) note(file.author)
      for (const table of ['watcher', 'vote'] as const)
        for (const mark of snapshot.ofIssues(table, ids)) note(mark.user)
    }
  }
  return found
}
