import papa from 'papaparse'
import { printable } from '../../shared/straight.ts'

export type Cell = string | number | null

/**
 * What spreadsheets take for a formula, also behind spaces or as the full-width form of the sign
 * (https://owasp.org/www-community/attacks/CSV_Injection). Such a cell gets a leading apostrophe.
 */
const formula = /^[\s\u00a0]*[=+\-@＝＋－＠]|^[\t\r\n]/

/** The byte order mark without which Excel takes UTF-8 for the old code page. */
export const bom = '\ufeff'

const cellText = (cell: Cell): Cell => (typeof cell === 'string' ? printable(cell) : cell)

/**
 * Lines of CSV for people and spreadsheets: RFC 4180 with CRLF, formulas made harmless, and no characters that would
 * turn or hide the cells behind them.
 */
export const csvLines = (rows: Cell[][]): string =>
  keptCsvLines(rows.map((row) => row.map(cellText)))

/** The same with the true text in each cell: for data that is kept rather than read. */
export const keptCsvLines = (rows: Cell[][]): string =>
  rows.length ? `${papa.unparse(rows, { newline: '\r\n', escapeFormulae: formula })}\r\n` : ''

/**
 * Lines of CSV for scripts: values as they are, and LF, so that the last column of a line read by a
 * shell script has no stray carriage return.
 */
export const plainCsvLines = (rows: Cell[][]): string =>
  rows.length ? `${papa.unparse(rows, { newline: '\n' })}\n` : ''
