import type { PracticeView } from '../shared/api-practice.ts'
import { Problem } from '../shared/problem.ts'
import { openApps } from './ledger/apps.ts'
import type { LedgerDb } from './ledger/open.ts'
import type { PracticeHost } from './practice-host.ts'
import type { PracticeService } from './routes/practice-service.ts'

/**
 * Tells what is on the practice site, and empties it: a second rehearsal of the same projects finds their keys
 * taken else. Nothing is emptied while a run or an app migration is at work there.
 * @param running ids of migrations whose run, checks or repairs are under way
 */
export function createPracticeDesk(parts: {
  db: LedgerDb
  host: PracticeHost
  running(): readonly string[]
}): PracticeService {
  const { db, host } = parts

  async function whyNot(): Promise<string | null> {
    const busy = new Set([
      ...parts.running(),
      ...(await openApps(db)).map(({ migrationId }) => migrationId),
    ])
    const user = (await onPractice(db)).find(({ id }) => busy.has(id))
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
