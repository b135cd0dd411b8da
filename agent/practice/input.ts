import { refuse, refuseField } from './answer.ts'

/** A JSON object of unknown content, as it came in. */
export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value as an object; anything else is refused as Jira refuses an unreadable body. */
export function object(value: unknown): Json {
  if (!isObject(value))
    refuse(400, 'Invalid request payload. Refer to the REST API documentation and try again.')
  return value
}

export function list(value: unknown, field: string): unknown[] {
  if (!Array.isArray(value)) refuseField(field, 'data was not an array')
  return value
}

/** A string, or undefined where it is absent or null; other types are refused. */
export function text(from: Json, field: string): string | undefined {
  const value = from[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') refuseField(field, 'Operation value must be a string')
  return value
}

/** A string that has to be there and not blank. */
export function needText(from: Json, field: string, message?: string): string {
  const value = text(from, field)?.trim()
  if (!value) refuseField(field, message ?? `The ${field} is required.`)
  return value
}

export function flag(from: Json, field: string): boolean | undefined {
  const value = from[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'boolean') refuseField(field, 'Operation value must be a boolean')
  return value
}

/** A whole number, also when it comes as digits in a string, as many ids do. */
export function whole(from: Json, field: string): number | undefined {
  const value = from[field]
  if (value === undefined || value === null) return undefined
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number))
    refuseField(field, 'Operation value must be a number')
  return number
}

export function strings(value: unknown, field: string): string[] {
  return list(value, field).map((each) => {
    if (typeof each !== 'string') refuseField(field, 'data was not an array of strings')
    return each
  })
}
