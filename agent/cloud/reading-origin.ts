import * as v from 'valibot'
import { kinds, means, type Origin, originKey } from '../../shared/plan.ts'

const text = v.exactOptional(v.string())
const OriginSchema = v.object({
  v: v.literal(1),
  source: v.string(),
  kind: v.picklist([...kinds, ...means]),
  id: v.string(),
  author: text,
  authorKey: text,
  created: text,
  updateAuthor: text,
  updated: text,
  key: text,
  creator: text,
  reporter: text,
  assignee: text,
  resolved: text,
})

/**
 * The Origin of an item from its entity properties, as a list ([{key, value}], comments and worklogs)
 * or as an object (issues). What is foreign or damaged is no Origin: anybody may write properties.
 */
export function originOf(properties: unknown): Origin | null {
  const value = Array.isArray(properties)
    ? properties.find((one) => one?.key === originKey)?.value
    : properties && typeof properties === 'object' && originKey in properties
      ? properties[originKey]
      : null
  const parsed = v.safeParse(OriginSchema, value)
  return parsed.success ? parsed.output : null
}
