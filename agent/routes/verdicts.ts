import { Hono } from 'hono'
import * as v from 'valibot'
import type { ItemView, ProjectVerdictView, VerdictView } from '../../shared/api.ts'
import type { Verdict } from '../../shared/status.ts'
import { eachItem, type ItemRow } from '../ledger/items.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { ownerOf } from './page-owner.ts'
import { viewProjectVerdict } from './view-detail.ts'
import { viewItem } from './view-item.ts'

const site = v.pipe(v.string(), v.url('The site looks like https://acme.atlassian.net.'))
const key = v.pipe(v.string(), v.trim(), v.toUpperCase())
const IssueKey = v.pipe(key, v.regex(/^[A-Z][A-Z0-9_]*-\d+$/, 'An issue key looks like PAY-12.'))
const ProjectKey = v.pipe(key, v.regex(/^[A-Z][A-Z0-9_]*$/, 'A project key looks like PAY.'))
const Question = v.union(
  [v.object({ site, issue: IssueKey }), v.object({ site, project: ProjectKey })],
  'Ask with site and issue, or with site and project.',
)

/** Issues of thousands of comments exist; the drawer shows the worst of them. */
const mostItems = 500

/** What the overlay asks for the page it lies on. */
export const verdictRoutes = (deps: AppDeps) =>
  new Hono().get('/verdicts', valid('query', Question), async (c) => {
    const asked = c.req.valid('query')
    if ('issue' in asked) {
      const row = await ownerOf(deps, asked.site, { issueKey: asked.issue })
      return c.json<VerdictView | ProjectVerdictView>(
        row
          ? await issueVerdict(deps, row, asked.issue)
          : await strangeIssue(deps, asked.site, asked.issue),
      )
    }
    const row = await ownerOf(deps, asked.site, { projectKey: asked.project })
    return c.json<VerdictView | ProjectVerdictView>(
      row
        ? await viewProjectVerdict(deps.ledger.db, row, asked.project)
        : { migration: null, projectKey: asked.project, project: null, kinds: [] },
    )
  })

/** What is said of an issue that no migration has: whether one has its project, which it then did not come with. */
async function strangeIssue(deps: AppDeps, site: string, issueKey: string): Promise<VerdictView> {
  const projectKey = issueKey.replace(/-\d+$/, '')
  const row = await ownerOf(deps, site, { projectKey })
  const inProjectOf = row && { id: row.id, name: row.name }
  return { migration: null, issueKey, verdict: null, withLoss: false, items: [], inProjectOf }
}

const gravity: Record<Verdict, number> = { failed: 3, different: 2, leftOut: 1, verified: 0 }

/**
 * The worst of an issue and all that belongs to it. What was left out of a verified issue (its history,
 * say) was announced, so it counts as an announced loss; left out is what the issue itself was.
 */
async function issueVerdict(
  deps: AppDeps,
  row: MigrationRow,
  issueKey: string,
): Promise<VerdictView> {
  let worst: Verdict = 'verified'
  let onItsWay = false
  let withLoss = false
  const worse: ItemView[] = []
  const rest: ItemView[] = []
  for await (const item of eachItem(deps.ledger.db, row.id, { issueKey, counted: true })) {
    const verdict = asPartOfIssue(item)
    if (verdict === null) onItsWay = true
    else if (gravity[verdict] > gravity[worst]) worst = verdict
    withLoss ||= item.lossesJson !== null || item.verdict === 'leftOut'
    const list = verdict === 'failed' || verdict === 'different' ? worse : rest
    if (list.length < mostItems) list.push(viewItem(item))
  }
  const bad = worst === 'failed' || worst === 'different'
  return {
    migration: { id: row.id, name: row.name },
    issueKey,
    verdict: onItsWay && !bad ? null : worst,
    withLoss,
    items: [...worse, ...rest].slice(0, mostItems),
  }
}

const asPartOfIssue = (item: ItemRow): Verdict | null =>
  item.verdict === 'leftOut' && item.kind !== 'issue' ? 'verified' : item.verdict
