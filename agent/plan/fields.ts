import {
  type FieldPromise,
  type FieldType,
  fieldTypes,
  optionTypes,
  ownFieldTypes,
  type SiteField,
} from '../../shared/custom-fields.ts'
import type { PlannedItem, PlanOptions, Reason, SiteFacts } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { CustomFieldRow } from '../../shared/rows.ts'
import type { CollisionRule } from '../../shared/setup.ts'
import { cleanText } from './adf.ts'
import { mostOptions, type Options, readOptions } from './field-options.ts'
import { type FieldUsage, readFieldUsage } from './field-usage.ts'
import { leftOut, moved, reason } from './item.ts'
import { cut, cutName, fold, reusedMark } from './names.ts'
import type { Setup } from './setup.ts'
import { sprintField } from './sprints.ts'
import { nameTaken } from './stops.ts'

/** A custom field of the source: what it is to be on the site, or the reason why it does not move. */
export type FieldPlan = { row: CustomFieldRow } & (
  | { leftOut: null; promise: FieldPromise; options: Options; losses: Reason[] }
  | { leftOut: Reason }
)
/** By the source's id. */
export type Fields = Map<string, FieldPlan>

// Jira's own limit for the name of a custom field.
const nameLimit = 255

/** Decides for every custom field whether it moves, and under which name. */
export function decideFields(
  snapshot: SnapshotReader,
  site: SiteFacts,
  setups: readonly Setup[],
  options: PlanOptions,
  screen: string,
): Fields {
  const usage = readFieldUsage(snapshot, setups)
  const lists = Map.groupBy(snapshot.rows('fieldOption'), (row) => row.fieldId)
  const contexts = Map.groupBy(snapshot.rows('fieldContext'), (row) => row.fieldId)
  const projectKeys = setups.map(({ plan }) => plan.row.key)
  // A field that a migration made before is the one that its verification looks for.
  const rule = site.filled ? 'reuse' : (options.collisions?.field ?? 'reuse')
  const name = namer(site.customFields ?? [], rule)
  const fields: Fields = new Map()
  for (const row of snapshot.rows('customField')) {
    const type = typeOf(row)
    const rows = lists.get(row.id) ?? []
    const why = whyNot(row, type, usage, options, setups.length) ?? tooMany(rows.length)
    if (why || type === null) {
      fields.set(row.id, { row, leftOut: why ?? reason('field-type', 'Its type is not known.') })
      continue
    }
    const losses: Reason[] = []
    const { name: called, reused } = name(row, type, losses)
    if (reused && rule === 'stop') {
      fields.set(row.id, { row, leftOut: nameTaken('custom field', reused.name) })
      continue
    }
    const hasList = optionTypes.has(type)
    const configs = new Set(rows.map((option) => option.configId)).size
    const list = readOptions(hasList ? rows : [], usage.values.get(row.id) ?? new Set(), configs)
    const own = contexts.get(row.id) ?? []
    if (!reused && own.length > 0 && own.every((context) => context.projectId !== null))
      losses.push(
        reason(
          'context-wider',
          'Only some projects had it; on the site every project can have it.',
        ),
      )
    const description = cleanText(row.description ?? '').trim()
    if (reused && reused.description !== description)
      losses.push(reason('site-keeps-own', 'The site has it and keeps its own description.'))
    const promise: FieldPromise = {
      name: called,
      description: reused?.description ?? description,
      type,
      options: list.list,
      projectKeys,
      screen,
      ...reusedMark(reused),
    }
    const all = [...losses, ...list.losses]
    fields.set(row.id, { row, leftOut: null, promise, options: list, losses: all })
  }
  return fields
}

/** One item for each custom field, after the projects that its context may name. */
export function* planFields(fields: Fields): Generator<PlannedItem> {
  for (const field of fields.values()) {
    const place = {
      sourceId: field.row.id,
      label: field.row.name,
      phase: 'parts' as const,
      // One after the other: they all go onto one screen.
      lane: 'fields',
    }
    if (field.leftOut) yield leftOut('customField', place, field.leftOut)
    else yield moved('customField', place, field.promise, field.losses)
  }
}

function typeOf(row: CustomFieldRow): FieldType | null {
  if (!row.type.startsWith(ownFieldTypes)) return null
  const name = row.type.slice(ownFieldTypes.length)
  return fieldTypes.find((type) => type === name) ?? null
}

/** Apps by the beginning of their types' keys, as people know them. */
const apps: [RegExp, string][] = [
  [/^com\.pyxis\.greenhopper\./, 'Jira Software'],
  [/^com\.atlassian\.servicedesk/, 'Jira Service Management'],
  [/^com\.atlassian\.jpo/, 'Advanced Roadmaps'],
]

/** Fields of Jira Software that the site has in another way. */
const builtIn: Readonly<Record<string, string>> = {
  [sprintField]: 'The site has a field of its own for sprints, which its boards fill.',
  'com.pyxis.greenhopper.jira:gh-epic-link':
    'On the site the epic becomes the parent of its issues, so there is no field for it.',
  'com.pyxis.greenhopper.jira:gh-epic-label':
    'The site calls an epic by its summary, and has no other name for it.',
  'com.pyxis.greenhopper.jira:gh-epic-status': 'The site goes by the status of the epic itself.',
  'com.pyxis.greenhopper.jira:gh-epic-color': 'The site gives its epics their colours by itself.',
  'com.pyxis.greenhopper.jira:gh-lexo-rank': 'The site ranks its issues by itself.',
  'com.pyxis.greenhopper.jira:gh-global-rank': 'The site ranks its issues by itself.',
}

function whyNot(
  row: CustomFieldRow,
  type: FieldType | null,
  usage: FieldUsage,
  options: PlanOptions,
  projects: number,
): Reason | null {
  const own = builtIn[row.type]
  if (own) return reason('built-in', own)
  if (type === null) {
    const [app = '', own = ''] = row.type.split(':')
    const known = apps.find(([pattern]) => pattern.test(app))?.[1] ?? app
    const what = own ? `Its type ${own} comes from the app ${known}` : `Its type is ${row.type}`
    return reason(
      `field-of-app:${own || row.type}`,
      `${what}; this version of Landfall does not move such fields.`,
    )
  }
  if (projects === 0) return reason('not-used', 'No project moves that could have it.')
  if (options.projects !== null && !usage.fields.has(row.id))
    return reason('not-used', 'No issue that moves has a value in it.')
  return null
}

const tooMany = (options: number): Reason | null =>
  options > mostOptions
    ? reason('too-many-options', `The site takes ${mostOptions} options, it has ${options}.`)
    : null

/** Words that tell apart two fields of one name and different types. */
const words: Record<FieldType, string> = {
  cascadingselect: 'cascading list',
  datepicker: 'date',
  datetime: 'date and time',
  float: 'number',
  grouppicker: 'group',
  importid: 'import id',
  labels: 'labels',
  multicheckboxes: 'checkboxes',
  multigrouppicker: 'groups',
  multiselect: 'multiple choice',
  multiuserpicker: 'people',
  multiversion: 'versions',
  project: 'project',
  radiobuttons: 'radio buttons',
  readonlyfield: 'read-only text',
  select: 'list',
  textarea: 'text',
  textfield: 'line of text',
  url: 'address',
  userpicker: 'person',
  version: 'version',
}

/**
 * Gives out names. A field that the site has under this name and of this type is reused; where the site
 * has another type, the type's word is added; of two fields of the source the second gets a number.
 * With the rule 'rename' nothing is reused.
 */
function namer(onSite: readonly SiteField[], rule: CollisionRule) {
  const bySiteName = Map.groupBy(onSite, (field) => fold(field.name))
  const taken = new Set<string>()
  return (row: CustomFieldRow, type: FieldType, losses: Reason[]) => {
    const wanted = cutName('custom field', row.name, nameLimit, losses)
    const ofType = (one: SiteField) => one.type === `${ownFieldTypes}${type}`
    const others = bySiteName.get(fold(wanted)) ?? []
    const candidates = function* () {
      yield wanted
      // Two fields of the source under one name are told apart by a number, not by their type.
      if (others.length > 0 && !others.some(ofType) && !taken.has(fold(wanted)))
        yield `${cut(wanted, nameLimit - 20)} (${words[type]})`
      for (let n = 2; ; n += 1) yield `${cut(wanted, nameLimit - 20)} (${n})`
    }
    const whyRenamed = (wanted: string) => {
      if (rule === 'rename' || others.length === 0 || taken.has(fold(wanted)))
        return `There is another "${wanted}"`
      return `The site's "${wanted}" ${others.some(ofType) ? 'is locked' : 'is of another type'}`
    }
    for (const name of candidates()) {
      const there = bySiteName.get(fold(name)) ?? []
      const reused = there.find((one) => rule !== 'rename' && ofType(one) && !one.locked)
      if (taken.has(fold(name)) || (there.length > 0 && !reused)) continue
      taken.add(fold(name))
      if (name !== wanted)
        losses.push(
          reason('renamed', `${whyRenamed(wanted)}: this custom field is named "${name}".`),
        )
      if (reused && reused.name !== name)
        losses.push(reason('name-on-site', `The site writes this name "${reused.name}".`))
      return { name: reused?.name ?? name, reused: reused ?? null }
    }
    throw new Error('There is no end of names.')
  }
}
