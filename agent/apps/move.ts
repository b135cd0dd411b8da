import type { AppCounts } from '../../shared/api-apps.ts'
import { isSettled } from '../../shared/app-status.ts'
import { viewProblem } from '../../shared/problem.ts'
import { adoptProperties } from '../ledger/adopt.ts'
import { appCounts, closeRecords, noAppCounts } from '../ledger/app-records.ts'
import { findApp, moveApp } from '../ledger/apps.ts'
import type { PathHandler } from './path.ts'
import type { KnownPath } from './registry.ts'
import type { AppJob, Session } from './session.ts'
import { createWalk, type Walk } from './walk.ts'

/** Why the work on one app was broken off. leave: the agent goes down or the run is stopped; it goes on later. */
export type Break = 'cancel' | 'timeout' | 'leave'
export class Broken extends Error {
  readonly why: Break
  constructor(why: Break) {
    super(`The app migration was broken off: ${why}`)
    this.why = why
  }
}

/** How long reading back after a cancel may take, in milliseconds; what was not read by then is said so. */
const checkMs = 10 * 60_000

/**
 * Moves one app that is in progress, or brings one that is canceling to its end. Whatever happens stays with
 * this app: it only throws where the ledger itself fails.
 */
export async function moveOne(
  session: Session,
  job: AppJob,
  paths: readonly KnownPath[],
  handler: PathHandler | null,
  now: () => number,
): Promise<void> {
  const walk = createWalk(session, job, now)
  try {
    const row = await findApp(session.db, session.migrationId, job.app.key)
    if (row?.status === 'canceling') return await conclude(session, job, paths, handler, walk, now)
    const failures = await walk.run(paths, handler)
    await walk.close()
    await settle(session, job, failures, walk, now)
  } catch (error) {
    if (!job.signal.aborted) throw error
    const why = job.signal.reason instanceof Broken ? job.signal.reason.why : 'leave'
    if (why === 'cancel') await conclude(session, job, paths, handler, walk, now)
    if (why === 'timeout') await endRecords(session, job, 'The app migration timed out before it.')
  } finally {
    await walk.close()
  }
}

const n = (count: number) => count.toLocaleString('en')
const told = (counts: AppCounts) =>
  `${n(counts.verified)} of ${n(counts.source)} rows read back and equal, ${n(counts.different)} different, ${n(counts.leftOut)} left out as announced, ${n(counts.failed)} failed.`

async function countsOf({ db, migrationId }: Session, { app }: AppJob): Promise<AppCounts> {
  return (await appCounts(db, migrationId, app.key)).get(app.key) ?? noAppCounts()
}

const endRecords = ({ db, migrationId }: Session, { app }: AppJob, reason: string) =>
  closeRecords(db, migrationId, app.key, reason)

/** All paths have had their turn: the verdicts say how it ended. */
async function settle(
  session: Session,
  job: AppJob,
  failures: readonly string[],
  walk: Walk,
  now: () => number,
): Promise<void> {
  await endRecords(session, job, failures[0] ?? 'Its path did not come to it.')
  await adoptProperties(session.db, session.migrationId)
  const counts = await countsOf(session, job)
  const clean = failures.length === 0 && counts.failed + counts.different === 0
  const move = clean ? 'succeed' : counts.verified === 0 ? 'fail' : 'endIncomplete'
  const message = failures[0] ?? told(counts)
  const { db, migrationId } = session
  const ended = await moveApp(db, migrationId, job.app.key, move, now(), {
    settledAt: now(),
    message: message.slice(0, 500),
    ...(clean ? { percent: 100 } : {}),
  })
  // An app's own handler has settled it by itself; somebody may also have been faster with a cancel.
  if (ended)
    walk.log(clean ? 'info' : 'error', 'settled', `Ended as ${ended.status}: ${told(counts)}`)
}

/** After a cancel: the handler is told, what is on the site is read back and said, and that is the end. */
async function conclude(
  session: Session,
  job: AppJob,
  paths: readonly KnownPath[],
  handler: PathHandler | null,
  walk: Walk,
  now: () => number,
): Promise<void> {
  const { db, migrationId } = session
  try {
    await handler?.tell('avi:ecosystem.migration:requested:transfer_cancellation', {})
  } catch (error) {
    walk.log('warn', 'handler', viewProblem(error).sentence)
  }
  let unread = ''
  try {
    const failures = await walk.check(paths, AbortSignal.timeout(checkMs))
    unread = failures[0] ?? ''
  } catch {
    unread = 'What is on the site could not be read back in ten minutes.'
  }
  await endRecords(session, job, 'The app migration was canceled before it.')
  await adoptProperties(session.db, session.migrationId)
  const message = `Canceled. ${told(await countsOf(session, job))} ${unread}`.trim()
  const row = await moveApp(db, migrationId, job.app.key, 'confirm', now(), {
    settledAt: now(),
    message: message.slice(0, 500),
  })
  if (row && isSettled(row.status)) walk.log('info', 'canceled', message)
}
