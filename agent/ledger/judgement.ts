import { Problem } from '../../shared/problem.ts'
import { appsOf, appsToLookAt } from './apps.ts'
import { logEvent } from './events.ts'
import { getMigration, moveMigration } from './migrations.ts'
import type { LedgerDb } from './open.ts'
import { countsOf, tally } from './tally.ts'

/** How a run ended, by the verdicts of its items and the ends of its apps. */
export interface Judgement {
  /** Everything was verified or left out as announced, and every app that was begun is a success. */
  clean: boolean
  sentence: string
}

export async function judge(db: LedgerDb, migrationId: string): Promise<Judgement> {
  const counts = countsOf(await tally(db, migrationId))
  const open = counts.source - counts.verified - counts.different - counts.leftOut - counts.failed
  const apps = await appsToLookAt(db, migrationId)
  const { mode } = await getMigration(db, migrationId)
  const clean = counts.failed === 0 && counts.different === 0 && open === 0 && apps === 0
  const n = (count: number) => count.toLocaleString('en')
  if (mode === 'verify') return { clean, sentence: verificationSentence(counts) }
  const sentence = clean
    ? `Finished: ${n(counts.verified)} items verified, ${n(counts.leftOut)} left out as announced.`
    : `Ended incomplete: ${n(counts.failed)} failed, ${n(counts.different)} different${apps ? `, ${n(apps)} ${apps === 1 ? 'app' : 'apps'} without success` : ''}.`
  return { clean, sentence }
}

/** How a verification ended: it moved nothing, so nothing of it is incomplete. */
function verificationSentence(counts: ReturnType<typeof countsOf>): string {
  const n = (count: number) => count.toLocaleString('en')
  const { verified, different, failed, leftOut } = counts
  const unread = leftOut ? ` ${n(leftOut)} could not be compared, each with its reason.` : ''
  return different + failed === 0
    ? `Verified: everything that could be compared is equal, ${n(verified)} ${verified === 1 ? 'item' : 'items'}.${unread}`
    : `Verified with findings: ${n(verified)} equal, ${n(different)} different, ${n(failed)} missing.${unread}`
}

/**
 * Judges a migration anew once an app was run again by itself: incomplete becomes finished when that app was all
 * that kept it so. A run that did not come to its end is not judged: what it left can only be known by another.
 * @returns whether it became finished
 */
export async function mendMigration(
  db: LedgerDb,
  migrationId: string,
  at: number,
): Promise<boolean> {
  const { status, stage } = await getMigration(db, migrationId)
  if (status !== 'incomplete' || (stage !== 'verified' && stage !== 'reported')) return false
  const { clean, sentence } = await judge(db, migrationId)
  // A run that was stopped among its apps has some that never had their turn.
  if (!clean || (stage === 'verified' && (await appsWithoutTurn(db, migrationId)))) return false
  const set = { sentence, reason: null, problemJson: null, stage: 'reported' } as const
  try {
    await moveMigration(db, migrationId, 'mend', at, set)
  } catch (error) {
    // Somebody has begun another run just now: that one judges.
    if (error instanceof Problem && error.code === 'not-now') return false
    throw error
  }
  await logEvent(db, { migrationId, at, level: 'info', phase: 'stage:end', text: sentence })
  return true
}

/**
 * Judges a finished migration anew once a repair was undone: what is not as promised any more makes it incomplete.
 * @returns whether it became that
 */
export async function reopenMigration(
  db: LedgerDb,
  migrationId: string,
  at: number,
): Promise<boolean> {
  const { status } = await getMigration(db, migrationId)
  if (status !== 'finished') return false
  const { clean, sentence } = await judge(db, migrationId)
  if (clean) return false
  const reason = 'Some items need you: see Needs attention.'
  await moveMigration(db, migrationId, 'reopen', at, { sentence, reason })
  await logEvent(db, {
    migrationId,
    at,
    level: 'warn',
    code: 'run-incomplete',
    phase: 'stage:end',
    text: sentence,
  })
  return true
}

const appsWithoutTurn = async (db: LedgerDb, migrationId: string): Promise<boolean> =>
  (await appsOf(db, migrationId)).some(
    ({ decision, status }) =>
      (decision === 'needed' || decision === 'archive') && status === 'ready',
  )
