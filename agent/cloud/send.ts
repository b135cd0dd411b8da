import type { FormData } from 'undici'

/** One request to the site, before anything waits for it or repeats it. */
export interface SiteRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With ids in it: /rest/api/3/issue/PAY-1/comment */
  path: string
  /** Without ids: /rest/api/3/issue/{id}/comment. Limits are counted by it and logs show it. */
  template: string
  query: Record<string, unknown>
  headers: Record<string, string>
  /** Ready for the wire. */
  body: string | FormData | null
  /** May be sent again without knowing whether it arrived. */
  idempotent: boolean
  /** Issues that this request writes to: the site limits writes per issue. */
  writesTo: string[]
  /** Milliseconds after which the request is cut off. */
  limitMs: number
  /** The body of the answer is handed over as a stream instead of text. */
  stream: boolean
}

export interface SiteAnswer {
  status: number
  /** Lower-cased names. */
  headers: Record<string, string>
  /** '' where the answer is a stream. */
  text: string
  stream: AsyncIterable<Uint8Array> | null
}

/** The one interface of transport, pace, retry and log: each wraps the next. */
export type Send = (request: SiteRequest, signal: AbortSignal) => Promise<SiteAnswer>

/** After so long a request that was sent can no longer land, because its connection was cut. */
export const requestLimitMs = 30_000
/** The same for the upload or download of a file; a file that stands still is cut after requestLimitMs. */
export const fileLimitMs = 3_600_000

/** POSTs that only ask, and those that the site itself makes idempotent (by globalId, by account). */
const harmlessPosts = new Set([
  '/rest/api/3/issue/bulkfetch',
  '/rest/api/3/search/jql',
  '/rest/api/3/comment/list',
  '/rest/api/3/changelog/bulkfetch',
  '/rest/api/3/jql/parse',
  '/rest/api/3/search/approximate-count',
  '/rest/api/3/issue/{id}/remotelink',
  '/rest/api/3/issue/{id}/watchers',
])

export const isIdempotent = (method: SiteRequest['method'], template: string) =>
  method !== 'POST' || harmlessPosts.has(template)

/** Whether the request changes nothing on the site. */
export const onlyAsks = (method: SiteRequest['method'], template: string) =>
  method === 'GET' ||
  (method === 'POST' &&
    /\/(bulkfetch|search\/jql|comment\/list|jql\/parse|approximate-count)$/.test(template))

/**
 * The endpoint of a path: numbers, keys and uuids become {id}, but for the API's own version. Its words
 * are lower case or camel case, so a segment in capitals is a project's or an issue's key.
 */
export function templateOf(path: string): string {
  const [, api = '', rest = ''] = /^(\/rest\/[a-z]+\/[\d.]+)?(.*)$/s.exec(path) ?? []
  const isId = /^\d+$|^customfield_\d+$|^[A-Z][A-Z0-9_]*(-\d+)?$|^[0-9a-f]{8}-[0-9a-f-]{27}$/
  const ids = rest.replace(/[^/]+/g, (part) => (isId.test(part) ? '{id}' : part))
  // The key of an entity property may be any word.
  return api + ids.replace(/(\/properties\/)[^/]+$/, '$1{id}')
}
