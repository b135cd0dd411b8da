import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import { refuse, refuseField } from './answer.ts'
import { isObject } from './input.ts'

/** The longest text of a field or comment, in characters. */
const longest = 32_767

let compiled: ValidateFunction | undefined
/** Atlassian's own JSON schema of the document format; compiled when it is first needed (about 0.1 s). */
function validator(): ValidateFunction {
  if (compiled) return compiled
  const path = createRequire(import.meta.url).resolve(
    '@atlaskit/adf-schema/dist/json-schema/v1/full.json',
  )
  const schema = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  // The schema names draft 4, which Ajv does not carry; none of what it uses has changed since.
  delete schema.$schema
  // Without the steps that cost more at each start than they ever give back: ajv's own check of a pinned schema, and
  // code that is shorter but no faster.
  compiled = new Ajv({
    strict: false,
    logger: false,
    inlineRefs: false,
    code: { optimize: false },
    meta: false,
    validateSchema: false,
  }).compile(schema)
  return compiled
}

function length(node: unknown): number {
  if (!isObject(node)) return 0
  const own = typeof node.text === 'string' ? node.text.length : 0
  return Array.isArray(node.content)
    ? node.content.reduce((sum: number, each) => sum + length(each), own)
    : own
}

/**
 * Accepts a rich text as Jira does: null, or an Atlassian document that is valid and not too long.
 * The limit is counted on the text alone.
 */
export function richText(value: unknown, field: string): unknown {
  if (value === null || value === undefined) return null
  if (!isObject(value) || value.type !== 'doc')
    refuseField(
      field,
      'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
    )
  if (!validator()(value)) refuse(400, 'INVALID_INPUT')
  if (length(value) > longest)
    refuseField(
      field,
      'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
    )
  return Array.isArray(value.content) && value.content.length === 0 && field !== 'comment'
    ? null
    : value
}

/** The plain text of a document, for the pages and for text search. */
export function plain(node: unknown): string {
  if (!isObject(node)) return ''
  if (typeof node.text === 'string') return node.text
  const parts = Array.isArray(node.content) ? node.content.map(plain) : []
  return parts.join(node.type === 'paragraph' || node.type === 'heading' ? '' : ' ')
}
