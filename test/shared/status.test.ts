import { describe, expect, test } from 'vitest'
import {
  itemEvents,
  itemStates,
  itemTable,
  migrationMoves,
  migrationStatuses,
  migrationTable,
} from '../../shared/status.ts'

describe('the tables of moves', () => {
  test('say of each pair of status and move where it leads, or that it makes no sense', () => {
    for (const status of migrationStatuses)
      for (const move of migrationMoves)
        expect([null, ...migrationStatuses], `${status} ${move}`).toContain(
          migrationTable[status][move],
        )
    for (const state of itemStates)
      for (const event of itemEvents)
        expect([null, ...itemStates], `${state} ${event}`).toContain(itemTable[state][event])
  })

  test('let a migration run from everywhere but from running, and end only from running', () => {
    expect(migrationStatuses.filter((status) => migrationTable[status].run === 'running')).toEqual([
      'saved',
      'finished',
      'incomplete',
      'failed',
    ])
    for (const end of ['finish', 'finishIncomplete', 'fail'] as const)
      expect(migrationStatuses.filter((status) => migrationTable[status][end] !== null)).toEqual([
        'running',
      ])
    expect(migrationStatuses.filter((status) => migrationTable[status].mend !== null)).toEqual([
      'incomplete',
    ])
    expect(migrationTable.incomplete.mend).toBe('finished')
    expect(migrationStatuses.filter((status) => migrationTable[status].reopen !== null)).toEqual([
      'finished',
    ])
    expect(migrationTable.finished.reopen).toBe('incomplete')
  })

  test('never send a sent item again, and never let a left-out one move', () => {
    expect(Object.values(itemTable.sent).filter(Boolean)).toEqual([])
    expect(Object.values(itemTable.leftOut).filter(Boolean)).toEqual([])
  })

  test('let nothing leave "sending" without an answer from the site', () => {
    const ways = itemEvents.filter((event) => itemTable.sending[event] !== null)
    expect(ways).toEqual(['settle', 'refuse', 'found', 'notFound', 'cannotTell'])
  })
})
