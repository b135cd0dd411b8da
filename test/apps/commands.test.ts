import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { runCli } from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-apps-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the command line lists apps, moves their data, shows the log, and refuses what makes no sense', async () => {
  const { backup } = await writeSample(join(folder, 'sample'))
  const listed = await runCli<{ apps: { key: string; paths: string[] }[] }>(['apps', backup])
  expect(listed.json.apps).toContainEqual(
    expect.objectContaining({ key: 'kestrel', paths: ['Entity properties'] }),
  )
  const out = join(folder, 'out')
  const moved = await runCli<{ apps: { key: string; status: string; counts: object }[] }>([
    'migrate',
    backup,
    '--practice',
    '--apps',
    '--projects',
    'PAY',
    '--out',
    out,
  ])
  const [kestrel] = moved.json.apps
  expect(kestrel).toMatchObject({ key: 'kestrel', status: 'success' })
  expect(kestrel?.counts).toMatchObject({ source: 6, failed: 0, different: 0 })
  const log = await runCli<{ lines: { event: string }[] }>(['app-logs', out, 'kestrel'])
  expect(log.json.lines.map(({ event }) => event)).toEqual(['settled', 'started'])
  for (const command of ['app-rerun', 'app-cancel']) {
    const refused = await runCli<{ problem: { code: string } }>([command, out, 'kestrel'])
    expect(refused.code).toBe(1)
    expect(refused.json.problem.code).toBe('not-now')
  }
}, 120_000)
