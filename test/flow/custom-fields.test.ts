import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../shared/assert.ts'
import { ownFieldTypes } from '../../shared/custom-fields.ts'
import type { CountsByKind } from '../../shared/report.ts'
import {
  type PracticeProcess,
  type Process,
  runCli,
  startProcess,
} from '../support/agent-process.ts'
import { type BackupRow, backupXml } from '../support/make-backup.ts'

interface Result {
  status: string
  counts: CountsByKind
  keysPreserved: boolean
  out: string
}

const folder = mkdtempSync(join(tmpdir(), 'landfall-fields-'))
const backup = join(folder, 'entities.xml')
let site: Process<PracticeProcess>
let moved: Result

/** Fields by their number, a value or more of each in PAY-1. */
const fields: [name: string, type: string][] = [
  ['Severity', 'select'],
  ['Place', 'cascadingselect'],
  ['Points', 'float'],
  ['When', 'datetime'],
  ['Day', 'datepicker'],
  ['Story', 'textarea'],
  ['Owner', 'userpicker'],
  ['People', 'multiuserpicker'],
  ['Tags', 'labels'],
  ['Colours', 'multiselect'],
  ['Severity', 'textfield'],
  ['Sprint', 'com.pyxis.greenhopper.jira:gh-sprint'],
]
const id = (name: string) => String(1 + fields.findIndex(([own]) => own === name))

function rows(): BackupRow[] {
  const option = (id: number, field: string, value: string, more = {}): BackupRow => [
    'CustomFieldOption',
    { id, customfield: field, customfieldconfig: field, sequence: id, value, ...more },
  ]
  const values: Record<string, string>[] = [
    { customfield: id('Severity'), stringvalue: '1' },
    { customfield: id('Place'), stringvalue: '3' },
    { customfield: id('Place'), parentkey: '3', stringvalue: '4' },
    { customfield: id('Points'), numbervalue: '2.0E7' },
    { customfield: id('When'), datevalue: '2013-07-24 10:48:00.0' },
    { customfield: id('Day'), datevalue: '2013-07-08 00:00:00.0' },
    { customfield: id('Story'), textvalue: 'Once *upon* a time\nin Oslo' },
    { customfield: id('Owner'), stringvalue: 'admin' },
    { customfield: id('People'), stringvalue: 'admin' },
    { customfield: id('People'), stringvalue: 'gone' },
    { customfield: id('Colours'), stringvalue: '5' },
    { customfield: id('Colours'), stringvalue: '6' },
    { customfield: '11', stringvalue: 'Quite severe' },
    { customfield: id('Sprint'), stringvalue: '1' },
  ]
  const user = { directoryId: 1, active: 1, lowerUserName: 'admin', userName: 'admin' }
  const issue = (number: number): BackupRow => [
    'Issue',
    {
      ...{ id: number, key: `PAY-${number}`, number, project: 1, type: 1, status: 1, priority: 3 },
      ...{ summary: `Summary ${number}`, reporter: 'admin', created: '2013-01-01 10:00:00.0' },
    },
  ]
  return [
    ['User', { ...user, id: 1, displayName: 'Admin', emailAddress: 'admin@practice.example' }],
    ['ApplicationUser', { id: 1, userKey: 'admin', lowerUserName: 'admin' }],
    ['Project', { id: 1, key: 'PAY', originalkey: 'PAY', name: 'Payments', lead: 'admin' }],
    ['IssueType', { id: 1, name: 'Task' }],
    ['Status', { id: 1, name: 'Open', statuscategory: 2 }],
    ['Priority', { id: 3, name: 'Medium' }],
    issue(1),
    issue(2),
    ...fields.map(
      ([name, type], i): BackupRow => [
        'CustomField',
        {
          id: i + 1,
          name,
          customfieldtypekey: type.includes(':') ? type : `${ownFieldTypes}${type}`,
        },
      ],
    ),
    option(1, id('Severity'), 'High'),
    option(2, id('Severity'), 'Never', { disabled: 'Y' }),
    option(3, id('Place'), 'Europe'),
    option(4, id('Place'), 'Oslo', { parentoptionid: 3 }),
    option(5, id('Colours'), 'red'),
    option(6, id('Colours'), 'blue'),
    ...values.map((value, i): BackupRow => ['CustomFieldValue', { id: i + 1, issue: 1, ...value }]),
    ['Label', { id: 1, issue: 1, label: 'old', fieldid: id('Tags') }],
    ['Label', { id: 2, issue: 1, label: 'system' }],
  ]
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const { url, email, token } = site.said
  const answer = await fetch(`${url}/rest/api/3${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  const text = await answer.text()
  return (text ? JSON.parse(text) : undefined) as T
}

const run = async (command: 'migrate' | 'verify', out: string): Promise<Result> => {
  const { url, email } = site.said
  const account = ['--site', url, '--email', email, '--token-file', join(folder, 'token')]
  return (await runCli<Result>([command, backup, ...account, '--out', join(folder, out)])).json
}

/** "Colours of PAY-1: failed", of every item that is neither verified nor left out. */
function findings({ out }: Result): string[] {
  const text = readFileSync(join(out, 'items.csv'), 'utf8').replace(/^\uFEFF/, '')
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  return data
    .map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [key.toLowerCase(), value])),
    )
    .filter((row) => row.verdict === 'different' || row.verdict === 'failed')
    .map((row) => `${row.label}: ${row.verdict}`)
    .sort()
}

interface SiteField {
  id: string
  name: string
  schema: { custom?: string }
}
/** The site's custom fields by name. */
async function siteFields(): Promise<Map<string, string>> {
  const { values } = await ask<{ values: SiteField[] }>(
    'GET',
    '/field/search?type=custom&maxResults=100',
  )
  return new Map(values.map((field) => [field.name, field.id]))
}

beforeAll(async () => {
  site = await startProcess<PracticeProcess>(['practice', '--port', '0'])
  writeFileSync(join(folder, 'token'), site.said.token)
  writeFileSync(backup, backupXml(rows()))
  // The site has one of the fields already, and does not let the second colour be chosen.
  const { id } = await ask<{ id: string }>('POST', '/field', {
    name: 'Colours',
    type: `${ownFieldTypes}multiselect`,
  })
  const contexts = await ask<{ values: { id: string }[] }>('GET', `/field/${id}/context`)
  await ask('POST', `/field/${id}/context/${contexts.values[0]?.id}/option`, {
    options: [{ value: 'blue', disabled: true }],
  })
  moved = await run('migrate', 'moved')
})
afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('every value arrives in its field, and only the one that the site refuses fails', async () => {
  expect(findings(moved)).toEqual(['Colours of PAY-1: failed'])
  expect(moved.keysPreserved).toBe(true)
  expect(moved.counts.customField).toMatchObject({ source: 12, verified: 11, leftOut: 1 })
  expect(moved.counts.fieldValue).toMatchObject({
    ...{ source: 15, verified: 12, different: 0, leftOut: 2, failed: 1 },
  })
  const ids = await siteFields()
  expect([...ids.keys()].sort()).toEqual([
    ...['Colours', 'Day', 'Owner', 'People', 'Place', 'Points', 'Severity', 'Severity (2)'],
    ...['Story', 'Tags', 'When'],
  ])
  const { fields } = await ask<{ fields: Record<string, unknown> }>('GET', '/issue/PAY-1')
  const found = Object.fromEntries([...ids].map(([name, id]) => [name, fields[id]]))
  expect(found).toMatchObject({
    Colours: [{ value: 'red' }],
    Day: '2013-07-08',
    Owner: { emailAddress: 'admin@practice.example' },
    People: [{ emailAddress: 'admin@practice.example' }],
    Place: { value: 'Europe', child: { value: 'Oslo' } },
    Points: 20_000_000,
    Severity: { value: 'High' },
    'Severity (2)': 'Quite severe',
    Story: { type: 'doc' },
    Tags: ['old'],
    // The source's clock was two hours before the world's that summer.
    When: '2013-07-24T08:48:00.000+0000',
  })
  const other = await ask<{ fields: Record<string, unknown> }>('GET', '/issue/PAY-2')
  expect([...ids.values()].map((id) => other.fields[id])).toEqual([...ids].map(() => null))
})

test('what somebody changed in a field is found, and nothing else', async () => {
  const ids = await siteFields()
  const field = (name: string) => must(ids.get(name), name)
  await ask('PUT', '/issue/PAY-1', {
    fields: {
      [field('Points')]: 3,
      [field('Day')]: null,
      [field('Tags')]: ['old', 'new'],
      [field('Place')]: { value: 'Europe' },
      [field('When')]: '2013-07-24T10:48:00.000+0000',
    },
  })
  const verified = await run('verify', 'faults')
  expect(findings(verified)).toEqual([
    ...['Colours of PAY-1: different', 'Day of PAY-1: failed', 'Place of PAY-1: different'],
    ...['Points of PAY-1: different', 'Tags of PAY-1: different', 'When of PAY-1: different'],
  ])
})
