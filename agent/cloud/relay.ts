import { FormData } from 'undici'
import {
  type PageAnswer,
  type PageRequest,
  pageFileLimit,
  pageFilePart,
} from '../../shared/api-repair.ts'
import { Problem } from '../../shared/problem.ts'
import { requestLimitMs, type SiteAnswer, type SiteRequest } from './send.ts'
import { queryOf, type Transport } from './transport.ts'

/** A page that does not fetch a request within this time is not there (any more). */
const fetchedWithinMs = 30_000
/** A turn without a request is answered after this time, so that the caller hears that the line is still open. */
const turnMs = 5_000

interface Waiting {
  request: PageRequest
  blob: Blob | null
  answered: (answer: SiteAnswer) => void
  failed: (error: unknown) => void
  timer: NodeJS.Timeout
}

/** Requests that leave through a page of the site, one at a time, with the login of whoever sits before it. */
export interface Relay {
  transport: Transport
  /** Hands over the answer to the request that was fetched last, and waits for the next one. */
  turn(answer: PageAnswer | null): Promise<{ request: PageRequest | null; open: boolean }>
  /** A part of the file of a request that is under way; null = there is none. */
  file(request: number, from: number): Promise<Uint8Array | null>
}

export function createRelay(): Relay {
  const queue: Waiting[] = []
  const fetched = new Map<number, Waiting>()
  let last = 0
  let open = true
  let wake = () => {}

  /** Out of the line, for good: whatever the page says of it later is about nothing. */
  function drop(one: Waiting): void {
    clearTimeout(one.timer)
    fetched.delete(one.request.id)
    const at = queue.indexOf(one)
    if (at >= 0) queue.splice(at, 1)
  }

  const send = (request: SiteRequest, signal: AbortSignal) =>
    new Promise<SiteAnswer>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const file = fileOf(request)
      if (file && file.blob.size > pageFileLimit) return reject(tooBig(file.blob.size))
      const stop = () => fail(signal.reason)
      const fail = (error: unknown) => {
        drop(one)
        signal.removeEventListener('abort', stop)
        reject(error)
      }
      const one: Waiting = {
        request: {
          id: ++last,
          method: request.method,
          path: request.path + queryOf(request.query),
          body: typeof request.body === 'string' ? request.body : null,
          file: file && { name: file.name, type: file.blob.type, size: file.blob.size },
          bytes: request.stream,
        },
        blob: file?.blob ?? null,
        answered: (answer) => {
          drop(one)
          signal.removeEventListener('abort', stop)
          resolve(answer)
        },
        failed: fail,
        timer: setTimeout(() => fail(notFetched()), fetchedWithinMs),
      }
      signal.addEventListener('abort', stop, { once: true })
      queue.push(one)
      wake()
    })

  function take(answer: PageAnswer): void {
    const one = fetched.get(answer.id)
    if (!one) return
    if (answer.status === 0) {
      one.failed(notAnswered(answer.error))
      return
    }
    const { status, headers, body } = answer
    const stream = one.request.bytes && status < 300
    one.answered({
      status,
      headers,
      text: stream ? '' : body,
      stream: stream ? once(Buffer.from(body, 'base64')) : null,
    })
  }

  return {
    transport: {
      send,
      close: async () => {
        open = false
        for (const one of [...queue, ...fetched.values()]) one.failed(closed())
        wake()
      },
    },
    async turn(answer) {
      if (answer) take(answer)
      const until = Date.now() + turnMs
      while (open && !queue.length && Date.now() < until) await change(until - Date.now())
      const one = queue.shift()
      if (!one) return { request: null, open }
      clearTimeout(one.timer)
      // Once the page has it, it may land: a file takes its time, anything else the limit of every request.
      const limit = one.blob ? 10 * requestLimitMs : 2 * requestLimitMs
      one.timer = setTimeout(() => one.failed(notAnswered(null)), limit)
      fetched.set(one.request.id, one)
      return { request: one.request, open }
    },
    async file(request, from) {
      const blob = fetched.get(request)?.blob
      if (!blob) return null
      return new Uint8Array(await blob.slice(from, from + pageFilePart).arrayBuffer())
    },
  }

  function change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function fileOf({ body }: SiteRequest): { name: string; blob: Blob } | null {
  if (!(body instanceof FormData)) return null
  const file = body.get('file')
  if (file === null || typeof file === 'string') return null
  // undici's File is the platform's own at runtime; only their types do not know each other.
  return { name: file.name, blob: file as unknown as Blob }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`

const tooBig = (size: number) =>
  new Problem(
    'usage',
    `The file has ${megabytes(size)}; through a page of the site at most ${megabytes(pageFileLimit)} can be sent.`,
    { hint: 'Repair it through the agent, with a token that may write.' },
  )
const notFetched = () =>
  new Problem('site-unreachable', 'No page of the site took the request; nothing was written.', {
    hint: 'Keep the page of the site open while it is repaired, and try again.',
    again: true,
  })
const notAnswered = (why: string | null) =>
  new Problem(
    'site-unreachable',
    `The page of the site did not say what came of the request${why ? `: ${why}` : '.'}`,
    { hint: 'Look whether you are still logged in on the page, and try again.', again: true },
  )
const closed = () =>
  new Problem('site-unreachable', 'The way through the page was closed.', {
    hint: 'Begin again on a page of the site.',
    again: true,
  })
