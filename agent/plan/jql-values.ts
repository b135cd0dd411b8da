import type { Reason } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { reason } from './item.ts'
import type { JqlClause, JqlValue } from './jql.ts'
import { fold } from './names.ts'

/** What a value becomes: the same (null), another text, or a reason why the site would refuse it. */
export type Rewritten = string | Reason | null
type Rewrite = (context: Context, text: string, filterMoves: (id: string) => boolean) => Rewritten

const stays = (what: string) =>
  reason('jql-names-what-stays', `Its JQL names ${what}, which is not on the site.`)

/** The functions that Jira Cloud documents. */
const functions = new Set([
  ...['currentuser', 'membersof', 'currentlogin', 'lastlogin', 'now', 'updatedby', 'issuehistory'],
  ...['startofday', 'startofweek', 'startofmonth', 'startofyear'],
  ...['endofday', 'endofweek', 'endofmonth', 'endofyear'],
  ...['opensprints', 'closedsprints', 'futuresprints', 'linkedissues', 'votedissues'],
  ...['watchedissues', 'releasedversions', 'unreleasedversions', 'latestreleasedversion'],
  ...['earliestunreleasedversion', 'componentsleadbyuser', 'projectsleadbyuser'],
  ...['projectswhereuserhaspermission', 'projectswhereuserhasrole', 'standardissuetypes'],
  ...['subtaskissuetypes', 'cascadeoption'],
])

const person: Rewrite = ({ people }, text) =>
  (people.named(text) ?? people.of(text))?.accountId ?? stays(`the user ${text}`)

const project: Rewrite = ({ projects, snapshot }, text) => {
  const named = (row: { id: string; key: string; name: string }) =>
    row.id === text || [fold(row.key), fold(row.name)].includes(fold(text))
  const all = [...projects.values()]
  const found = all.find(({ row }) => named(row)) ?? former(snapshot.rows('projectKey'), text, all)
  if (!found || found.leftOut) return stays(`the project ${text}`)
  return fold(text) === fold(found.name) || text === found.row.key ? null : found.row.key
}

/** Old keys of a renamed project still work at the source. */
function former<P extends { row: { id: string } }>(
  keys: Iterable<{ projectId: string; key: string }>,
  text: string,
  all: P[],
): P | undefined {
  for (const { projectId, key } of keys)
    if (fold(key) === fold(text)) return all.find(({ row }) => row.id === projectId)
  return undefined
}

type Catalogued = 'types' | 'statuses' | 'priorities' | 'resolutions'
const catalogued =
  (kind: Catalogued, table: 'issueType' | 'status' | 'priority' | 'resolution'): Rewrite =>
  (context, text) => {
    if (table === 'resolution' && fold(text) === 'unresolved') return null
    const { catalog, snapshot, setups, options } = context
    for (const row of snapshot.rows(table)) {
      if (row.id !== text && fold(row.name) !== fold(text)) continue
      const at = catalog[kind].get(row.id)
      const comes =
        at?.reused ||
        options.projects === null ||
        setups.some((setup) => setup.needs.has(`${table}/${row.id}`))
      if (at && comes) return fold(at.name) === fold(text) ? null : at.name
    }
    return stays(`"${text}"`)
  }

const part =
  (kind: 'components' | 'versions'): Rewrite =>
  ({ parts, projects }, text) => {
    const moves = (projectId: string) => projects.get(projectId)?.leftOut === null
    const byId = parts[kind].get(text)
    if (byId && moves(byId.projectId)) return byId.name
    for (const { name, projectId } of parts[kind].values())
      if (fold(name) === fold(text) && moves(projectId)) return null
    return stays(`"${text}"`)
  }

const issue: Rewrite = ({ snapshot, projects }, text) => {
  const found = snapshot.issueByKey(text.toUpperCase()) ?? snapshot.issue(text)
  if (!found || found.number < 1 || projects.get(found.projectId)?.leftOut !== null)
    return stays(`the issue ${text}`)
  return found.key === text ? null : found.key
}

const filter: Rewrite = ({ snapshot }, text, moves) => {
  for (const row of snapshot.rows('filter'))
    if (row.id === text || fold(row.name) === fold(text))
      return moves(row.id) ? `{{filter:${row.id}}}` : stays(`the filter ${row.name}`)
  return stays(`the filter ${text}`)
}

const group: Rewrite = ({ groups, site }, text) => {
  const found = groups.get(fold(text))
  if (found && !found.leftOut) return found.name === text ? null : found.name
  return site.groups.includes(text) ? null : stays(`the group ${text}`)
}

const category: Rewrite = ({ categories }, text) => {
  const named = (id: string, name: string) => id === text || fold(name) === fold(text)
  const found = [...categories].find(([id, at]) => named(id, at.name))
  return found ? found[1].name : stays(`the category ${text}`)
}

const sprint: Rewrite = (_context, text) =>
  reason(
    'jql-sprint',
    `Its JQL names the sprint ${text}, which on the site can only be made after the filter.`,
  )

/** By the field, in lower case; values of other fields stay as they are. */
const rewrites: Record<string, Rewrite> = {
  project,
  issuetype: catalogued('types', 'issueType'),
  type: catalogued('types', 'issueType'),
  status: catalogued('statuses', 'status'),
  priority: catalogued('priorities', 'priority'),
  resolution: catalogued('resolutions', 'resolution'),
  component: part('components'),
  fixversion: part('versions'),
  affectedversion: part('versions'),
  ...{ assignee: person, reporter: person, creator: person, voter: person, watcher: person },
  worklogauthor: person,
  ...{ key: issue, issuekey: issue, issue, id: issue, parent: issue, 'epic link': issue },
  ...{ filter, request: filter, savedfilter: filter, searchrequest: filter },
  category,
  sprint,
}

/** What becomes of a value of a clause. */
export function rewriteValue(
  context: Context,
  clause: JqlClause,
  { token, args }: JqlValue,
  filterMoves: (id: string) => boolean,
): { token: JqlValue['token']; to: Rewritten } {
  const name = fold(token.text)
  if (args === null) {
    const plain = !token.quoted && /^(empty|null)$/i.test(token.text)
    const rewrite = rewrites[fold(clause.field.text)]
    // A text search looks for words, not for the thing that carries them.
    if (plain || !rewrite || clause.operator.includes('~')) return { token, to: null }
    return { token, to: rewrite(context, token.text, filterMoves) }
  }
  if (!functions.has(name))
    return {
      token,
      to: reason('jql-function', `Its JQL asks ${token.text}(), which Jira Cloud does not have.`),
    }
  const [first] = args
  if (name === 'membersof' && first)
    return { token: first, to: group(context, first.text, filterMoves) }
  if (name === 'linkedissues' && first)
    return { token: first, to: issue(context, first.text, filterMoves) }
  if (/ledbyuser|leadbyuser|updatedby/.test(name) && first)
    return { token: first, to: person(context, first.text, filterMoves) }
  return { token, to: null }
}
