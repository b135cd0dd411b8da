import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import Papa from 'papaparse'
import { Problem } from '../shared/problem.ts'
import { addMappings, forgetMappings, type MappedKind } from './ledger/id-mappings.ts'
import type { LedgerDb } from './ledger/open.ts'
import { changeVerification, type MappingsRead } from './ledger/verification.ts'
import { entityTypes } from './report/id-mappings.ts'

const kindOf = new Map(
  Object.entries(entityTypes).map(([kind, type]) => [type, kind as MappedKind]),
)
/** What the app migration platform puts before who a person is (facts on mappings). */
const people: [prefix: string, kind: MappedKind][] = [
  ['jira.userkey/', 'user'],
  ['jira.username/', 'userName'],
  ['email/', 'userEmail'],
]
const header = ['entityType', 'serverId', 'cloudId']
const rowsAtOnce = 2000
const problemsTold = 20

/**
 * Reads an id-mappings.csv, as Atlassian's assistant exports it and our own reports have it, into the
 * ledger; a file of any size, a line at a time. What cannot be read is told with its line, and the rest is
 * taken. Throws a Problem where it is another file altogether.
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
  await mustBeFile(path)
  await forgetMappings(db, migrationId)
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
  let line = 0
  const input = createReadStream(path, 'utf8')
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1
      signal?.throwIfAborted()
      const clean = line === 1 ? text.replace(/^\uFEFF/, '') : text
      if (line === 1) {
        mustBeHeader(clean, path)
        continue
      }
      if (clean.trim() === '') continue
      found.rows += 1
      const row = readRow(clean)
      if ('why' in row) refuse(line, row.why)
      else if (row.kind === null) found.unknown[row.type] = (found.unknown[row.type] ?? 0) + 1
      else waiting.push({ kind: row.kind, serverId: row.serverId, cloudId: row.cloudId, line })
      if (waiting.length >= rowsAtOnce) await flush()
    }
  } finally {
    input.destroy()
  }
  if (line === 0) mustBeHeader('', path)
  await flush()
  await changeVerification(db, migrationId, {
    mappingsPath: path,
    mappingsJson: JSON.stringify(found),
  })
  return found
}

async function mustBeFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile())
    throw new Problem('source-missing', `There is no file ${path}.`, {
      hint: 'Give the id-mappings.csv that the other program exported, or leave it away: items are matched by key and name, too.',
    })
}

function mustBeHeader(text: string, path: string): void {
  const cells = cellsOf(text)?.map((cell) => cell.trim()) ?? []
  if (cells.length === 3 && cells.every((cell, i) => cell === header[i])) return
  throw new Problem(
    'usage',
    `${path} is no id-mappings.csv: its first line is "${text.slice(0, 80)}", not "${header.join(',')}".`,
    { hint: 'Export it from the Jira Cloud Migration Assistant, or leave it away.' },
  )
}

/** No id of Jira has a line break in it, so that a line is a row. */
function cellsOf(text: string): string[] | null {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', header: false })
  return errors.length > 0 ? null : (data[0] ?? null)
}

function readRow(
  text: string,
): { why: string } | { kind: MappedKind | null; type: string; serverId: string; cloudId: string } {
  const cells = cellsOf(text)
  if (!cells) return { why: 'its quotation marks do not close.' }
  if (cells.length !== 3) return { why: `it has ${cells.length} columns and not three.` }
  const [type = '', serverId = '', cloudId = ''] = cells.map((cell) => cell.trim())
  if (!type || !serverId || !cloudId) return { why: 'one of its three columns is empty.' }
  const person = people.find(([prefix]) => serverId.startsWith(prefix))
  if (person) return { kind: person[1], type, serverId: serverId.slice(person[0].length), cloudId }
  return { kind: kindOf.get(type) ?? null, type, serverId, cloudId }
}
