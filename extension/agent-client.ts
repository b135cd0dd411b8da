/** The single file that knows the agent: each function is one route of shared/api.ts, its answer parsed. */
import * as v from 'valibot'
import {
  AboutSchema,
  type acts,
  ItemPageSchema,
  LogPageSchema,
  MigrationDetailSchema,
  type MigrationInput,
  MigrationViewSchema,
  PairedSchema,
  ProblemSchema,
  ProjectVerdictViewSchema,
  type State,
  StateSchema,
  VerdictViewSchema,
} from '../shared/api.ts'
import { readEvents } from './event-stream.ts'
import { AgentProblem, agentAway, notPaired } from './problems.ts'

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
  kind?: string | undefined
  verdict?: string | undefined
  project?: string | undefined
  after?: number | undefined
  limit?: number | undefined
}
/** The files of a report, by the last part of their address; `report` is the zip with all of them. */
export const reportFiles = [
  'report',
  'report.html',
  'summary.csv',
  'requires-attention.csv',
  'items.csv',
  'id-mappings.csv',
  'run.json',
  'errors.log',
] as const
export type ReportFile = (typeof reportFiles)[number]

/** An agent that holds the door open without a word is as good as away. */
const answerWithinMs = 15_000

/** Who answers at this address; needs no token. */
export const about = (address: string) => ask({ address, token: '' }, '/api/about', AboutSchema)

/** Exchanges the one-time code for a token. */
export const pair = (address: string, code: string, name: string) =>
  ask({ address, token: '' }, '/api/pair', PairedSchema, post({ code, name }))

/** Migrations that changed after the cursor. */
export const state = (agent: Agent, since: number) =>
  ask(agent, `/api/state?since=${since}`, StateSchema)

/** The same as a stream, for as long as the signal allows; ends when the agent closes it. */
export async function* events(
  agent: Agent,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<State> {
  const response = await send(agent, `/api/events?since=${since}`, {}, signal)
  if (!response.body) return
  for await (const event of readEvents(response.body))
    if (event.event === 'state') yield parse(StateSchema, JSON.parse(event.data))
}

export const createMigration = (agent: Agent, input: MigrationInput) =>
  ask(agent, '/api/migrations', MigrationViewSchema, post(input))

export const detail = (agent: Agent, id: string) =>
  ask(agent, migrationPath(id), MigrationDetailSchema)

export const act = (agent: Agent, id: string, what: Act) =>
  ask(agent, `${migrationPath(id)}/${what}`, MigrationViewSchema, { method: 'POST' })

export async function removeMigration(agent: Agent, id: string): Promise<void> {
  await send(agent, migrationPath(id), { method: 'DELETE' })
}

/** A page of items, at most `limit` after the item numbered `after`. */
export const items = (agent: Agent, { id, ...query }: ItemsQuestion) =>
  ask(agent, `${migrationPath(id)}/items${search(query)}`, ItemPageSchema)

export const log = (agent: Agent, id: string, query: { after?: number; limit?: number }) =>
  ask(agent, `${migrationPath(id)}/log${search(query)}`, LogPageSchema)

/** The body of a report file; a blob, so that the browser may keep a big one on disk. */
export async function reportFile(agent: Agent, id: string, file: ReportFile): Promise<Blob> {
  const patience = AbortSignal.timeout(10 * 60_000)
  return (await send(agent, `${migrationPath(id)}/${file}`, {}, patience)).blob()
}

export const issueVerdict = (agent: Agent, site: string, issue: string) =>
  ask(agent, `/api/verdicts${search({ site, issue })}`, VerdictViewSchema)

export const projectVerdict = (agent: Agent, site: string, project: string) =>
  ask(agent, `/api/verdicts${search({ site, project })}`, ProjectVerdictViewSchema)

const migrationPath = (id: string) => `/api/migrations/${encodeURIComponent(id)}`

function search(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([k, x]) => [k, String(x)]))}`
}

function post(body: unknown): RequestInit {
  return {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  }
}

async function ask<T>(
  agent: Agent,
  path: string,
  schema: v.GenericSchema<unknown, T>,
  init: RequestInit = {},
): Promise<T> {
  const response = await send(agent, path, init)
  return parse(schema, await response.json())
}

async function send(
  agent: Agent,
  path: string,
  init: RequestInit,
  signal: AbortSignal = AbortSignal.timeout(answerWithinMs),
): Promise<Response> {
  const headers = new Headers(init.headers)
  if (agent.token) headers.set('Authorization', `Bearer ${agent.token}`)
  const response = await fetch(agent.address + path, { ...init, headers, signal }).catch(
    (cause) => {
      throw agentAway(agent.address, cause)
    },
  )
  if (response.ok) return response
  throw await problemOf(response, agent.address)
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
    sentence: `What answers at ${address} is not a Landfall agent (HTTP ${response.status}).`,
    hint: 'Correct the address of the agent in the options.',
    again: false,
  })
}

function parse<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const where = v.getDotPath(result.issues[0]) ?? 'its top'
  throw new AgentProblem({
    code: 'agent-answer-unexpected',
    sentence: `The agent answered with something this extension does not understand (at ${where}).`,
    hint: 'Agent and extension are of different versions: build and load the extension again.',
    again: false,
  })
}
