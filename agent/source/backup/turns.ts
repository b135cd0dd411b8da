import type { Value } from '../source.ts'

/** How the text of an attribute becomes a value. */
export type Turn = (value: string | null) => Value

/** Which entity goes to which table, attribute by attribute. */
export interface Mapping {
  table: string
  /** column: attribute, or the attribute and how its text is turned into a value. */
  columns: Record<string, string | readonly [attribute: string, turn: Turn]>
}

/** A whole number; null for what is none. Jira writes '2.0' where the column was made a decimal. */
export const int: Turn = (value) => {
  if (value === null || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? Math.trunc(number) : null
}
/** Jira writes a truth as Y/N, true/false or 1/0, and an absent one is a no. */
export const flag: Turn = (value) => (value !== null && /^(y|yes|true|1)$/i.test(value) ? 1 : 0)

/** Columns that carry their attributes' names. */
export const same = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]))
