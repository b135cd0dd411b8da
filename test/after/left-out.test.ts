import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fault } from '../../agent/after/check.ts'
import { sayBeside } from '../../agent/after/left-out.ts'
import { placesOf } from '../../agent/ledger/after.ts'
import { checklistOf } from '../../agent/ledger/checklist.ts'
import { eachItem } from '../../agent/ledger/items.ts'
import { writeSample } from '../../agent/sample/sample.ts'
import { type AfterWorld, openAfterWorld } from '../support/after-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-left-out-'))
let world: AfterWorld

/** A person wanted the issues alone. */
beforeAll(async () => {
  const { backup } = await writeSample(join(folder, 'sample'))
  const scope = { filters: 'none', boards: 'none', dashboards: 'none' } as const
  world = await openAfterWorld({ backup, attachments: null, scope })
  await world.check('filters', 'sprints-and-boards', 'dashboards')
})
afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function leftOut(kind: 'filter' | 'board' | 'sprint' | 'dashboard') {
  const found = []
  for await (const item of eachItem(world.db, world.id, { kind, verdict: 'leftOut' }))
    found.push(item)
  return found
}
const listed = async (key: string) =>
  (await placesOf(world.db, world.id, key, 0, 100, { list: 'leftOut' })).map(
    ({ subject, detail }) => `${subject}: ${detail}`,
  )

test('boards and sprints that were left out are a warning with a list, and no success', async () => {
  const [boards, sprints] = [await leftOut('board'), await leftOut('sprint')]
  expect(boards.length).toBeGreaterThan(0)
  expect(sprints.length).toBeGreaterThan(0)
  const { status, sentence, places } = await world.said('sprints-and-boards')
  expect(status['sprints-and-boards']).toBe('warning')
  expect(places).toEqual([])
  expect(sentence['sprints-and-boards']).toBe(
    `${boards.length + sprints.length} boards and sprints were left out before the run, as announced. No board and no sprint was moved.`,
  )
  const rows = await listed('sprints-and-boards')
  expect(rows).toContain(
    `Board ${boards[0]?.label}: ${boards[0]?.label} was left out before the run: You chose to move no boards.`,
  )
  expect(rows.filter((row) => row.startsWith('Sprint '))).toHaveLength(sprints.length)
})

test('dashboards that were left out are told, but for the one that the site has of its own', async () => {
  const out = await leftOut('dashboard')
  const system = out.filter(({ reasonCode }) => reasonCode === 'dashboard-system')
  expect(system).toHaveLength(1)
  const own = out.length - system.length
  expect(own).toBeGreaterThan(0)
  const { status, sentence } = await world.said('dashboards')
  expect(status.dashboards).toBe('warning')
  expect(sentence.dashboards).toBe(
    `${own} dashboards were left out before the run, as announced. There are no dashboards to look at.`,
  )
  const rows = await listed('dashboards')
  expect(rows).toHaveLength(own)
  expect(rows.join()).not.toContain(`Dashboard ${system[0]?.label}:`)
})

test('filters that were left out are told, each with why', async () => {
  const out = await leftOut('filter')
  expect(out.length).toBeGreaterThan(1)
  const { status, sentence } = await world.said('filters')
  expect(status.filters).toBe('warning')
  expect(sentence.filters).toMatch(
    new RegExp(`^${out.length} filters were left out before the run, as announced\\. `),
  )
  const rows = await listed('filters')
  expect(rows).toHaveLength(out.length)
  expect(rows).toContain(
    `Filter ${out[0]?.label}: ${out[0]?.label} was left out before the run: ${out[0]?.reasonText}`,
  )
})

test('a project is not signed off without a word while a check could not be done', async () => {
  await world.check('who-can-see')
  const { warning } = await checklistOf(world.db, world.id, 'PAY', null)
  expect(warning).toMatch(/1 check could not be done to the end/)
})

test('what is wrong comes before what was left out, and a run that left nothing out is fine', () => {
  const says = {
    wrong: () => fault('2 files are missing.', 'Attach them.'),
    rest: 'All 3 files are there.',
    what: ['file', 'files'] as const,
    hint: 'The list says why.',
  }
  expect(sayBeside({ places: 2, out: 1 }, says)).toEqual({
    status: 'error',
    sentence: '2 files are missing. 1 more was left out before the run, as announced.',
    hint: 'Attach them.',
  })
  expect(sayBeside({ places: 0, out: 1 }, says)).toEqual({
    status: 'warning',
    sentence: '1 file was left out before the run, as announced. All 3 files are there.',
    hint: 'The list says why.',
  })
  expect(sayBeside({ places: 0, out: 0 }, says)).toMatchObject({ status: 'success', hint: '' })
})
