/**
 * How an app migration stands. The words of the six first are those of the Cloud Migration Assistant's page.
 *
 *              start                succeed
 *   ready ─────────────▶ in progress ─────────▶ success
 *     │                   │  ▲  │ endIncomplete
 *     │ cancel     cancel │  │  ├──────────────▶ incomplete ─┐
 *     │                   │  │  │ fail                       │ rerun
 *     ▼       confirm     ▼  └──┼──────────────▶ failed ─────┤
 *   canceled ◀──────── canceling│ timeOut                    │
 *                         ▲     └──────────────▶ timed out   └▶ in progress
 *                         └ nothing leads back from here: canceling cannot be reversed
 */
export const appStatuses = [
  'ready',
  'in progress',
  'success',
  'incomplete',
  'failed',
  'timed out',
  'canceling',
  'canceled',
] as const
export type AppStatus = (typeof appStatuses)[number]

export const appMoves = [
  'start',
  'succeed',
  'endIncomplete',
  'fail',
  'timeOut',
  'cancel',
  'confirm',
  'rerun',
] as const
export type AppMove = (typeof appMoves)[number]

type Row = Record<AppMove, AppStatus | null>
const none: Row = {
  start: null,
  succeed: null,
  endIncomplete: null,
  fail: null,
  timeOut: null,
  cancel: null,
  confirm: null,
  rerun: null,
}

/** The total table of moves; null means that the move makes no sense there. */
export const appTable: Record<AppStatus, Row> = {
  // Nothing was started, so there is nothing to wait for.
  ready: { ...none, start: 'in progress', cancel: 'canceled' },
  'in progress': {
    ...none,
    succeed: 'success',
    endIncomplete: 'incomplete',
    fail: 'failed',
    timeOut: 'timed out',
    cancel: 'canceling',
  },
  success: none,
  incomplete: { ...none, rerun: 'in progress' },
  failed: { ...none, rerun: 'in progress' },
  'timed out': none,
  // A success that arrives now comes too late: what is on the site is read back and told.
  canceling: { ...none, confirm: 'canceled' },
  canceled: none,
}

/** An app migration that can no longer move by itself. */
export const settledStatuses: readonly AppStatus[] = [
  'success',
  'incomplete',
  'failed',
  'timed out',
  'canceled',
]
export const isSettled = (status: AppStatus): boolean => settledStatuses.includes(status)

const dayMs = 86_400_000
/** Limits of the app migration platform, as its pages state them; times in milliseconds. */
export const appLimits = {
  /** In all, from the first start; a handler's calls answer 400 from then on. */
  allowedMs: 14 * dayMs,
  /** Where a handler promised signs of life: the longest silence. */
  silenceMs: 15 * 60_000,
  /** From the first start. */
  rerunMs: 12 * dayMs,
  logMs: 30 * dayMs,
  logEvents: 4000,
  messageLength: 500,
} as const

/** What the rules below ask of an app migration; times in epoch milliseconds. */
export interface AppTimes {
  status: AppStatus
  firstStartedAt: number | null
  lastSignAt: number | null
  /** Milliseconds from the first start. */
  allowedMs: number
  /** The longest silence that was promised, null = none was. */
  silenceMs: number | null
}

/** Why an app migration in progress has taken too long, null while it has not. */
export function overdue(app: AppTimes, now: number): 'in all' | 'silent' | null {
  if (app.status !== 'in progress' || app.firstStartedAt === null) return null
  if (now - app.firstStartedAt > app.allowedMs) return 'in all'
  const since = app.lastSignAt ?? app.firstStartedAt
  return app.silenceMs !== null && now - since > app.silenceMs ? 'silent' : null
}

/** Why an app migration cannot be run again, as a sentence; null = it can. hasPath: a way to move it exists. */
export function whyNoRerun(app: AppTimes, now: number, hasPath: boolean): string | null {
  if (app.status === 'timed out')
    return 'The migration timed out. Contact the app vendor for information on how to proceed.'
  if (app.status !== 'failed' && app.status !== 'incomplete')
    return 'Only a failed or incomplete app migration can be run again.'
  if (!hasPath) return 'There is no automated path for this app.'
  if (app.firstStartedAt !== null && now - app.firstStartedAt > appLimits.rerunMs)
    return 'More than 12 days have passed since the app migration was first started.'
  return null
}

/** Why the log cannot be downloaded: the four cases of the page, as a sentence; null = it can. */
export function whyNoLog(
  app: { firstStartedAt: number | null } | null,
  now: number,
  hasPath: boolean,
): string | null {
  if (app === null) return 'The app migration could not be found in cloud.'
  if (!hasPath) return 'The app does not have an automated path.'
  if (app.firstStartedAt === null) return 'The app migration has not yet started.'
  if (now - app.firstStartedAt > appLimits.logMs)
    return 'The logs have expired: they are kept for 30 days from the start of the app migration.'
  return null
}

/** Until when it can be run again, should it fail or be incomplete; null where that is no question (any more). */
export const rerunUntil = (app: Pick<AppTimes, 'status' | 'firstStartedAt'>): number | null =>
  app.firstStartedAt !== null && ['in progress', 'incomplete', 'failed'].includes(app.status)
    ? app.firstStartedAt + appLimits.rerunMs
    : null

/**
 * Why an app migration cannot be canceled, as a sentence; null = it can. One that would not begin anyway is not:
 * a cancel is final, and would keep the app from a later decision.
 */
export function whyNoCancel({
  status,
  decision,
}: {
  status: AppStatus
  decision: string | null
}): string | null {
  if (status === 'ready' && decision === null)
    return 'Nobody has decided about this app yet: there is nothing to cancel.'
  if (status === 'ready' && decision === 'not needed')
    return 'It is not needed, as decided: there is nothing to cancel.'
  if (status === 'canceling') return 'It is being canceled already; that cannot be reversed.'
  if (status === 'canceled') return 'It has been canceled.'
  return appTable[status].cancel === null ? 'The app migration has ended.' : null
}
