import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAfterAsker, type LineAfterChecker } from '../../agent/after-asker.ts'
import { folderParts } from '../../agent/config.ts'
import { afterRows } from '../../agent/ledger/after.ts'
import { changeMigration } from '../../agent/ledger/migrations.ts'
import { checklistTasks } from '../../shared/after-checklist.ts'
import { Problem } from '../../shared/problem.ts'
import { addSample, finishSample, noon, tempLedger } from '../report/filled-ledger.ts'

let temp: ReturnType<typeof tempLedger>
let asker: LineAfterChecker
beforeEach(async () => {
  temp = tempLedger()
  asker = createAfterAsker({
    ledger: temp.ledger,
    folder: folderParts(join(temp.folder, 'agent')),
    now: () => noon,
    site: async () => {
      throw new Problem('site-unreachable', 'No site answers here.', { hint: 'Start one.' })
    },
  })
  await addSample(temp.ledger, 'm1')
})
afterEach(async () => {
  await asker.leave()
  await temp.remove()
})

const refused = (work: Promise<void>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

test('nothing is asked while nothing is on the site, or while a run goes on', async () => {
  expect(await refused(asker.start('m1', []))).toBe('not-now')
  await changeMigration(temp.ledger.db, 'm1', noon, { mode: 'verify', stage: 'planned' })
  expect(await refused(asker.start('m1', []))).toBe('not-now')
  await temp.ledger.db.updateTable('migration').set({ status: 'running' }).execute()
  expect(await refused(asker.start('m1', []))).toBe('not-now')
})

test('a check that nobody knows is refused', async () => {
  await finishSample(temp.ledger, 'm1')
  expect(await refused(asker.start('m1', ['nothing']))).toBe('not-found')
})

test('what keeps all checks from being asked is said by each of those that were asked for', async () => {
  await finishSample(temp.ledger, 'm1')
  await asker.start('m1', ['counts', 'links'])
  await asker.ended('m1')
  const rows = [...(await afterRows(temp.ledger.db, 'm1')).values()]
  expect(rows.map(({ key, status }) => [key, status])).toEqual([
    ['counts', 'incomplete'],
    ['links', 'incomplete'],
  ])
  expect(rows.every(({ sentence, hint }) => sentence !== '' && hint !== '')).toBe(true)
})

test('every check that the checklist waits for is there', () => {
  const known = new Set(asker.known.map(({ key }) => key))
  const waited = checklistTasks.flatMap(({ checks }) => checks)
  expect(waited.filter((key) => !known.has(key))).toEqual([])
  expect(known.size).toBe(asker.known.length)
})
