import { Pool } from 'undici'
import type { Send, SiteAnswer, SiteRequest } from './send.ts'
import { requestLimitMs } from './send.ts'

/**
 * At 300 ms an answer, about 30 requests in flight fill one endpoint's allowance (facts/performance.md);
 * undici's Pool.request is the cheapest client that was measured there.
 */
const connections = 32

export interface Transport {
  send: Send
  close(): Promise<void>
}

/**
 * Sends to one address and reads the answer. `base` may have a path, which goes before each request's.
 * Throws what undici throws; NetworkTimeout when the request's own limit is over; the signal's reason.
 */
export function createTransport(base: URL, authorization: string | null): Transport {
  const pool = new Pool(base.origin, { connections, connect: { timeout: 10_000 } })
  const prefix = base.pathname.replace(/\/+$/, '')

  const send: Send = async (request, signal) => {
    signal.throwIfAborted()
    const cut = new AbortController()
    const timer = setTimeout(() => cut.abort(new NetworkTimeout(request.limitMs)), request.limitMs)
    const stop = () => cut.abort(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
    try {
      const answer = await pool.request({
        method: request.method,
        path: prefix + request.path + queryOf(request.query),
        headers: {
          accept: request.stream ? '*/*' : 'application/json',
          ...(authorization === null ? {} : { authorization }),
          ...request.headers,
        },
        body: request.body,
        signal: cut.signal,
        headersTimeout: requestLimitMs,
        bodyTimeout: requestLimitMs,
      })
      const rest = { status: answer.statusCode, headers: plain(answer.headers) }
      if (request.stream && answer.statusCode < 300)
        return { ...rest, text: '', stream: until(answer.body, end) }
      const text = await answer.body.text()
      end()
      return { ...rest, text, stream: null }
    } catch (error) {
      end()
      throw error
    }
  }
  return { send, close: () => pool.destroy() }
}

/** The request was cut off by its own limit: whether it arrived is not known. */
export class NetworkTimeout extends Error {
  readonly code = 'REQUEST_TIMEOUT'
  constructor(limitMs: number) {
    super(`No answer within ${Math.round(limitMs / 1000)} s.`)
  }
}

/** A file's chunks; the request's timer ends with the last one, or when the reader turns away. */
async function* until(body: AsyncIterable<Uint8Array>, end: () => void) {
  try {
    yield* body
  } finally {
    end()
  }
}

/** A list becomes the same name several times, as the API document has it; what is undefined stays out. */
export function queryOf(query: SiteRequest['query']): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) params.append(name, String(one))
  const text = params.toString()
  return text ? `?${text}` : ''
}

function plain(headers: Record<string, string | string[] | undefined>): SiteAnswer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}
