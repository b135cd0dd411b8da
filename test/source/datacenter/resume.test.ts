import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readSource } from '../../../agent/read.ts'
import { unfinished } from '../../../agent/snapshot/keep.ts'
import { openSnapshot, snapshotTables } from '../../../agent/snapshot/read.ts'
import { must } from '../../../shared/assert.ts'
import { type DataCenter, startDataCenter } from '../../support/data-center/box.ts'
import { makeWorld } from '../../support/data-center/world.ts'
import { scratch } from '../../support/make-backup.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
/** 105 issues in pages of 10. */
const aPage = 10
async function start(): Promise<DataCenter> {
  const box = await startDataCenter({ world: makeWorld(100), cap: aPage })
  open.push(box)
  return box
}
const isPage = (path: string) => path.includes('expand=changelog')

/** Reads into a file, in a thread of its own that ends without a word at the page given. */
async function read(
  box: DataCenter,
  snapshotPath: string,
  { dieAt = 0, projects = null }: { dieAt?: number; projects?: string[] | null } = {},
): Promise<{ pages: number; issues: number }> {
  const stop = new AbortController()
  const said = { pages: 0, issues: 0 }
  box.moods.before = (path) => {
    if (isPage(path)) said.pages += 1
    if (path.includes('/remotelink')) said.issues += 1
    if (dieAt > 0 && said.pages === dieAt) stop.abort()
    return undefined
  }
  const access = { url: box.url, user: null, secret: box.token, projects }
  await readSource({
    ...{ path: box.url, snapshotPath, timeZone: null, access, patienceMs: 0 },
    signal: stop.signal,
    onProgress: () => undefined,
  })
  return said
}
const died = (work: Promise<unknown>) => expect(work).rejects.toThrow(/abort/i)

/** Everything that a snapshot says, but for when it was made. */
function told(path: string): Record<string, string[]> {
  const snapshot = openSnapshot(path)
  try {
    const { exportedAt: _, ...info } = snapshot.info()
    const all: Record<string, unknown[]> = {
      info: [info],
      notes: snapshot.notes(),
      counts: snapshot.entityCounts(),
    }
    for (const table of snapshotTables) all[table] = [...snapshot.rows(table)]
    return Object.fromEntries(
      Object.entries(all).map(([name, rows]) => [
        name,
        rows.map((row) => JSON.stringify(row)).sort(),
      ]),
    )
  } finally {
    snapshot.close()
  }
}

describe('a reading of a live source that was ended', () => {
  test('goes on at the last page, also after its token was renewed, and holds what an undisturbed one does', {
    timeout: 60_000,
  }, async () => {
    const box = await start()
    await using place = await scratch()
    const [whole, halved] = [join(place.path, 'a.sqlite'), join(place.path, 'b.sqlite')]
    const all = await read(box, whole)
    let pages = 0
    let issues = 0
    const deaths = [2, 4]
    for (const dieAt of deaths) {
      await died(read(box, halved, { dieAt }))
      expect(existsSync(halved), 'it has no name before it is whole').toBe(false)
      expect(unfinished(halved, 'howFar')?.note).toMatch(/"total":105/)
    }
    box.moods.revoked = 'refused'
    await expect(read(box, halved)).rejects.toMatchObject({ code: 'source-token-refused' })
    box.moods.revoked = undefined
    const last = await read(box, halved)
    pages += deaths.reduce((sum, one) => sum + one, last.pages)
    issues += last.issues
    expect(told(halved)).toEqual(told(whole))
    // The page at which it died, and one that finds out that there is nothing new, for each project.
    expect(pages).toBeLessThanOrEqual(all.pages + deaths.length + 2)
    expect(issues, 'issues of finished pages are not asked for again').toBeLessThan(
      all.issues - 2 * aPage,
    )
    expect(existsSync(`${halved}.part`)).toBe(false)
  })

  test('reads once more what was changed meanwhile, and what is new', {
    timeout: 60_000,
  }, async () => {
    const box = await start()
    await using place = await scratch()
    const path = join(place.path, 'a.sqlite')
    await died(read(box, path, { dieAt: 6 }))
    const { issues } = box.world
    const of = (number: number) =>
      must(
        issues.find((one) => one.project === 'PAY' && one.number === number),
        `PAY-${number}`,
      )
    // Read before it died; its comments, links, values and history go, and come once.
    Object.assign(of(2), { summary: 'Another one', changed: true })
    of(2).comments.pop()
    of(2).links.push({ id: 899, type: '11', to: of(7).id })
    // Read as well, and deleted by now.
    issues.splice(issues.indexOf(of(8)), 1)
    issues.push({ ...of(7), id: 5000, number: 200, changed: true })
    await read(box, path)
    const snapshot = openSnapshot(path)
    open.push(snapshot)
    const changed = must(snapshot.issueByKey('PAY-2'), 'PAY-2')
    expect(changed.summary).toBe('Another one')
    expect(snapshot.issueByKey('PAY-200')).not.toBeNull()
    expect(snapshot.issueByKey('PAY-8')).toBeNull()
    const count = (table: 'comment' | 'worklog' | 'link' | 'changeItem' | 'issue') =>
      snapshot.count(table)
    expect([count('comment'), count('worklog'), count('changeItem')]).toEqual([3, 25, 2])
    expect([...snapshot.rows('link')].map(({ id }) => id).sort()).toEqual([
      ...['801', '802', '899', 'epic/1001', 'subtask/900'],
    ])
    expect(count('issue')).toBe(105)
    expect(snapshot.notes().filter(({ code }) => /twice|not-found/.test(code))).toEqual([])
    expect(snapshot.info().live?.projects.find(({ key }) => key === 'PAY')).toMatchObject({
      stated: 104,
      read: 104,
    })
  })
})
