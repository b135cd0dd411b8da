import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Connection, connectSite } from '../../agent/cloud/connect.ts'
import { fieldParts } from '../../agent/cloud/reading-fields.ts'
import type { Outcome } from '../../agent/cloud/writing.ts'
import { type FieldPromise, ownFieldTypes } from '../../shared/custom-fields.ts'
import { openApiChecker } from '../support/openapi.ts'
import { recordedSite } from './recorded-site.ts'

let site: Awaited<ReturnType<typeof recordedSite>>
let connection: Connection
let project: { id: string; key: string }
const drift: unknown[] = []

function idOf(outcome: Outcome | undefined): string {
  if (!outcome?.ok) throw new Error(outcome?.text ?? 'no outcome')
  return outcome.siteId
}
const wanted = (more: Partial<FieldPromise>): FieldPromise => ({
  name: 'Severity',
  description: 'How bad',
  type: 'select',
  options: [],
  projectKeys: ['PAY'],
  screen: 'Default Screen',
  ...more,
})
/** Makes a field and gives it all that it needs. */
async function field(more: Partial<FieldPromise>): Promise<string> {
  const id = idOf(await connection.write.createField(wanted(more)))
  return idOf(await connection.write.equipField(id, wanted(more), [project]))
}

beforeAll(async () => {
  site = await recordedSite()
  connection = await connectSite({
    ...site,
    signal: new AbortController().signal,
    onPause: () => {},
    onDrift: (line) => drift.push(line),
    pace: 'off',
  })
  const { me } = await connection.read.facts({ emails: [], projectKeys: [], projectNames: [] })
  // The schemes that every site comes with.
  const made = await connection.write.createProject(
    {
      ...{ key: 'PAY', name: 'Payments', description: '', url: null },
      ...{ leadAccountId: me.accountId, assigneeType: 'UNASSIGNED', projectTypeKey: 'software' },
    },
    {
      issueTypeSchemeId: '10000',
      workflowSchemeId: '10000',
      issueTypeScreenSchemeId: '1',
      categoryId: null,
    },
  )
  project = { id: idOf(made), key: 'PAY' }
  const origin = { v: 1, source: 'test', kind: 'filler', id: '1' } as const
  const filler = { key: 'PAY-1', number: 1, issueType: 'Task', origin }
  expect(await connection.write.createIssues([filler], project.id)).toMatchObject([
    { ok: true, key: 'PAY-1' },
  ])
})
afterAll(async () => {
  await connection?.close()
  await site?.close()
})

test('a field gets a context, a screen and its options, however often it is equipped', async () => {
  const { read, write } = connection
  const options = [
    { value: 'Europe', parent: null },
    { value: 'Asia', parent: null },
    ...Array.from({ length: 1_200 }, (_, n) => ({ value: `Town ${n}`, parent: 'Europe' })),
  ]
  const promise = wanted({ name: 'Place', type: 'cascadingselect', options })
  const id = await field(promise)
  expect(idOf(await write.equipField(id, promise, [project]))).toBe(id)
  const contexts = await read.fieldContexts(id)
  expect(contexts).toMatchObject([{ everywhere: true }])
  const there = await read.fieldOptions(id, contexts[0]?.id ?? '')
  expect(there.map(({ value, parent }) => ({ value, parent }))).toEqual(options)
  expect(await read.customFields()).toContainEqual({
    ...{ id, name: 'Place', description: 'How bad', locked: false },
    type: `${ownFieldTypes}cascadingselect`,
  })
})

test('a field without its screen is a problem, not a field that nobody can set', async () => {
  const id = idOf(await connection.write.createField(wanted({ name: 'Lost' })))
  const lost = connection.write.equipField(id, wanted({ screen: 'No such screen' }), [project])
  await expect(lost).rejects.toMatchObject({ code: 'not-found' })
})

test('values come back as they were promised', async () => {
  const { read, write } = connection
  const points = await field({ name: 'Points', type: 'float' })
  const when = await field({ name: 'When', type: 'datetime' })
  const place = await field({
    name: 'Region',
    type: 'cascadingselect',
    options: [
      { value: 'Europe', parent: null },
      { value: 'Oslo', parent: 'Europe' },
    ],
  })
  const tags = await field({ name: 'Tags', type: 'labels' })
  const part = (value: string | number, parent: string | null = null) => ({ value, parent })
  const outcomes = await write.setFields('PAY-1', [
    { fieldId: points, type: 'float', parts: [part(2.5)] },
    { fieldId: when, type: 'datetime', parts: [part('2013-07-24T10:48:00.000+02:00')] },
    { fieldId: place, type: 'cascadingselect', parts: [part('Europe'), part('Oslo', 'Europe')] },
    { fieldId: tags, type: 'labels', parts: [part('a'), part('b')] },
  ])
  expect(outcomes.map((one) => one.ok)).toEqual([true, true, true, true])
  const [issue] = await read.issues(['PAY-1'], [points, when, place, tags])
  expect(issue?.custom).toEqual({
    [points]: [part(2.5)],
    [when]: [part('2013-07-24T08:48:00.000+0000')],
    [place]: [part('Europe'), part('Oslo', 'Europe')],
    [tags]: [part('a'), part('b')],
  })
})

test('values that the site refuses fail alone, in its own words', async () => {
  const { read, write } = connection
  const line = await field({ name: 'Line', type: 'textfield' })
  const person = await field({ name: 'Person', type: 'userpicker' })
  const choice = await field({ name: 'Choice', type: 'select' })
  const outcomes = await write.setFields('PAY-1', [
    { fieldId: person, type: 'userpicker', parts: [{ value: 'nobody', parent: null }] },
    { fieldId: line, type: 'textfield', parts: [{ value: 'x', parent: null }] },
    { fieldId: choice, type: 'select', parts: [{ value: 'None', parent: null }] },
  ])
  expect(outcomes).toMatchObject([
    { ok: false, text: expect.stringMatching(/account ID 'nobody' does not exist\.$/) },
    { ok: true },
    { ok: false, text: "The site refused this value: Option value 'None' is not valid." },
  ])
  const [issue] = await read.issues(['PAY-1'], [line, person])
  expect(issue?.custom).toEqual({ [line]: [{ value: 'x', parent: null }], [person]: [] })
  const gone = await write.setFields('PAY-99', [
    { fieldId: line, type: 'textfield', parts: [{ value: 'x', parent: null }] },
  ])
  expect(gone).toMatchObject([{ ok: false, text: expect.stringContaining('does not exist') }])
})

test('a value that is refused without a name is found by sending each alone', async () => {
  const { read, write } = connection
  const text = await field({ name: 'Text', type: 'textarea' })
  const points = await field({ name: 'More points', type: 'float' })
  const wrong = { type: 'doc', version: 1, content: [{ type: 'nonsense' }] } as const
  const outcomes = await write.setFields('PAY-1', [
    {
      fieldId: text,
      type: 'textarea',
      parts: [{ value: { ...wrong, content: [...wrong.content] }, parent: null }],
    },
    { fieldId: points, type: 'float', parts: [{ value: 1, parent: null }] },
  ])
  expect(outcomes.map((one) => one.ok)).toEqual([false, true])
  const [issue] = await read.issues(['PAY-1'], [points])
  expect(issue?.custom[points]).toEqual([{ value: 1, parent: null }])
})

describe('what an issue holds', () => {
  const person = { accountId: 'a-1', displayName: 'Fred', emailAddress: 'fred@example.com' }
  test.each<[string, unknown, unknown[]]>([
    ['nothing', null, []],
    ['an account', person, ['a-1']],
    ['accounts', [person, { ...person, accountId: 'a-2' }], ['a-1', 'a-2']],
    ['a group', { name: 'devs', groupId: 'g-1', self: '' }, ['devs']],
    ['a version', { id: '1', name: '1.0', archived: false }, ['1.0']],
    ['a project', { key: 'PAY', name: 'Payments', projectTypeKey: 'software' }, ['PAY']],
    ['an option', { id: '1', value: 'High' }, ['High']],
    ['a number that is zero', 0, [0]],
  ])('%s is told as what stays', (_, value, parts) => {
    expect(fieldParts(value).map((part) => part.value)).toEqual(parts)
  })
})

const document = resolve(import.meta.dirname, '../../../shared/openapi/jira-cloud-platform-v3.json')
describe('the exchanges of all this', () => {
  test.runIf(existsSync(document))('are as the official document has them', () => {
    const checker = openApiChecker(document)
    const wrong = site.exchanges
      .filter((one) => one.path.includes('/field') || one.method === 'PUT')
      .flatMap((one) => checker.check(one))
    expect([...new Set(wrong)]).toEqual([])
  })

  test("are as jira.js's schemas have them", () => {
    expect(drift).toEqual([])
  })
})
