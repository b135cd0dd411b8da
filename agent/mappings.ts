import { addMappings, forgetMappings, type MappedKind } from './ledger/id-mappings.ts'
import type { LedgerDb } from './ledger/open.ts'
import { changeVerification, type MappingsRead } from './ledger/verification.ts'
import { mappingLines, problemsTold } from './mappings-file.ts'

const rowsAtOnce = 2000

/**
 * Reads an id-mappings.csv into the ledger, in the place of all that a migration has. What cannot be read is
 * told with its line, and the rest is taken. Throws a Problem where it is another file altogether.
 */
export async function readMappings(
  db: LedgerDb,
  migrationId: string,
  path: string,
  signal?: AbortSignal,
): Promise<MappingsRead> {
  const found: MappingsRead = {
    ...{ rows: 0, taken: {}, unknown: {}, repeated: 0, problems: [], refused: 0 },
  }
  const refuse = (line: number, why: string) => {
    found.refused += 1
    if (found.problems.length < problemsTold) found.problems.push(`Line ${line}: ${why}`)
  }
  let waiting: { kind: MappedKind; serverId: string; cloudId: string; line: number }[] = []
  const flush = async () => {
    const { clashes, repeated } = await addMappings(db, migrationId, waiting)
    found.repeated += repeated
    for (const row of waiting) found.taken[row.kind] = (found.taken[row.kind] ?? 0) + 1
    for (const { line, known } of clashes) {
      const row = waiting.find((one) => one.line === line)
      refuse(line, `${row?.kind} ${row?.serverId} is ${known} already; ${row?.cloudId} is left.`)
      if (row) found.taken[row.kind] = (found.taken[row.kind] ?? 1) - 1
    }
    waiting = []
  }
  await forgetMappings(db, migrationId)
  for await (const row of mappingLines(path, signal)) {
    found.rows += 1
    if ('why' in row) refuse(row.line, row.why)
    else if (row.kind === null) found.unknown[row.type] = (found.unknown[row.type] ?? 0) + 1
    else {
      const { kind, serverId, cloudId, line } = row
      waiting.push({ kind, serverId, cloudId, line })
    }
    if (waiting.length >= rowsAtOnce) await flush()
  }
  await flush()
  await changeVerification(db, migrationId, {
    mappingsPath: path,
    mappingsJson: JSON.stringify(found),
  })
  return found
}
