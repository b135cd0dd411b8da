import { richText } from '../adf.ts'
import { Refusal, refuse, refuseField } from '../answer.ts'
import { findCustom } from '../custom/find.ts'
import { readCustom } from '../custom/read.ts'
import { fieldById } from '../fields.ts'
import { isObject, type Json, list } from '../input.ts'
import type { IssueData, Thing } from '../kinds.ts'
import { levelOf } from '../routes/security-schemes.ts'
import type { Call } from '../site.ts'
import { account, seconds } from '../views.ts'

export interface Context {
  call: Call
  project: Thing<'project'>
  typeId: number
  /** What the issue has in its custom fields so far. */
  custom: Record<string, unknown>
}
type Patch = Partial<IssueData>
type Reader = (value: unknown, context: Context) => Patch

/** The longest summary, and the longest label, in characters. */
const longest = 255

function summary(value: unknown): Patch {
  if (typeof value !== 'string' || value.trim() === '')
    refuseField('summary', 'You must specify a summary of the issue.')
  if (/[\r\n]/.test(value))
    refuseField('summary', 'The summary is invalid because it contains newline characters.')
  if (value.length > longest) refuseField('summary', 'Summary must be less than 255 characters.')
  return { summary: value.trim() }
}

/** The thing that a reference {id} or {name} means; words are those of Jira. */
function pick(
  value: unknown,
  { call }: Context,
  kind: 'priority' | 'resolution',
  field: string,
): number | null {
  if (value === null || value === undefined) return null
  const { id, name } = isObject(value) ? value : {}
  if (id !== undefined)
    return (
      call.store.get(kind, String(id))?.id ?? refuseField(field, `The ${kind} selected is invalid.`)
    )
  if (typeof name !== 'string')
    refuseField(field, `Could not find valid 'id' or 'name' in ${kind} object.`)
  const label = kind === 'priority' ? 'Priority' : 'Resolution'
  return (
    call.store.byName(kind, name)?.id ?? refuseField(field, `${label} name '${name}' is not valid`)
  )
}

function parts(
  value: unknown,
  { call, project }: Context,
  kind: 'component' | 'version',
  field: string,
): number[] {
  const label = kind === 'component' ? 'Component' : 'Version'
  const ids = list(value ?? [], field).map((each) => {
    const { id, name } = isObject(each) ? each : {}
    if (id !== undefined) {
      const found = call.store.get(kind, String(id))
      if (found?.owner !== project.id) refuseField(field, `${label} id '${id}' is not valid`)
      return found.id
    }
    const found = call.store.byName(kind, String(name ?? ''), project.id)
    return found?.id ?? refuseField(field, `${label} name '${name}' is not valid`)
  })
  return [...new Set(ids)]
}

function person(value: unknown, { call }: Context, field: string): string | null | undefined {
  if (value === null) return null
  const { accountId, id } = isObject(value) ? value : {}
  const given = accountId === undefined ? id : accountId
  if (given === null) return null
  // -1 asks for the automatic assignee.
  if (given === '-1') return undefined
  if (typeof given !== 'string') refuseField(field, 'data was not an object')
  if (!account(call.store, given))
    refuseField(
      field,
      field === 'reporter'
        ? 'The reporter specified is not a user.'
        : `User '${given}' cannot be assigned issues.`,
    )
  return given
}

function labels(value: unknown): Patch {
  const given = list(value ?? [], 'labels').map((each) => {
    if (typeof each !== 'string') refuseField('labels', 'string expected at index 0')
    if (/\s/.test(each))
      refuseField('labels', `The label '${each}' contains spaces which is invalid.`)
    if (each.length > longest)
      refuseField('labels', `The label '${each}' exceeds the maximum length of 255 characters.`)
    return each
  })
  return { labels: [...new Set(given)].filter(Boolean).toSorted() }
}

function duedate(value: unknown): Patch {
  if (value === null || value === '') return { duedate: null }
  if (
    typeof value !== 'string' ||
    !/^\d{4}-\d{2}-\d{2}$/.test(value) ||
    Number.isNaN(Date.parse(value))
  )
    refuseField('duedate', `Error parsing date string: ${value}`)
  return { duedate: value }
}

/** A level of the project's own security scheme, by its id. */
function security(value: unknown, { call, project }: Context): Patch {
  if (value === null || value === undefined) return { security: null }
  const id = Number(isObject(value) ? value.id : Number.NaN)
  if (!levelOf(call, project, id)) refuseField('security', 'Specify a valid security level.')
  return { security: id }
}

function timetracking(value: unknown): Patch {
  if (!isObject(value)) refuseField('timetracking', 'Expected Object')
  const read = (name: 'originalEstimate' | 'remainingEstimate', words: string) => {
    const given = value[name]
    if (given === undefined) return {}
    if (given === null || given === '') return { [name]: null }
    return {
      [name]:
        seconds(String(given)) ??
        refuseField(
          `timetracking_${name.toLowerCase()}`,
          `The ${words} estimate specified is not valid.`,
        ),
    }
  }
  const patch: Patch = {
    ...read('originalEstimate', 'original'),
    ...read('remainingEstimate', 'remaining'),
  }
  // The first of the two that is given alone is taken for both, as Jira does on creation.
  return patch
}

export const readers: Record<string, Reader> = {
  summary,
  description: (value) => ({ description: richText(value, 'description') }),
  environment: (value) => ({ environment: richText(value, 'environment') }),
  priority: (value, context) => ({ priorityId: pick(value, context, 'priority', 'priority') }),
  resolution: (value, context) => ({
    resolutionId: pick(value, context, 'resolution', 'resolution'),
  }),
  assignee: (value, context) => {
    const assignee = person(value, context, 'assignee')
    return assignee === undefined ? {} : { assignee }
  },
  reporter: (value, context) => ({ reporter: person(value, context, 'reporter') ?? null }),
  labels,
  components: (value, context) => ({
    components: parts(value, context, 'component', 'components'),
  }),
  fixVersions: (value, context) => ({
    fixVersions: parts(value, context, 'version', 'fixVersions'),
  }),
  versions: (value, context) => ({ versions: parts(value, context, 'version', 'versions') }),
  duedate,
  timetracking,
  security,
}

/** Fields that every request may carry and that are read elsewhere. */
const elsewhere = new Set(['project', 'issuetype', 'parent'])

/**
 * Reads the fields of a create, edit or transition request. Each wrong one is reported under its own
 * name; fields that are not on the screen, or that nobody can set, are refused with Jira's sentence.
 */
export function readFields(given: Json, screen: Set<string>, context: Context): Patch {
  const patch: Patch = {}
  const errors: Record<string, string> = {}
  const messages: string[] = []
  for (const [name, value] of Object.entries(given)) {
    if (elsewhere.has(name)) continue
    const custom = findCustom(context.call.store, name)
    const reader = readers[name]
    if (!(reader || custom) || !screen.has(name)) {
      errors[name] =
        `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`
      continue
    }
    try {
      if (custom)
        patch.custom = {
          ...context.custom,
          ...patch.custom,
          [name]: readCustom(custom, value, context),
        }
      else Object.assign(patch, reader?.(value, context))
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      Object.assign(errors, cause.body.errors)
      messages.push(...cause.body.errorMessages)
    }
  }
  if (Object.keys(errors).length + messages.length > 0) throw new Refusal(400, messages, errors)
  return patch
}

/** Names as people know them, for the sentences about required fields. */
export const fieldName = (id: string): string =>
  fieldById(id)?.name ?? refuse(400, `Unknown field ${id}`)
