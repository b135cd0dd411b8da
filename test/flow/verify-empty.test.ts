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
  siteCaller,
  startProcess,
} from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-empty-'))
let site: Process<PracticeProcess>
beforeAll(async () => {
  site = await startProcess<PracticeProcess>(['practice', '--port', '0'])
  writeFileSync(join(folder, 'token'), site.said.token)
})
afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a site to which nobody moved anything is judged to the end: nothing of a project is there, and nothing is written', async () => {
  const { backup } = await writeSample(join(folder, 'sample'))
  const { code, json } = await runCli<{ status: string; counts: CountsByKind; problem: unknown }>([
    'verify',
    backup,
    '--site',
    site.said.url,
    '--email',
    site.said.email,
    '--token-file',
    join(folder, 'token'),
    '--out',
    join(folder, 'out'),
  ])
  expect(json.problem).toBeNull()
  expect(json.status).toBe('incomplete')
  expect(code).toBe(3)
  const all = Object.values(json.counts).reduce((sum, one) => addCounts(sum, one), noCounts())
  expect(all.verified + all.different + all.leftOut + all.failed).toBe(all.source)
  for (const kind of ['project', 'issue', 'comment', 'worklog', 'component', 'version'] as const)
    expect(json.counts[kind]?.verified, kind).toBe(0)
  const { values } = await siteCaller(site.said)<{ values: unknown[] }>(
    '/rest/api/3/project/search',
  )
  expect(values).toEqual([])
})
