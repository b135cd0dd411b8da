import { describe, expect, test } from 'vitest'
import { createLatency } from '../../agent/cloud/with-latency.ts'
import { estimateSeconds, type Forecast } from '../../shared/forecast.ts'

const kinds = (issues: number) => ({ issue: { moved: issues, withLoss: 0, leftOut: 0 } })
const forecast: Forecast = {
  kinds: kinds(10_000),
  projects: { A: { name: 'A', kinds: kinds(5_000) }, B: { name: 'B', kinds: kinds(5_000) } },
  reasons: [],
  writes: { issues: { issue: 200 }, content: { comment: 20_000, link: 4_000 } },
  reads: 12_000,
  fileBytes: 0,
}

describe('the time that a run will take', () => {
  test('is a range, from the pace that is kept down to half of it', () => {
    const [best, worst] = estimateSeconds(forecast)
    expect(best).toBeLessThan(worst)
    // 200 / 60, 20,000 / 60 and 12,000 / 120.
    expect(best).toBe(Math.ceil(200 / 60 + 20_000 / 60 + 100))
  })

  test('is the same where the site answers at once, and longer where it does not', () => {
    expect(estimateSeconds({ ...forecast, latencyMs: 1 })).toEqual(estimateSeconds(forecast))
    const [best, worst] = estimateSeconds({ ...forecast, latencyMs: 400 })
    // Issues of two projects beside each other, everything else in eight lanes, read back one by one.
    expect(best).toBe(Math.ceil((200 * 0.4) / 2 + (24_000 * 0.4) / 8 + 12_000 * 0.4))
    // Three times that; rounding up may add a second.
    expect(
      Math.abs(worst - ((200 * 0.4) / 2 + (24_000 * 0.4) / 8 + 12_000 * 0.4) * 3),
    ).toBeLessThanOrEqual(1)
  })

  test('rises with what the site takes to answer, and never falls below the pace', () => {
    const times = [0, 50, 100, 200, 800].map((latencyMs) =>
      estimateSeconds({ ...forecast, latencyMs }),
    )
    for (const [at, [best, worst]] of times.entries()) {
      expect(worst).toBeGreaterThanOrEqual(best)
      expect(best).toBeGreaterThanOrEqual(times[Math.max(at - 1, 0)]?.[0] ?? 0)
    }
  })
})

describe('how long a site takes to answer', () => {
  const request = (method: 'GET' | 'POST') => ({
    method,
    path: '/',
    template: '/',
    query: {},
    headers: {},
    body: null,
  })

  test('is the median of its first answers to questions', async () => {
    let now = 0
    const clock = { now: () => now, wait: async () => {}, random: () => 0 }
    const latency = createLatency(clock)
    const durations = [90, 5_000, 110, 100, 120]
    const send = latency.watch(async ({ method }) => {
      now += method === 'POST' ? 10_000 : (durations.shift() ?? 9_999)
      return { status: 200, text: '', headers: {} } as never
    })
    const { signal } = new AbortController()
    expect(latency.median()).toBeNull()
    await send(request('POST') as never, signal)
    for (let i = 0; i < 5; i++) await send(request('GET') as never, signal)
    expect(latency.median()).toBe(110)
  })
})
