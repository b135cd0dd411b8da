import type { StatusRow } from '../../shared/rows.ts'
import type { ProjectSurvey } from './survey.ts'

export type Category = 'TODO' | 'IN_PROGRESS' | 'DONE'

// Jira's own ids of the system statuses, the same in every installation.
const byId: Record<string, Category> = {
  1: 'TODO',
  3: 'IN_PROGRESS',
  4: 'TODO',
  5: 'DONE',
  6: 'DONE',
}
const byCategory: Record<string, Category> = { 2: 'TODO', 3: 'DONE', 4: 'IN_PROGRESS' }
const todo = /^(open|reopened|re-opened|to do|new|backlog|created|unassigned)$/i
const done = /^(resolved|closed|done|fixed|verified|cancelled|canceled|rejected|released)$/i
const doing = /^(in progress|in review|in test(ing)?|assigned|started|under review)$/i

/**
 * A status' category: the source's own (since 6.2), or by Jira's own ids and well-known names; for all
 * others by whether most of the issues in it are resolved.
 */
export function categoryOf(row: StatusRow, surveys: Iterable<ProjectSurvey>): Category {
  const own = row.category ? byCategory[row.category] : undefined
  if (own) return own
  const name = row.name.trim()
  if (todo.test(name)) return 'TODO'
  if (done.test(name)) return 'DONE'
  if (doing.test(name)) return 'IN_PROGRESS'
  const system = byId[row.id]
  if (system) return system
  let issues = 0
  let resolved = 0
  for (const survey of surveys) {
    const used = survey.statuses.get(row.id)
    issues += used?.issues ?? 0
    resolved += used?.resolved ?? 0
  }
  if (issues === 0) return 'TODO'
  return resolved * 2 > issues ? 'DONE' : 'IN_PROGRESS'
}
