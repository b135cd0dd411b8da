import { describe, expect, test } from 'vitest'
import { createPauses } from '../../agent/cloud/pauses.ts'
import type { Send } from '../../agent/cloud/send.ts'
import { withPace } from '../../agent/cloud/with-pace.ts'
import { withRetry } from '../../agent/cloud/with-retry.ts'
import { createFakeClock } from './fake-clock.ts'
import { answer, networkError, request, script } from './requests.ts'

const never = new AbortController().signal
const get = request('GET', '/rest/api/3/myself')
const post = request('POST', '/rest/api/3/issue/bulk')

function retried(send: Send) {
  const clock = createFakeClock()
  const told: { reason: string | null; sentence: string | null }[] = []
  const pauses = createPauses((reason, sentence) => told.push({ reason, sentence }))
  const pacedSend = withPace(send, { clock, pauses, rates: 'off' })
  return { clock, told, go: withRetry(pacedSend, { clock, pauses }) }
}

describe('what is sent again', () => {
  test('everything after a limit, since it was not executed', async () => {
    const send = script(answer(429, { 'retry-after': '3' }), answer(429), answer(201))
    const { clock, told, go } = retried(send)
    expect((await go(post, never)).status).toBe(201)
    expect(send.asked).toHaveLength(3)
    expect(clock.waits[0]).toBeGreaterThanOrEqual(3_000)
    expect(told.map((one) => one.reason)).toEqual(['rate limit', null, 'rate limit', null])
  })

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'])(
    'a create whose request never left (%s)',
    async (code) => {
      const send = script(networkError(code), answer(201))
      expect((await retried(send).go(post, never)).status).toBe(201)
      expect(send.asked).toHaveLength(2)
    },
  )

  test.each(['ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'REQUEST_TIMEOUT'])(
    'never a create that may have landed (%s)',
    async (code) => {
      const send = script(networkError(code), answer(201))
      await expect(retried(send).go(post, never)).rejects.toThrow(code)
      expect(send.asked).toHaveLength(1)
    },
  )

  test.each([500, 502, 503, 504])('never a create after %i', async (status) => {
    const send = script(answer(status), answer(201))
    expect((await retried(send).go(post, never)).status).toBe(status)
    expect(send.asked).toHaveLength(1)
  })

  test.each([
    ['POST', '/rest/api/3/issue/bulkfetch'],
    ['POST', '/rest/api/3/search/jql'],
    ['POST', '/rest/api/3/issue/PAY-1/remotelink'],
    ['POST', '/rest/api/3/issue/PAY-1/watchers'],
    ['PUT', '/rest/api/3/issue/PAY-1'],
    ['DELETE', '/rest/api/3/issue/PAY-1'],
    ['GET', '/rest/api/3/issue/PAY-1/comment'],
  ] as const)('%s %s, which changes nothing the second time', async (method, path) => {
    const send = script(networkError('ECONNRESET'), answer(503), answer(200))
    expect((await retried(send).go(request(method, path), never)).status).toBe(200)
  })

  test('a failing read at most four times, from 5 s on', async () => {
    const send = script(answer(500))
    const { clock, go } = retried(send)
    expect((await go(get, never)).status).toBe(500)
    expect(send.asked).toHaveLength(5)
    expect(clock.waits).toEqual([5_000, 10_000, 20_000, 30_000])
  })

  test.each([200, 400, 401, 403, 404, 409, 413])('nothing after %i', async (status) => {
    const send = script(answer(status))
    expect((await retried(send).go(get, never)).status).toBe(status)
    expect(send.asked).toHaveLength(1)
  })

  test('nothing where no waiting will help', async () => {
    const send = script(networkError('DEPTH_ZERO_SELF_SIGNED_CERT'), answer(200))
    await expect(retried(send).go(get, never)).rejects.toThrow('SELF_SIGNED')
  })
})

describe('a site that does not answer', () => {
  test('is waited out with growing pauses and a reason', async () => {
    const steps = Array.from({ length: 9 }, () => networkError('ECONNREFUSED'))
    const { clock, told, go } = retried(script(...steps, answer(200)))
    expect((await go(get, never)).status).toBe(200)
    expect(clock.waits.map((ms) => ms / 1000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
    expect(told[0]).toEqual({
      reason: 'site unreachable',
      sentence:
        'The site does not answer: nothing listens there (ECONNREFUSED). Trying again in 1 s.',
    })
    expect(told.at(-1)).toEqual({ reason: null, sentence: null })
  })

  test('is waited for no longer once the signal aborts', async () => {
    const stop = new AbortController()
    const send: Send = async () => {
      if (!stop.signal.aborted) setImmediate(() => stop.abort(new Error('stopped by you')))
      throw networkError('ENOTFOUND')
    }
    const { told, go } = retried(send)
    await expect(go(get, stop.signal)).rejects.toThrow('stopped by you')
    expect(told.at(-1)?.reason).toBe(null)
  })

  test('is not asked earlier than it says', async () => {
    const { clock, go } = retried(script(answer(503, { 'retry-after': '90' }), answer(200)))
    await go(get, never)
    expect(clock.waits).toEqual([90_000])
  })
})

describe('a download that keeps breaking', () => {
  const download = request('GET', '/rest/api/3/attachment/content/10', { stream: true })
  /** Answers by path: each list in its order, its last entry staying. */
  function site(steps: { content: (Error | number)[]; other: (Error | number)[] }) {
    const asked: string[] = []
    const next = { content: 0, other: 0 }
    const send: Send = async ({ path }) => {
      const which = path.includes('/content/') ? 'content' : 'other'
      asked.push(which)
      const step = steps[which][Math.min(next[which]++, steps[which].length - 1)]
      if (step instanceof Error) throw step
      return answer(step ?? 200)
    }
    return { ...retried(send), asked }
  }

  test.each([
    ['ECONNRESET', networkError('ECONNRESET')],
    ['UND_ERR_SOCKET', networkError('UND_ERR_SOCKET')],
  ])('is given up when the site itself answers (%s)', async (code, error) => {
    const { go, asked, told } = site({ content: [error], other: [200] })
    await expect(go(download, never)).rejects.toThrow(code)
    expect(asked).toEqual(['content', 'content', 'content', 'content', 'other', 'content'])
    expect(told.at(-1)).toEqual({ reason: null, sentence: null })
  })

  test('is given up with the answer of the site where it is 502, 503 or 504', async () => {
    const { go, asked } = site({ content: [503], other: [200] })
    expect((await go(download, never)).status).toBe(503)
    expect(asked.filter((what) => what === 'content')).toHaveLength(5)
  })

  test('is waited for as long as the site is away, and had when it is back', async () => {
    const away = networkError('ECONNRESET')
    const { go, asked } = site({
      content: [away, away, away, away, 200],
      other: [...Array.from({ length: 30 }, () => networkError('ECONNRESET')), 200],
    })
    expect((await go(download, never)).status).toBe(200)
    expect(asked.filter((what) => what === 'other')).toHaveLength(31)
  })

  test('waits without end while nothing listens at all', async () => {
    const steps = Array.from({ length: 40 }, () => networkError('ECONNREFUSED'))
    const { go, asked } = site({ content: [...steps, 200], other: [200] })
    expect((await go(download, never)).status).toBe(200)
    expect(asked).toHaveLength(41)
  })
})
