import { viewProblem } from '../shared/problem.ts'
import { logEvent } from './ledger/events.ts'
import type { LineParts } from './line.ts'
import { allChecks } from './plan/checks/all.ts'
import { writePreReport } from './report/pre.ts'
import { writeReport } from './report/report.ts'

/**
 * ledger → report, once the run has ended and its status is known; also for one that was stopped or failed.
 * In it lies what was said before the run, too (keepPreReport). A report that cannot be written is no reason
 * to call a run failed: it is said in the log.
 */
export async function reportRun(parts: LineParts, id: string): Promise<void> {
  const { db } = parts.ledger
  const folder = parts.folder.report(id)
  try {
    await writeReport({ db, migrationId: id, folder, now: parts.now() })
  } catch (error) {
    await sayUnwritten(parts, id, error)
  }
}

/** What is said before the run, kept as it is now: checks that are asked later are not what this run was planned by. */
export async function keepPreReport(parts: LineParts, id: string): Promise<void> {
  const { db } = parts.ledger
  const folder = parts.folder.report(id)
  try {
    await writePreReport({ db, migrationId: id, folder, known: allChecks, now: parts.now() })
  } catch (error) {
    await sayUnwritten(parts, id, error)
  }
}

async function sayUnwritten(parts: LineParts, id: string, error: unknown): Promise<void> {
  const { code, sentence, hint } = viewProblem(error)
  const text = `The report could not be written: ${sentence} ${hint}`
  const line = {
    migrationId: id,
    at: parts.now(),
    level: 'error',
    phase: 'report',
    text,
    code,
  } as const
  await logEvent(parts.ledger.db, line)
}
