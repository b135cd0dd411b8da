import type { Answer } from './answer.ts'
import type { Store } from './store.ts'

/** One site: its state, its clock and whose token is used. */
export interface Site {
  store: Store
  now(): number
  /** The account of the token. */
  me: string
  cloudId: string
  /** The folder of the attachments' bytes. */
  files: string
}

/** One request, read and ready. */
export interface Call {
  site: Site
  store: Store
  /** https://host of this request, for links. */
  base: string
  path: string
  params: Record<string, string>
  query: URLSearchParams
  headers: Headers
  body: unknown
}
export type Handler = (call: Call) => Answer
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
/** Paths are written as in the official documents: /rest/api/3/issue/{issueIdOrKey}. */
export type Route = [method: Method, path: string, handler: Handler]

/** A parameter of the path; the router has made sure that it is there. */
export const param = (call: Call, name: string): string => call.params[name] ?? ''

/** Jira's way to write a time: 2021-01-17T12:34:00.000+0000. */
export const stamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000')

/** Reads startAt and maxResults; more than `most` is cut to it, as Jira does. */
export function paging(
  call: Call,
  standard: number,
  most = standard,
): { startAt: number; maxResults: number } {
  const number = (name: string, fallback: number) => {
    const given = call.query.get(name)
    return given !== null && /^\d+$/.test(given) ? Number(given) : fallback
  }
  return {
    startAt: number('startAt', 0),
    maxResults: Math.min(number('maxResults', standard), most),
  }
}

/** A PageBean of what is already at hand. */
export function pageOf<T, V>(
  call: Call,
  all: T[],
  view: (each: T) => V,
  standard = 50,
  most = 100,
) {
  const { startAt, maxResults } = paging(call, standard, most)
  const values = all.slice(startAt, startAt + maxResults).map(view)
  return {
    self: `${call.base}${call.path}`,
    maxResults,
    startAt,
    total: all.length,
    isLast: startAt + values.length >= all.length,
    values,
  }
}
