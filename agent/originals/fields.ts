import { ownFieldTypes } from '../../shared/custom-fields.ts'
import type { FieldValueRow, IssueRow, LinkRow } from '../../shared/issue-rows.ts'
import type { Times } from '../plan/times.ts'
import type { Lookup, NameTable } from '../snapshot/lookup.ts'

export interface Field {
  name: string
  value: string
}

/** So much of one field is told, in characters, and so many values of one kind. */
const longest = 5_000
const mostValues = 500

/** What an issue had at the source beside its texts, by name, with all names resolved, in the order of an issue page. */
export function fieldsOf(lookup: Lookup, times: Times, issue: IssueRow): Field[] {
  const name = (table: NameTable, id: string | null) =>
    id && (lookup.row(table, id)?.name ?? `${id} (no longer in the source)`)
  const person = (reference: string | null) => reference && lookup.person(reference)
  const all = <T extends 'label' | 'issueVersion' | 'issueComponent'>(table: T) =>
    lookup.first(table, issue.id, mostValues)
  const versions = (role: 'fix' | 'affects') =>
    list(
      all('issueVersion').flatMap((one) =>
        one.role === role ? [name('version', one.versionId)] : [],
      ),
    )
  const related = relationsOf(lookup, issue)
  const told: [string, string | null | undefined][] = [
    ['Project', name('project', issue.projectId)],
    ['Type', name('issueType', issue.type)],
    ['Parent', related.parent],
    ['Epic', related.epic],
    ['Status', name('status', issue.status)],
    ['Resolution', name('resolution', issue.resolution)],
    ['Priority', name('priority', issue.priority)],
    ['Labels', list(all('label').flatMap((one) => (one.fieldId === null ? [one.label] : [])))],
    ['Components', list(all('issueComponent').map((one) => name('component', one.componentId)))],
    ['Affects versions', versions('affects')],
    ['Fix versions', versions('fix')],
    ['Environment', issue.environment],
    ['Assignee', person(issue.assignee)],
    ['Reporter', person(issue.reporter)],
    ['Creator', issue.creator === issue.reporter ? null : person(issue.creator)],
    ['Created', times.person(issue.created)],
    ['Updated', times.person(issue.updated)],
    ['Due', times.day(issue.due)],
    ['Resolved', times.person(issue.resolved)],
    ['Original estimate', spent(issue.originalEstimate)],
    ['Remaining estimate', spent(issue.remainingEstimate)],
    ['Time spent', spent(issue.timeSpent)],
    ['Votes', number(issue.votes)],
    ['Watchers', number(lookup.count('watcher', issue.id))],
    ['Links', list(related.links)],
    [
      'Web links',
      list(lookup.first('remoteLink', issue.id, mostValues).map((one) => one.title || one.url)),
    ],
  ]
  const fields = told.flatMap(([name, value]) =>
    value?.trim() ? [{ name, value: cut(value) }] : [],
  )
  return [...fields, ...customOf(lookup, times, issue)]
}

function relationsOf(lookup: Lookup, issue: IssueRow) {
  const key = (id: string) => lookup.issue(id)?.key ?? `issue ${id}`
  const links = lookup.links(issue.id, mostValues)
  const above = (relation: LinkRow['relation']) => {
    const found = links.find((one) => one.relation === relation && one.destinationId === issue.id)
    return found ? key(found.sourceId) : null
  }
  return {
    parent: above('subtask'),
    epic: above('epic'),
    links: links.flatMap((one) => {
      if (one.relation !== 'link') return []
      const type = lookup.row('linkType', one.typeId)
      const outward = one.sourceId === issue.id
      const words = outward ? type?.outward : type?.inward
      return [
        `${words ?? type?.name ?? 'relates to'} ${key(outward ? one.destinationId : one.sourceId)}`,
      ]
    }),
  }
}

/** The values of custom fields; those of one field together. */
function customOf(lookup: Lookup, times: Times, issue: IssueRow): Field[] {
  const byField = Map.groupBy(lookup.values(issue.id, mostValues), (row) => row.fieldId)
  const labels = Map.groupBy(lookup.first('label', issue.id, mostValues), (row) => row.fieldId)
  const own = [...labels].flatMap(([id, rows]) =>
    id === null ? [] : [field(lookup, id, list(rows.map((row) => row.label)))],
  )
  const values = [...byField].map(([id, rows]) => {
    const type = lookup.row('customField', id)?.type ?? ''
    return field(lookup, id, list(rows.map((row) => valueIn(lookup, times, type, row))))
  })
  return [...values, ...own].filter(({ value }) => value !== '')
}

const field = (lookup: Lookup, id: string, value: string | null): Field => ({
  name: lookup.row('customField', id)?.name || `Field ${id}`,
  value: cut(value ?? ''),
})

/** One stored value as a person reads it; of a type that is not Jira's own, whatever stands there. */
function valueIn(lookup: Lookup, times: Times, type: string, row: FieldValueRow): string | null {
  const given = row.stringValue ?? row.textValue ?? row.numberValue ?? row.dateValue
  const id = /^\d+/.exec(row.numberValue ?? row.stringValue ?? '')?.[0] ?? null
  const named = (table: NameTable) => lookup.row(table, id)?.name ?? given
  switch (type.replace(ownFieldTypes, '')) {
    case 'select':
    case 'radiobuttons':
    case 'multiselect':
    case 'multicheckboxes':
    case 'cascadingselect':
      // Old sources store the text of the option, newer ones its id.
      return lookup.row('fieldOption', row.stringValue)?.value ?? given
    case 'userpicker':
    case 'multiuserpicker':
      return given && lookup.person(given)
    case 'version':
    case 'multiversion':
      return named('version')
    case 'project':
      return named('project')
    case 'datepicker':
      return times.day(row.dateValue) ?? given
    case 'datetime':
      return times.person(row.dateValue) ?? given
    case 'float':
      return row.numberValue === null ? given : String(Number(row.numberValue))
    case 'com.pyxis.greenhopper.jira:gh-sprint':
      return named('sprint')
    default: {
      // Fields of apps often choose from a list as Jira's own do.
      const option = lookup.row('fieldOption', id)
      return option?.fieldId === row.fieldId ? option.value : given
    }
  }
}

const list = (values: readonly (string | null | undefined)[]): string | null =>
  values.filter((value) => value?.trim()).join(', ') || null
const number = (value: number | null): string | null => (value ? String(value) : null)
const cut = (value: string): string =>
  value.length > longest ? `${value.slice(0, longest).toWellFormed()}…` : value

/** "3 h 20 min" */
function spent(seconds: number | null): string | null {
  if (seconds === null) return null
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.round((seconds % 3600) / 60)]
  return [hours && `${hours} h`, (minutes || !hours) && `${minutes} min`].filter(Boolean).join(' ')
}
