import * as v from 'valibot'
import type { ProjectVerdictView } from '../../shared/api.ts'
import {
  MarksBody,
  type MarksView,
  type MovedView,
  type PageCountView,
  PageJqlBody,
  type PageJqlView,
  type PagePeopleView,
} from '../../shared/api-pages.ts'
import { projectVerdict } from './scenes.ts'
import { afterChecks } from './scenes-after.ts'
import { hostileText } from './scenes-overlay.ts'

const migration = { id: 'legacy', name: 'Legacy apps' }
const count = (change: Partial<PageCountView>): PageCountView => ({
  migration,
  name: 'Payments sprint board',
  source: 12,
  site: 12,
  onlySource: [],
  onlySite: [],
  onlySourceCount: 0,
  onlySiteCount: 0,
  jql: 'project = PAY',
  why: null,
  ...change,
})

/** By the number of the board or filter. */
const counts: Record<string, PageCountView> = {
  '1': count({
    site: 11,
    onlySource: ['PAY-3', 'PAY-9'],
    onlySourceCount: 2,
    onlySite: ['PAY-77'],
    onlySiteCount: 1,
  }),
  '2': count({}),
  '3': count({
    name: hostileText,
    source: null,
    why: 'What it finds depends on who asks (currentUser() or the like).',
  }),
  '4': count({
    source: 40_000,
    site: 39_700,
    onlySource: Array.from({ length: 100 }, (_, i) => `PAY-${i + 1}`),
    onlySourceCount: 300,
    why: 'It also finds 12 issues at the source in projects that this migration does not move; they are not counted.',
  }),
  '5': count({ name: 'Old team', jql: '"Team (migrated)" = Red' }),
}
const unknown = count({ migration: null, name: '', source: null, site: null, jql: null })

const jqlOf = (jql: string): PageJqlView => {
  if (!jql.includes('(migrated)')) return { migration, names: [], rewritten: null }
  const nasty = jql.includes('<') ? hostileText : 'Team (migrated)'
  return {
    migration,
    names: [
      { name: nasty, twin: 'Team', kind: 'field' },
      { name: 'Done (migrated)', twin: null, kind: 'status' },
    ],
    rewritten: jql.replaceAll('"Team (migrated)"', 'Team'),
  }
}

/** OTW: a project that is still on its way. */
export function pageProject(key: string): ProjectVerdictView | null {
  if (key !== 'OTW') return null
  const view = projectVerdict('PAY')
  if (view.project === null) return null
  return {
    ...view,
    projectKey: 'OTW',
    project: {
      ...view.project,
      key: 'OTW',
      people: { done: 12, total: 12 },
      issues: { done: 300, total: 1200 },
      files: { done: 0, total: 45 },
    },
  }
}

/** What the fake agent answers about boards, filters, lists, people, searches and old pages; null: not asked for. */
export function pageScene(path: string, query: URLSearchParams, body: unknown): object | null {
  switch (path) {
    case 'marks': {
      const { issues } = v.parse(MarksBody, body)
      // Every tenth differs, every fiftieth failed.
      const marks = issues.flatMap((issueKey): MarksView['marks'] => {
        const n = Number(issueKey.split('-')[1])
        if (n % 50 === 0) return [{ issueKey, verdict: 'failed', n: 2 }]
        return n % 10 === 0 ? [{ issueKey, verdict: 'different', n: 1 }] : []
      })
      return { marks } satisfies MarksView
    }
    case 'page-counts':
      return counts[query.get('board') ?? query.get('filter') ?? ''] ?? unknown
    case 'page-people':
      return {
        migration,
        checks: afterChecks.filter((check) => check.group === 'people'),
      } satisfies PagePeopleView
    case 'page-jql':
      return jqlOf(v.parse(PageJqlBody, body).jql)
    case 'moved': {
      const issue = query.get('issue')
      const nowhere: MovedView = { migration: null, url: null, verdict: null }
      if (issue === 'PAY-404') return nowhere
      const at = issue ?? query.get('project')
      return {
        migration,
        url: `https://acme.atlassian.net/browse/${at}`,
        verdict: issue === 'PAY-2' ? 'different' : 'verified',
      } satisfies MovedView
    }
    default:
      return null
  }
}
