/** The agent's routes of shared/api-apps.ts, each answer parsed. */
import type * as v from 'valibot'
import type { LogLine } from '../shared/api.ts'
import {
  type AppDecisionInput,
  type AppHandlerBody,
  type AppLogPage,
  AppLogPageSchema,
  type AppRecordPage,
  AppRecordPageSchema,
  type AppsView,
  AppsViewSchema,
} from '../shared/api-apps.ts'
import type { Verdict } from '../shared/status.ts'
import { type Agent, read, request } from './agent-client.ts'

/** The handler as it is sent: what is absent takes its default at the agent. */
export type HandlerInput = v.InferInput<typeof AppHandlerBody>
export interface AppLogQuestion {
  id: string
  key: string
  level: LogLine['level']
  /** Only lines older than that number. */
  after?: number
  limit: number
}

export interface AppRecordQuestion {
  id: string
  key: string
  verdict: Verdict | null
  /** Only records behind that number. */
  after: number
}

/** The agent asks the app's own handler within these, and reads a big inventory the first time. */
const slowMs = 60_000
/** At most 4,000 events. */
const fileMs = 60_000

const all = (id: string) => `migrations/${encodeURIComponent(id)}/apps`
const one = (id: string, key: string) => `${all(id)}/${encodeURIComponent(key)}`
const json = (method: string, body: unknown): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
})
const asked = (agent: Agent, path: string, init: RequestInit = {}): Promise<AppsView> =>
  read(request(agent, path, init, slowMs), AppsViewSchema)

export const apps = (agent: Agent, id: string) => asked(agent, all(id))
export const decide = (agent: Agent, id: string, key: string, body: AppDecisionInput) =>
  asked(agent, one(id, key), json('PUT', body))
/** handler null: the app's own handler is no longer its path. */
export const setHandler = (agent: Agent, id: string, key: string, handler: HandlerInput | null) =>
  asked(
    agent,
    `${one(id, key)}/handler`,
    handler === null ? { method: 'DELETE' } : json('PUT', handler),
  )
export const appAct = (agent: Agent, id: string, key: string, act: 'rerun' | 'cancel') =>
  asked(agent, `${one(id, key)}/${act}`, { method: 'POST' })

/** A page of an app's log, newest first. */
export const appLog = (agent: Agent, question: AppLogQuestion): Promise<AppLogPage> => {
  const { id, key, level, after, limit } = question
  const query = new URLSearchParams({ level, limit: String(limit) })
  if (after !== undefined) query.set('after', String(after))
  return read(request(agent, `${one(id, key)}/log?${query}`), AppLogPageSchema)
}

/** An app's log as a CSV file. */
export const appLogCsv = async (agent: Agent, id: string, key: string): Promise<Blob> =>
  (await request(agent, `${one(id, key)}/log.csv`, {}, fileMs)).blob()

/** A page of what an app's counts count. */
export const appRecords = (agent: Agent, question: AppRecordQuestion): Promise<AppRecordPage> => {
  const { id, key, verdict, after } = question
  const query = new URLSearchParams({ after: String(after) })
  if (verdict !== null) query.set('verdict', verdict)
  return read(request(agent, `${one(id, key)}/records?${query}`), AppRecordPageSchema)
}
