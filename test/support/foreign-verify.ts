import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import type { CountsByKind } from '../../shared/report.ts'
import { runCli } from './agent-process.ts'

export interface VerifyResult {
  status: string
  counts: CountsByKind
  out: string
  sentence: string
  problem: { code: string; sentence: string; hint: string } | null
  verification?: {
    answer: string | null
    notKept: string[]
    strangers: Record<string, number>
    idMappings: { rows: number; refused: number; problems: string[] } | null
  }
}

/** Runs `landfall verify` to its end. */
export async function runVerify(options: {
  backup: string
  attachments?: string
  url: string
  email: string
  token: string
  folder: string
  more?: string[]
}): Promise<{ code: number | null; json: VerifyResult; words: string }> {
  const tokenFile = join(options.folder, 'token')
  writeFileSync(tokenFile, options.token)
  return runCli<VerifyResult>([
    'verify',
    options.backup,
    ...(options.attachments ? ['--attachments', options.attachments] : []),
    ...['--site', options.url, '--email', options.email, '--token-file', tokenFile],
    ...(options.more ?? []),
  ])
}

function rows(result: VerifyResult, file: string): Record<string, string>[] {
  const text = readFileSync(join(result.out, file), 'utf8').replace(/^\uFEFF/, '')
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data.map(
    (row) =>
      Object.fromEntries(Object.entries(row).map(([key, cell]) => [key.toLowerCase(), cell])),
  )
}

/** What a verification reports, each as "kind where what". */
export function reported(result: VerifyResult): string[] {
  const found = rows(result, 'items.csv')
    .filter((row) => row.verdict === 'different' || row.verdict === 'failed')
    .map((row) => {
      const fields = /: ([^:]*)\.$/.exec(row.reason ?? '')?.[1] ?? ''
      return `${row.kind} ${row.issue || row.label} ${row.verdict === 'failed' ? 'gone' : fields}`
    })
  const strangers = rows(result, 'strangers.csv').map((row) => `${row.kind} ${row.issue} stranger`)
  return [...found, ...strangers].sort()
}

/** The numbers of every kind add up to what the source has. */
export const sumsAreWrong = (counts: CountsByKind): string[] =>
  Object.entries(counts).flatMap(([kind, c]) =>
    c.verified + c.different + c.leftOut + c.failed === c.source ? [] : [kind],
  )
