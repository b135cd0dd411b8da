import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { must } from '../../shared/assert.ts'
import type { CountsByKind } from '../../shared/report.ts'
import { realBackup, runCli } from '../support/agent-process.ts'
import { damage } from '../support/damage.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-damaged-'))
let sample = ''
beforeAll(async () => {
  const zip = await JSZip.loadAsync(
    readFileSync((await writeSample(join(folder, 'sample'))).backup),
  )
  sample = await must(zip.file('entities.xml'), 'The sample has entities.').async('string')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function survives(xml: string, seed: number) {
  const path = join(folder, `${seed}.xml`)
  writeFileSync(path, damage(xml, seed))
  const { json } = await runCli<{
    status: string
    counts: CountsByKind
    keysPreserved: boolean
    problem: unknown
  }>(['migrate', path, '--practice', '--out', join(folder, `out-${seed}`)])
  expect(json.problem, `seed ${seed}`).toBeNull()
  for (const [kind, c] of Object.entries(json.counts)) {
    expect(
      c.verified + c.different + c.leftOut + c.failed,
      `seed ${seed}: the numbers of ${kind} add up`,
    ).toBe(c.source)
    expect(c.failed + c.different, `seed ${seed}: ${kind}`).toBe(0)
  }
  expect(json.status, `seed ${seed}`).toBe('finished')
  expect(json.keysPreserved, `seed ${seed}`).toBe(true)
}

describe('a backup that is no consistent database', () => {
  test.each([1, 2, 3])(
    'ends finished: what cannot be moved is left out with its reason (seed %i)',
    (seed) => survives(sample, seed),
  )

  const real = [
    'jira-6.3-jsu/entities.xml',
    'jira-4-to-7-jrjc/data-for-unit-tests.xml',
    'jira-3-to-5-testkit/TestImportExport.xml',
    'jira-3-to-5-testkit/TestProjectImportSummaryWithSecurityLevels.xml',
  ]
  test.each(real)('%s, damaged (where it is present)', async (name) => {
    const path = realBackup(name)
    if (existsSync(path))
      for (const seed of [11, 12]) await survives(readFileSync(path, 'utf8'), seed)
  })
})
