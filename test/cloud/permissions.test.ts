import { afterEach, expect, test } from 'vitest'
import { connectSite } from '../../agent/cloud/connect.ts'
import { json, scriptedSite } from './scripted-site.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A site that knows these permissions, and refuses a question that names another one, as Jira Cloud does. */
async function siteThatKnows(permissions: Record<string, boolean>) {
  const site = await scriptedSite((got, response) => {
    const url = new URL(got.url, 'http://site')
    if (url.pathname.endsWith('/myself'))
      return json(response, 200, { accountId: 'me', displayName: 'Ada' })
    if (url.pathname.endsWith('/field')) return json(response, 200, [])
    if (url.pathname.endsWith('/project/search'))
      return json(response, 200, { values: [], total: 2, isLast: true })
    const asked = url.searchParams.get('permissions')?.split(',') ?? []
    const unknown = asked.filter((key) => !Object.hasOwn(permissions, key))
    if (unknown.length)
      return json(response, 400, { errorMessages: [`Unrecognized permission: ${unknown}`] })
    const found = asked.map((key) => [key, { havePermission: permissions[key] }])
    json(response, 200, { permissions: Object.fromEntries(found) })
  })
  ends.push(site.close)
  const { read, close } = await connectSite({
    url: site.url,
    email: 'ada@example.com',
    token: 'secret',
    signal: new AbortController().signal,
    onPause: () => {},
    pace: 'off',
  })
  ends.push(close)
  return { read, asked: () => site.got.filter(({ url }) => url.includes('mypermissions')).length }
}

test('permissions are asked for at once, and one by one where the site does not know one of them', async () => {
  const all = await siteThatKnows({ ADMINISTER: true, MANAGE_SPRINTS_PERMISSION: false })
  const keys = ['ADMINISTER', 'MANAGE_SPRINTS_PERMISSION']
  const told = await all.read.forChecks(keys)
  expect(told.permissions).toEqual({ ADMINISTER: true, MANAGE_SPRINTS_PERMISSION: false })
  expect(all.asked()).toBe(1)
  const few = await siteThatKnows({ ADMINISTER: true })
  expect((await few.read.forChecks(keys)).permissions).toEqual({ ADMINISTER: true })
})

test('a site that knows none of them is not taken to have said no', async () => {
  const { read } = await siteThatKnows({})
  await expect(read.forChecks(['ADMINISTER', 'USER_PICKER'])).rejects.toThrow('Unrecognized')
})
