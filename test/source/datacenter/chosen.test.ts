import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { folderParts } from '../../../agent/config.ts'
import { addMigration, getMigration } from '../../../agent/ledger/migrations.ts'
import { openLedger } from '../../../agent/ledger/open.ts'
import { emptySite } from '../../../agent/plan/checks/empty-site.ts'
import { planAll } from '../../../agent/plan/plan.ts'
import type { Snapshot } from '../../../agent/snapshot/read.ts'
import { type ListedProject, listProjects } from '../../../agent/source/datacenter/listing.ts'
import { liveAccess } from '../../../agent/source-access.ts'
import { openSource, snapshotAge } from '../../../agent/source-snapshot.ts'
import type { PlannedItem } from '../../../shared/plan.ts'
import { type DataCenter, startDataCenter } from '../../support/data-center/box.ts'
import { readBox } from '../../support/data-center/read.ts'
import { makeWorld } from '../../support/data-center/world.ts'
import { scratch } from '../../support/make-backup.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})
async function start(): Promise<DataCenter> {
  const box = await startDataCenter({ world: makeWorld(5) })
  open.push(box)
  return box
}

/** What is asked about one project, by its id: searches of its issues, and its own resources. */
const asked = (box: DataCenter, id: number) =>
  box.exchanges.filter(
    ({ path, query }) =>
      path.startsWith(`/api/2/project/${id}`) || query.get('jql')?.startsWith(`project = ${id}`),
  ).length

async function planned(snapshot: Snapshot, held = false): Promise<PlannedItem[]> {
  const items: PlannedItem[] = []
  const options = { projects: null, timeZone: null, findFile: null, held }
  const toAdf = async () => ({ doc: { type: 'doc', version: 1, content: [] }, lost: [] }) as never
  for await (const item of planAll(snapshot, emptySite(snapshot), options, toAdf)) items.push(item)
  return items
}

describe('the projects of a live source', () => {
  test('are listed with their sizes before any issue is read, at most six questions at once', async () => {
    const box = await start()
    let now = 0
    let most = 0
    box.moods.before = () => {
      most = Math.max(most, ++now)
      setImmediate(() => {
        now -= 1
      })
      return undefined
    }
    const told: number[] = []
    let all: ListedProject[] = []
    const access = { url: box.url, user: null, secret: box.token }
    await listProjects(access, new AbortController().signal, (projects, counted) => {
      all = projects
      told.push(counted)
    })
    expect(
      all.map(({ key, issues, withFiles, archived }) => [key, issues, withFiles, archived]),
    ).toEqual([
      ['OLD', null, null, true],
      ['OPS', 1, 0, false],
      ['PAY', 9, 1, false],
    ])
    expect(told).toEqual([0, 1, 2, 3])
    expect(most).toBeLessThanOrEqual(6)
    const searches = box.exchanges.filter(({ path }) => path === '/api/2/search')
    expect(searches.map(({ query }) => query.get('maxResults'))).toEqual(['0', '0', '0', '0'])
  })
})

describe('projects that were not chosen', () => {
  test('are asked for nothing but their names, and written down as not read', async () => {
    const box = await start()
    const read = await readBox(box, { projects: ['OPS'] })
    open.push(read)
    expect(asked(box, 10), 'nothing of PAY').toBe(0)
    expect(asked(box, 11)).toBeGreaterThan(3)
    expect(box.exchanges.some(({ path }) => path.startsWith('/api/2/issue/1001'))).toBe(false)
    const { snapshot } = read
    expect([...snapshot.rows('version')]).toEqual([])
    expect(snapshot.info().live).toEqual({
      account: { name: 'admin', displayName: 'Ada Admin' },
      projects: [
        { key: 'PAY', how: 'not-chosen', stated: null, read: 0, tooLarge: 0, notFound: 0 },
        { key: 'OLD', how: 'not-chosen', stated: null, read: 0, tooLarge: 0, notFound: 0 },
        { key: 'OPS', how: 'read', stated: 1, read: 1, tooLarge: 0, notFound: 0 },
      ],
    })
  })

  test('are left out with that reason, and so are links into them, also where it is only compared', async () => {
    const box = await start()
    const read = await readBox(box, { projects: ['OPS'] })
    open.push(read)
    for (const held of [false, true]) {
      const items = await planned(read.snapshot, held)
      const why = (kind: PlannedItem['kind'], id: string) =>
        items.find((one) => one.kind === kind && one.sourceId === id)?.leftOut?.code
      expect([why('project', '10'), why('project', '11')]).toEqual(['not-read', undefined])
      expect(why('link', '802')).toBe('other-end-not-read')
      expect(items.filter(({ leftOut }) => leftOut?.code === 'dangling')).toEqual([])
    }
  })

  test('are read once they are chosen, and not again where fewer are', async () => {
    const box = await start()
    await using place = await scratch()
    const folder = folderParts(place.path)
    mkdirSync(folder.snapshots, { recursive: true })
    const ledger = openLedger(folder.ledger)
    open.push(ledger)
    const { db } = ledger
    const scope = (projects: string[] | null) =>
      db
        .updateTable('migration')
        .set({ scopeJson: JSON.stringify({ projects }) })
        .execute()
    await addMigration(db, {
      id: 'm',
      name: 'm',
      source: { kind: 'datacenter', path: box.url, user: null, attachments: null, timeZone: null },
      site: { kind: 'practice' },
      scope: { projects: ['OPS'] },
      mode: 'move',
      at: 1,
    })
    const source = liveAccess(async () => box.token)
    const parts = { ledger, folder, now: () => 1, source }
    const { signal } = new AbortController()
    const issues = async () => {
      const snapshot = await openSource(parts, await getMigration(db, 'm'), { signal })
      try {
        return snapshot.count('issue')
      } finally {
        snapshot.close()
      }
    }
    expect(await issues()).toBe(1)
    expect(asked(box, 10), 'the scope is what a run reads').toBe(0)
    const path = join(folder.snapshots, 'm.sqlite')
    expect(snapshotAge(path, box.url, null)).toBe('narrower')
    await scope(['OPS', 'PAY'])
    expect(await issues()).toBe(10)
    const requests = box.asked.length
    await scope(['PAY'])
    expect(await issues()).toBe(10)
    expect(box.asked.length, 'nothing is asked again').toBe(requests)
    const log = await db.selectFrom('event').select('text').orderBy('n').execute()
    expect(log.at(-1)?.text).toContain('not chosen when it was read')
  })
})
