import { afterAll, expect, test } from 'vitest'
import { addMigration, getMigration, type NewMigration } from '../../agent/ledger/migrations.ts'
import { optionsOf } from '../../agent/plan-options.ts'
import { testLedger } from '../support/ledger.ts'

const own = await testLedger()
afterAll(own.close)

async function optionsFor(id: string, scope: NewMigration['scope']) {
  await addMigration(own.db, {
    id,
    name: id,
    source: { kind: 'backup', path: '/backup.zip', attachments: null, timeZone: null },
    site: { kind: 'practice' },
    scope,
    mode: 'move',
    at: 1,
  })
  return optionsOf(await getMigration(own.db, id))
}

test('a scope is obeyed where somebody said one, and not where only projects were named', async () => {
  const named = await optionsFor('line', { projects: ['PAY'] })
  expect(named).toMatchObject({ projects: ['PAY'] })
  expect(named.scope).toBeUndefined()
  const chosen = await optionsFor('stepper', { projects: ['PAY'], people: 'all' })
  expect(chosen.scope).toMatchObject({ people: 'all', filters: 'all', dashboards: 'all' })
})
