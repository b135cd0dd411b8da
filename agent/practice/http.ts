import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { Context, Hono } from 'hono'
import { type Answer, Refusal } from './answer.ts'
import { isObject } from './input.ts'
import { issueId } from './issue/find.ts'
import type { Limited, Limits } from './limits.ts'
import { receiveFiles } from './receive.ts'
import { type Call, type Route, type Site, stamp } from './site.ts'
import { crossSite, open, type Secrets, whoAsks } from './who.ts'

export interface Door {
  site: Site
  secrets: Secrets
  limits: Limits | null
  counts: Map<string, number>
}

/** Where the request was sent, as it is to stand in links; a proxy tells by X-Forwarded-Proto, or by the name. */
export function baseOf(request: Request): string {
  const url = new URL(request.url)
  const cloud = url.hostname.endsWith('.atlassian.net')
  const scheme = request.headers.get('x-forwarded-proto') ?? (cloud ? 'https' : null)
  return `${scheme ?? url.protocol.slice(0, -1)}://${url.host}`
}

/** Static segments win over parameters, so the order of the tables does not matter. */
function sorted(routes: Route[]): Route[] {
  const rank = (path: string) =>
    path
      .split('/')
      .map((part) => (part.startsWith('{') ? `~${part}` : `!${part}`))
      .join('/')
  return [...routes].sort((a, b) => (rank(a[1]) < rank(b[1]) ? -1 : 1))
}

/** Mounts the tables: who may, how often, reading the body, one transaction, and the answer. */
export function mount(app: Hono, routes: Route[], door: Door): void {
  for (const route of sorted(routes)) {
    const [method, path] = route
    app.on(method, path.replace(/\{(\w+)\}/g, ':$1'), (c) => serve(c, route, door))
  }
}

async function serve(c: Context, route: Route, door: Door): Promise<Response> {
  const [method, path, handler] = route
  const request = c.req.raw
  const name = `${method} ${path}`
  door.counts.set(name, (door.counts.get(name) ?? 0) + 1)
  const base = baseOf(request)
  const who = whoAsks(request, door.secrets)
  if (who === 'wrong' || (who === 'anonymous' && !open.has(name)))
    return json(401, errorBody('Client must be authenticated to access this resource.'), {
      'WWW-Authenticate': `OAuth realm="${encodeURIComponent(base)}"`,
      ...(who === 'wrong' ? { 'X-Seraph-LoginReason': 'AUTHENTICATED_FAILED' } : {}),
    })
  if (who === 'session' && crossSite(request, base))
    return new Response('XSRF check failed', { status: 403 })

  const params = c.req.param() as Record<string, string>
  const headers: Record<string, string> = { 'Cache-Control': 'no-store' }
  if (door.limits && path.startsWith('/rest/')) {
    const named = params.issueIdOrKey
    const issue = named === undefined ? null : String(issueId(door.site.store, named) ?? named)
    const taken = door.limits.take(method, path, issue)
    if ('reason' in taken) return limited(taken, door.site.now())
    headers['X-RateLimit-Limit'] = String(taken.limit)
    headers['X-RateLimit-Remaining'] = String(taken.remaining)
    if (taken.remaining < taken.limit / 5) headers['X-RateLimit-NearLimit'] = 'true'
  }

  try {
    const read = await body(request, route, door.site)
    const call: Call = {
      site: door.site,
      store: door.site.store,
      base,
      path: new URL(request.url).pathname,
      params,
      query: new URL(request.url).searchParams,
      headers: request.headers,
      body: read,
    }
    const answer =
      method === 'GET' ? handler(call) : door.site.store.transaction(() => handler(call))
    return respond(answer, headers)
  } catch (cause) {
    if (cause instanceof Refusal) return json(cause.status, cause.body, headers)
    // A mistake of this site itself: said in full, as there is nobody else to tell.
    const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
    return json(500, errorBody(`Internal server error: ${message}`), headers)
  }
}

const errorBody = (message: string) => ({ errorMessages: [message], errors: {} })

async function body(request: Request, [method, path]: Route, site: Site): Promise<unknown> {
  if (method === 'GET') return undefined
  if (method === 'POST' && path.endsWith('/attachments')) return receiveFiles(request, site.files)
  const text = await request.text()
  if (text === '') return undefined
  const type = request.headers.get('content-type') ?? ''
  if (!type.includes('json')) throw new Refusal(415, [`Unsupported Media Type: ${type}`])
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, [
      'There was an error parsing JSON. Check that your request body is valid.',
    ])
  }
}

function limited(why: Limited, now: number): Response {
  return json(429, errorBody('Rate limit exceeded.'), {
    'Retry-After': String(Math.max(1, Math.ceil(why.waitMs / 1000))),
    'X-RateLimit-Limit': String(why.limit),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': stamp(now + why.waitMs),
    'RateLimit-Reason': why.reason,
  })
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}) {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'Content-Type': 'application/json;charset=UTF-8', ...headers },
  })
}

function respond(answer: Answer, headers: Record<string, string>): Response {
  const all = { ...headers, ...answer.headers }
  if (answer.file) {
    const { path, start, end } = answer.file
    // An empty file has no first byte to read.
    const bytes = end < start ? null : Readable.toWeb(createReadStream(path, { start, end }))
    return new Response(bytes as ReadableStream | null, {
      status: answer.status,
      headers: { ...all, 'Content-Length': String(end - start + 1) },
    })
  }
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers: all })
  if (typeof answer.body === 'string' && !isObject(answer.body) && all['Content-Type'])
    return new Response(answer.body, { status: answer.status, headers: all })
  return json(answer.status, answer.body, all)
}
