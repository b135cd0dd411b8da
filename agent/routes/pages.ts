import * as v from 'valibot'

/** At most this many rows an answer: a page that a window shows at once, and under 1 MB. */
const mostRows = 500

/** The query of a list that comes in pages: what it goes on after, and how many rows. */
export const PageQuery = v.object({
  after: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,15}$/, 'A page goes on after a whole number.'),
      v.transform(Number),
    ),
    '0',
  ),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,8}$/, 'A page has at least one row.'),
      v.transform((text) => Math.min(Number(text), mostRows)),
    ),
    '100',
  ),
})

/** One row more than the page was asked for, to tell whether there is a next page. */
export function cut<Row>(rows: readonly Row[], most: number, keyOf: (row: Row) => number) {
  const page = rows.slice(0, most)
  const last = page.at(-1)
  return { page, next: rows.length > most && last !== undefined ? keyOf(last) : null }
}
