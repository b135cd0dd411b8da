import { rmSync } from 'node:fs'
import { join } from 'node:path'
import JSZip from 'jszip'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { saveForecast } from '../../agent/ledger/forecasts.ts'
import { changeMigration } from '../../agent/ledger/migrations.ts'
import { createForecast } from '../../agent/plan/forecast.ts'
import { writePreReport } from '../../agent/report/pre.ts'
import type { MigrationDetail } from '../../shared/api.ts'
import { addSample, finishSample, noon } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
  await addSample(door.ledger, 'm1')
})
afterEach(() => door.close())

test('the zip is downloaded whole, under its own name', async () => {
  await finishSample(door.ledger, 'm1')
  const answer = await door.call('/api/migrations/m1/report')
  expect(answer.headers.get('content-type')).toBe('application/zip')
  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="landfall-report-payments-to-acme-2026-11-23.zip"',
  )
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect(Number(answer.headers.get('content-length'))).toBe(bytes.length)
  expect((await JSZip.loadAsync(bytes)).file('items.csv')).not.toBeNull()
})

test.each(['/report/', '/'])('each file is found under %s', async (under) => {
  await finishSample(door.ledger, 'm1')
  for (const [file, type] of [
    ['report.html', 'text/html; charset=utf-8'],
    ['items.csv', 'text/csv; charset=utf-8'],
    ['id-mappings.csv', 'text/csv; charset=utf-8'],
    ['summary.csv', 'text/csv; charset=utf-8'],
    ['requires-attention.csv', 'text/csv; charset=utf-8'],
    ['run.json', 'application/json; charset=utf-8'],
    ['errors.log', 'text/plain; charset=utf-8'],
  ]) {
    const answer = await door.call(`/api/migrations/m1${under}${file}`)
    expect([answer.status, answer.headers.get('content-type')], file).toEqual([200, type])
    expect((await answer.text()).length).toBeGreaterThan(20)
  }
})

test('the error log is a zip of its own, also where an earlier Landfall wrote the report', async () => {
  await finishSample(door.ledger, 'm1')
  const ask = async () => {
    const answer = await door.call('/api/migrations/m1/report/errors.zip')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip'])
    return Object.keys((await JSZip.loadAsync(await answer.arrayBuffer())).files).sort()
  }
  expect(await ask()).toEqual(['README.txt', 'errors.log'])
  rmSync(join(folderParts(door.folder).report('m1'), 'errors.zip'))
  expect(await ask()).toEqual(['README.txt', 'errors.log'])
})

test('what was said before the run is given out as it was, beside what the latest checks say', async () => {
  const at = (path: string) => door.call(`/api/migrations/m1${path && `/${path}`}`)
  expect((await at('report/pre-report.html')).status).toBe(409)
  expect((await at('pre-report.html')).status).toBe(409)
  expect((await at('mappings.csv')).status).toBe(409)
  const there = async () => ((await (await at('')).json()) as MigrationDetail).reports
  expect(await there()).toEqual({ checked: false, planned: false })
  const folder = folderParts(door.folder).report('m1')
  const { db } = door.ledger
  const say = (items: number) =>
    saveForecast(db, 'm1', noon, {
      ...createForecast().end(),
      kinds: { issue: { moved: items, withLoss: 0, leftOut: 0 } },
    })
  await say(7)
  expect(await there()).toEqual({ checked: true, planned: false })
  await writePreReport({ db, migrationId: 'm1', folder, known: [], now: noon })
  await say(9)
  expect(await there()).toEqual({ checked: true, planned: true })
  const planned = await (await at('report/pre-report.html')).text()
  expect(planned).toContain('7 items of the source')
  expect(planned).toContain('as it was planned')
  const latest = await (await at('pre-report.html')).text()
  expect(latest).toContain('9 items of the source')
  expect(latest).toContain('as the latest checks say')
  const csv = await at('mappings.csv')
  expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
})

test('the html may load nothing but its own style', async () => {
  await finishSample(door.ledger, 'm1')
  const answer = await door.call('/api/migrations/m1/report/report.html')
  expect(answer.headers.get('content-security-policy')).toMatch(
    /default-src 'none'; style-src 'unsafe-inline'/,
  )
})

test('a report that is about an earlier state is written anew', async () => {
  await finishSample(door.ledger, 'm1')
  const nameIn = async () =>
    (
      (await (await door.call('/api/migrations/m1/report/run.json')).json()) as {
        migration: { name: string }
      }
    ).migration.name
  expect(await nameIn()).toBe('Payments to acme')
  await changeMigration(door.ledger.db, 'm1', noon, { name: 'Another name' })
  expect(await nameIn()).toBe('Another name')
})

test('there is none before the first run, and no other file is given out', async () => {
  expect((await door.call('/api/migrations/m1/report')).status).toBe(409)
  await finishSample(door.ledger, 'm1')
  for (const path of ['report/ledger.sqlite', 'report/..%2f..%2fkey', 'report/key', 'other.csv'])
    expect((await door.call(`/api/migrations/m1/${path}`)).status, path).toBe(404)
})
