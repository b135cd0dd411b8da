import { viewProblem } from '../../shared/problem.ts'
import { addCounts, type Counts, type CountsByKind, noCounts } from '../../shared/report.ts'
import { printable, printableJson } from '../../shared/straight.ts'

/** Words for a person go to stderr where --json asks for one JSON object on stdout and nothing else. */
export interface Output {
  json: boolean
  say(text: string): void
  /** The result: as JSON on stdout, or as text. */
  result(object: unknown, text: string): void
}

/** Words on stderr; they may name things out of Jira, which must not steer the terminal. */
export const say = (text: string): boolean => process.stderr.write(words(text))

/** Text as lines of a terminal, where a carriage return would write over the line. */
export const words = (text: string): string => `${printable(text).replace(/\r/g, '')}\n`

export function createOutput(json: boolean): Output {
  return {
    json,
    say,
    result: (object, text) =>
      process.stdout.write(json ? `${printableJson(object)}\n` : words(text)),
  }
}

/** A thrown value, said to a person: what happened, and what to do now. */
export function sayProblem(error: unknown, json: boolean): void {
  const problem = viewProblem(error)
  say(`${problem.sentence}\n${problem.hint}`)
  if (json) process.stdout.write(`${printableJson({ status: 'failed', problem })}\n`)
}

const n = (count: number) => count.toLocaleString('en')

/** The five numbers of each kind as a table, the sum last. */
export function countsText(counts: CountsByKind): string {
  const header = [
    '',
    'source',
    'verified',
    'of which with a loss',
    'different',
    'left out',
    'failed',
  ]
  const line = (name: string, c: Counts) => [
    name,
    n(c.source),
    n(c.verified),
    n(c.verifiedWithLoss),
    n(c.different),
    n(c.leftOut),
    n(c.failed),
  ]
  const total = noCounts()
  const rows = Object.entries(counts).map(([kind, c]) => {
    addCounts(total, c)
    return line(kind, c)
  })
  return table([header, ...rows, line('all', total)])
}

/** Columns aligned by width, numbers to the right. */
export function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
