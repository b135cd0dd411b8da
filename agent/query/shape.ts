/** A piece of SQL over "issue" as i, with its values. */
export interface Sql {
  sql: string
  values: (string | number)[]
}

/** A comparable of the snapshot: an id (a number where it is one) or a text. */
export type Comparable = string | number

/** Where a field's values stand. */
export type Shape =
  /** One value an issue, null = empty. */
  | { one: string }
  /** Rows that name it: `on` is a column of the issue, `key` and `value` are columns of `from`. */
  | { on: string; key: string; from: string; value: string }

const listed = (values: readonly Comparable[]): Sql => ({
  sql: '(SELECT value FROM json_each(?))',
  values: [JSON.stringify(values)],
})

/** Whether the field has none of its values. */
export function empty(shape: Shape, not: boolean): Sql {
  if ('one' in shape) return { sql: `${shape.one} IS ${not ? 'NOT ' : ''}NULL`, values: [] }
  const any = `SELECT ${shape.key} FROM ${shape.from}${and(shape.from)} ${shape.value} IS NOT NULL`
  return { sql: `${shape.on} ${not ? '' : 'NOT '}IN (${any})`, values: [] }
}

/** Whether it has one of these; "not" finds only what has a value, and none of these. */
export function among(shape: Shape, list: readonly Comparable[], not: boolean): Sql {
  const { sql, values } = listed(list)
  if ('one' in shape) {
    const found = `${shape.one} IN ${sql}`
    return { sql: not ? `(${shape.one} IS NOT NULL AND NOT ${found})` : found, values }
  }
  return rows(shape, `${shape.value} IN ${sql}`, values, not)
}

/** Whether a value fulfils a condition in SQL, with ? for what it is compared with. */
export function compared(shape: Shape, condition: (value: string) => string, with_: Comparable[]) {
  if ('one' in shape)
    return { sql: `(${shape.one} IS NOT NULL AND ${condition(shape.one)})`, values: with_ }
  return rows(shape, condition(shape.value), with_, false)
}

function rows(
  shape: Exclude<Shape, { one: string }>,
  condition: string,
  values: Comparable[],
  not: boolean,
): Sql {
  const found = `${shape.on} IN (SELECT ${shape.key} FROM ${shape.from}${and(shape.from)} ${condition})`
  return { sql: not ? `(${empty(shape, true).sql} AND NOT ${found})` : found, values }
}

const and = (from: string) => (/ WHERE /.test(from) ? ' AND' : ' WHERE')

/**
 * NULL is neither true nor false in SQL; JQL knows no such thing. Joined by halves: SQLite takes a tree of
 * at most 1,000 levels, and people paste lists of thousands.
 */
export function join(parts: readonly Sql[], by: 'AND' | 'OR'): Sql {
  const [first] = parts
  if (!first) return { sql: by === 'AND' ? '1' : '0', values: [] }
  if (parts.length === 1) return { sql: `coalesce((${first.sql}), 0)`, values: first.values }
  const middle = Math.ceil(parts.length / 2)
  const left = join(parts.slice(0, middle), by)
  const right = join(parts.slice(middle), by)
  return { sql: `(${left.sql} ${by} ${right.sql})`, values: [...left.values, ...right.values] }
}
