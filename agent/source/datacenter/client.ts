import { type Dispatcher, Pool } from 'undici'
import { Problem } from '../../../shared/problem.ts'
import {
  AnswerTooLarge,
  networkProblem,
  notJira,
  problemOf,
  redirected,
  refusedToken,
  SourceRefusal,
} from './problems.ts'

/** How to get in: a personal access token, or with a user's name the password (Server before 8.14). */
export interface SourceAccess {
  /** Origin and context path, see address.ts. */
  url: string
  user: string | null
  secret: string
  /** Only the issues of these projects are read, by key; null or absent = of all. */
  projects?: readonly string[] | null
}

export interface ClientOptions {
  signal: AbortSignal
  /** How long a source that does not answer is waited for; 0 = told at once, Infinity = until it is back. */
  patienceMs: number
  /** Why requests wait at this moment, and whether that is a limit of the source's own; null when they go on. */
  onWait?(sentence: string | null, limit: boolean): void
  /** Milliseconds, for tests. */
  sleep?(ms: number, signal: AbortSignal): Promise<void>
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>

export interface SourceClient {
  readonly base: URL
  /** The parsed answer. Throws a Problem; a SourceRefusal has the status. */
  get(path: string, query?: Query, maxBytes?: number): Promise<unknown>
  /** The same, but null where the source has no such thing, or does not show it to this account. */
  find(path: string, query?: Query): Promise<unknown>
  /** A file's answer as it comes; to be read or destroyed by the caller. */
  open(path: string): Promise<Dispatcher.ResponseData>
  requests(): number
  close(): Promise<void>
}

/** Requests at once: enough to hide the way there, few enough for a Jira that people work with. */
export const connections = 6
const connectMs = 10_000
/** A page of issues with their history can take a busy Jira a minute. */
const answerMs = 120_000
/** A page of issues above this is asked for in smaller pieces. */
export const mostBytes = 64 * 1024 ** 2
/** What is larger is not taken: a JavaScript text ends at 512 MB. */
export const largestAnswer = 400 * 1024 ** 2
const firstWaitMs = 1_000
const mostWaitMs = 60_000
/** After so many failures of one request (500) its answer is believed. */
const failuresAtMost = 4

/** Reads one Data Center. Only its own address is ever asked, and no redirect is followed with the token. */
export function createClient(access: SourceAccess, options: ClientOptions): SourceClient {
  const base = new URL(access.url)
  const { host } = base
  const prefix = base.pathname.replace(/\/+$/, '')
  const pool = new Pool(base.origin, { connections, connect: { timeout: connectMs } })
  const authorization = authorizationOf(access)
  const sleep = options.sleep ?? waitFor
  const waits = new Map<symbol, readonly [sentence: string, limit: boolean]>()
  let requests = 0

  async function hold(ms: number, sentence: string, limit = false): Promise<void> {
    const mark = Symbol('wait')
    waits.set(mark, [sentence, limit])
    options.onWait?.(sentence, limit)
    try {
      await sleep(ms, options.signal)
    } finally {
      waits.delete(mark)
      const [still, why] = [...waits.values()].at(-1) ?? [null, false]
      options.onWait?.(still, why)
    }
  }

  async function send(path: string, accept: string): Promise<Dispatcher.ResponseData> {
    requests += 1
    return pool.request({
      method: 'GET',
      path: prefix + path,
      headers: { accept, authorization, 'user-agent': 'Landfall' },
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(answerMs)]),
      headersTimeout: answerMs,
      bodyTimeout: answerMs,
    })
  }

  /** One answer that is no passing trouble; waits out limits, failures and silence. */
  async function ask<T>(
    path: string,
    accept: string,
    read: (answer: Dispatcher.ResponseData) => Promise<T>,
  ): Promise<T> {
    let silent = 0
    let waited = 0
    let failed = 0
    const waitOut = async (problem: Problem, least = 0) => {
      const ms = Math.max(least, Math.min(mostWaitMs, firstWaitMs * 2 ** silent++))
      if (waited + ms > options.patienceMs) throw problem
      waited += ms
      await hold(ms, `${problem.message} Trying again in ${Math.ceil(ms / 1000)} s.`)
    }
    for (;;) {
      options.signal.throwIfAborted()
      let answer: Dispatcher.ResponseData
      try {
        answer = await send(path, accept)
        if (answer.statusCode < 300) {
          refuseAnonymous(answer)
          return await read(answer)
        }
      } catch (error) {
        if (options.signal.aborted) throw options.signal.reason
        if (error instanceof Problem) throw error
        const { problem, final } = networkProblem(host, error)
        if (final) throw problem
        await waitOut(problem)
        continue
      }
      const headers = plain(answer.headers)
      const status = answer.statusCode
      const body = await answer.body.text().catch(() => '')
      if (status < 400) throw redirected(host, headers.location, base)
      const problem = problemOf({ host, path: pathOnly(path), status, headers, body })
      if (status === 429) {
        // A limit was not executed and says itself how long to wait: it needs no patience.
        const ms = Math.max(1, secondsOf(headers)) * 1000
        await hold(ms, `${host} limits requests: going on in ${Math.ceil(ms / 1000)} s.`, true)
      } else if ([502, 503, 504].includes(status)) await waitOut(problem, secondsOf(headers) * 1000)
      else if (status >= 500 && ++failed <= failuresAtMost) await waitOut(problem)
      else throw problem
    }
  }

  /** A token that is no longer good can mean "anonymous" instead of a refusal, and then little is seen. */
  function refuseAnonymous({ headers }: Dispatcher.ResponseData): void {
    const said = plain(headers)
    if (
      said['x-ausername'] === 'anonymous' ||
      /AUTHENTICATED_FAILED/.test(said['x-seraph-loginreason'] ?? '')
    )
      throw refusedToken(host, ' any more: it answers as to a stranger')
  }

  async function get(path: string, query: Query = {}, maxBytes = largestAnswer): Promise<unknown> {
    return ask(path + queryOf(query), 'application/json', async (answer) => {
      const tooLarge = () => new AnswerTooLarge(host, pathOnly(path), maxBytes)
      const body = await upTo(answer.body, maxBytes, tooLarge)
      try {
        return JSON.parse(body) as unknown
      } catch (cause) {
        const why = /^\s*</.test(body) ? 'it answers with a page' : 'its answer is cut off'
        throw notJira(host, why, cause)
      }
    })
  }

  return {
    base,
    get,
    async find(path, query) {
      try {
        return await get(path, query)
      } catch (error) {
        if (!(error instanceof SourceRefusal)) throw error
        // Some resources say 401 to an account that may not see them: then the token itself is still good.
        if (error.status === 401) await get('/rest/api/2/myself')
        if ([400, 401, 403, 404, 405, 410].includes(error.status)) return null
        throw error
      }
    },
    open: (path) => ask(path, '*/*', async (answer) => answer),
    requests: () => requests,
    close: () => pool.destroy(),
  }
}

/** Throws a Problem for what no header can carry: something else was pasted. */
function authorizationOf({ user, secret }: SourceAccess): string {
  const clean = secret.trim()
  if (user) return `Basic ${Buffer.from(`${user.trim()}:${secret}`, 'utf8').toString('base64')}`
  if (!/^[\x21-\x7e]+$/.test(clean))
    throw new Problem('source-token-refused', 'This is not a personal access token.', {
      hint: 'Copy the token once more from Jira: it is one word without spaces.',
    })
  return `Bearer ${clean}`
}

async function upTo(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
  tooLarge: () => Problem,
): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += (chunk as Buffer).length
    if (size > maxBytes) {
      body.destroy()
      throw tooLarge()
    }
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function queryOf(query: Query): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) params.append(name, String(value))
  const said = params.toString()
  return said ? `?${said}` : ''
}

const pathOnly = (path: string) => path.replace(/\?.*$/, '')

/** Retry-After in seconds, at most a quarter of an hour; Jira's interval where it says none. */
function secondsOf(headers: Readonly<Record<string, string>>): number {
  const asked = Number(headers['retry-after'] ?? headers['x-ratelimit-interval-seconds'] ?? 0)
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 0), 900) : 0
}

function plain(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    const stop = () => {
      clearTimeout(timer)
      failed(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      done()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
