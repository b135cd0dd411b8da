import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

/** One exchange, as it went over the wire. */
export interface Exchange {
  method: string
  /** The path alone, without host and query. */
  path: string
  query: URLSearchParams
  /** The parsed JSON; undefined when there was none. Other content (a form, bytes) as its text or bytes. */
  requestBody: unknown
  status: number
  responseBody: unknown
}
export interface OpenApiChecker {
  /** What is wrong with an exchange by the document; empty when nothing is. */
  check(exchange: Exchange): string[]
  /** The documented path of a request, null when there is none. */
  template(method: string, path: string): string | null
}

type Json = Record<string, unknown>
interface Operation {
  parameters?: { name: string; in: string; required?: boolean }[]
  requestBody?: { required?: boolean; content?: Record<string, { schema?: Json }> }
  responses: Record<string, { content?: Record<string, { schema?: Json }> }>
}
interface Document {
  components?: { schemas?: Record<string, Json> }
  paths: Record<string, Record<string, Operation>>
}

/** OpenAPI 3.0 allows "nullable" beside anything, Ajv only beside a type. */
function mend(node: unknown): void {
  if (Array.isArray(node)) for (const each of node) mend(each)
  else if (typeof node === 'object' && node !== null) {
    const object = node as Json
    if (object.nullable === true && typeof object.type !== 'string') delete object.nullable
    for (const each of Object.values(object)) mend(each)
  }
}

/** The document has the descriptions of these two numbers for their names; its own examples say row and column. */
function mendPosition(document: { components?: { schemas?: Record<string, Json> } }): void {
  const position = document.components?.schemas?.DashboardGadgetPosition
  if (!position) return
  const number = { type: 'integer', format: 'int32' }
  position.properties = { row: number, column: number }
  position.required = ['row', 'column']
  position.additionalProperties = false
}

/** Reads an OpenAPI 3.0 document once; each schema is compiled when it is first needed. */
export function openApiChecker(documentPath: string): OpenApiChecker {
  const document = JSON.parse(readFileSync(documentPath, 'utf8')) as Document
  mend(document)
  mendPosition(document)
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false })
  formats.default(ajv)
  // Jira writes offsets without a colon: 2021-01-17T12:34:00.000+0000.
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i
  ajv.addFormat('date-time', time)
  ajv.addFormat('binary', true)
  ajv.addSchema(document as unknown as Json, 'document')

  const templates = Object.keys(document.paths)
    .map((path) => ({
      path,
      pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
    }))
    // A path without parameters is meant before one that has them.
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)

  const find = (method: string, path: string) =>
    templates.find(
      (each) => each.pattern.test(path) && document.paths[each.path]?.[method.toLowerCase()],
    )?.path ?? null

  const compiled = new Map<string, ValidateFunction>()
  const validate = (pointer: string[], value: unknown, label: string): string[] => {
    const ref = pointer.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
    const name = `document#/${ref.map(encodeURIComponent).join('/')}`
    let validator = compiled.get(name)
    if (!validator) {
      validator = ajv.compile({ $ref: name })
      compiled.set(name, validator)
    }
    if (validator(value)) return []
    return (validator.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${label} ${instancePath || '(all)'} ${message} ${JSON.stringify(params)}`,
    )
  }

  return {
    template: find,
    check({ method, path, query, requestBody, status, responseBody }) {
      const template = find(method, path)
      const lower = method.toLowerCase()
      const operation = template === null ? undefined : document.paths[template]?.[lower]
      if (template === null || !operation) return [`${method} ${path} is not documented`]
      const errors: string[] = []
      const parameters = (operation.parameters ?? []).filter((each) => each.in === 'query')
      const names = new Set(parameters.map(({ name }) => name))
      for (const name of new Set(query.keys()))
        if (!names.has(name)) errors.push(`query ${name} is not documented`)
      if (status < 400)
        for (const { name, required } of parameters)
          if (required && !query.has(name)) errors.push(`query ${name} is required`)

      const json = operation.requestBody?.content?.['application/json']
      // What was refused may well have been wrong.
      if (status < 400) {
        if (json?.schema && requestBody !== undefined) {
          const place = ['paths', template, lower, 'requestBody', 'content', 'application/json']
          errors.push(...validate([...place, 'schema'], requestBody, 'request'))
        } else if (operation.requestBody?.required && requestBody === undefined)
          errors.push('request has no body')
        else if (!operation.requestBody && requestBody !== undefined)
          errors.push('request has a body, but none is documented')
      }

      const response = operation.responses[String(status)]
      if (!response) return [...errors, `status ${status} is not documented`]
      const content = response.content?.['application/json']
      const place = ['paths', template, lower, 'responses', String(status), 'content']
      if (content?.schema)
        errors.push(...validate([...place, 'application/json', 'schema'], responseBody, 'response'))
      else if (status === 204 && responseBody !== undefined) errors.push('204 has a body')
      return errors.map((each) => `${method} ${template} ${status}: ${each}`)
    },
  }
}
