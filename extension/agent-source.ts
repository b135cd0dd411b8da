/** The agent's routes of shared/api-source.ts and shared/api-beside.ts, each answer parsed. */
import { type BesideList, BesidePageSchema } from '../shared/api-beside.ts'
import {
  type AppTablePage,
  AppTablePageSchema,
  type SourceList,
  type SourceRowPage,
  SourceRowPageSchema,
} from '../shared/api-source.ts'
import { type Agent, read, request } from './agent-client.ts'

export interface SourceQuestion {
  id: string
  list: SourceList | 'noted'
  note?: string
  app?: string
  field?: string
  entity?: string
  project?: string
  issue?: string
  person?: string
  workflow?: string
  part?: string
  after: number
  limit: number
}
export interface AppTableQuestion {
  id: string
  /** null: of no app, but a kind of rows that the snapshot only counts. */
  key: string | null
  table: string
  after: number
  limit: number
}

export interface BesideQuestion {
  id: string
  list: BesideList
  after: number
  limit: number
}

/** A backup is read from its beginning for the rows of an app's table. */
const readingMs = 10 * 60_000
/** A table of millions is looked through for those of an app. */
const slowMs = 60_000

/** A page of what the source holds of one kind. */
export const sourceRows = (agent: Agent, question: SourceQuestion): Promise<SourceRowPage> => {
  const { id, list, ...rest } = question
  const given = Object.entries(rest).map(([name, value]) => [name, String(value)])
  const path = `migrations/${encodeURIComponent(id)}/source/${list}?${new URLSearchParams(given)}`
  return read(request(agent, path, {}, slowMs), SourceRowPageSchema)
}

/** A page of a table that an app keeps of its own, or of a kind of rows that is only counted. */
export const appTable = (agent: Agent, question: AppTableQuestion): Promise<AppTablePage> => {
  const { id, key, table, after, limit } = question
  const of = key === null ? ['entities', table] : ['apps', key, 'tables', table]
  const path = ['migrations', id, ...of].map(encodeURIComponent).join('/')
  return read(
    request(agent, `${path}?after=${after}&limit=${limit}`, {}, readingMs),
    AppTablePageSchema,
  )
}

/** A page of what a run makes beside the items. */
export const beside = (agent: Agent, { id, list, after, limit }: BesideQuestion) =>
  read(
    request(
      agent,
      `migrations/${encodeURIComponent(id)}/beside/${list}?after=${after}&limit=${limit}`,
    ),
    BesidePageSchema,
  )
