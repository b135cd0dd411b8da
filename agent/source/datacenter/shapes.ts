/**
 * Reading what a Jira of any version between 5 and 11 answers: members come and go between versions, so
 * each is looked at for itself, and what is not what it should be counts as absent.
 */
export type Json = Readonly<Record<string, unknown>>

export const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

export const records = (value: unknown): Json[] => list(value).map(record)

export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Ids are numbers in some answers and texts in others. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

export const whole = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : null

export const flag = (value: unknown): 0 | 1 => (value === true || value === 'true' ? 1 : 0)

/** 2012-12-07T15:25:24.527+0100 → epoch milliseconds; null when it is no time. */
export function epoch(value: unknown): number | null {
  const given = text(value)?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
  const found = given === undefined ? Number.NaN : Date.parse(given)
  return Number.isNaN(found) ? null : found
}

/**
 * A time as the snapshot has it: wall clock of its zone, which for a live source is UTC. The offset of the
 * answer is that of the calling account, so nothing is lost. What is no time stays as it is, to be seen.
 */
export function wall(value: unknown): string | null {
  const found = epoch(value)
  if (found === null) return text(value)
  return new Date(found).toISOString().replace('T', ' ').slice(0, -1)
}

/** A day has no zone: it is midnight by the source's clock, as a backup writes it. */
export function day(value: unknown): string | null {
  const given = text(value)
  const found = given === null ? null : /^\d{4}-\d\d-\d\d/.exec(given)?.[0]
  return found ? `${found} 00:00:00.0` : given
}
