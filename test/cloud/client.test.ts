import { afterEach, describe, expect, test } from 'vitest'
import { createSiteClient } from '../../agent/cloud/client.ts'
import { createDryWriting } from '../../agent/cloud/dry-run.ts'
import { isIdempotent, type SiteRequest, templateOf } from '../../agent/cloud/send.ts'
import { createTransport } from '../../agent/cloud/transport.ts'
import type { Outcome } from '../../agent/cloud/writing.ts'
import { siteTime } from '../../agent/cloud/writing-content.ts'
import { createWriting } from '../../agent/cloud/writing-site.ts'
import { answer, request } from './requests.ts'
import { json, scriptedSite } from './scripted-site.ts'

const never = new AbortController().signal
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** The writing half over answers that a test gives. */
function writing(status: number, text: string) {
  const sent: SiteRequest[] = []
  const send = async (wanted: SiteRequest) => {
    sent.push(wanted)
    return answer(status, {}, text)
  }
  return { sent, write: createWriting(createSiteClient({ send, signal: never })) }
}

const origin = { v: 1, source: 's', kind: 'filler', id: 'A-1' } as const
const filler = { key: 'A-1', number: 1, issueType: 'Task', origin }

describe('a write that the site took', () => {
  test.each([
    ['is not JSON', '<html>'],
    ['has no id', '{"self":"https://acme.atlassian.net"}'],
    ['is of another shape', '[1]'],
  ])('is told apart from a refusal when its answer %s', async (_what, text) => {
    const { write } = writing(201, text)
    const link = { name: 'a', inward: 'b', outward: 'c' }
    await expect(write.createLinkType(link)).rejects.toMatchObject({
      code: 'site-answer-unexpected',
      again: true,
    })
  })

  test.each([
    ['too few', { issues: [{ id: '1', key: 'A-1' }], errors: [] }],
    [
      'a position nobody asked for',
      { issues: [{ id: '1', key: 'A-1' }], errors: [{ failedElementNumber: 9 }] },
    ],
  ])('is not guessed at when a bulk answer names %s', async (_what, body) => {
    const { write } = writing(201, JSON.stringify(body))
    await expect(write.createIssues([filler, filler], '1')).rejects.toMatchObject({
      code: 'site-answer-unexpected',
    })
  })

  test('keeps its id where the answer has more or less than the schema of jira.js', async () => {
    const { write } = writing(201, '{"id":10007,"name":5,"brand new":true}')
    const link = { name: 'a', inward: 'b', outward: 'c' }
    expect(await write.createLinkType(link)).toEqual({ ok: true, siteId: '10007' })
  })
})

describe('a write that failed', () => {
  test.each([400, 403, 404, 409, 413, 422])('with %i did not land', async (status) => {
    const { write } = writing(status, '{"errorMessages":["No."]}')
    const outcome = await write.createLink({ type: 'a', inwardKey: 'A-1', outwardKey: 'A-2' })
    expect(outcome).toMatchObject({ ok: false, again: false, text: expect.stringContaining('No.') })
  })

  test.each([
    [401, 'site-token-refused', false],
    [500, 'site-unreachable', true],
    [302, 'site-answer-unexpected', true],
  ])('with %i is thrown', async (status, code, again) => {
    const { write } = writing(status, '')
    const link = { type: 'a', inwardKey: 'A-1', outwardKey: 'A-2' }
    await expect(write.createLink(link)).rejects.toMatchObject({ code, again })
  })
})

describe('a request', () => {
  test('names the issues that it writes to, both ends of a link', async () => {
    const { sent, write } = writing(200, '{"id":1,"transitions":[]}')
    await write.createLink({ type: 'a', inwardKey: 'A-1', outwardKey: 'B_2-20' })
    await write.addWatcher({ issueKey: 'A-1', accountId: 'x' })
    await write.createLinkType({ name: 'a', inward: 'b', outward: 'c' })
    expect(sent.map((one) => one.writesTo)).toEqual([['A-1', 'B_2-20'], ['A-1'], []])
  })

  test.each([
    ['/rest/api/3/issue/PAY-1/comment', '/rest/api/3/issue/{id}/comment'],
    ['/rest/api/3/project/PAY_2', '/rest/api/3/project/{id}'],
    ['/rest/api/3/screens/10/tabs/20/fields', '/rest/api/3/screens/{id}/tabs/{id}/fields'],
    ['/rest/api/3/issueLink', '/rest/api/3/issueLink'],
    ['/rest/agile/1.0/board/7', '/rest/agile/1.0/board/{id}'],
    ['/_edge/tenant_info', '/_edge/tenant_info'],
  ])('%s belongs to the endpoint %s', (path, template) => {
    expect(templateOf(path)).toBe(template)
  })

  test('that creates is never idempotent', () => {
    for (const path of ['issue/bulk', 'issueLink', 'issue/A-1/comment', 'issue/A-1/attachments'])
      expect(isIdempotent('POST', templateOf(`/rest/api/3/${path}`)), path).toBe(false)
  })

  test.each([
    ['2010-01-02T03:04:05.000+01:00', '2010-01-02T03:04:05.000+0100'],
    ['2010-01-02T03:04:05Z', '2010-01-02T03:04:05.000+0000'],
    ['2010-01-02T03:04:05.123456-0330', '2010-01-02T03:04:05.123-0330'],
    ['2010-01-02T03:04+02:00', '2010-01-02T03:04:00.000+0200'],
  ])('says the time %s as the site takes it', (iso, text) => {
    expect(siteTime(iso)).toBe(text)
  })
})

describe('the transport', () => {
  async function transport(handle: Parameters<typeof scriptedSite>[0]) {
    const site = await scriptedSite(handle)
    const made = createTransport(new URL(`${site.url}/ex/jira/1/`), 'Basic x')
    ends.push(made.close, site.close)
    return { ...site, send: made.send }
  }
  const get = request('GET', '/rest/api/3/myself', { limitMs: 150 })

  test('puts path, list and number into the address, and leaves out what is not set', async () => {
    const { send, got } = await transport((_got, response) => json(response, 200, {}))
    const query = { keys: ['A', 'B C'], startAt: 0, expand: undefined, none: null }
    await send({ ...get, query }, never)
    expect(got[0]?.url).toBe('/ex/jira/1/rest/api/3/myself?keys=A&keys=B+C&startAt=0')
  })

  test('cuts a request off when its limit is over', async () => {
    const { send } = await transport(() => {})
    await expect(send(get, never)).rejects.toMatchObject({ code: 'REQUEST_TIMEOUT' })
  })

  test('cuts off an answer that does not end', async () => {
    const { send } = await transport((_got, response) => void response.writeHead(200).write('{'))
    await expect(send(get, never)).rejects.toMatchObject({ code: 'REQUEST_TIMEOUT' })
  })

  test("stops with the signal's own reason", async () => {
    const stop = new AbortController()
    const { send } = await transport(() => stop.abort(new Error('stopped by you')))
    await expect(send({ ...get, limitMs: 9_000 }, stop.signal)).rejects.toThrow('stopped by you')
    await expect(send(get, stop.signal)).rejects.toThrow('stopped by you')
  })

  test('hands a file over in chunks, and says when it breaks off', async () => {
    const { send } = await transport((_got, response) => {
      response.writeHead(200, { 'content-length': '400000' })
      response.write(Buffer.alloc(200_000), () => response.destroy())
    })
    const { stream } = await send({ ...get, stream: true, limitMs: 9_000 }, never)
    let bytes = 0
    await expect(
      (async () => {
        for await (const chunk of stream ?? []) bytes += chunk.length
      })(),
    ).rejects.toThrow()
    expect(bytes).toBeLessThan(400_000)
  })
})

test('a dry run takes everything, with keys as promised and ids of its own', async () => {
  const dry = createDryWriting()
  const statuses = [{ name: 'Open', description: '', category: 'TODO' as const }]
  const outcomes = [
    ...(await dry.createIssues([filler, { ...filler, key: 'A-2', number: 2 }], '1')),
    ...(await dry.createStatuses(statuses)),
    await dry.createLinkType({ name: 'a', inward: 'b', outward: 'c' }),
  ]
  expect(outcomes.every((one) => one.ok)).toBe(true)
  const key = (one: Outcome | undefined) => one?.ok && one.key
  expect([key(outcomes[0]), key(outcomes[1])]).toEqual(['A-1', 'A-2'])
  const ids = outcomes.map((one) => one.ok && one.siteId)
  expect(new Set(ids).size).toBe(4)
})
