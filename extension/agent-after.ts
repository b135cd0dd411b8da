/** The agent's routes of shared/api-after.ts, each answer parsed. */
import {
  AfterViewSchema,
  type ChecklistView,
  ChecklistViewSchema,
  PlacePageSchema,
} from '../shared/api-after.ts'
import { type Agent, read, request } from './agent-client.ts'
import type { SaidWhy } from './agent-setup.ts'

export interface PlacesQuestion {
  id: string
  key: string
  /** 'found', or another list of the check. */
  list: string
  /** Of that list, only what is part of this; absent: all. */
  part?: string
  /** Only places in this project, and those of no project. */
  project: string | null
  after: number | null
}
/** Ticks an entry of a project's checklist by hand, or takes its tick away. note may be ''. */
export interface Ticked {
  id: string
  project: string
  entry: string
  done: boolean
  note: string
  who: string
}
export interface SignedOff {
  id: string
  project: string
  note: string
  who: string
}

/** A stop waits for the request that is under way. */
const slowMs = 60_000
const placesAPage = 50

const one = (id: string, rest: string) => `migrations/${encodeURIComponent(id)}/${rest}`
const check = (id: string, key: string, rest: string) =>
  one(id, `after/${encodeURIComponent(key)}/${rest}`)
const json = (method: string, body: unknown): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
})

export const after = (agent: Agent, id: string) =>
  read(request(agent, one(id, 'after')), AfterViewSchema)
/** keys empty: all of them. */
export const runAfter = (agent: Agent, id: string, keys: string[]) =>
  read(request(agent, one(id, 'after/run'), json('POST', { keys }), slowMs), AfterViewSchema)
export const stopAfter = (agent: Agent, id: string) =>
  read(request(agent, one(id, 'after/run'), { method: 'DELETE' }, slowMs), AfterViewSchema)
/** why null: the acceptance is taken back. */
export const acceptAfter = (agent: Agent, id: string, key: string, why: SaidWhy | null) =>
  read(
    request(
      agent,
      check(id, key, 'accept'),
      why === null ? { method: 'DELETE' } : json('POST', why),
    ),
    AfterViewSchema,
  )

/** A page of the places where a check found something. */
export const places = (agent: Agent, { id, key, list, part, project, after }: PlacesQuestion) => {
  const query = new URLSearchParams({ list, limit: String(placesAPage) })
  if (part !== undefined) query.set('part', part)
  if (project !== null) query.set('project', project)
  if (after !== null) query.set('after', String(after))
  return read(request(agent, check(id, key, `places?${query}`)), PlacePageSchema)
}
/** All places of a check, or another list of it, as a CSV file. */
export const placesCsv = async (
  agent: Agent,
  { id, key, list, part }: Pick<PlacesQuestion, 'id' | 'key' | 'list' | 'part'>,
): Promise<Blob> => {
  const query = new URLSearchParams({ list })
  if (part !== undefined) query.set('part', part)
  return (await request(agent, check(id, key, `places.csv?${query}`), {}, slowMs)).blob()
}

export const checklist = (agent: Agent, id: string, project: string) =>
  read(
    request(agent, one(id, `checklist?${new URLSearchParams({ project })}`)),
    ChecklistViewSchema,
  )
export const tick = (agent: Agent, { id, entry, ...body }: Ticked) =>
  read(
    request(agent, one(id, `checklist/${encodeURIComponent(entry)}`), json('PUT', body)),
    ChecklistViewSchema,
  )
export const signOff = (agent: Agent, { id, ...body }: SignedOff) =>
  read(request(agent, one(id, 'sign-off'), json('POST', body)), ChecklistViewSchema)
export const withdrawSignOff = (
  agent: Agent,
  id: string,
  project: string,
  who: string,
): Promise<ChecklistView> =>
  read(
    request(agent, one(id, `sign-off?${new URLSearchParams({ project, who })}`), {
      method: 'DELETE',
    }),
    ChecklistViewSchema,
  )
