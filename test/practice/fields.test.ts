import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Practice } from '../../agent/practice/practice.ts'
import { type Call, doc, newProject, practiceInMemory, task } from './caller.ts'

const api = '/rest/api/3'
const own = 'com.atlassian.jira.plugin.system.customfieldtypes:'
interface Errors {
  errors: Record<string, string>
  errorMessages: string[]
}

let practice: Practice
let call: Call
let projectId: number
beforeEach(async () => {
  const made = practiceInMemory()
  practice = made.practice
  call = made.call
  projectId = await newProject(call, 'PAY')
  // A project without schemes of its own has the default ones, and their screen.
  await call('POST', `${api}/issue`, task('PAY', 'a'))
})
afterEach(() => practice.close())

/** A field that stands on every screen of the site, so that it can be set wherever it applies. */
async function field(type: string): Promise<string> {
  const { body } = await call<{ id: string }>('POST', `${api}/field`, {
    name: `A ${type}`,
    type: `${own}${type}`,
  })
  const screens = await call<{ values: { id: number }[] }>('GET', `${api}/screens`)
  for (const { id } of screens.body.values) {
    const tabs = await call<{ id: number }[]>('GET', `${api}/screens/${id}/tabs`)
    await call('POST', `${api}/screens/${id}/tabs/${tabs.body[0]?.id}/fields`, { fieldId: body.id })
  }
  return body.id
}
const contexts = async (id: string) =>
  (await call<{ values: { id: string }[] }>('GET', `${api}/field/${id}/context`)).body.values
const set = (id: string, value: unknown) =>
  call<Errors>('PUT', `${api}/issue/PAY-1`, { fields: { [id]: value } })
const shown = async (id: string) =>
  (await call<{ fields: Record<string, unknown> }>('GET', `${api}/issue/PAY-1`)).body.fields[id]

test('a value of the wrong form is refused under the name of its field', async () => {
  const wrong: Record<string, unknown[]> = {
    textfield: [1, 'x'.repeat(256)],
    textarea: ['plain'],
    float: ['2'],
    datepicker: ['2013-7-8', '2013-13-01', 20130708],
    datetime: ['2013-07-08', '2013-07-08 10:00:00.0'],
    url: ['nowhere', 'javascript:alert(1)'],
    labels: ['a', ['two words']],
    select: ['High', { value: 'Unknown' }],
    userpicker: ['fred', { accountId: 'nobody' }],
    multiuserpicker: [{ accountId: 'nobody' }],
    grouppicker: [{ name: 'nobody' }],
    version: [{ name: '1.0' }],
    project: [{ key: 'NONE' }],
  }
  for (const [type, values] of Object.entries(wrong)) {
    const id = await field(type)
    for (const value of values) {
      const { status, body } = await set(id, value)
      expect([status, Object.keys(body.errors)], `${type} ${JSON.stringify(value)}`).toEqual([
        ...[400, [id]],
      ])
    }
    expect(await shown(id)).toBe(null)
  }
})

test('a field can be set only where it is on the screen and applies', async () => {
  const made = await call<{ id: string }>('POST', `${api}/field`, {
    name: 'Nowhere',
    type: `${own}textfield`,
  })
  expect((await set(made.body.id, 'x')).body.errors[made.body.id]).toContain('cannot be set')
  const id = await field('textfield')
  expect((await set(id, 'x')).status).toBe(204)
  // A context of the project's own, for another type of issue, takes the global one's place.
  const types = await call<{ id: string; name: string }[]>('GET', `${api}/issuetype`)
  const epic = types.body.find(({ name }) => name === 'Epic')?.id
  const only = { name: 'Epics', projectIds: [String(projectId)], issueTypeIds: [epic] }
  expect((await call('POST', `${api}/field/${id}/context`, only)).status).toBe(201)
  expect((await set(id, 'y')).body.errors[id]).toContain('cannot be set')
  const meta = await call<{ fields: Record<string, unknown> }>('GET', `${api}/issue/PAY-1/editmeta`)
  expect(Object.keys(meta.body.fields)).not.toContain(id)
})

test('an option is once in its list, can be disabled, and stands under one of its own field', async () => {
  const id = await field('cascadingselect')
  const [context] = await contexts(id)
  const path = `${api}/field/${id}/context/${context?.id}/option`
  const add = (...options: unknown[]) =>
    call<Errors & { options: { id: string }[] }>('POST', path, { options })
  const { body } = await add({ value: 'Europe' }, { value: 'Asia', disabled: true })
  const europe = body.options[0]?.id
  expect((await add({ value: 'EUROPE' })).status).toBe(400)
  expect((await add({ value: 'Oslo', optionId: '1' })).status).toBe(400)
  expect((await add({ value: 'Oslo', optionId: europe })).status).toBe(200)
  expect((await add({ value: 'oslo', optionId: europe })).status).toBe(400)
  expect((await add(...Array.from({ length: 1001 }, (_, n) => ({ value: `${n}` })))).status).toBe(
    400,
  )
  expect((await set(id, { value: 'Asia' })).status).toBe(400)
  expect((await set(id, { value: 'Europe', child: { value: 'Rome' } })).status).toBe(400)
  expect((await set(id, { value: 'Europe', child: { value: 'Oslo' } })).status).toBe(204)
  expect(await shown(id)).toMatchObject({ value: 'Europe', child: { value: 'Oslo' } })
  expect((await set(id, null)).status).toBe(204)
  expect(await shown(id)).toBe(null)
})

test('the page of an issue shows what its fields hold', async () => {
  const id = await field('multiselect')
  const [context] = await contexts(id)
  const options = [{ value: 'Red & white' }, { value: 'Blue' }]
  await call('POST', `${api}/field/${id}/context/${context?.id}/option`, { options })
  expect((await set(id, options)).status).toBe(204)
  const { body } = await call<string>('GET', '/browse/PAY-1')
  expect(body).toContain('<th>A multiselect</th><td>Red &#38; white, Blue</td>')
})

test('an edit with one wrong value changes nothing', async () => {
  const [points, story] = [await field('float'), await field('textarea')]
  const both = { fields: { [points]: 3, [story]: 'plain' } }
  expect((await call('PUT', `${api}/issue/PAY-1`, both)).status).toBe(400)
  expect(await shown(points)).toBe(null)
  const made = await call<{ id: string }>(
    'POST',
    `${api}/issue`,
    task('PAY', 'b', { [points]: 3, [story]: doc('x') }),
  )
  expect(made.status).toBe(201)
})
