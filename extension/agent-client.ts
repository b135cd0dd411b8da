/** The single file that knows the agent: each function is one route of shared/api.ts, its answer parsed. */
import { hc } from 'hono/client'
import * as v from 'valibot'
import type { App } from '../agent/app.ts'
import {
  AboutSchema,
  type acts,
  ItemPageSchema,
  LogPageSchema,
  MigrationDetailSchema,
  type MigrationInput,
  MigrationViewSchema,
  ProblemSchema,
  ProjectVerdictViewSchema,
  type State,
  StateSchema,
  VerdictViewSchema,
} from '../shared/api.ts'
import { PairedSchema } from '../shared/api-pairing.ts'
import { StrangerPageSchema } from '../shared/api-strangers.ts'
import type { ItemsOnly } from '../shared/api-watch.ts'
import type { Kind } from '../shared/plan.ts'
import type { Verdict } from '../shared/status.ts'
import { readEvents } from './event-stream.ts'
import { AgentProblem, agentAway, notPaired } from './problems.ts'
import { problemWords } from './words-problems.ts'

export type ItemPage = v.InferOutput<typeof ItemPageSchema>
export type LogPage = v.InferOutput<typeof LogPageSchema>

/** Where the agent is and what it gave us at pairing. */
export interface Agent {
  address: string
  token: string
}
export type Act = (typeof acts)[number]
export interface ItemsQuestion {
  id: string
  kind?: Kind
  verdict?: Verdict
  project?: string
  only?: ItemsOnly
  /** Of one finding. */
  code?: string
  root?: Kind
  after?: number
  limit?: number
}
/**
 * The files of a report, by the last part of their address; `report` is the zip with all of them. Those of `before`
 * are not of the run: the report by the latest checks with its mappings, and the one that a run was planned by.
 */
export const reportFiles = [
  'pre-report.html',
  'mappings.csv',
  'planned-report.html',
  'report',
  'report.html',
  'summary.csv',
  'requires-attention.csv',
  'items.csv',
  'id-mappings.csv',
  'run.json',
  'errors.zip',
] as const
export type ReportFile = (typeof reportFiles)[number]
export const before = [
  'pre-report.html',
  'mappings.csv',
  'planned-report.html',
] as const satisfies readonly ReportFile[]

/** An agent that holds the door open without a word is as good as away. */
const answerWithinMs = 15_000
/** What every page waits for: one that hangs is to be known as such soon. */
const stateWithinMs = 8_000
/** Its stream has a heartbeat every three seconds. */
const silentMs = 10_000
/** A report may be written first, and be big. */
const reportWithinMs = 10 * 60_000

/** The agent's routes, typed by the agent itself: a route that changes there no longer compiles here. */
const api = ({ address, token }: Agent, signal?: AbortSignal) =>
  hc<App>(address, {
    fetch: (input: RequestInfo | URL, init?: RequestInit) =>
      send(address, token, input, init, signal ?? AbortSignal.timeout(answerWithinMs)),
  }).api

/** Who answers at this address; needs no token. */
export const about = (address: string) =>
  read(api({ address, token: '' }).about.$get(), AboutSchema)

/** Exchanges the one-time code for a token. */
export const pair = (address: string, code: string, name: string) =>
  read(api({ address, token: '' }).pair.$post({ json: { code, name } }), PairedSchema)

/** Migrations that changed after the cursor, at most a page of them: `more` tells that others follow. */
export const state = (agent: Agent, since: number) =>
  read(
    api(agent, AbortSignal.timeout(stateWithinMs)).state.$get({ query: { since: String(since) } }),
    StateSchema,
  )

/** The same as a stream, for as long as the signal allows; ends when the agent closes it. */
export async function* events(
  agent: Agent,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<State> {
  const response = await api(agent, signal).events.$get({ query: { since: String(since) } })
  if (!response.body) return
  const stream = readEvents(response.body, silentMs)
  for (;;) {
    const { done, value } = await stream.next().catch((cause: unknown) => {
      throw agentAway(agent.address, cause)
    })
    if (done) return
    if (value.event === 'state') yield parse(StateSchema, JSON.parse(value.data))
  }
}

export const createMigration = (agent: Agent, input: MigrationInput) =>
  read(api(agent).migrations.$post({ json: input }), MigrationViewSchema)

export const detail = (agent: Agent, id: string) =>
  read(api(agent).migrations[':id'].$get({ param: { id } }), MigrationDetailSchema)

export const act = (agent: Agent, id: string, what: Act) =>
  read(
    api(agent).migrations[':id'][':act'].$post({ param: { id, act: what } }),
    MigrationViewSchema,
  )

export async function removeMigration(agent: Agent, id: string): Promise<void> {
  await api(agent).migrations[':id'].$delete({ param: { id } })
}

/** A page of items, at most `limit` after the item numbered `after`. */
export const items = (agent: Agent, { id, after, limit, ...rest }: ItemsQuestion) =>
  read(
    api(agent).migrations[':id'].items.$get({
      param: { id },
      query: { ...rest, ...texts({ after, limit }) },
    }),
    ItemPageSchema,
  )

export interface StrangersQuestion {
  id: string
  kind?: Kind
  after?: number
  limit?: number
}
/** A page of what the site has beyond the source. */
export const strangers = (agent: Agent, { id, after, limit, ...rest }: StrangersQuestion) =>
  read(
    api(agent).migrations[':id'].strangers.$get({
      param: { id },
      query: { ...rest, ...texts({ after, limit }) },
    }),
    StrangerPageSchema,
  )

export const log = (agent: Agent, id: string, query: { after?: number; limit?: number }) =>
  read(api(agent).migrations[':id'].log.$get({ param: { id }, query: texts(query) }), LogPageSchema)

/** The body of a report file; a blob, so that the browser may keep a big one on disk. */
export async function reportFile(agent: Agent, id: string, file: ReportFile): Promise<Blob> {
  const one = `migrations/${encodeURIComponent(id)}`
  const latest = file === 'report' || file === 'pre-report.html' || file === 'mappings.csv'
  const last = file === 'planned-report.html' ? 'pre-report.html' : file
  const path = latest ? `${one}/${file}` : `${one}/report/${last}`
  return (await request(agent, path, {}, reportWithinMs)).blob()
}

export const issueVerdict = (agent: Agent, site: string, issue: string) =>
  read(api(agent).verdicts.$get({ query: { site, issue } }), VerdictViewSchema)

export const projectVerdict = (agent: Agent, site: string, project: string) =>
  read(api(agent).verdicts.$get({ query: { site, project } }), ProjectVerdictViewSchema)

/** Any other route, as the part of its address after /api/; its body is still to be read with `read`. */
export const request = (
  { address, token }: Agent,
  path: string,
  init?: RequestInit,
  withinMs = answerWithinMs,
) => send(address, token, `${address}/api/${path}`, init, AbortSignal.timeout(withinMs))

/** How a file on its way is followed, and called back. */
export interface Watch {
  signal: AbortSignal
  onProgress: (sent: number, total: number) => void
}

/** A backup of 200 MB goes over the loopback in seconds; a busy disk gets its time. */
const uploadWithinMs = 10 * 60_000

/**
 * Sends a file to the agent as the part "file" of a form. What was sent of it is told as it goes, which fetch
 * cannot do in any browser. Rejects with the signal's reason when it is called back.
 */
export function sendFile(
  { address, token }: Agent,
  path: string,
  file: File,
  { signal, onProgress }: Watch,
): Promise<Response> {
  // Called back before it began: a signal that has ended says nothing any more.
  if (signal.aborted) return Promise.reject(signal.reason)
  const body = new FormData()
  body.append('file', file, file.name)
  const request = new XMLHttpRequest()
  request.open('POST', `${address}/api/${path}`)
  request.setRequestHeader('Authorization', `Bearer ${token}`)
  request.timeout = uploadWithinMs
  return new Promise<Response>((resolve, reject) => {
    const away = () => reject(agentAway(address, new Error('The upload broke off.')))
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }))
    request.onerror = away
    request.ontimeout = away
    request.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  }).then((response) => answerOf(response, address))
}

interface Paging<T> {
  after?: T
  limit?: T
}

/** Numbers as they stand in an address; what is undefined is not asked for. */
function texts({ after, limit }: { [Key in keyof Paging<number>]: number | undefined }) {
  const query: Paging<string> = {}
  if (after !== undefined) query.after = String(after)
  if (limit !== undefined) query.limit = String(limit)
  return query
}

/** The answer's body, believed only after it fits the schema; a body that is no JSON fits none. */
export async function read<T>(
  asked: Promise<Pick<Response, 'json'>>,
  schema: v.GenericSchema<unknown, T>,
): Promise<T> {
  const response = await asked
  return parse(schema, await response.json().catch(() => null))
}

async function send(
  address: string,
  token: string,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const headers = new Headers(init?.headers)
  if (token) headers.set('Authorization', `Bearer ${token}`)
  const response = await fetch(input, { ...init, headers, signal }).catch((cause: unknown) => {
    throw agentAway(address, cause)
  })
  return answerOf(response, address)
}

/** The answer itself, or the problem that it is. */
async function answerOf(response: Response, address: string): Promise<Response> {
  if (response.ok) return response
  throw await problemOf(response, address)
}

async function problemOf(response: Response, address: string): Promise<AgentProblem> {
  const body = v.safeParse(
    v.object({ problem: ProblemSchema }),
    await response.json().catch(() => null),
  )
  if (body.success) return new AgentProblem(body.output.problem)
  if (response.status === 401) return notPaired()
  return new AgentProblem({
    code: 'agent-answer-unexpected',
    ...problemWords.otherServer(address, response.status),
    again: false,
  })
}

function parse<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const where = v.getDotPath(result.issues[0]) ?? 'its top'
  throw new AgentProblem({
    code: 'agent-answer-unexpected',
    ...problemWords.otherVersion(where),
    again: false,
  })
}
