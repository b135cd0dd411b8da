import { cannotTell } from './cannot-tell.ts'
import type { FieldKind } from './field.ts'
import { group, issue, person, project } from './names.ts'
import type { Comparable } from './shape.ts'
import type { Source } from './source.ts'

type Work = (source: Source, args: readonly string[]) => Comparable[]

const ids = (source: Source, sql: string, ...values: (string | number)[]) =>
  source.all(sql, ...values).map((row) => row.id as Comparable)

const inSprints =
  (state: string): Work =>
  (source) =>
    ids(source, 'SELECT id FROM sprint WHERE state = ?', state)

const types =
  (subtask: number): Work =>
  (source) =>
    ids(source, 'SELECT id FROM issueType WHERE coalesce(subtask, 0) = ?', subtask)

/** Versions of the named projects, or of all; archived ones are not among them. */
const versions =
  (released: number): Work =>
  (source, args) => {
    const of = args.flatMap((one) => project(source, one))
    const where = args.length ? 'AND projectId IN (SELECT value FROM json_each(?))' : 'AND ? <> 0'
    return ids(
      source,
      `SELECT id FROM version WHERE coalesce(released, 0) = ? AND coalesce(archived, 0) = 0 ${where}`,
      released,
      args.length ? JSON.stringify(of) : 1,
    )
  }

/** The last version of a project that was released, or the first that was not, in the order of its list. */
const edge =
  (released: number): Work =>
  (source, args) =>
    ids(
      source,
      `SELECT id FROM version WHERE coalesce(released, 0) = ? AND coalesce(archived, 0) = 0 AND projectId = ?
        ORDER BY sequence ${released ? 'DESC' : 'ASC'} LIMIT 1`,
      released,
      project(source, args[0] ?? '')[0] ?? -1,
    )

/** Everybody in a group, also by way of a group within it. */
const members: Work = (source, args) => {
  const [name] = group(source, args[0] ?? '')
  const sql = `WITH RECURSIVE inner(name) AS (
      VALUES (?) UNION SELECT child FROM membership JOIN inner ON groupName = inner.name WHERE childKind = 'group')
    SELECT DISTINCT child AS id FROM membership JOIN inner ON groupName = inner.name WHERE childKind = 'user'`
  return ids(source, sql, name ?? '')
}

const linked: Work = (source, args) => {
  const [of] = issue(source, args[0] ?? '')
  const [, type] = args
  if (type !== undefined) cannotTell('It asks for links of one kind only.')
  const sql = `SELECT destinationId AS id FROM link WHERE relation = 'link' AND sourceId = ?
    UNION SELECT sourceId FROM link WHERE relation = 'link' AND destinationId = ?`
  return ids(source, sql, of ?? -1, of ?? -1)
}

const led =
  (table: 'component' | 'project'): Work =>
  (source, args) => {
    const who = args[0] === undefined ? mine() : person(source, args[0])
    const sql = `SELECT id FROM ${table} WHERE lead IN (SELECT value FROM json_each(?))`
    return ids(source, sql, JSON.stringify(who))
  }

const mine = (): never =>
  cannotTell('What it finds depends on who asks (currentUser() or the like).')

const functions: Readonly<Record<string, { gives: readonly FieldKind[]; work: Work }>> = {
  membersof: { gives: ['person'], work: members },
  opensprints: { gives: ['sprint'], work: inSprints('active') },
  closedsprints: { gives: ['sprint'], work: inSprints('closed') },
  futuresprints: { gives: ['sprint'], work: inSprints('future') },
  standardissuetypes: { gives: ['issueType'], work: types(0) },
  subtaskissuetypes: { gives: ['issueType'], work: types(1) },
  releasedversions: { gives: ['version'], work: versions(1) },
  unreleasedversions: { gives: ['version'], work: versions(0) },
  latestreleasedversion: { gives: ['version'], work: edge(1) },
  earliestunreleasedversion: { gives: ['version'], work: edge(0) },
  componentsleadbyuser: { gives: ['component'], work: led('component') },
  projectsleadbyuser: { gives: ['project'], work: led('project') },
  linkedissues: { gives: ['issue'], work: linked },
  currentuser: { gives: ['person'], work: mine },
  votedissues: { gives: ['issue'], work: mine },
  watchedissues: { gives: ['issue'], work: mine },
  issuehistory: { gives: ['issue'], work: mine },
  projectswhereuserhaspermission: { gives: ['project'], work: mine },
  projectswhereuserhasrole: { gives: ['project'], work: mine },
  currentlogin: { gives: ['date'], work: mine },
  lastlogin: { gives: ['date'], work: mine },
}

/** What a function stands for, as comparables of the snapshot. */
export function callFunction(
  source: Source,
  kind: FieldKind,
  name: string,
  args: readonly string[],
): Comparable[] {
  const found =
    functions[name.toLowerCase()] ??
    cannotTell(`It asks the function ${name}(), which is not known here.`)
  if (!found.gives.includes(kind))
    cannotTell(`The source would refuse ${name}() for this field itself.`)
  return found.work(source, args)
}
