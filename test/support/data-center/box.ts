import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Exchange } from '../openapi.ts'
import { createAnswers } from './answers.ts'
import { refuse } from './parts.ts'
import { makeWorld, type World } from './world.ts'

/** A Data Center in a box on loopback, under a context path, with its moods. */
export interface DataCenter {
  /** As a person would give it: origin and context path. */
  url: string
  token: string
  world: World
  /** Every answered request of the REST API, to be held against the published document. */
  exchanges: Exchange[]
  /** Paths of all requests, with whether the right token came along. */
  asked: { path: string; authorized: boolean }[]
  moods: Moods
  close(): Promise<void>
}

interface FileAnswer {
  status: number
  headers?: Record<string, string>
  bytes?: Buffer
}
export interface Moods {
  /** Asked before each answer; what it gives is answered instead. n counts requests from 1. */
  before?(
    path: string,
    n: number,
  ): { status: number; headers?: Record<string, string>; body?: unknown } | 'hang up' | undefined
  /** The token is good no more: 401, or anonymous, as a Jira that is open to strangers does. */
  revoked?: 'refused' | 'anonymous' | undefined
  /** What is served instead of a file's bytes. */
  file?: ((id: string) => FileAnswer | undefined) | undefined
}

/** @param options.cap the most results of one answer, whatever is asked for */
export async function startDataCenter(
  options: {
    world?: World
    cap?: number
    port?: number
    password?: string
    /** Tokens of others, with the keys of their users. */
    others?: Record<string, string>
  } = {},
): Promise<DataCenter> {
  const token = 'NjA1MjA2MjM5NTU4OsHjkq4xUe0xVbYx'
  const world = options.world ?? makeWorld()
  const exchanges: Exchange[] = []
  const asked: DataCenter['asked'] = []
  const moods: Moods = {}
  let answer: ReturnType<typeof createAnswers> = () => undefined
  const basic = `Basic ${Buffer.from(`admin:${options.password ?? ''}`).toString('base64')}`
  let requests = 0

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://box')
    const authorization = request.headers.authorization
    const other = options.others?.[authorization?.replace('Bearer ', '') ?? '']
    world.me = other ?? 'admin'
    const authorized =
      other !== undefined ||
      authorization === `Bearer ${token}` ||
      (options.password !== undefined && authorization === basic)
    requests += 1
    asked.push({ path: url.pathname, authorized })
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(Buffer.isBuffer(body) ? body : body === undefined ? '' : JSON.stringify(body))
    }
    const mood = moods.before?.(url.pathname + url.search, requests)
    if (mood === 'hang up') {
      request.socket.destroy()
      return
    }
    if (mood) {
      send(mood.status, mood.body, mood.headers)
      return
    }
    const anonymous = !authorized || moods.revoked === 'anonymous'
    const noToken = !authorized && authorization?.startsWith('Bearer ')
    const path = url.pathname.slice('/jira/'.length)
    const who = { 'x-ausername': anonymous ? 'anonymous' : 'admin' }
    if (noToken || moods.revoked === 'refused')
      send(
        401,
        { message: 'Client must be authenticated to access this resource.' },
        noToken ? { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' } : {},
      )
    else if (!url.pathname.startsWith('/jira/')) send(404, refuse(404, 'null for uri').body)
    else if (fileOf(path) !== null) sendFile(response, fileOf(path) ?? '', anonymous, send)
    else if (!path.startsWith('rest/')) send(404, '<html>Oops</html>')
    else if (anonymous && path === 'rest/api/2/myself')
      send(401, refuse(401, 'You are not authenticated.').body, who)
    else {
      const said =
        answer(path.slice('rest/'.length), url.searchParams) ?? refuse(404, 'null for uri')
      exchanges.push({
        ...{ method: 'GET', path: path.replace(/^rest/, ''), query: url.searchParams },
        ...{ requestBody: undefined, status: said.status, responseBody: said.body },
      })
      send(said.status, said.body, who)
    }
  }

  function sendFile(
    response: ServerResponse,
    id: string,
    anonymous: boolean,
    send: (status: number, body: unknown, headers?: Record<string, string>) => void,
  ): void {
    const other = moods.file?.(id)
    const found = world.issues
      .flatMap((one) => one.attachments)
      .find((one) => String(one.id) === id)
    if (other) {
      response.writeHead(other.status, other.headers)
      response.end(other.bytes)
    } else if (anonymous)
      send(302, undefined, { location: '/jira/login.jsp?permissionViolation=true' })
    else if (!found) send(404, '<html>Oops</html>')
    else send(200, found.bytes, { 'content-type': found.mimeType, 'x-ausername': 'admin' })
  }

  const server = createServer(serve)
  await new Promise<void>((done) => server.listen(options.port ?? 0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  answer = createAnswers(world, () => `${origin}/jira`, options.cap ?? 1000)
  return {
    ...{ url: `${origin}/jira`, token, world, exchanges, asked, moods },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

const fileOf = (path: string) => /^secure\/attachment\/(\d+)\/./.exec(path)?.[1] ?? null
