import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { passTo } from './site-proxy.ts'

/** A site behind a proxy that writes down each request's method and path. */
export interface CountingProxy {
  url: string
  /** "GET /rest/api/3/field" and how often. */
  counts(): Map<string, number>
  forget(): void
  close(): Promise<void>
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

/** @param instead answers in the site's place; null = the site does, 'break' = nobody: the connection ends */
export async function countingProxy(
  target: string,
  instead: (method: string, path: string) => Answer | 'break' | null = () => null,
): Promise<CountingProxy> {
  const counts = new Map<string, number>()
  const pass = passTo(target)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', target)
    const what = `${request.method} ${pathname}`
    counts.set(what, (counts.get(what) ?? 0) + 1)
    const own = instead(request.method ?? 'GET', pathname)
    if (own === 'break') {
      response.destroy()
      return
    }
    if (own) {
      response.writeHead(own.status, { 'content-type': 'application/json', ...own.headers })
      request.resume()
      response.end(JSON.stringify(own.body ?? { errorMessages: [], errors: {} }))
      return
    }
    pass(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: () => new Map(counts),
    forget: () => counts.clear(),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

/** POSTs that the official API document has for reading. */
const readingPosts =
  /^POST \/rest\/api\/3\/(issue\/bulkfetch|search\/jql|search\/approximate-count|comment\/list|worklog\/list|changelog\/bulkfetch|workflows|permissions\/check|jql\/(parse|match|pdcleaner|sanitize))$/

/** Those of some requests that could have written something. */
export const writesAmong = (counts: Map<string, number>): string[] =>
  [...counts.keys()].filter((what) => !what.startsWith('GET ') && !readingPosts.test(what))
