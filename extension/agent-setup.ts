/** The agent's routes of shared/api-setup.ts and shared/api-checks.ts, each answer parsed. */
import type * as v from 'valibot'
import { type MigrationView, MigrationViewSchema } from '../shared/api.ts'
import {
  ChecksViewSchema,
  FindingsViewSchema,
  OffenderPageSchema,
  RetriedSchema,
} from '../shared/api-checks.ts'
import { type PlannedList, PlannedPageSchema } from '../shared/api-planned.ts'
import {
  EditedViewSchema,
  type PersonChoice,
  type SetupBody,
  type SetupSite,
  type SetupSource,
  SetupViewSchema,
} from '../shared/api-setup.ts'
import {
  AccountsViewSchema,
  CollisionsViewSchema,
  FilesTestViewSchema,
  FoundBackupSchema,
  InspectionViewSchema,
  MeetingNamesPageSchema,
  PeoplePageSchema,
  PeopleUploadSchema,
  PersonViewSchema,
  PreviewViewSchema,
  type peopleOrders,
  type personProblems,
  type personStates,
  SiteTestViewSchema,
  SourcesViewSchema,
  SourceTestViewSchema,
} from '../shared/api-setup-views.ts'
import type { Kind } from '../shared/plan.ts'
import type { CollisionKind, NameList } from '../shared/setup.ts'
import { SourceProjectsViewSchema } from '../shared/source-projects.ts'
import { type Agent, read, request, sendFile, type Watch } from './agent-client.ts'

/** The setup as it is sent: what is absent takes its default at the agent. */
export type SetupInput = v.InferInput<typeof SetupBody>
export type SiteInput = v.InferInput<typeof SetupSite>
export type SourceInput = v.InferInput<typeof SetupSource>
export interface PeopleQuestion {
  id: string
  after?: number
  limit?: number
  search?: string
  state?: (typeof personStates)[number]
  problem?: (typeof personProblems)[number]
  sort?: (typeof peopleOrders)[number]
}
/** A page of what a check is about, or of another list of it. */
export interface OffendersQuestion {
  id: string
  key: string
  /** 'found', or another list of the check. */
  list: string
  /** Of that list, only what is part of the row with this subject. */
  part?: string
  after: number | null
}
/** A page of the names of one kind that become one thing. */
export interface NamesQuestion {
  id: string
  kind: CollisionKind
  list: NameList
  after: number
  limit: number
}
export interface Cause {
  code: string
  kind: Kind
}
export interface AcceptedCause extends Cause {
  verdict: 'different' | 'leftOut' | 'failed'
}
export interface SaidWhy {
  note: string
  who: string
}

/** Reading a site, its accounts or a source's head can take longer than a plain answer. Milliseconds. */
const slowMs = 60_000
/** A backup of 200 MB goes over the loopback in seconds; a busy disk gets its time. */
const uploadMs = 10 * 60_000

const json = (method: string, body: unknown): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
})
const one = (id: string, rest: string) => `migrations/${encodeURIComponent(id)}/${rest}`

export const createSetup = (agent: Agent, body: SetupInput): Promise<MigrationView> =>
  read(request(agent, 'migrations', json('POST', body)), MigrationViewSchema)
export const setup = (agent: Agent, id: string) =>
  read(request(agent, one(id, 'setup')), SetupViewSchema)
export const edit = (agent: Agent, id: string, body: SetupInput) =>
  read(
    request(agent, `migrations/${encodeURIComponent(id)}`, json('PUT', body), slowMs),
    EditedViewSchema,
  )
export const copy = (agent: Agent, id: string, name: string | null) =>
  read(request(agent, one(id, 'copy'), json('POST', { name })), MigrationViewSchema)

export const sources = (agent: Agent) => read(request(agent, 'sources'), SourcesViewSchema)
export const upload = (agent: Agent, file: File, watch: Watch) =>
  read(sendFile(agent, 'sources/upload', file, watch), FoundBackupSchema)

/** What of a long work is wanted: begin it, begin it without what an earlier one left, hear how far it is, or end it. */
export type WorkAct = 'begin' | 'anew' | 'ask' | 'stop'
const methods: Record<WorkAct, string> = {
  begin: 'POST',
  anew: 'POST',
  ask: 'GET',
  stop: 'DELETE',
}
const inspectionPaths: Record<WorkAct, string> = {
  begin: 'inspect',
  anew: 'inspect?anew=true',
  ask: 'inspection',
  stop: 'inspection',
}

export const inspection = (agent: Agent, id: string, act: WorkAct) =>
  read(
    request(agent, one(id, inspectionPaths[act]), { method: methods[act] }),
    InspectionViewSchema,
  )
export const preview = (agent: Agent, id: string, act: WorkAct) =>
  read(request(agent, one(id, 'plan-preview'), { method: methods[act] }), PreviewViewSchema)

export const sourceProjects = (agent: Agent, id: string, act: WorkAct) =>
  read(
    request(agent, one(id, 'source-projects'), { method: methods[act] }),
    SourceProjectsViewSchema,
  )
/** Which items of a plan; null: whatever it is. */
export interface PlannedAsk {
  id: string
  what: PlannedList
  kind: Kind | null
  code: string | null
  project: string | null
  after: number | null
  limit: number
}
export const planned = (agent: Agent, { id, ...query }: PlannedAsk) =>
  read(request(agent, one(id, `plan-preview/items${search(query)}`), {}, slowMs), PlannedPageSchema)
/** All of them as a file. */
export async function plannedTable(
  agent: Agent,
  { id, after: _, limit: __, ...query }: PlannedAsk,
): Promise<Blob> {
  const path = one(id, `plan-preview/items.csv${search(query)}`)
  return (await request(agent, path, {}, uploadMs)).blob()
}

export const testSource = (agent: Agent, id: string, source: SourceInput | null) =>
  read(
    request(agent, one(id, 'source-test'), json('POST', { source }), slowMs),
    SourceTestViewSchema,
  )
/** path: the backup whose files they are to be, as it stands in the form. */
export const testFiles = (agent: Agent, id: string, asked: { folder: string; path: string }) =>
  read(request(agent, one(id, 'files-test'), json('POST', asked), slowMs), FilesTestViewSchema)
export const testSite = (agent: Agent, id: string, site: SiteInput | null) =>
  read(request(agent, one(id, 'site-test'), json('POST', { site }), slowMs), SiteTestViewSchema)

export const people = (agent: Agent, { id, ...query }: PeopleQuestion) =>
  read(request(agent, one(id, `people${search(query)}`), {}, slowMs), PeoplePageSchema)
export const choosePerson = (agent: Agent, id: string, key: string, choice: PersonChoice) =>
  read(
    request(agent, one(id, `people/${encodeURIComponent(key)}`), json('PUT', choice), slowMs),
    PersonViewSchema,
  )
/** Accounts of the site; words: part of a name or an address. */
export const accounts = (agent: Agent, id: string, words: string) =>
  read(request(agent, one(id, `accounts${search({ words })}`), {}, slowMs), AccountsViewSchema)
export const uploadPeople = (agent: Agent, id: string, body: Blob) =>
  read(
    request(
      agent,
      one(id, 'people.csv'),
      { method: 'POST', body, headers: { 'Content-Type': 'text/csv' } },
      slowMs,
    ),
    PeopleUploadSchema,
  )
export const collisions = (agent: Agent, id: string) =>
  read(request(agent, one(id, 'collisions'), {}, slowMs), CollisionsViewSchema)
export const names = (agent: Agent, { id, kind, ...asked }: NamesQuestion) =>
  read(
    request(agent, one(id, `collisions/${kind}${search({ ...asked })}`), {}, slowMs),
    MeetingNamesPageSchema,
  )

export const checks = (agent: Agent, id: string) =>
  read(request(agent, one(id, 'checks')), ChecksViewSchema)
export const runChecks = (agent: Agent, id: string, keys: string[]) =>
  read(request(agent, one(id, 'checks/run'), json('POST', { keys }), slowMs), ChecksViewSchema)
export const stopChecks = (agent: Agent, id: string) =>
  read(request(agent, one(id, 'checks/run'), { method: 'DELETE' }, slowMs), ChecksViewSchema)
const check = (id: string, key: string, rest: string) =>
  one(id, `checks/${encodeURIComponent(key)}/${rest}`)
export const offenders = (agent: Agent, { id, key, list, part, after }: OffendersQuestion) =>
  read(
    request(agent, check(id, key, `offenders${search({ list, part, after, limit: 50 })}`)),
    OffenderPageSchema,
  )
/** why null: the override is taken back. */
export const override = (agent: Agent, id: string, key: string, why: SaidWhy | null) =>
  read(
    request(
      agent,
      check(id, key, 'override'),
      why === null ? { method: 'DELETE' } : json('POST', why),
    ),
    ChecksViewSchema,
  )

export const retryFinding = (agent: Agent, id: string, cause: Cause) =>
  read(request(agent, one(id, 'findings/retry'), json('POST', cause), slowMs), RetriedSchema)
/** why null: the acceptance is taken back. */
export const acceptFinding = (
  agent: Agent,
  id: string,
  { code, kind, verdict }: AcceptedCause,
  why: SaidWhy | null,
) =>
  read(
    why === null
      ? request(agent, one(id, `findings/accept${search({ code, kind, verdict })}`), {
          method: 'DELETE',
        })
      : request(agent, one(id, 'findings/accept'), json('POST', { code, kind, verdict, ...why })),
    FindingsViewSchema,
  )

/** A table of the agent as a file: `people.csv` of a migration, or a list of one of its checks. */
export async function table(
  agent: Agent,
  id: string,
  of: Pick<OffendersQuestion, 'key' | 'list' | 'part'> | null,
): Promise<Blob> {
  const path =
    of === null
      ? one(id, 'people.csv')
      : check(id, of.key, `offenders.csv${search({ list: of.list, part: of.part })}`)
  return (await request(agent, path, {}, slowMs)).blob()
}

function search(values: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(values).flatMap(([k, x]) =>
    x === undefined || x === null ? [] : [[k, String(x)]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
