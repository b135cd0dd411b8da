import { createHmac, timingSafeEqual } from 'node:crypto'
import { Problem } from '../../shared/problem.ts'

/** Where an app's own handler is, and the secret that both sides know. */
export interface HandlerDoor {
  url: string
  secret: string
}

/** What the handler shows when it calls the agent: only who knows the secret can make it. */
export const transferToken = (secret: string, transferId: string): string =>
  createHmac('sha256', secret).update(transferId).digest('hex')

/** The signature of an event, over the time and the body, so that an old one cannot be sent again as new. */
export const signature = (secret: string, at: number, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`

export function sameText(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** An answer may take so long; the platform gives a listener no more either. */
const answerMs = 25_000
/** Waits between the four tries, in milliseconds. */
const waits = [1_000, 4_000, 16_000]

/**
 * Sends an event: POST with the headers X-Landfall-Time (epoch ms) and X-Landfall-Signature. Four tries, as the
 * platform has it; 4xx but 408 and 429 are final. Throws a Problem site-unreachable, never with the secret.
 */
export async function tellHandler(
  door: HandlerDoor,
  event: Record<string, unknown>,
  options: {
    now(): number
    signal: AbortSignal
    wait?(ms: number): Promise<void>
    /** How long an answer may take, in milliseconds. */
    answerMs?: number
    /** Hears whether the handler knows the transfer: it took the event, or answered 404 or 410. */
    knows?(known: boolean): Promise<void>
  },
): Promise<void> {
  const body = JSON.stringify(event)
  const wait = options.wait ?? ((ms: number) => new Promise((go) => setTimeout(go, ms)))
  let said = ''
  for (let turn = 0; turn <= waits.length; turn++) {
    options.signal.throwIfAborted()
    const at = options.now()
    let status = 0
    try {
      const answer = await fetch(door.url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          'x-landfall-time': String(at),
          'x-landfall-signature': signature(door.secret, at, body),
        },
        body,
        signal: AbortSignal.any([
          options.signal,
          AbortSignal.timeout(options.answerMs ?? answerMs),
        ]),
      })
      await answer.body?.cancel()
      status = answer.status
      said = `it answered ${status}`
    } catch (error) {
      options.signal.throwIfAborted()
      said =
        error instanceof Error && error.name === 'TimeoutError'
          ? 'it did not answer'
          : 'it cannot be reached'
    }
    if (status >= 200 && status < 300) return options.knows?.(true)
    if (status === 404 || status === 410) await options.knows?.(false)
    if (status > 0 && status < 500 && status !== 408 && status !== 429) break
    const pause = waits[turn]
    if (pause !== undefined) await wait(pause)
  }
  throw new Problem('site-unreachable', `The app's handler did not take the event: ${said}.`, {
    hint: 'Ask the app vendor whether the handler runs, then re-run this app migration.',
    again: true,
  })
}
