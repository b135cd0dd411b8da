import { afterEach, describe, expect, test } from 'vitest'
import { tellHandler } from '../../agent/apps/handler.ts'
import { viewProblem } from '../../shared/problem.ts'
import { appHandler, secret } from '../support/app-handler.ts'

let handler: Awaited<ReturnType<typeof appHandler>>
afterEach(() => handler.close())

/** Tells one event. @returns how often it was asked, how long was waited between, and what came of it */
async function tell(answers: number[]) {
  const waits: number[] = []
  let asked = 0
  handler = await appHandler({ answers: () => answers[asked++] ?? 200 })
  const end = await tellHandler(
    { url: handler.url, secret },
    { eventType: 'triggered:listener', transferId: 't' },
    {
      now: Date.now,
      signal: new AbortController().signal,
      answerMs: 100,
      async wait(ms) {
        waits.push(ms)
      },
    },
  ).then(
    () => 'taken',
    (error: unknown) => viewProblem(error),
  )
  return { asked, waits, end }
}

describe('an event to a handler', () => {
  test('is told four times to one that answers 500, and then it is said so', async () => {
    const { asked, waits, end } = await tell([500, 503, 500, 500, 500])
    expect(asked).toBe(4)
    expect(waits).toEqual([1000, 4000, 16_000])
    expect(end).toMatchObject({
      sentence: "The app's handler did not take the event: it answered 500.",
      again: true,
    })
    expect(JSON.stringify(end)).not.toContain(secret)
  })

  test('is told four times to one that never answers', async () => {
    const { asked, end } = await tell([0, 0, 0, 0, 0])
    expect(asked).toBe(4)
    expect(end).toMatchObject({
      sentence: "The app's handler did not take the event: it did not answer.",
    })
  })

  test.each([500, 408, 429, 0])('is taken at the second try after %d', async (status) => {
    expect(await tell([status])).toMatchObject({ asked: 2, waits: [1000], end: 'taken' })
  })

  test.each([400, 401, 404, 410])('is not told again after %d', async (status) => {
    expect(await tell([status, 200])).toMatchObject({
      asked: 1,
      end: { sentence: `The app's handler did not take the event: it answered ${status}.` },
    })
  })

  test('is not told where nobody listens, and that is said', async () => {
    handler = await appHandler()
    const url = handler.url
    await handler.close()
    const told = tellHandler(
      { url, secret },
      {},
      { now: Date.now, signal: new AbortController().signal, wait: async () => undefined },
    )
    await expect(told).rejects.toThrow(/cannot be reached/)
    handler = await appHandler()
  })
})
