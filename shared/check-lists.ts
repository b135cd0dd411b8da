/**
 * What a check counts beside what it found: "310 files were looked at". Each such number has a list of its own,
 * kept row by row like what was found, so that nothing of it is ever held in memory.
 */

/** The list of what a check found; it is what `offenders` and `places` count. */
export const foundList = 'found'

/** The list of what the plan had left out: no fault of the site, and yet not there. */
export const leftOutList = 'leftOut'

/** So many rows of each list are kept; all are counted. A list of more is read by nobody, and would fill the ledger. */
export const keptRows = 100_000

/** The lists of a check by name, each with the words for one and for many of its rows. */
export type ListWords = Readonly<Record<string, readonly [one: string, many: string]>>

/** How many rows a list of a check has, in words too: "1 file was looked at". */
export interface CheckList {
  list: string
  title: string
  rows: number
}

/** How many rows of a list were seen; 0 where there was none. */
export type RowsOf = (list: string) => number

/** The lists with rows in them, in the order of their words; what was found is none of them. */
export function tellLists(words: ListWords | undefined, rowsOf: RowsOf): CheckList[] {
  return Object.entries(words ?? {}).flatMap(([list, [one, many]]) => {
    const rows = rowsOf(list)
    if (rows === 0) return []
    const n = rows.toLocaleString('en')
    const cut =
      rows > keptRows ? `; the list holds the first ${keptRows.toLocaleString('en')} of them` : ''
    return [{ list, title: `${n} ${rows === 1 ? one : many}${cut}`, rows }]
  })
}
