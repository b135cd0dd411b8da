import type { Practice } from '../../agent/practice/practice.ts'
import { createPractice } from '../../agent/practice/practice.ts'
import type { Exchange } from '../support/openapi.ts'

export interface Answered<T> {
  status: number
  body: T
  headers: Headers
}
export type Call = <T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answered<T>>

export const basic = (email: string, token: string) =>
  `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`

export const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text }] }],
})

/** A site in memory, and a way to call it with its own token; each exchange is told to `seen`. */
export function practiceInMemory(
  options: { rateLimits?: 'real' | 'off'; stateDir?: string | null; now?: () => number } = {},
  seen: (exchange: Exchange) => void = () => {},
): { practice: Practice; call: Call } {
  const practice = createPractice({
    stateDir: options.stateDir ?? null,
    rateLimits: options.rateLimits ?? 'off',
    url: 'http://localhost',
    ...(options.now ? { now: options.now } : {}),
  })
  return { practice, call: callerOf((request) => practice.app.fetch(request), practice, seen) }
}

export function callerOf(
  send: (request: Request) => Response | Promise<Response>,
  { email, token, url = 'http://localhost' }: { email: string; token: string; url?: string },
  seen: (exchange: Exchange) => void = () => {},
): Call {
  return async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const form = body instanceof FormData
    const request = new Request(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: basic(email, token),
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    })
    const response = await send(request)
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('application/json')
    const answered = text === '' ? undefined : json ? JSON.parse(text) : text
    const target = new URL(request.url)
    seen({
      method,
      path: target.pathname,
      query: target.searchParams,
      requestBody: body,
      status: response.status,
      responseBody: answered,
    })
    return { status: response.status, body: answered as T, headers: response.headers }
  }
}

/** A project with the default schemes; answers its id as a number. */
export async function newProject(call: Call, key: string): Promise<number> {
  const me = await call<{ accountId: string }>('GET', '/rest/api/3/myself')
  const made = await call<{ id: number }>('POST', '/rest/api/3/project', {
    key,
    name: `Project ${key}`,
    projectTypeKey: 'software',
    leadAccountId: me.body.accountId,
    assigneeType: 'UNASSIGNED',
  })
  return made.body.id
}

export const task = (key: string, summary: string, more: Record<string, unknown> = {}) => ({
  fields: { project: { key }, issuetype: { name: 'Task' }, summary, ...more },
})
