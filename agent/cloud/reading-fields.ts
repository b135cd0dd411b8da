import { getContextsForField, getFieldsPaginated, getOptionsForContext } from 'jira.js/cloud'
import * as v from 'valibot'
import type { FieldPart } from '../../shared/custom-fields.ts'
import type { AdfDoc } from '../../shared/plan.ts'
import type { SiteClient } from './client.ts'
import type { SiteReading } from './reading.ts'
import { everyPage, Id, Text } from './reading-pages.ts'

const Field = v.object({
  id: v.string(),
  name: v.string(),
  description: Text,
  isLocked: v.optional(v.boolean(), false),
  schema: v.object({ custom: v.optional(v.string(), '') }),
})
const Context = v.object({
  id: Id,
  name: v.string(),
  isGlobalContext: v.boolean(),
  isAnyIssueType: v.boolean(),
})
const Option = v.object({
  id: Id,
  value: v.string(),
  disabled: v.optional(v.boolean(), false),
  optionId: v.optional(Id),
})

type Fields = Pick<SiteReading, 'customFields' | 'fieldContexts' | 'fieldOptions'>

/** Custom fields, where they apply, and what can be chosen in them. */
export function readFields(client: SiteClient): Fields {
  return {
    async customFields() {
      const all = await everyPage(Field, 'GET /rest/api/3/field/search', (startAt) =>
        getFieldsPaginated(client, {
          startAt,
          maxResults: 100,
          type: ['custom'],
          expand: 'isLocked',
        }),
      )
      return all.map(({ isLocked, schema, ...field }) => ({
        ...field,
        type: schema.custom,
        locked: isLocked,
      }))
    },

    async fieldContexts(fieldId) {
      const of = 'GET /rest/api/3/field/{id}/context'
      const all = await everyPage(Context, of, (startAt) =>
        getContextsForField(client, { fieldId, startAt, maxResults: 100 }),
      )
      return all.map(({ id, name, isGlobalContext, isAnyIssueType }) => ({
        id,
        name,
        everywhere: isGlobalContext && isAnyIssueType,
      }))
    },

    async fieldOptions(fieldId, contextId) {
      const of = 'GET /rest/api/3/field/{id}/context/{id}/option'
      const all = await everyPage(Option, of, (startAt) =>
        getOptionsForContext(client, {
          fieldId,
          contextId: Number(contextId),
          startAt,
          maxResults: 1000,
        }),
      )
      const values = new Map(all.map((option) => [option.id, option.value]))
      return all.map(({ optionId, ...option }) => ({
        ...option,
        parent: optionId === undefined ? null : (values.get(optionId) ?? ''),
      }))
    },
  }
}

/** What a custom field of an issue holds, as the plan promises it; empty where it holds nothing. */
export function fieldParts(value: unknown): FieldPart[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap(fieldParts)
  if (typeof value === 'string' || typeof value === 'number') return [{ value, parent: null }]
  if (typeof value !== 'object') return [{ value: String(value), parent: null }]
  if ('type' in value && value.type === 'doc') return [{ value: value as AdfDoc, parent: null }]
  const word = nameOf(value)
  const child = 'child' in value && value.child ? nameOf(value.child) : null
  return [
    { value: word, parent: null },
    ...(child === null ? [] : [{ value: child, parent: word }]),
  ]
}

/** Who or what a value of a picker is: an account, an option, a project, a group or a version. */
function nameOf(value: object): string {
  const { accountId, value: option, key, projectTypeKey, name } = value as Record<string, unknown>
  // A project has a name too, but its key is what stays; other things with a key are known by name.
  const found = accountId ?? option ?? (projectTypeKey === undefined ? name : key) ?? name
  return typeof found === 'string' ? found : JSON.stringify(value)
}
