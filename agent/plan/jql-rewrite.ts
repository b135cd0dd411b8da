import type { Reason } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { reason } from './item.ts'
import { type JqlToken, quoteJql, readJql } from './jql.ts'
import { rewriteValue } from './jql-values.ts'
import { fold } from './names.ts'

/** System fields that Jira Cloud documents for JQL, in lower case. */
const systemFields = new Set([
  ...['affectedversion', 'assignee', 'attachments', 'category', 'comment', 'component', 'created'],
  ...[
    'createddate',
    'creator',
    'description',
    'due',
    'duedate',
    'environment',
    'filter',
    'request',
  ],
  ...[
    'savedfilter',
    'searchrequest',
    'fixversion',
    'id',
    'issue',
    'issuekey',
    'key',
    'issuelinktype',
  ],
  ...['issuetype', 'type', 'labels', 'lastviewed', 'originalestimate', 'timeoriginalestimate'],
  ...['parent', 'priority', 'project', 'projecttype', 'remainingestimate', 'timeestimate'],
  ...['reporter', 'resolution', 'resolved', 'resolutiondate', 'sprint', 'status', 'statuscategory'],
  ...['summary', 'text', 'timespent', 'updated', 'updateddate', 'voter', 'votes', 'watcher'],
  ...['watchers', 'worklogauthor', 'worklogcomment', 'worklogdate', 'workratio'],
])
/** Jira's own times, which on the site begin with the migration. */
const times = /^(created|createddate|updated|updateddate|resolved|resolutiondate|lastviewed)$/

export interface RewrittenJql {
  /** With {{filter:ID}} and {{customField:ID}} where the site's id is known only later. */
  jql: string
  losses: Reason[]
  /** The filters of the source that it stands on. */
  filters: string[]
  /** Keys of the projects that it asks for; what it excludes does not count. */
  projects: string[]
}

/** The JQL that finds the same on the site, or why the site would not take it. */
export function rewriteJql(
  context: Context,
  text: string,
  filterMoves: (id: string) => boolean,
): RewrittenJql | Reason {
  const read = readJql(text)
  if (!read) return reason('jql-unreadable', `Its JQL cannot be read: ${text.slice(0, 300)}`)
  const changes: { at: JqlToken; to: string }[] = []
  const losses: Reason[] = []
  const projects: string[] = []
  for (const clause of read.clauses) {
    const field = fieldOf(context, clause.field.text, losses)
    if (typeof field !== 'string') return field
    if (field !== clause.field.text) changes.push({ at: clause.field, to: field })
    if (/^(was|changed)/.test(clause.operator)) tell(losses, 'jql-history', historyLoss)
    if (times.test(fold(clause.field.text))) tell(losses, 'jql-times', timeLoss)
    const by = { ...clause, field: { ...clause.field, text: 'creator' }, operator: '=' }
    const values = [
      ...clause.values.map((value) => ({ value, of: clause })),
      ...clause.by.map((value) => ({ value, of: by })),
    ]
    for (const { value, of } of values) {
      const { token, to } = rewriteValue(context, of, value, filterMoves)
      if (to !== null && typeof to !== 'string') return to
      if (to !== null) changes.push({ at: token, to: to.startsWith('{{') ? to : quoteJql(to) })
      const asked = of.operator === '=' || of.operator === 'in'
      if (fold(of.field.text) === 'project' && asked && value.args === null)
        projects.push(keyOf(context, to ?? token.text))
    }
  }
  for (const token of read.order) {
    if (/^(rank|"?epic name"?)$/i.test(token.text)) continue
    const field = fieldOf(context, token.text, losses)
    if (typeof field !== 'string') return field
    if (field !== token.text) changes.push({ at: token, to: field })
  }
  let jql = text
  for (const { at, to } of changes.toSorted((a, b) => b.at.start - a.at.start))
    jql = jql.slice(0, at.start) + to + jql.slice(at.end)
  const filters = [...jql.matchAll(/\{\{filter:([^}]+)\}\}/g)].map((match) => match[1] ?? '')
  return { jql, losses, filters, projects: [...new Set(projects)] }
}

const historyLoss = 'It asks for history, which does not move: it finds what changes on the site.'
const timeLoss =
  'It asks when an issue was created, updated or resolved: on the site these times begin with the migration.'

function tell(losses: Reason[], code: string, text: string) {
  if (!losses.some((loss) => loss.code === code)) losses.push(reason(code, text))
}

function keyOf({ projects }: Context, text: string): string {
  const all = [...projects.values()]
  return all.find(({ row, name }) => [row.key, name].includes(text))?.row.key ?? text
}

/** A field as the site knows it; custom fields get another number there. */
function fieldOf(context: Context, name: string, losses: Reason[]): string | Reason {
  const folded = fold(name)
  if (systemFields.has(folded)) return name
  if (folded === 'epic link') {
    tell(losses, 'jql-epic', 'On the site an epic is the parent of its issues: it asks for that.')
    return 'parent'
  }
  const id = /^cf\[(\d+)\]$/.exec(folded)?.[1]
  const fields = [...context.fields.values()].filter(({ row }) =>
    id === undefined ? fold(row.name) === folded : row.id === id,
  )
  const [field] = fields
  if (!field)
    return reason('jql-field', `Its JQL asks for "${name}", which is no field of Jira Cloud.`)
  if (field.row.type === 'com.pyxis.greenhopper.jira:gh-sprint') return 'sprint'
  if (fields.length > 1)
    return reason('jql-field', `Its JQL asks for "${name}", and the source has two such fields.`)
  if (field.leftOut)
    return reason('jql-field', `Its JQL asks for the field "${name}", which does not move.`)
  return `cf[{{customField:${field.row.id}}}]`
}
