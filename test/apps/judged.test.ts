import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { createChecker } from '../../agent/checker.ts'
import { checkRows, offendersOf } from '../../agent/ledger/checks.ts'
import { settleVerdicts } from '../../agent/ledger/items.ts'
import { getMigration } from '../../agent/ledger/migrations.ts'
import { acme, globex, openWorld } from '../support/app-world.ts'

let world: Awaited<ReturnType<typeof openWorld>>
afterEach(() => world[Symbol.asyncDispose]())

const migration = () => getMigration(world.ledger.db, world.id)
const marks = mkdtempSync(join(tmpdir(), 'landfall-marks-'))
afterAll(() => rmSync(marks, { recursive: true, force: true }))
const markOf = (key: string) => join(marks, key)
/** A path of globex's that fails until a file says that it is well; a path sees no memory of ours. */
const sick = (key: string, app: string) => `import { existsSync, readFileSync } from 'node:fs'
const state = () => { const file = ${JSON.stringify(markOf(key))}; return existsSync(file) ? readFileSync(file, 'utf8') : '' }
export const path = {
  key: '${key}', title: 'Sick', fits: (app) => app.key === '${app}',
  async plan(context) { await context.records.add([{ sourceId: 'a', label: 'A', rows: 1, leftOut: null }]) },
  async run(context) {
    while (state() === 'waits') await new Promise((go) => setTimeout(go, 20))
    if (!state()) throw new Error('not well')
    for await (const page of context.records.open())
      await context.records.settle(page.map(({ n }) => ({ n, sent: true, verdict: 'verified' })))
  },
  async check() {},
}`
const heal = (key: string, how = 'well') => writeFileSync(markOf(key), how)

describe('the checks', () => {
  test('name each app that nobody has decided about, until somebody has', async () => {
    world = await openWorld()
    const checker = createChecker({ ...world.line, apps: world.mover })
    const ask = async () => {
      await checker.start(world.id, ['apps-undecided'])
      while (checker.progress(world.id)) await new Promise((go) => setTimeout(go, 20))
      const row = (await checkRows(world.ledger.db, world.id)).get('apps-undecided')
      const list = await offendersOf(world.ledger.db, world.id, 'apps-undecided', 0, 10)
      return [row?.status, ...list.map(({ subject }) => subject)]
    }
    expect(await ask()).toEqual(['warning', 'Acme Checklist', 'Globex Risk'])
    await world.mover.decide(world.id, acme, { decision: 'needed' })
    expect(await ask()).toEqual(['warning', 'Globex Risk'])
    await world.mover.decide(world.id, globex, { decision: 'not needed' })
    expect(await ask()).toEqual(['success'])
    await checker.leave()
  })
})

describe('the migration', () => {
  test('becomes finished when a re-run mends the one app that kept it incomplete', async () => {
    world = await openWorld({ paths: { 'a.mjs': sick('sick-a', globex) } })
    await world.mover.decide(world.id, acme, { decision: 'needed' })
    await world.mover.decide(world.id, globex, { decision: 'needed' })
    expect((await world.run()).status).toBe('incomplete')
    const other = await world.app(acme)
    await world.mover.rerun(world.id, globex)
    await world.mover.idle(world.id, globex)
    expect((await migration()).status, 'the re-run failed again').toBe('incomplete')
    heal('sick-a')
    await world.mover.rerun(world.id, globex)
    await world.mover.idle(world.id, globex)
    expect(await migration()).toMatchObject({ status: 'finished', reason: null })
    expect((await migration()).sentence).toMatch(/^Finished: /)
    expect(await world.app(acme), 'an end changes no other app').toEqual(other)
    const report = join(world.parts.report(world.id), 'run.json')
    expect(JSON.parse(readFileSync(report, 'utf8')).migration.status).toBe('finished')
  })

  test('stays incomplete while another app is without success', async () => {
    world = await openWorld({
      paths: { 'b.mjs': sick('sick-b', globex), 'c.mjs': sick('sick-c', acme) },
    })
    await world.mover.decide(world.id, acme, { decision: 'needed' })
    await world.mover.decide(world.id, globex, { decision: 'needed' })
    expect((await world.run()).sentence).toMatch(/2 apps without success/)
    heal('sick-b')
    await world.mover.rerun(world.id, globex)
    await world.mover.idle(world.id, globex)
    expect((await world.app(globex)).status).toBe('success')
    expect((await migration()).status).toBe('incomplete')
    heal('sick-c')
    await world.mover.rerun(world.id, acme)
    await world.mover.idle(world.id, acme)
    expect((await migration()).status).toBe('finished')
  })

  test('stays incomplete when an item of its own is not verified', async () => {
    world = await openWorld({ paths: { 'd.mjs': sick('sick-d', globex) } })
    await world.mover.decide(world.id, globex, { decision: 'needed' })
    expect((await world.run()).status).toBe('incomplete')
    const { seq } = await world.ledger.db
      .selectFrom('item')
      .select('seq')
      .where('kind', '=', 'comment')
      .executeTakeFirstOrThrow()
    const differences = [{ field: 'body', promised: 'a', found: 'b' }]
    await settleVerdicts(world.ledger.db, [{ seq, verdict: 'different', differences }])
    heal('sick-d', 'waits')
    await world.mover.rerun(world.id, globex)
    heal('sick-d')
    await world.mover.idle(world.id, globex)
    expect((await world.app(globex)).status).toBe('success')
    expect((await migration()).status).toBe('incomplete')
  })

  test('stays incomplete when the re-run is canceled, and is reported so', async () => {
    world = await openWorld({ paths: { 'e.mjs': sick('sick-e', globex) } })
    await world.mover.decide(world.id, globex, { decision: 'needed' })
    expect((await world.run()).status).toBe('incomplete')
    heal('sick-e', 'waits')
    await world.mover.rerun(world.id, globex)
    await world.mover.cancel(world.id, globex)
    await world.mover.idle(world.id, globex)
    heal('sick-e')
    expect((await world.app(globex)).status).toBe('canceled')
    expect((await migration()).status).toBe('incomplete')
  })
})
