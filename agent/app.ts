import { Hono } from 'hono'
import { viewProblem } from '../shared/problem.ts'
import { guard } from './guard.ts'
import { afterRoutes } from './routes/after.ts'
import { answerProblem, noSuchAddress } from './routes/answers.ts'
import { appRoutes } from './routes/apps.ts'
import { besideRoutes } from './routes/beside.ts'
import { checklistRoutes } from './routes/checklist.ts'
import { checkRoutes } from './routes/checks.ts'
import { consequenceRoutes } from './routes/consequences.ts'
import { deedLog } from './routes/deed-log.ts'
import type { AppDeps } from './routes/deps.ts'
import { draftRoutes } from './routes/drafts.ts'
import { eventRoutes } from './routes/events.ts'
import { findingRoutes } from './routes/findings.ts'
import { itemRoutes } from './routes/items.ts'
import { mappingsRoutes } from './routes/mappings.ts'
import { migrationRoutes } from './routes/migrations.ts'
import { movedRoutes } from './routes/moved.ts'
import { originalRoutes } from './routes/originals.ts'
import { pagePeopleRoutes } from './routes/page-people.ts'
import { pairingRoutes } from './routes/pairing.ts'
import { peopleRoutes } from './routes/people.ts'
import { plannedRoutes } from './routes/planned.ts'
import { practiceRoutes } from './routes/practice.ts'
import { preReportRoutes } from './routes/pre-report.ts'
import { repairRoutes } from './routes/repairs.ts'
import { reportRoutes } from './routes/reports.ts'
import { setupRoutes } from './routes/setup.ts'
import { sitePageRoutes } from './routes/site-pages.ts'
import { sourceRowRoutes } from './routes/source-rows.ts'
import { sourceRoutes } from './routes/sources.ts'
import { strangerRoutes } from './routes/strangers.ts'
import { vendorRoutes } from './routes/vendor.ts'
import { verdictRoutes } from './routes/verdicts.ts'
import { watchRoutes } from './routes/watch.ts'

export type { AppDeps } from './routes/deps.ts'

/** The agent's door: the routes of shared/api.ts behind the guard. It listens nowhere by itself. */
export function createApp(deps: AppDeps) {
  return new Hono()
    .use('*', ...guard(deps.ledger.db, deps.port))
    .onError(answerProblem)
    .notFound((c) => c.json({ problem: viewProblem(noSuchAddress()) }, 404))
    .use('/api/migrations/*', deedLog(deps))
    .use('/api/archive', deedLog(deps))
    .route('/api', pairingRoutes(deps))
    .route('/api', eventRoutes(deps))
    .route('/api', itemRoutes(deps))
    .route('/api', strangerRoutes(deps))
    .route('/api', besideRoutes(deps))
    .route('/api', watchRoutes(deps))
    .route('/api', checkRoutes(deps))
    .route('/api', afterRoutes(deps))
    .route('/api', checklistRoutes(deps))
    .route('/api', findingRoutes(deps))
    .route('/api', repairRoutes(deps))
    .route('/api', appRoutes(deps))
    .route('/api', preReportRoutes(deps))
    .route('/api', practiceRoutes(deps))
    .route('/api', sourceRoutes(deps))
    .route('/api', sourceRowRoutes(deps))
    .route('/api', mappingsRoutes(deps))
    .route('/api', draftRoutes(deps))
    .route('/api', plannedRoutes(deps))
    .route('/api', setupRoutes(deps))
    .route('/api', peopleRoutes(deps))
    .route('/api', reportRoutes(deps))
    .route('/api', consequenceRoutes(deps))
    .route('/api', migrationRoutes(deps))
    .route('/api', verdictRoutes(deps))
    .route('/api', originalRoutes(deps))
    .route('/api', sitePageRoutes(deps))
    .route('/api', pagePeopleRoutes(deps))
    .route('/api', movedRoutes(deps))
    .route('/rest/atlassian-connect/1/migration', vendorRoutes(deps))
}

export type App = ReturnType<typeof createApp>
