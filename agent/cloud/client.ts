import type { Client, SendRequestOptions } from 'jira.js/core'
import { FormData } from 'undici'
import * as v from 'valibot'
import { problemOfAnswer, problemOfNetwork, unreadAnswer } from './problems.ts'
import {
  fileLimitMs,
  isIdempotent,
  onlyAsks,
  requestLimitMs,
  type Send,
  type SiteAnswer,
  type SiteRequest,
  templateOf,
} from './send.ts'

/** What readers and writers speak to: jira.js's functions take it as their client. */
export interface SiteClient extends Client {
  /** The body of a file, in chunks. */
  stream(path: string, query: Record<string, unknown>): Promise<AsyncIterable<Uint8Array>>
}

export interface ClientOptions {
  send: Send
  signal: AbortSignal
  /** An answer that jira.js's schema does not describe; paths and types only, never values. */
  onDrift?: (line: { method: string; path: string; where: string[] }) => void
}

/**
 * jira.js's seam. Answers are checked against jira.js's schemas and handed on as they came: the schemas
 * drift with what Atlassian adds, so a mismatch is told, and readers parse for themselves what they use.
 * Throws SiteRefusal for what the site refused, Problem when no answer came.
 */
export function createSiteClient(options: ClientOptions): SiteClient {
  const { send, signal } = options

  async function ask(request: SiteRequest): Promise<SiteAnswer> {
    let answer: SiteAnswer
    try {
      answer = await send(request, signal)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw problemOfNetwork(error, request)
    }
    if (answer.status >= 200 && answer.status < 300) return answer
    if (answer.status >= 400) throw problemOfAnswer(answer.status, answer.text, request)
    throw unreadAnswer(request, `it leads elsewhere (${answer.status}).`)
  }

  return {
    async sendRequest<T>(wanted: SendRequestOptions<T>): Promise<T> {
      const request = requestOf(wanted)
      const answer = await ask(request)
      if (answer.status === 204 || answer.text === '') return undefined as T
      let body: unknown
      try {
        body = JSON.parse(answer.text)
      } catch {
        // Not as the cause: the parser's message quotes the text, and nobody knows what stands in it.
        throw unreadAnswer(request, 'it is not JSON.')
      }
      const parsed = wanted.schema?.safeParse(body)
      if (parsed && !parsed.success)
        options.onDrift?.({
          method: request.method,
          path: request.template,
          where: parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`),
        })
      return body as T
    },
    async stream(path, query) {
      const request = requestOf({ url: path, method: 'GET', searchParams: query })
      const answer = await ask({ ...request, stream: true, limitMs: fileLimitMs })
      if (!answer.stream) throw unreadAnswer(request, 'it has no body.')
      return answer.stream
    },
  }
}

function requestOf(wanted: SendRequestOptions<unknown>): SiteRequest {
  const method = methodOf(wanted.method)
  const path = wanted.url.startsWith('/') ? wanted.url : `/${wanted.url}`
  const template = templateOf(path)
  const file = wanted.body instanceof FormData
  const json = wanted.body !== undefined && !file
  return {
    method,
    path,
    template,
    query: wanted.searchParams ?? {},
    headers: { ...(json ? { 'content-type': 'application/json' } : {}), ...wanted.headers },
    body: file
      ? (wanted.body as FormData)
      : wanted.body === undefined
        ? null
        : JSON.stringify(wanted.body),
    idempotent: isIdempotent(method, template),
    writesTo: onlyAsks(method, template) ? [] : issuesOf(path, wanted.body),
    limitMs: file ? fileLimitMs : requestLimitMs,
    stream: false,
  }
}

function methodOf(method: string | undefined): SiteRequest['method'] {
  if (method === 'POST' || method === 'PUT' || method === 'DELETE') return method
  return 'GET'
}

const LinkBody = v.object({
  inwardIssue: v.object({ key: v.string() }),
  outwardIssue: v.object({ key: v.string() }),
})

/** The issues that a write touches: the one in its path, or both ends of a link. */
function issuesOf(path: string, body: unknown): string[] {
  const key = /^\/rest\/api\/3\/issue\/([A-Z][A-Z0-9_]*-\d+|\d+)(?:\/|$)/.exec(path)?.[1]
  if (key !== undefined) return [key]
  if (path !== '/rest/api/3/issueLink') return []
  const link = v.safeParse(LinkBody, body)
  return link.success ? [link.output.inwardIssue.key, link.output.outwardIssue.key] : []
}

/**
 * The part of an answer that is used, checked at the door. `of` is the endpoint, for the Problem that is
 * thrown when it does not fit; after a write that Problem means that the write may have landed.
 */
export function read<S extends v.GenericSchema>(
  schema: S,
  answer: unknown,
  of: string,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, answer)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const [method, template] = of.split(' ')
  const where = v.getDotPath(issue) ?? 'the answer'
  throw unreadAnswer(
    { method: methodOf(method), template: template ?? of },
    `${where} should be ${issue.expected ?? 'something else'}, but is ${issue.received}.`,
  )
}
