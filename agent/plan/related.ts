import type { FieldValueRow } from '../../shared/issue-rows.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import { type Boards, decideBoards } from './boards.ts'
import type { Context } from './context.ts'
import { planDashboards } from './dashboards.ts'
import { sharesOf } from './filter-shares.ts'
import { decideFilters, type Filters } from './filters.ts'
import { readJql } from './jql.ts'
import { fold } from './names.ts'
import { issuePages } from './survey.ts'

/** Whom the things that move name. */
export interface Related {
  /** Keys of users. */
  users: ReadonlySet<string>
  /** Names of groups, folded. */
  groups: ReadonlySet<string>
}
interface Found {
  user(...references: (string | null | undefined)[]): void
  group(name: string | null | undefined): void
}

/**
 * The users and groups that the projects which move name: in roles, schemes, issues, texts, fields, files,
 * watches, votes and history; and those that the filters, boards and dashboards which move name.
 * @param context a plan for which everybody is in scope: what moves there says who is related
 */
export function readRelated(context: Context): Related {
  const users = new Set<string>()
  const groups = new Set<string>()
  const found: Found = {
    user(...references) {
      for (const reference of references) {
        const person = context.people.of(reference ?? null)
        if (person) users.add(person.key)
      }
    },
    group(name) {
      if (name) groups.add(fold(name))
    },
  }
  inProjects(context, found)
  inSchemes(context, found)
  const pickers = pickersOf(context.snapshot)
  for (const { row, leftOut } of context.projects.values())
    if (!leftOut)
      for (const page of issuePages(context.snapshot, row.id))
        inIssues(context, page, pickers, found)
  inAgile(context, found)
  return { users, groups }
}

function inProjects({ snapshot, projects }: Context, found: Found) {
  const moves = (id: string | null) => projects.get(id ?? '')?.leftOut === null
  for (const { row } of projects.values()) if (moves(row.id)) found.user(row.lead)
  for (const row of snapshot.rows('component')) if (moves(row.projectId)) found.user(row.lead)
  for (const row of snapshot.rows('roleActor')) {
    if (!moves(row.projectId)) continue
    if (row.actorKind === 'user') found.user(row.actor)
    else found.group(row.actor)
  }
}

/** Who may see and do what in these projects, and who is told of it. */
function inSchemes({ snapshot, projects }: Context, found: Found) {
  const schemes = { permission: new Set(), security: new Set(), notification: new Set() }
  // A workflow names no people here: only how many conditions it has is kept of it.
  for (const row of snapshot.rows('projectScheme'))
    if (row.kind !== 'workflow' && projects.get(row.projectId)?.leftOut === null)
      schemes[row.kind].add(row.schemeId)
  const note = ({ holder, parameter }: { holder: string; parameter: string | null }) => {
    if (holder === 'group' || holder === 'Group_Dropdown') found.group(parameter)
    if ((holder === 'user' || holder === 'Single_User') && parameter) found.user(parameter)
  }
  for (const row of snapshot.rows('permissionGrant'))
    if (schemes.permission.has(row.schemeId)) note(row)
  for (const row of snapshot.rows('securityMember'))
    if (schemes.security.has(row.schemeId)) note(row)
  for (const row of snapshot.rows('notification'))
    if (schemes.notification.has(row.schemeId)) note(row)
}

type Picker = 'user' | 'group'
const pickerTypes: Readonly<Record<string, Picker>> = {
  userpicker: 'user',
  multiuserpicker: 'user',
  grouppicker: 'group',
  multigrouppicker: 'group',
}
/** The custom fields in which people choose people or groups. */
const pickersOf = (snapshot: SnapshotReader): ReadonlyMap<string, Picker> =>
  new Map(
    [...snapshot.rows('customField')].flatMap(({ id, type }): [string, Picker][] => {
      const picker = pickerTypes[type.slice(type.lastIndexOf(':') + 1)]
      return picker ? [[id, picker]] : []
    }),
  )

function inIssues(
  { snapshot, people }: Context,
  page: ReturnType<SnapshotReader['issues']>,
  pickers: ReadonlyMap<string, Picker>,
  found: Found,
) {
  const ids = page.map((issue) => issue.id)
  /** "[~fred]" in wiki markup. A name that nobody has is nobody. */
  const mentions = (text: string | null) => {
    for (const [, name = ''] of text?.matchAll(/\[~([^\]|\s][^\]|]*)/g) ?? [])
      found.user(people.named(name)?.key)
  }
  for (const issue of page) {
    found.user(issue.reporter, issue.assignee, issue.creator)
    mentions(issue.description)
    mentions(issue.environment)
  }
  for (const table of ['comment', 'worklog'] as const)
    for (const text of snapshot.ofIssues(table, ids)) {
      found.user(text.author, text.updateAuthor)
      found.group(text.groupLevel)
      mentions(text.body)
    }
  for (const file of snapshot.ofIssues('attachment', ids)) found.user(file.author)
  for (const change of snapshot.ofIssues('changeGroup', ids)) found.user(change.author)
  for (const table of ['watcher', 'vote'] as const)
    for (const mark of snapshot.ofIssues(table, ids)) found.user(mark.user)
  for (const value of snapshot.ofIssues('fieldValue', ids)) {
    const picker = pickers.get(value.fieldId)
    if (picker === 'user') found.user(pickedIn(value))
    else if (picker === 'group') found.group(pickedIn(value))
    else mentions(value.textValue)
  }
}

const pickedIn = ({ stringValue, textValue }: FieldValueRow) => stringValue ?? textValue

/** Owners and shares of the filters, boards and dashboards that move, and the groups that their JQL asks for. */
function inAgile(context: Context, found: Found) {
  const filters = decideFilters(context)
  const boards = decideBoards(context, filters)
  const moved = { filter: new Set<string>(), dashboard: dashboardsOf(context, filters, boards) }
  for (const { row, leftOut } of filters.values()) {
    if (leftOut) continue
    moved.filter.add(row.id)
    found.user(row.owner)
    for (const { values, by } of readJql(row.jql ?? '')?.clauses ?? [])
      for (const { token, args } of [...values, ...by])
        if (fold(token.text) === 'membersof') found.group(args?.[0]?.text)
  }
  for (const { row, leftOut } of boards.values()) if (!leftOut) found.user(row.owner)
  for (const row of context.snapshot.rows('dashboard'))
    if (moved.dashboard.has(row.id)) found.user(row.owner)
  for (const entity of ['filter', 'dashboard'] as const)
    for (const [id, shares] of sharesOf(context, entity))
      for (const share of moved[entity].has(id) ? shares : [])
        if (share.type === 'group') found.group(share.first)
        else if (share.type === 'user') found.user(share.first)
}

function dashboardsOf(context: Context, filters: Filters, boards: Boards): Set<string> {
  const moved = new Set<string>()
  for (const item of planDashboards(context, filters, boards))
    if (!item.leftOut) moved.add(item.sourceId)
  return moved
}
