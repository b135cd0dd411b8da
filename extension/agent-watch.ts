/** The agent's routes of shared/api-watch.ts, each answer parsed. */
import { type LogWindow, LogWindowSchema, SamplesViewSchema } from '../shared/api-watch.ts'
import { type Agent, read, request } from './agent-client.ts'

const one = (id: string, rest: string) => `migrations/${encodeURIComponent(id)}/${rest}`

/** How fast a migration's runs went. */
export const samples = (agent: Agent, id: string) =>
  read(request(agent, one(id, 'samples')), SamplesViewSchema)

export interface LogQuestion {
  id: string
  offset: number
  limit: number
  level: 'info' | 'warn' | 'error'
  text: string
}

/** Some lines of a log, and how many there are that fit. */
export const logWindow = (agent: Agent, question: LogQuestion): Promise<LogWindow> => {
  const { id, offset, limit, level, text } = question
  const query = new URLSearchParams({
    offset: String(offset),
    limit: String(limit),
    level,
    ...(text === '' ? {} : { text }),
  })
  return read(request(agent, one(id, `log-window?${query}`)), LogWindowSchema)
}
