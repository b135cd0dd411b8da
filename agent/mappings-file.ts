import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import Papa from 'papaparse'
import { absent } from '../shared/absent.ts'
import { Problem } from '../shared/problem.ts'
import type { MappedKind } from './ledger/id-mappings.ts'
import { entityTypes } from './report/id-mappings.ts'

/** A row of the file, or why its line is none; kind null: an entity type that is not compared here. */
export type MappingLine =
  | { line: number; why: string }
  | { line: number; kind: MappedKind | null; type: string; serverId: string; cloudId: string }

/** Of what cannot be read so many lines are told, and the rest are counted. */
export const problemsTold = 20

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

/**
 * The rows of an id-mappings.csv, as Atlassian's assistant exports it and our own reports have it, a line at
 * a time, so that a file may have any size. Throws a Problem where it is another file altogether.
 */
export async function* mappingLines(
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<MappingLine> {
  await mustBeFile(path)
  let line = 0
  const input = createReadStream(path, 'utf8')
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1
      signal?.throwIfAborted()
      if (line === 1) mustBeHeader(text.replace(/^\uFEFF/, ''), path)
      else if (text.trim() !== '') yield { line, ...readRow(text) }
    }
  } finally {
    input.destroy()
  }
  if (line === 0) mustBeHeader('', path)
}

async function mustBeFile(path: string): Promise<void> {
  const found = await stat(path).catch(absent)
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
    `${basename(path)} is no id-mappings.csv: its first line is "${text.slice(0, 80)}", not "${header.join(',')}".`,
    { hint: 'Export it from the Jira Cloud Migration Assistant, or leave it away.' },
  )
}

/** No id of Jira has a line break in it, so that a line is a row. */
function cellsOf(text: string): string[] | null {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', header: false })
  return errors.length > 0 ? null : (data[0] ?? null)
}

type Row =
  | { why: string }
  | { kind: MappedKind | null; type: string; serverId: string; cloudId: string }

function readRow(text: string): Row {
  const cells = cellsOf(text)
  if (!cells) return { why: 'its quotation marks do not close.' }
  if (cells.length !== 3) return { why: `it has ${cells.length} columns and not three.` }
  const [type = '', serverId = '', cloudId = ''] = cells.map((cell) => cell.trim())
  if (!type || !serverId || !cloudId) return { why: 'one of its three columns is empty.' }
  const person = people.find(([prefix]) => serverId.startsWith(prefix))
  if (person) return { kind: person[1], type, serverId: serverId.slice(person[0].length), cloudId }
  return { kind: kindOf.get(type) ?? null, type, serverId, cloudId }
}
