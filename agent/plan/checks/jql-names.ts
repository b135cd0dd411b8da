import { fold } from '../names.ts'
import { type CheckOffender, fine, plural, siteCheck, type WithSite, warn } from './check.ts'
import { clauses } from './jql-words.ts'

/** JQL's own fields that no list of fields names so (Jira Cloud's JQL reference), beside those the site tells. */
const ownFields = new Set([
  'epic link',
  'original estimate',
  'request type',
  ...'affectedversion approvals assignee attachments category comment component created createddate creator description due duedate environment epic filter fixversion hierarchylevel issue issuekey key id issuelink issuetype type labels lastviewed level originalestimate timeoriginalestimate parent priority project projecttype rank remainingestimate timeestimate reporter request resolution resolved resolutiondate savedfilter searchrequest sprint status statuscategory summary text textfields timespent updated updateddate voter votes watcher watchers workratio worklogauthor worklogcomment worklogdate timetracking'.split(
    ' ',
  ),
])

/** What a filter can name, and what will be there: what the site has, and what the source brings. */
function known(context: WithSite) {
  const { snapshot, site, options } = context
  const { facts, more } = site
  const names = (...lists: Iterable<{ id: string; name: string }>[]) => {
    const all = new Set<string>()
    for (const list of lists) for (const { id, name } of list) all.add(fold(name)).add(id)
    return all
  }
  const wanted = options.projects && new Set(options.projects)
  const projects = names(facts.projects)
  for (const { key } of facts.projects) projects.add(fold(key))
  for (const { id, key, name } of snapshot.rows('project'))
    if (!wanted || wanted.has(key)) projects.add(fold(key)).add(fold(name)).add(id)
  const fields = names(more.fields)
  for (const { id, name } of snapshot.rows('customField')) fields.add(fold(name)).add(`cf[${id}]`)
  const statuses = names(facts.statuses, snapshot.rows('status'))
  const types = names(facts.issueTypes, snapshot.rows('issueType'))
  return {
    fields,
    project: projects,
    status: statuses,
    issuetype: types,
    type: types,
    priority: names(facts.priorities, snapshot.rows('priority')),
    resolution: names(facts.resolutions, snapshot.rows('resolution')),
    fixversion: names(snapshot.rows('version')),
    affectedversion: names(snapshot.rows('version')),
    component: names(snapshot.rows('component')),
  }
}

/** Values that JQL takes for any list. */
const anywhere = new Set(['empty', 'null', 'unresolved'])
/** A version can be named by a pattern. */
const wild = /[*?]/

function* unknownNames(jql: string, there: ReturnType<typeof known>): Generator<string> {
  for (const { field, operator, values } of clauses(jql)) {
    const name = fold(field)
    if (!ownFields.has(name) && !there.fields.has(name) && !there.fields.has(field))
      yield `the field "${field}"`
    if (!Object.hasOwn(there, name) || name === 'fields' || operator.includes('~')) continue
    const list = there[name as Exclude<keyof typeof there, 'fields'>]
    for (const value of values)
      if (!list.has(fold(value)) && !anywhere.has(fold(value)) && !wild.test(value))
        yield `the ${field} "${value}"`
  }
}

export const jqlNames = siteCheck({
  key: 'jql-names',
  group: 'boards and filters',
  title: 'Filters and boards that name what is not there',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    const there = known(context)
    const boards = new Map<string, string>()
    for (const { filterId, name } of context.snapshot.rows('board'))
      if (filterId) boards.set(filterId, name)
    for (const { id, name, jql } of context.snapshot.rows('filter')) {
      const missing = [...new Set(unknownNames(jql ?? '', there))]
      if (!missing.length) continue
      const board = boards.get(id)
      yield {
        subject: board ? `${name} (board ${board})` : name,
        detail: `Names ${missing.join(', ')}.`,
      }
    }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'filter names', 'filters name')} something that neither the source nor the site has.`,
          'Correct the JQL at the source, or make what it names on the site; such a filter finds nothing there.',
        )
      : fine('What filters and boards name is in the source or on the site.'),
})
