import { describe, expect, test } from 'vitest'
import { createPauses } from '../../agent/cloud/pauses.ts'
import { createIssueWindows, createRate } from '../../agent/cloud/rates.ts'
import type { Send, SiteRequest } from '../../agent/cloud/send.ts'
import { retryAfterMs, withPace } from '../../agent/cloud/with-pace.ts'
import { createFakeClock } from './fake-clock.ts'
import { answer, request, script } from './requests.ts'

const never = new AbortController().signal

function paced(send: Send, rates: 'documented' | 'off' = 'documented') {
  const clock = createFakeClock()
  const told: (string | null)[] = []
  const pauses = createPauses((reason) => told.push(reason))
  const left: { at: number; request: SiteRequest }[] = []
  const watched: Send = (wanted, signal) => {
    left.push({ at: clock.now(), request: wanted })
    return send(wanted, signal)
  }
  return { clock, told, left, go: withPace(watched, { clock, pauses, rates }) }
}

const most = (times: number[], withinMs: number) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + withinMs).length))

describe('the pace', () => {
  test.each([
    ['POST', 100],
    ['PUT', 50],
  ] as const)('sends %s at 60 % of what the site allows a second', async (method, allowed) => {
    const { left, go } = paced(script(answer(200)))
    const path = '/rest/api/3/issue/PAY-1/comment'
    await Promise.all(Array.from({ length: 400 }, () => go(request(method, path), never)))
    const times = left.map((one) => one.at)
    // Five may leave at once before the even rate begins.
    expect(most(times, 1000)).toBeLessThanOrEqual(allowed * 0.6 + 6)
    const seconds = (Math.max(...times) - Math.min(...times)) / 1000
    expect(400 / seconds).toBeGreaterThan(allowed * 0.55)
  })

  test('counts each endpoint for itself', async () => {
    const { left, go } = paced(script(answer(200)))
    const both = ['/rest/api/3/issue/PAY-1/comment', '/rest/api/3/issue/PAY-1/worklog']
    const ends = new Map<string, number>()
    await Promise.all(
      both.flatMap((path) => Array.from({ length: 120 }, () => go(request('POST', path), never))),
    )
    for (const { at, request: sent } of left) ends.set(sent.template, at)
    const [first, second] = [...ends.values()]
    expect(Math.abs((first ?? 0) - (second ?? 0))).toBeLessThan(100)
  })

  test('writes at most 20 times in 2 s and 100 times in 30 s to one issue', async () => {
    const { left, go } = paced(script(answer(200)))
    const write = request('POST', '/rest/api/3/issue/PAY-1/comment', { writesTo: ['PAY-1'] })
    await Promise.all(Array.from({ length: 250 }, () => go(write, never)))
    const times = left.map((one) => one.at)
    expect(most(times, 2_000)).toBeLessThanOrEqual(20)
    expect(most(times, 30_000)).toBeLessThanOrEqual(100)
  })

  test('does not hold one issue back for the writes to another', async () => {
    const { clock, go } = paced(script(answer(200)))
    const began = clock.now()
    await Promise.all(
      Array.from({ length: 60 }, (_none, n) =>
        go(
          request('POST', `/rest/api/3/issue/PAY-${n}/comment`, { writesTo: [`PAY-${n}`] }),
          never,
        ),
      ),
    )
    expect(clock.now() - began).toBeLessThan(1_100)
  })

  test('has at most 30 requests of an endpoint in flight', async () => {
    let inside = 0
    let peak = 0
    const { go } = paced(async () => {
      peak = Math.max(peak, ++inside)
      await new Promise((resolve) => setTimeout(resolve, 5))
      inside--
      return answer(200)
    }, 'off')
    await Promise.all(
      Array.from({ length: 100 }, () => go(request('GET', '/rest/api/3/myself'), never)),
    )
    expect(peak).toBe(30)
  })
})

describe('a limit of the site', () => {
  const limit = (reason: string, seconds = '7') =>
    answer(429, { 'ratelimit-reason': reason, 'retry-after': seconds })
  const comment = request('POST', '/rest/api/3/issue/PAY-1/comment', { writesTo: ['PAY-1'] })
  const otherIssue = request('POST', '/rest/api/3/issue/PAY-2/comment', { writesTo: ['PAY-2'] })
  const otherEndpoint = request('GET', '/rest/api/3/myself')

  test.each([
    ['jira-per-issue-on-write', { other: false, endpoint: false }],
    ['jira-burst-based', { other: true, endpoint: false }],
    ['jira-quota-tenant-based', { other: true, endpoint: true }],
    ['a word nobody knows', { other: true, endpoint: true }],
  ])('%s pauses what it is about and nothing else', async (reason, waits) => {
    const { clock, left, go } = paced(script(limit(reason), answer(200)))
    await go(comment, never)
    const until = clock.now() + 7_000
    await Promise.all([go(otherIssue, never), go(otherEndpoint, never)])
    await go(comment, never)
    const at = (path: string) => left.findLast((one) => one.request.path === path)?.at ?? 0
    expect(at(otherIssue.path) >= until).toBe(waits.other)
    expect(at(otherEndpoint.path) >= until).toBe(waits.endpoint)
    expect(at(comment.path)).toBeGreaterThanOrEqual(until)
  })

  test('is told as a pause with a reason, once for all that wait, and as over afterwards', async () => {
    const { told, go } = paced(script(limit('jira-burst-based'), answer(200)))
    await go(comment, never)
    await Promise.all([go(comment, never), go(otherIssue, never)])
    expect(told).toEqual(['rate limit', null])
  })

  test('without Retry-After is waited out by the documented recipe, 5 s doubled up to 30 s', async () => {
    const { clock, go } = paced(script(answer(429)), 'off')
    for (let n = 0; n < 6; n++) await go(otherEndpoint, never)
    expect(clock.waits.map((ms) => ms / 1000)).toEqual([5, 10, 20, 30, 30])
  })

  test('wakes up for the signal', async () => {
    const { go } = paced(script(limit('jira-burst-based', '3600'), answer(200)))
    await go(comment, never)
    const stop = new AbortController()
    const waiting = go(comment, stop.signal)
    stop.abort(new Error('stopped by you'))
    await expect(waiting).rejects.toThrow('stopped by you')
  })

  test('reads Retry-After in seconds, as a date, and X-RateLimit-Reset in its place', () => {
    const now = Date.parse('2026-11-23T06:00:00Z')
    expect(retryAfterMs({ 'retry-after': '12' }, now)).toBe(12_000)
    expect(retryAfterMs({ 'retry-after': 'Mon, 23 Nov 2026 06:00:05 GMT' }, now)).toBe(5_000)
    expect(retryAfterMs({ 'x-ratelimit-reset': '2026-11-23T06:00:09Z' }, now)).toBe(9_000)
    expect(retryAfterMs({ 'retry-after': 'soon' }, now)).toBe(null)
  })
})

describe('the rate', () => {
  test('halves at a limit, gives a fifth at a warning, and comes back slowly', () => {
    const rate = createRate('POST')
    expect(rate.perSecond(0)).toBe(60)
    rate.slowDown(0, 'limit')
    expect(rate.perSecond(0)).toBe(30)
    rate.slowDown(5_000, 'near')
    expect(rate.perSecond(5_000)).toBe(24)
    expect(rate.perSecond(15_000)).toBeCloseTo(29)
    expect(rate.perSecond(1_000_000)).toBe(60)
  })

  test('counts the same limit once, however many requests met it', () => {
    const rate = createRate('GET')
    for (let n = 0; n < 20; n++) rate.slowDown(n, 'limit')
    expect(rate.perSecond(100)).toBe(30)
  })

  test('forgets issues that it no longer writes to', () => {
    const windows = createIssueWindows()
    for (let n = 0; n < 50_000; n++) windows.take(`PAY-${n}`, n * 100)
    expect(windows.size()).toBeLessThan(10_100)
  })
})
