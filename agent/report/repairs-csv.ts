import type { RepairPart } from '../../shared/api-repair.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { eachRepair, type RepairRow } from '../ledger/repairs.ts'
import { bom, type Cell, csvLines } from './csv.ts'

export const repairColumns = [
  'n',
  'kind',
  'item',
  'issue',
  'field',
  'before',
  'after',
  'state',
  'through',
  'who',
  'when',
  'undone by',
  'undone when',
  'problem',
]

/** A spreadsheet's cell holds 32,767 characters; far less tells what was written. */
const longest = 2_000
const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text)
const iso = (at: number | null) => (at === null ? '' : new Date(at).toISOString())

/** One line a repaired field, oldest first; for people, so with the mark that Excel wants. */
export async function* repairsCsv(db: LedgerDb, migrationId: string): AsyncGenerator<string> {
  yield bom + csvLines([repairColumns])
  for await (const row of eachRepair(db, migrationId)) yield csvLines(lines(row))
}

function lines(row: RepairRow): Cell[][] {
  const parts = JSON.parse(row.partsJson) as RepairPart[]
  const problem = row.problemJson === null ? '' : (JSON.parse(row.problemJson).sentence as string)
  const undone = row.undoneAt === null ? ['', ''] : [row.undoneBy, iso(row.undoneAt)]
  const line = (field: string, before: string, after: string): Cell[] => [
    row.n,
    row.kind,
    row.label,
    row.issueKey ?? '',
    field,
    cut(before),
    cut(after),
    row.state,
    row.via,
    row.who,
    iso(row.at),
    ...undone,
    problem,
  ]
  const written = parts.filter((one) => one.after !== null)
  if (!written.length) return [line('', '', '')]
  return written.map(({ field, now, after }) => line(field, now, after ?? ''))
}
