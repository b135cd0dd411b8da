import { describe, expect, test } from 'vitest'
import {
  type AppMove,
  type AppStatus,
  type AppTimes,
  appLimits,
  appMoves,
  appStatuses,
  appTable,
  overdue,
  rerunUntil,
  settledStatuses,
  whyNoCancel,
  whyNoLog,
  whyNoRerun,
} from '../../shared/app-status.ts'

const day = 86_400_000
const start = Date.UTC(2026, 10, 1)
const app = (status: AppStatus, more: Partial<AppTimes> = {}): AppTimes => ({
  status,
  firstStartedAt: start,
  lastSignAt: null,
  allowedMs: appLimits.allowedMs,
  silenceMs: null,
  ...more,
})

/** Every pair of status and move that leads somewhere; all others lead nowhere. */
const moves: [AppStatus, AppMove, AppStatus][] = [
  ['ready', 'start', 'in progress'],
  ['ready', 'cancel', 'canceled'],
  ['in progress', 'succeed', 'success'],
  ['in progress', 'endIncomplete', 'incomplete'],
  ['in progress', 'fail', 'failed'],
  ['in progress', 'timeOut', 'timed out'],
  ['in progress', 'cancel', 'canceling'],
  ['incomplete', 'rerun', 'in progress'],
  ['failed', 'rerun', 'in progress'],
  ['canceling', 'confirm', 'canceled'],
]

describe('the table of an app migration', () => {
  test.each(appStatuses.flatMap((status) => appMoves.map((move) => [status, move] as const)))(
    'says where "%s" goes by "%s"',
    (status, move) => {
      const found = moves.find(([from, by]) => from === status && by === move)
      expect(appTable[status][move]).toBe(found?.[2] ?? null)
    },
  )

  test('never lets what is canceling go anywhere but to canceled', () => {
    expect(Object.values(appTable.canceling).filter(Boolean)).toEqual(['canceled'])
  })

  test('calls settled what no move but a re-run leaves', () => {
    for (const status of settledStatuses)
      for (const move of appMoves.filter((one) => one !== 'rerun'))
        expect(appTable[status][move]).toBeNull()
  })
})

describe('the limits', () => {
  test('allow 14 days in all', () => {
    expect(overdue(app('in progress'), start + 14 * day)).toBeNull()
    expect(overdue(app('in progress'), start + 14 * day + 1)).toBe('in all')
    expect(overdue(app('success'), start + 20 * day)).toBeNull()
  })

  test('allow 15 minutes of silence, only where signs of life were promised', () => {
    const at = start + day
    const promised = app('in progress', { lastSignAt: at, silenceMs: appLimits.silenceMs })
    expect(overdue(promised, at + 15 * 60_000)).toBeNull()
    expect(overdue(promised, at + 15 * 60_000 + 1)).toBe('silent')
    expect(overdue(app('in progress', { lastSignAt: at }), at + day)).toBeNull()
  })

  test('let failed and incomplete run again within 12 days of the first start', () => {
    for (const status of ['failed', 'incomplete'] as const) {
      expect(whyNoRerun(app(status), start + 11 * day, true)).toBeNull()
      expect(whyNoRerun(app(status), start + 13 * day, true)).toMatch(/12 days/)
      expect(whyNoRerun(app(status), start, false)).toMatch(/no automated path/)
    }
  })

  test('let nothing else run again, and send a timed out one to its vendor', () => {
    for (const status of appStatuses.filter((one) => !['failed', 'incomplete'].includes(one)))
      expect(whyNoRerun(app(status), start, true)).not.toBeNull()
    expect(whyNoRerun(app('timed out'), start, true)).toMatch(/vendor/)
  })

  test('disable the log in the four cases', () => {
    expect(whyNoLog(app('success'), start + 30 * day, true)).toBeNull()
    expect(whyNoLog(null, start, true)).toMatch(/could not be found/)
    expect(whyNoLog(app('success'), start + 30 * day + 1000, true)).toMatch(/expired/)
    expect(whyNoLog(app('ready'), start, false)).toMatch(/automated path/)
    expect(whyNoLog(app('ready', { firstStartedAt: null }), start, true)).toMatch(/not yet started/)
  })

  test('let only ready and in progress be canceled, and that once', () => {
    expect(
      appStatuses.filter((status) => whyNoCancel({ status, decision: 'needed' }) === null),
    ).toEqual(['ready', 'in progress'])
    expect(whyNoCancel({ status: 'canceling', decision: 'needed' })).toMatch(/cannot be reversed/)
    // One confirmed click would be final, and nothing would have begun.
    expect(whyNoCancel({ status: 'ready', decision: null })).toMatch(/Nobody has decided/)
    expect(whyNoCancel({ status: 'ready', decision: 'not needed' })).toMatch(/not needed/)
    expect(whyNoCancel({ status: 'ready', decision: 'archive' })).toBeNull()
  })

  test('say until when a re-run is possible, as long as that may be a question', () => {
    for (const status of ['in progress', 'incomplete', 'failed'] as const)
      expect(rerunUntil(app(status))).toBe(start + 12 * day)
    for (const status of ['success', 'timed out', 'canceled', 'canceling'] as const)
      expect(rerunUntil(app(status))).toBeNull()
    expect(rerunUntil(app('ready', { firstStartedAt: null }))).toBeNull()
  })
})
