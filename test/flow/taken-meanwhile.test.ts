import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { addCounts, type CountsByKind, noCounts } from '../../shared/report.ts'
import {
  type PracticeProcess,
  type Process,
  runCli,
  startProcess,
} from '../support/agent-process.ts'
import { census } from '../support/census.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-taken-'))
let site: Process<PracticeProcess>
beforeAll(async () => {
  site = await startProcess<PracticeProcess>(['practice', '--port', '0'])
  writeFileSync(join(folder, 'token'), site.said.token)
})
afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a migration whose projects somebody else made after it was planned writes nothing into them, and its numbers add up', async () => {
  const { backup } = await writeSample(join(folder, 'sample'))
  const migrate = (out: string, ...more: string[]) =>
    runCli<{ status: string; counts: CountsByKind }>([
      'migrate',
      backup,
      '--site',
      site.said.url,
      '--email',
      site.said.email,
      '--token-file',
      join(folder, 'token'),
      '--out',
      join(folder, out),
      ...more,
    ])
  await migrate('late', '--dry-run')
  expect((await migrate('early')).json.status).toBe('finished')
  const before = await census(site.said)

  const { json } = await migrate('late')
  expect(['incomplete', 'failed']).toContain(json.status)
  expect(await census(site.said)).toEqual(before)
  const all = Object.values(json.counts).reduce((sum, one) => addCounts(sum, one), noCounts())
  expect(all.failed).toBeGreaterThan(0)
  expect(all.verified + all.different + all.leftOut + all.failed).toBe(all.source)
})
