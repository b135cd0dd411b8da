import { afterEach, describe, expect, test } from 'vitest'
import { addAppEvents, appLogPage } from '../../agent/ledger/app-log.ts'
import { needApp } from '../../agent/ledger/apps.ts'
import { appLogCsv } from '../../agent/report/app-log-csv.ts'
import { acme, globex, openWorld } from '../support/app-world.ts'

type World = Awaited<ReturnType<typeof openWorld>>
let world: World
afterEach(() => world[Symbol.asyncDispose]())

const day = 86_400_000
/** A dropped-in path of globex's, whose run is this code; `state` lives as long as the process. */
const pathOf = (run: string, check = '') => ({
  'globex.mjs': `export const path = {
    key: 'globex-${Math.random().toString(36).slice(2, 8)}', title: 'Globex', fits: (app) => app.key === '${globex}',
    async plan(context) { await context.records.add([{ sourceId: 'a', label: 'A', rows: 3, leftOut: null }]) },
    async run(context) { ${run} },
    async check(context) { ${check} },
  }`,
})
const settleAll = `for await (const page of context.records.open())
  await context.records.settle(page.map(({ n }) => ({ n, sent: true, verdict: 'verified' })))`

async function decided(paths: Record<string, string>) {
  world = await openWorld({ paths })
  await world.mover.decide(world.id, acme, { decision: 'needed' })
  await world.mover.decide(world.id, globex, { decision: 'needed' })
}
/** Both apps to the end of the run. */
async function both(paths: Record<string, string>) {
  await decided(paths)
  return world.run()
}
/** Both apps, and on while they move. */
async function begin(paths: Record<string, string>) {
  await decided(paths)
  await world.runner.start(world.id)
}
const logOf = async (key: string) =>
  appLogPage(world.ledger.db, await needApp(world.ledger.db, world.id, key), {
    now: Date.now() + world.clock.shift,
    before: null,
    limit: 10_000,
  })
const csvOf = async (key: string) => {
  const row = await needApp(world.ledger.db, world.id, key)
  let text = ''
  for await (const bytes of appLogCsv(world.ledger.db, row, Date.now() + world.clock.shift))
    text += new TextDecoder().decode(bytes)
  return text
}

describe('a path that misbehaves', () => {
  test.each([
    ['throws', `throw new Error('out of luck')`, /out of luck/],
    [
      'writes to another app',
      `await context.site.set({ kind: 'issue', siteId: 'APP-1' }, '${acme}.state', 1)`,
      /does not belong to Globex Risk/,
    ],
    ['leaves its folder', `await context.files.create('../evil')`, /may not use a file named/],
  ])('that %s fails alone, and the run ends incomplete', async (_name, run, said) => {
    const migration = await both(pathOf(run))
    expect(migration.status).toBe('incomplete')
    expect(migration.sentence).toMatch(/1 app without success/)
    const app = await world.app(globex)
    // The archive has its turn after the path that failed.
    expect(app.status).toBe('incomplete')
    expect(app.message).toMatch(said)
    expect(app.counts).toMatchObject({ verified: 3, failed: 3, source: 6 })
    expect((await world.app(acme)).status).toBe('success')
    const { body } = await world.site(`/rest/api/3/issue/APP-1/properties/${acme}.state`)
    expect(body.value).toEqual({ open: 2, words: ['a', 'é'] })
  })

  test('that floods its log with a million lines keeps the newest 4,000', async () => {
    await both(
      pathOf(`for (let i = 1; i <= 1000000; i++) context.log('info', 'flood', 'line ' + i)
        ${settleAll}`),
    )
    const lines = await logOf(globex)
    expect(lines).toHaveLength(4000)
    expect(lines.some(({ message }) => message === 'line 1000000')).toBe(true)
    expect((await needApp(world.ledger.db, world.id, globex)).omitted).toBeGreaterThan(990_000)
    expect(await csvOf(globex)).toMatch(/Older logs have been omitted: \d{3},\d{3}\./)
    expect((await world.app(globex)).status).toBe('success')
  })

  test('that hangs times out after 15 minutes without a sign of life, and the others go on', async () => {
    await begin(pathOf('await new Promise(() => {})'))
    await world.until(acme, 'success')
    await world.until(globex, 'in progress')
    // It is in progress a moment before all that it has to move is counted.
    await expect.poll(async () => (await world.app(globex)).counts.source).toBe(6)
    world.clock.shift += 15 * 60_000 + 5_000
    await world.mover.sweep()
    const app = await world.app(globex)
    expect(app.status).toBe('timed out')
    expect(app.rerun).toMatch(/vendor/)
    await world.runner.ended(world.id)
    expect((await world.app(globex)).counts).toMatchObject({ source: 6, failed: 6 })
  })

  test('and one that is no path at all is said and passed over', async () => {
    world = await openWorld({
      paths: { 'bad.mjs': 'export const path = 1', 'worse.mjs': 'syntax(' },
    })
    expect(world.registry.problems).toHaveLength(2)
    expect((await world.app(acme)).paths).toContain('Entity properties')
  })
})

describe('canceling', () => {
  test('ends one app for good, aborts its path and tells what arrived', async () => {
    await begin(
      pathOf(
        `await new Promise((go, stop) => context.signal.addEventListener('abort', () => stop(context.signal.reason)))`,
      ),
    )
    await world.until(globex, 'in progress')
    await world.mover.cancel(world.id, globex)
    await expect(world.mover.cancel(world.id, globex)).rejects.toThrow(/canceled|reversed/)
    const app = await world.until(globex, 'canceled')
    expect(app.message).toMatch(/^Canceled\. 0 of 6 rows/)
    await world.runner.ended(world.id)
    expect((await world.app(acme)).status).toBe('success')
    expect(app.rerun).not.toBeNull()
    const events = (await logOf(globex)).map(({ event }) => event)
    expect(events.filter((one) => one !== 'table')).toEqual(['canceled', 'canceling', 'started'])
  })

  test('is refused for what has ended, and ends at once what has not begun', async () => {
    world = await openWorld()
    await world.mover.decide(world.id, acme, { decision: 'needed' })
    await world.mover.cancel(world.id, acme)
    expect((await world.app(acme)).status).toBe('canceled')
    await world.mover.decide(world.id, globex, { decision: 'archive' })
    await world.run()
    await expect(world.mover.cancel(world.id, globex)).rejects.toThrow(/has ended/)
    expect((await world.app(acme)).firstStartedAt).toBeNull()
  })
})

describe('a re-run', () => {
  const sick = `await context.checkpoint.set('turn', ((await context.checkpoint.get('turn')) ?? 0) + 1)
    if ((await context.checkpoint.get('turn')) === 1) throw new Error('not well')
    ${settleAll}`

  test('goes on with what failed, at 11 days but not at 13', async () => {
    await both(pathOf(sick))
    expect((await world.app(globex)).status).toBe('incomplete')
    world.clock.shift = 13 * day
    await expect(world.mover.rerun(world.id, globex)).rejects.toThrow(/12 days/)
    expect((await world.app(globex)).rerun).toMatch(/12 days/)
    world.clock.shift = 11 * day
    const first = await world.app(globex)
    await world.mover.rerun(world.id, globex)
    const app = await world.until(globex, 'success')
    expect(app.transferId).not.toBe(first.transferId)
    expect(app.firstStartedAt).toBe(first.firstStartedAt)
    expect(app.counts).toMatchObject({ source: 6, verified: 6 })
    await expect(world.mover.rerun(world.id, globex)).rejects.toThrow(/failed or incomplete/)
  })
})

describe('the agent dies', () => {
  test('while an app is in progress, and the next one goes on from its checkpoint', async () => {
    await begin(
      pathOf(`const turn = ((await context.checkpoint.get('turn')) ?? 0) + 1
        await context.checkpoint.set('turn', turn)
        if (turn === 1) await new Promise(() => {})
        ${settleAll}`),
    )
    const before = await world.until(globex, 'in progress')
    // A turn that was not kept would begin anew, and wait for ever.
    const kept = () =>
      world.ledger.db.selectFrom('appCheckpoint').selectAll().where('name', '=', 'turn').execute()
    await expect.poll(kept, { timeout: 30_000 }).toHaveLength(1)
    await world.restart()
    const after = await world.until(globex, 'success')
    expect(after.transferId).toBe(before.transferId)
    await world.runner.ended(world.id)
    expect((await world.app(acme)).status).toBe('success')
  })

  test('while one is being canceled, and the next one ends it', async () => {
    world = await openWorld()
    const at = Date.now()
    await world.mover.decide(world.id, globex, { decision: 'archive' })
    await world.ledger.db
      .updateTable('app')
      .set({ status: 'canceling', transferId: 't', firstStartedAt: at })
      .execute()
    await world.restart()
    expect((await world.until(globex, 'canceled')).message).toMatch(/^Canceled\./)
  })
})

describe('the log', () => {
  test('shows the newest 4,000 of 4,001, nothing older than 30 days, and opens safely', async () => {
    world = await openWorld()
    await world.mover.decide(world.id, globex, { decision: 'archive' })
    await world.run()
    const { db } = world.ledger
    const place = { migrationId: world.id, key: globex }
    const now = Date.now()
    const line = (n: number) => ({
      at: now,
      level: 'info' as const,
      event: 'test',
      message: n === 4001 ? '=HYPERLINK("x")\nnext, "line"' : `line ${n}`,
      transferId: null,
    })
    await addAppEvents(
      db,
      place,
      Array.from({ length: 4001 }, (_, n) => line(n + 1)),
      now,
    )
    const csv = await csvOf(globex)
    expect(csv).toContain(`"'=HYPERLINK(""x"")\nnext, ""line"""`)
    expect(csv).not.toMatch(/,line 1,/)
    expect(csv).toContain('Older logs have been omitted: 3.')
    expect(await logOf(globex)).toHaveLength(4000)
    world.clock.shift = 30 * day - 60_000
    expect(await logOf(globex)).toHaveLength(4000)
    world.clock.shift = 30 * day + 61_000
    expect(await logOf(globex)).toHaveLength(0)
    expect((await world.app(globex)).log).toMatch(/30 days/)
  })
})
