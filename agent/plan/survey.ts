import type { SnapshotReader } from '../../shared/record.ts'
import type { ProjectRow } from '../../shared/rows.ts'

/** What the issues of one project use, found in one pass before planning: small whatever the project's size. */
export interface ProjectSurvey {
  issues: number
  /** The last number that an issue with a usable number has; 0 without issues. */
  lastNumber: number
  types: Map<string, number>
  statuses: Map<string, { issues: number; resolved: number }>
  priorities: Map<string, number>
  resolutions: Set<string>
}

const pageSize = 200

/** The issues of a project by rising number, page by page; one of each number, none without a number. */
export function* issuePages(snapshot: SnapshotReader, projectId: string) {
  let after = 0
  while (true) {
    const rows = snapshot.issues(projectId, after, pageSize)
    const page = rows.filter((row, i) => row.number > (rows[i - 1]?.number ?? after))
    if (page.length > 0) yield page
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = last.number
  }
}

export function surveyProject(snapshot: SnapshotReader, project: ProjectRow): ProjectSurvey {
  const survey: ProjectSurvey = {
    issues: 0,
    lastNumber: 0,
    types: new Map(),
    statuses: new Map(),
    priorities: new Map(),
    resolutions: new Set(),
  }
  for (const page of issuePages(snapshot, project.id))
    for (const issue of page) {
      survey.issues += 1
      survey.lastNumber = issue.number
      add(survey.types, issue.type)
      add(survey.priorities, issue.priority)
      if (issue.resolution) survey.resolutions.add(issue.resolution)
      if (!issue.status) continue
      const status = survey.statuses.get(issue.status) ?? { issues: 0, resolved: 0 }
      status.issues += 1
      if (issue.resolution) status.resolved += 1
      survey.statuses.set(issue.status, status)
    }
  return survey
}

function add(counts: Map<string, number>, id: string | null) {
  if (id) counts.set(id, (counts.get(id) ?? 0) + 1)
}
