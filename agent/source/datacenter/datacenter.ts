import { createHash } from 'node:crypto'
import type { LiveFacts, ProjectReading } from '../../../shared/record.ts'
import type { KeepingSink, ReadingNote, Shape, Source, SourceFacts } from '../source.ts'
import { readBoards, readDashboards, readFilters, readLooseSprints } from './agile.ts'
import { type ClientOptions, createClient, type SourceAccess, type SourceClient } from './client.ts'
import { readFields } from './fields.ts'
import { addOwnLinkTypes, epicType, readFrame } from './frame.ts'
import { readGroups } from './groups.ts'
import type { IssueContext } from './issue.ts'
import { totalOf } from './issues.ts'
import { limits } from './limits.ts'
import { inParallel } from './parallel.ts'
import { createPeople } from './people.ts'
import { type Known, knock } from './probe.ts'
import { readProjects } from './projects.ts'
import { keptSet, readProjectIssues } from './reading.ts'
import { createRows } from './rows.ts'
import { readSchemes } from './schemes.ts'
import { record } from './shapes.ts'

const epicLink: Shape = { table: 'draftEpicLink', columns: ['issueId', 'epicKey'] }

const nothingRead = { stated: null, read: 0, tooLarge: 0, notFound: 0 } as const

export interface LiveSource extends Source {
  /** Of what a reading is: one that stopped is gone on with only where all of this is the same. */
  readonly identity: string
  /** What is read goes into a sink that keeps it, so that a reading can go on where it died. */
  read(
    sink: KeepingSink,
    signal: AbortSignal,
    progress: (bytes: number, rows: number) => void,
  ): Promise<SourceFacts>
  close(): Promise<void>
}

/**
 * A live Jira Data Center as a source. It says who it is at once, so that a wrong token is known before
 * anything begins. What is read is what the account sees, at the moment when it is read.
 */
export async function datacenterSource(
  access: SourceAccess,
  options: ClientOptions,
): Promise<LiveSource> {
  const client = createClient(access, options)
  try {
    const known = await knock(client)
    const only = access.projects ?? null
    const total = await totalIssues(client, only)
    return {
      // Not bytes: a live source is as long as its issues are many.
      totalBytes: total,
      identity: identityOf(access, known),
      read: (sink, signal, progress) => read(client, known, only, total, sink, signal, progress),
      close: client.close,
    }
  } catch (error) {
    await client.close()
    throw error
  }
}

const identityOf = ({ url, projects }: SourceAccess, { identity, me }: Known): string =>
  JSON.stringify({ ...placeOf(url, projects ?? null), server: identity, account: me.name })

const placeOf = (url: string, projects: readonly string[] | null) => ({
  url,
  projects: projects && [...projects].sort(),
})

/** Whether a reading was one of these projects of this address; by whom is known once somebody knocks. */
export function isReadingOf(
  identity: string,
  url: string,
  projects: readonly string[] | null,
): boolean {
  const { server: _, account: __, ...place } = record(JSON.parse(identity))
  return JSON.stringify(place) === JSON.stringify(placeOf(url, projects))
}

/** A few projects are asked for by name; of more all issues are told, so that the address stays short. */
const namedAtMost = 100

async function totalIssues(client: SourceClient, only: readonly string[] | null): Promise<number> {
  if (only?.length === 0) return 0
  if (only === null || only.length > namedAtMost) return (await totalOf(client, '')) ?? 0
  // In quotes: a project may be called AND.
  const of = (keys: readonly string[]) =>
    totalOf(client, `project in (${keys.map((key) => `"${key}"`).join(', ')})`)
  // One that is archived, or gone, makes Jira refuse the question about all.
  const all = await of(only)
  if (all !== null) return all
  const each = await inParallel(only, (key) => of([key]))
  return each.reduce<number>((sum, n) => sum + (n ?? 0), 0)
}

async function read(
  client: SourceClient,
  known: Known,
  only: readonly string[] | null,
  total: number,
  sink: KeepingSink,
  signal: AbortSignal,
  progress: Parameters<Source['read']>[2],
): Promise<SourceFacts> {
  const rows = createRows(sink)
  const people = createPeople(client, rows, sink)
  const notes: ReadingNote[] = [...known.notes]
  let issues = 0
  const tell = () => progress(issues, rows.total())

  const listed = await people.readAll()
  tell()
  notes.push(...(await readGroups(client, rows, people)))
  const frame = await readFrame(client, rows)
  const fields = await readFields(client, rows, sink)
  tell()
  const { places, notes: projectNotes } = await readProjects(
    client,
    rows,
    people,
    new Set(frame.roles.values()),
    only,
  )
  notes.push(...projectNotes)
  notes.push(
    ...(await readSchemes(
      client,
      rows,
      people,
      places.filter((place) => place.chosen),
    )),
  )
  tell()
  const { filters, sprints } = await readBoards(client, rows)
  await readFilters(client, rows, people, filters)
  await readDashboards(client, rows, people)
  tell()

  const open = places.filter(({ archived, chosen }) => !archived && chosen)
  const unread = places.filter(({ chosen }) => !chosen).length
  if (unread > 0)
    notes.push({
      code: 'projects-not-chosen',
      text: 'Projects that were not chosen, so that their issues were not read',
      items: unread,
      rows: 'projects-not-chosen',
    })
  const named = keptSet(sink, 'sprint')
  const context: IssueContext = {
    rows,
    people,
    fields,
    roles: frame.roles,
    projectKeys: new Set(open.map((place) => place.key)),
    ownLinks: keptSet(sink, 'linkType'),
    epicOf(issueId, epicKey) {
      context.ownLinks.add(epicType)
      rows.draft(epicLink, [issueId, epicKey])
    },
    sawSprint: (id) => named.add(id),
  }
  const projects: ProjectReading[] = places.flatMap(({ key, archived, chosen }) =>
    archived || !chosen ? { ...nothingRead, key, how: chosen ? 'archived' : 'not-chosen' } : [],
  )
  const found = await readProjectIssues(client, context, sink, open, total, signal, (read) => {
    issues = read
    tell()
  })
  projects.push(...found.projects)
  notes.push(...found.notes)
  addOwnLinkTypes(rows, context.ownLinks)
  await readLooseSprints(client, rows, sprints, named)
  await people.settle()
  // Somebody may have taken the token back without the answers showing it.
  await knock(client)
  if (!listed)
    notes.push({
      code: 'users-not-listed',
      text: 'Jira does not list its users to this account: only those whom issues name are read',
      items: 0,
    })
  const live = { account: known.me, projects }
  return facts(client, known, [...rows.counts()], live, notes)
}

function facts(
  client: SourceClient,
  known: Known,
  counts: readonly [string, number][],
  live: LiveFacts,
  notes: ReadingNote[],
): SourceFacts {
  const stated = live.projects.reduce((sum, one) => sum + (one.stated ?? 0), 0)
  return {
    sourceId: createHash('sha256')
      .update(`jira data center ${known.identity}`)
      .digest('hex')
      .slice(0, 32),
    sourceKind: 'datacenter',
    label: client.base.host + client.base.pathname.replace(/\/+$/, ''),
    version: known.version,
    build: known.build,
    exportedAt: Date.now(),
    timeZone: 'UTC',
    timeZoneFrom: 'header',
    baseUrl: known.baseUrl,
    illegalCharacters: 0,
    file: null,
    live,
    counts: counts.map(([entity, found]) => ({
      entity,
      found,
      stated: entity === 'issue' ? stated : null,
      treatment: 'kept',
    })),
    notes: [...notes, ...limits],
  }
}
