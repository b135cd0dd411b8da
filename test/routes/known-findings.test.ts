import { afterEach, beforeEach, expect, test } from 'vitest'
import { settleVerdicts } from '../../agent/ledger/items.ts'
import { changeMigration, getMigration } from '../../agent/ledger/migrations.ts'
import { knownFindings } from '../../agent/routes/known-findings.ts'
import { addSample, finishSample, noon } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
  await addSample(door.ledger, 'm1')
  await finishSample(door.ledger, 'm1')
})
afterEach(() => door.close())

/** A clock in which every look takes 100 ms, until it is moved. */
function slowClock() {
  let now = 0
  return { read: () => (now += 100), move: (ms: number) => (now += ms) }
}
const differAll = async () => {
  const rows = await door.ledger.db
    .selectFrom('item')
    .select('seq')
    .where('kind', '=', 'user')
    .execute()
  await settleVerdicts(
    door.ledger.db,
    rows.map(({ seq }) => ({
      seq,
      verdict: 'different' as const,
      differences: [{ field: 'displayName', promised: 'a', found: 'b' }],
    })),
  )
}

test('of a migration that does not run they are always those of its last change', async () => {
  const { db } = door.ledger
  const ask = async () => knownFindings(db, await getMigration(db, 'm1'))
  expect(await ask()).toHaveLength(3)
  await differAll()
  await changeMigration(db, 'm1', noon, {})
  expect(await ask()).toHaveLength(4)
})

test('of a running one they may be as old as the work of grouping asks for, not older', async () => {
  const { db } = door.ledger
  const clock = slowClock()
  const ask = async () => {
    await changeMigration(db, 'm1', noon, {})
    return knownFindings(db, { ...(await getMigration(db, 'm1')), status: 'running' }, clock.read)
  }
  expect(await ask()).toHaveLength(3)
  await differAll()
  expect(await ask()).toHaveLength(3)
  clock.move(60_000)
  expect(await ask()).toHaveLength(4)
})
