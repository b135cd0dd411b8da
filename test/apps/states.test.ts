import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addAppEvents, appLogPage, omittedLines } from '../../agent/ledger/app-log.ts'
import { needApp } from '../../agent/ledger/apps.ts'
import { appStatuses } from '../../shared/app-status.ts'
import { acme, globex, openWorld } from '../support/app-world.ts'

let world: Awaited<ReturnType<typeof openWorld>>
beforeEach(async () => {
  world = await openWorld()
  await world.mover.decide(world.id, globex, { decision: 'archive' })
}, 30_000)
afterEach(() => world[Symbol.asyncDispose]())

const day = 86_400_000
const set = (values: object) =>
  world.ledger.db.updateTable('app').set(values).where('key', '=', globex).execute()
/** globex stands in this state, as if its app migration had come there by itself. */
const stand = (status: (typeof appStatuses)[number]) =>
  set({
    status,
    transferId: status === 'ready' ? null : 't',
    firstStartedAt: status === 'ready' ? null : Date.now(),
    lastSignAt: Date.now(),
  })

describe('a cancel', () => {
  test.each([
    ['ready', 'canceled'],
    ['in progress', 'canceled'],
    ['success', /has ended/],
    ['incomplete', /has ended/],
    ['failed', /has ended/],
    ['timed out', /has ended/],
    ['canceling', /cannot be reversed/],
    ['canceled', /has been canceled/],
  ] as const)('of an app that is %s', async (status, end) => {
    await stand(status)
    const other = await world.app(acme)
    if (end === 'canceled') {
      await world.mover.cancel(world.id, globex)
      await world.until(globex, 'canceled')
    } else {
      await expect(world.mover.cancel(world.id, globex)).rejects.toThrow(end)
      expect((await world.app(globex)).status).toBe(status)
    }
    expect(await world.app(acme)).toEqual(other)
  })

  test.each([null, 'not needed'] as const)(
    'of an app that is ready and %s is refused',
    async (decision) => {
      await world.mover.decide(world.id, globex, { decision })
      expect((await world.app(globex)).cancel).toMatch(/nothing to cancel/)
      await expect(world.mover.cancel(world.id, globex)).rejects.toThrow(/nothing to cancel/)
      expect((await world.app(globex)).status).toBe('ready')
    },
  )

  test('asked for twice at the same time is taken once', async () => {
    await stand('in progress')
    const ends = await Promise.allSettled([
      world.mover.cancel(world.id, globex),
      world.mover.cancel(world.id, globex),
    ])
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await world.until(globex, 'canceled')
    // Its last line is written down after its end.
    await world.mover.idle(world.id, globex)
    const log = await appLogPage(
      world.ledger.db,
      { migrationId: world.id, key: globex },
      { now: Date.now(), before: null, limit: 100 },
    )
    expect(log.filter(({ event }) => event === 'canceling')).toHaveLength(1)
    expect(log.filter(({ event }) => event === 'canceled')).toHaveLength(1)
  })
})

describe('the permitted time', () => {
  test('stays as it was set when something else is decided, and is told', async () => {
    expect((await world.app(globex)).allowedHours).toBe(14 * 24)
    await world.mover.decide(world.id, globex, { decision: 'archive', allowedHours: 5 })
    await world.mover.decide(world.id, globex, { decision: 'needed' })
    expect((await world.app(globex)).allowedHours).toBe(5)
    await stand('in progress')
    world.clock.shift = 5 * 3_600_000 + 1000
    await world.ledger.db.updateTable('app').set({ silenceMs: null }).execute()
    await world.mover.sweep()
    expect((await world.app(globex)).status).toBe('timed out')
  })
})

describe('an agent that dies', () => {
  test.each(appStatuses.filter((status) => status !== 'in progress' && status !== 'canceling'))(
    'leaves an app that is %s as it was',
    async (status) => {
      await stand(status)
      const before = await needApp(world.ledger.db, world.id, globex)
      await world.restart()
      await world.mover.idle(world.id, globex)
      expect(await needApp(world.ledger.db, world.id, globex)).toEqual(before)
      expect(world.mover.atWork(world.id)).toBe(false)
    },
  )

  test('lets a re-run go on to its end, and what is canceling be canceled', async () => {
    await stand('in progress')
    await world.restart()
    await world.until(globex, 'success')
    await stand('canceling')
    await world.restart()
    await world.until(globex, 'canceled')
  })
})

describe('an event', () => {
  test('is shown for 30 days, and not one second longer', async () => {
    const { db } = world.ledger
    const place = { migrationId: world.id, key: globex, omitted: 0 }
    const at = 1_700_000_000_000
    const line = { at, level: 'info' as const, event: 'old', message: 'old', transferId: null }
    await addAppEvents(db, place, [line], at)
    const shown = async (now: number) =>
      (await appLogPage(db, place, { now, before: null, limit: 10 })).length
    expect(await shown(at + 30 * day)).toBe(1)
    expect(await shown(at + 30 * day + 1000)).toBe(0)
    expect(await omittedLines(db, place, at + 30 * day + 1000)).toBe(1)
    // The next line takes it away for good, and it is still counted.
    const now = at + 30 * day + 1000
    await addAppEvents(db, place, [{ ...line, at: now }], now)
    const left = await db.selectFrom('appEvent').select('at').where('key', '=', globex).execute()
    expect(left).toEqual([{ at: now }])
    expect((await needApp(db, world.id, globex)).omitted).toBe(1)
  })
})
