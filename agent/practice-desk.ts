import type { PracticeView } from '../shared/api-practice.ts'
import { Problem } from '../shared/problem.ts'
import { openApps } from './ledger/apps.ts'
import type { LedgerDb } from './ledger/open.ts'
import type { PracticeHost } from './practice-host.ts'
import type { AfterChecker } from './routes/after-checker.ts'
import type { Checker } from './routes/checker.ts'
import type { PracticeService } from './routes/practice-service.ts'
import type { RepairService } from './routes/repair-service.ts'
import type { Runner } from './routes/runner.ts'

/**
 * Tells what is on the practice site, and empties it: a second rehearsal of the same projects finds their keys
 * taken else. Nothing is emptied while a run, checks, repairs or an app migration are at work there.
 */
export function createPracticeDesk(parts: {
  db: LedgerDb
  host: PracticeHost
  runner: Pick<Runner, 'running'>
  checker: Pick<Checker, 'progress'>
  after: Pick<AfterChecker, 'progress'>
  repairs: Pick<RepairService, 'progress'>
}): PracticeService {
  const { db, host, runner, checker, after, repairs } = parts

  const isBusy = (id: string) =>
    runner.running().includes(id) ||
    checker.progress(id) !== null ||
    after.progress(id) !== null ||
    repairs.progress(id).running

  async function whyNot(): Promise<string | null> {
    const withApps = new Set((await openApps(db)).map(({ migrationId }) => migrationId))
    const user = (await onPractice(db)).find(({ id }) => withApps.has(id) || isBusy(id))
    return user
      ? `"${user.name}" is at work on the practice site. Stop it, or wait for its end.`
      : null
  }

  async function view(): Promise<PracticeView> {
    const ran = (await onPractice(db)).filter(({ startedAt }) => startedAt !== null)
    return {
      ...(await host.contents()),
      migrations: ran.map(({ name }) => name),
      whyNot: await whyNot(),
    }
  }

  return {
    view,
    async empty() {
      const why = await whyNot()
      if (why !== null) throw new Problem('not-now', why, { hint: 'Then empty the practice site.' })
      await host.empty()
      return view()
    },
  }
}

/** The migrations whose site is the practice site. */
export const onPractice = (db: LedgerDb) =>
  db
    .selectFrom('migration')
    .select(['id', 'name', 'startedAt'])
    .where('siteJson', 'like', '%"kind":"practice"%')
    .orderBy('createdAt')
    .execute()
