import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { createLine, type LineParts } from '../../agent/line.ts'
import { createControl } from '../../agent/push/control.ts'
import { errorsLog } from '../../agent/report/errors-log.ts'
import { createRunner } from '../../agent/runner.ts'
import { findTroubles } from '../../shared/help/find.ts'
import { Problem } from '../../shared/problem.ts'
import { testLedger } from '../support/ledger.ts'

let place: Awaited<ReturnType<typeof testLedger>>
let parts: LineParts
beforeEach(async () => {
  place = await testLedger()
  parts = {
    ledger: place.ledger,
    folder: folderParts(place.folder),
    now: () => 5,
    site: async () => {
      throw new Problem('site-unreachable', 'No site answers here.', { hint: 'Start one.' })
    },
  }
})
afterEach(() => place.close())

async function lines(): Promise<string[]> {
  const all: string[] = []
  for await (const line of errorsLog(place.db, 'm1', 9))
    if (!line.includes('There was no warning')) all.push(line.trimEnd())
  return all
}
/** What the guide explains to whoever pastes the line. */
const explained = async () =>
  (await lines()).map((line) => [line.split(' ')[4], findTroubles(line).map(({ code }) => code)])

test('a run that waits says what for, and the guide knows the line', async () => {
  const line = createLine(
    parts,
    'm1',
    createControl(() => undefined),
  )
  await line.say('issues', 'Sending issues.')
  line.wait('rate limit', 'The site asks to slow down for 3 s.')
  line.wait('site unreachable', null)
  line.wait(null, null)
  line.waitSource('The source answers 429: waiting 9 s.', true)
  line.waitSource('The source does not answer.', false)
  await expect.poll(explained).toEqual([
    ['issues', ['site-rate-limit']],
    ['issues', ['site-unreachable']],
    ['issues', ['source-rate-limit']],
    ['issues', ['source-unreachable']],
  ])
  expect((await lines())[0]).toBe(
    '1970-01-01 00:00:00.005 WARN - issues The site asks to slow down for 3 s. [site-rate-limit]',
  )
})

test('a run that could not go on names the problem that ended it', async () => {
  const runner = createRunner(parts)
  await runner.start('m1')
  await runner.ended('m1')
  expect(await explained()).toEqual([['end', ['source-missing']]])
})

test('a run that a person stopped says so', async () => {
  const runner = createRunner(parts)
  await runner.start('m1')
  await runner.stop('m1')
  await runner.ended('m1')
  expect(await explained()).toEqual([['end', ['run-stopped']]])
})

test('a line that an older Landfall wrote stays as it was', async () => {
  await place.db
    .insertInto('event')
    .values({
      migrationId: 'm1',
      at: 1,
      level: 'warn',
      projectKey: null,
      phase: 'read',
      text: 'Old.',
    })
    .execute()
  expect(await lines()).toEqual(['1970-01-01 00:00:00.001 WARN - read Old.'])
})
