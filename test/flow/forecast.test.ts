import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { type Forecast, requestsOf } from '../../shared/forecast.ts'
import { realBackup, runCli } from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-forecast-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Migrates it, and gives the requests that were told before the run over those that it used. */
async function toldOverUsed(name: string, args: string[]): Promise<number> {
  const out = join(folder, name)
  const { json } = await runCli<{ status: string; requests: number }>([
    'migrate',
    ...args,
    '--practice',
    '--out',
    out,
  ])
  expect(json.status).toBe('finished')
  const ledger = new DatabaseSync(join(out, 'ledger.sqlite'), { readOnly: true })
  try {
    const row = ledger.prepare('select forecastJson from forecast').get()
    const { writes, reads } = requestsOf(JSON.parse(String(row?.forecastJson)) as Forecast)
    return (writes + reads) / json.requests
  } finally {
    ledger.close()
  }
}

/** The plan does not know which names a kind's list is read anew for, nor which statuses an issue begins in. */
const near = (ratio: number) => {
  expect(ratio).toBeGreaterThan(0.85)
  expect(ratio).toBeLessThan(1.15)
}

describe('the requests that are told before a run are those that it takes', () => {
  test('of the sample, with its files', async () => {
    const { backup, attachments } = await writeSample(join(folder, 'source'))
    near(await toldOverUsed('sample', [backup, '--attachments', attachments]))
  })

  const real = ['BigIssueSet.xml', 'TestImportExport.xml', 'TestProjectImportSummary.xml']
  test.each(real)('of %s (where it is present)', async (name) => {
    const path = realBackup(`jira-3-to-5-testkit/${name}`)
    if (existsSync(path)) near(await toldOverUsed(name, [path]))
  })
})
