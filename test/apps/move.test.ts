import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appFolder } from '../../agent/apps/files.ts'
import { countsByKind, tally } from '../../agent/ledger/tally.ts'
import { acme, globex, openWorld } from '../support/app-world.ts'

let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
  await world.mover.decide(world.id, acme, { decision: 'needed' })
  await world.mover.decide(world.id, globex, { decision: 'archive' })
  await world.run()
}, 60_000)
afterAll(() => world[Symbol.asyncDispose]())

describe('the inventory', () => {
  test('lists apps with all that they left, and none of what is Jira itself', async () => {
    const { apps, undecided } = await world.mover.list(world.id)
    expect(apps.map(({ key }) => key)).toEqual([acme, globex])
    expect(undecided).toBe(0)
    const [checklist, risk] = apps
    expect(checklist).toMatchObject({ name: 'Acme Checklist', version: '3.1', system: false })
    expect(checklist?.trace).toMatchObject({
      tables: [{ rows: 5000 }, { rows: 2 }],
      fields: [{ id: '10200', name: 'Todo', issues: 1 }],
      dashboards: ['77'],
      workflows: [],
      issues: 3,
      projects: 1,
    })
    expect(risk?.trace.workflows).toEqual(['Risky'])
  })

  test('keeps of a workflow the names of classes only', () => {
    const snapshot = readFileSync(join(world.parts.snapshots, `${world.id}.sqlite`))
    expect(snapshot.includes('hunter2')).toBe(false)
    expect(snapshot.includes('org.globex.risk.Check')).toBe(true)
  })
})

describe('entity properties', () => {
  test('are on the site where they were at the source, value for value', async () => {
    const issue = await world.site(`/rest/api/3/issue/APP-1/properties/${acme}.state`)
    expect(issue.body.value).toEqual({ open: 2, words: ['a', 'é'] })
    const project = await world.site(`/rest/api/3/project/APP/properties/${acme}.config`)
    expect(project.body.value).toEqual({ on: true })
    const { body } = await world.site('/rest/api/3/issue/APP-1/comment')
    const [comment] = body.comments as { id: string }[]
    const mark = await world.site(`/rest/api/3/comment/${comment?.id}/properties/${acme}.mark`)
    expect(mark.body.value).toBe('seen')
  })

  test('and every one that could not move was left out with its reason', async () => {
    const left = await world.ledger.db
      .selectFrom('appRecord')
      .select(['label', 'reason'])
      .where('key', '=', acme)
      .where('verdict', '=', 'leftOut')
      .orderBy('n')
      .execute()
    expect(left.map(({ reason }) => reason)).toEqual([
      'What it belongs to is not on the site.',
      'Its value is not JSON, and Jira Cloud takes nothing else.',
      expect.stringMatching(/DashboardItemProperty/),
    ])
  })

  test('count so that the numbers add up', async () => {
    const { counts, status, percent } = await world.app(acme)
    expect([status, percent]).toEqual(['success', 100])
    expect(counts.source).toBe(counts.verified + counts.different + counts.leftOut + counts.failed)
    expect(counts).toMatchObject({ different: 0, failed: 0, leftOut: 3, source: 5002 + 8 + 2 })
  })
})

test('entity properties that moved are verified in the numbers of the migration, too', async () => {
  const { db } = world.ledger
  const counts = countsByKind(await tally(db, world.id)).property
  const moved = await db
    .selectFrom('appRecord')
    .select('sourceId')
    .where('path', '=', 'entity-properties')
    .where('verdict', '=', 'verified')
    .execute()
  expect(moved.length).toBeGreaterThan(0)
  expect(counts).toMatchObject({ verified: moved.length, different: 0, failed: 0 })
  expect(counts?.source).toBe((counts?.verified ?? 0) + (counts?.leftOut ?? 0))
  const left = await db
    .selectFrom('item')
    .select(['reasonCode'])
    .where('kind', '=', 'property')
    .where('verdict', '=', 'leftOut')
    .execute()
  expect(new Set(left.map((row) => row.reasonCode))).toEqual(new Set(['not-yet']))
})

test('values of fields of its own types stand on the issue as JSON', async () => {
  const { body } = await world.site('/rest/api/3/issue/APP-1/properties/landfall.app.field.10200')
  expect(body.value).toEqual({
    field: 'Todo',
    type: `${acme}:todo`,
    values: ['buy milk', '=1+1'],
  })
})

describe('the archive', () => {
  const file = (key: string, name: string) =>
    readFileSync(join(appFolder(world.parts.root, world.id, key), name), 'utf8')

  test('holds every row of the tables, exactly in JSON and harmless in CSV', async () => {
    const { trace } = await world.app(acme)
    const [items, lists] = trace.tables.map(({ name }) => name)
    expect(JSON.parse(file(acme, `${items}.json`))).toHaveLength(5000)
    expect(JSON.parse(file(acme, `${items}.json`))[0]).toEqual({ ID: 1, TEXT: '=SUM(A1)' })
    expect(JSON.parse(file(acme, `${lists}.json`))).toEqual([
      { ID: 1, NAME: 'a "quoted", two\nlined', DONE: true },
      { ID: 2, NAME: null, DONE: false },
    ])
    const { data } = Papa.parse<string[]>(file(acme, `${items}.csv`), { skipEmptyLines: true })
    expect(data).toHaveLength(5001)
    expect(data[1]).toEqual(['1', "'=SUM(A1)"])
  })

  test('names rows, bytes and hashes in a manifest, and keeps properties where nothing else does', () => {
    const manifest = JSON.parse(file(globex, 'manifest.json'))
    expect(manifest.tables[0]).toMatchObject({ rows: 3 })
    expect(manifest.tables[0].files[0].sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(manifest.lists[0]).toMatchObject({ name: 'entity-properties', rows: 1 })
    expect(JSON.parse(file(globex, 'entity-properties.json'))[0]).toMatchObject({ value: '7' })
  })
})
