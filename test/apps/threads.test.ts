import { afterEach, describe, expect, test } from 'vitest'
import { appLogPage } from '../../agent/ledger/app-log.ts'
import { needApp } from '../../agent/ledger/apps.ts'
import { acme, globex, openWorld } from '../support/app-world.ts'

type World = Awaited<ReturnType<typeof openWorld>>
let world: World
afterEach(() => world[Symbol.asyncDispose]())

/** A customer's path for globex, whose run is this code; both apps are begun. */
async function begin(run: string): Promise<void> {
  world = await openWorld({
    paths: {
      'globex.mjs': `export const path = {
        key: 'of-globex', title: 'Globex', fits: (app) => app.key === '${globex}',
        async plan(context) { await context.records.add([{ sourceId: 'a', label: 'A', rows: 3, leftOut: null }]) },
        async run(context) { ${run} },
        async check() {},
      }`,
    },
  })
  await world.mover.decide(world.id, acme, { decision: 'needed' })
  await world.mover.decide(world.id, globex, { decision: 'needed' })
  await world.runner.start(world.id)
}
const logOf = async (key: string) =>
  appLogPage(world.ledger.db, await needApp(world.ledger.db, world.id, key), {
    now: Date.now() + world.clock.shift,
    before: null,
    limit: 10_000,
  })

describe('a path that never lets go of its thread', () => {
  const loop = `context.log('info', 'loop', 'begins'); await context.checkpoint.set('at', 1); for (;;) {}`

  test('holds up neither the agent nor other apps, and is cut off after its silence', async () => {
    await begin(loop)
    await world.until(globex, 'in progress')
    // Another app, and the site of this process, go on beside the loop.
    await world.until(acme, 'success')
    expect((await world.site('/rest/api/3/issue/APP-1')).status).toBe(200)
    expect((await world.app(globex)).status).toBe('in progress')
    world.clock.shift += 15 * 60_000 + 5_000
    await world.mover.sweep()
    await world.runner.ended(world.id)
    expect((await world.app(globex)).status).toBe('timed out')
  })

  test('is canceled like any other', async () => {
    await begin(loop)
    while (!(await logOf(globex)).some(({ event }) => event === 'loop'))
      await new Promise((go) => setTimeout(go, 50))
    await world.mover.cancel(world.id, globex)
    await world.until(globex, 'canceled')
    await world.runner.ended(world.id)
    expect((await world.app(acme)).status).toBe('success')
  })

  test('is left by an agent that goes, and gone on with by the next one', async () => {
    await begin(`if (!(await context.checkpoint.get('at'))) { ${loop} }
      for await (const page of context.records.open())
        await context.records.settle(page.map(({ n }) => ({ n, sent: true, verdict: 'verified' })))`)
    while (!(await logOf(globex)).some(({ event }) => event === 'loop'))
      await new Promise((go) => setTimeout(go, 50))
    await world.restart()
    await world.until(globex, 'success')
  })
})

describe('a path that takes its thread down', () => {
  test.each([
    ['fills its heap', 'const all = []; for (;;) all.push({ n: all.length })', /more than 768 MB/],
    [
      'fills Buffers beside its heap',
      'const all = []; for (;;) all.push(Buffer.alloc(1e6, 1))',
      /more than 768 MB/,
    ],
    ['ends its process', 'process.exit(3)', /ended its own thread \(code 3\)/],
    [
      'throws in a timer',
      `setTimeout(() => { throw new Error('late') }, 5); await new Promise(() => {})`,
      /did not wait for failed: late/,
    ],
    [
      'rejects in a timer',
      `setTimeout(async () => { throw new Error('late') }, 5); await new Promise(() => {})`,
      /did not wait for failed: late/,
    ],
  ])('and %s fails alone, with a sentence', async (_name, run, said) => {
    await begin(run)
    await world.runner.ended(world.id)
    const app = await world.app(globex)
    expect(app.message).toMatch(said)
    // The archive has its turn all the same.
    expect(app).toMatchObject({ status: 'incomplete', counts: { verified: 3, failed: 3 } })
    expect((await logOf(globex)).some(({ message }) => said.test(message))).toBe(true)
    expect((await world.app(acme)).status).toBe('success')
  })

  test('what it prints goes into its log, and of a flood the newest lines', async () => {
    await begin(`for (let i = 1; i <= 100000; i++) console.log('line', i)
      throw new Error('done')`)
    await world.runner.ended(world.id)
    const lines = await logOf(globex)
    expect(lines).toHaveLength(4000)
    expect(lines.some(({ message }) => message === 'line 100000')).toBe(true)
  })
})
