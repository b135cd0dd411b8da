import { createHash } from 'node:crypto'
import { keptCsvLines } from '../report/csv.ts'
import type { AppContext, PathCell } from './path.ts'

/** One table, or what stands for one, as two files. */
export interface Dumped {
  name: string
  rows: number
  files: { name: string; bytes: number; sha256: string }[]
}

type Row = Record<string, string | number | boolean | null>

/** Names of tables as names of files, on every system. */
export const fileName = (table: string) => table.replace(/[^\w.-]/g, '_').slice(0, 150)

/** A cell as JSON has it: what the source calls an integer stays exact, as text beyond 2^53. */
export function jsonValue({ type, value }: PathCell): Row[string] {
  if (value === null) return null
  if (type === 'boolean') return value === 'true' || value === '1'
  if (type === 'integer' && /^-?\d+$/.test(value) && Number.isSafeInteger(Number(value)))
    return Number(value)
  return value
}

/**
 * Writes rows, as they come, into <name>.json (an array with one row a line, every value as it is) and
 * <name>.csv (for people and spreadsheets, where formulas are made harmless).
 */
export async function openDump(context: AppContext, name: string) {
  const base = fileName(name)
  const json = await context.files.create(`${base}.json`)
  const csv = await context.files.create(`${base}.csv`)
  let columns: string[] | null = null
  let rows = 0
  await json.write('[')
  return {
    async write(page: readonly Row[]): Promise<void> {
      const first = page[0]
      if (!first) return
      const head = columns === null ? [Object.keys(first)] : []
      columns ??= Object.keys(first)
      const names = columns
      await csv.write(
        keptCsvLines([
          ...head,
          ...page.map((row) => names.map((column) => asText(row[column] ?? null))),
        ]),
      )
      let text = ''
      for (const row of page) text += `${rows++ ? ',' : ''}\n${JSON.stringify(row)}`
      await json.write(text)
    },
    async close(): Promise<Dumped> {
      await json.write('\n]\n')
      const files = [
        { name: `${base}.json`, ...(await json.close()) },
        { name: `${base}.csv`, ...(await csv.close()) },
      ]
      return { name, rows, files }
    },
  }
}

const asText = (value: Row[string]) => (typeof value === 'boolean' ? String(value) : value)

/** Reads the files back. @returns what is wrong with them, null = every row is there, byte by byte */
export async function checkDump(context: AppContext, dumped: Dumped): Promise<string | null> {
  for (const { name, sha256 } of dumped.files) {
    const hash = createHash('sha256')
    let rows = 0
    let before = 0
    try {
      for await (const bytes of context.files.read(name)) {
        hash.update(bytes)
        // A row of the JSON file begins with a brace at the start of a line; JSON has no raw line breaks.
        for (const byte of bytes) {
          if (byte === 123 && before === 10) rows++
          before = byte
        }
      }
    } catch (error) {
      return `${name} cannot be read back: ${error instanceof Error ? error.message : String(error)}`
    }
    if (hash.digest('hex') !== sha256) return `${name} is not what was written.`
    if (name.endsWith('.json') && rows !== dumped.rows)
      return `${name} has ${rows} rows instead of ${dumped.rows}.`
  }
  return null
}
