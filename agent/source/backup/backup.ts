import { Problem } from '../../../shared/problem.ts'
import {
  noted,
  type ReadingNote,
  type RecordSink,
  type Source,
  type SourceFacts,
} from '../source.ts'
import { createConverter } from './convert.ts'
import { createObjectsScanner } from './objects.ts'
import { type Opened, openBackup, type Part } from './open.ts'
import {
  type Header,
  notJira,
  readHeader,
  refuseCloud,
  sourceIdOf,
  statedCounts,
  zoneOfHeader,
} from './recognise.ts'
import { createScanner } from './scan.ts'
import { checkedZone } from './time-zone.ts'
import { createWitness } from './witness.ts'

/** How much of a source without a server id makes its id. */
const FIRST_BYTES = 64 * 1024
const PIECE = 128 * 1024

/**
 * A Jira backup on disk as a source. timeZone: what the user says, or null to recover it.
 * Throws a Problem when there is no backup at the path; what is inside shows while reading.
 */
export async function backupSource(path: string, timeZone: string | null): Promise<Source> {
  const zone = timeZone === null ? null : checkedZone(timeZone)
  const opened = await openBackup(path)
  return {
    totalBytes: opened.entities.size + (opened.objects?.size ?? 0),
    read: (sink, signal, progress) => read(opened, zone, sink, signal, progress),
  }
}

async function read(
  opened: Opened,
  userZone: string | null,
  sink: Parameters<Source['read']>[0],
  signal: AbortSignal,
  progress: Parameters<Source['read']>[2],
): Promise<SourceFacts> {
  const { label } = opened
  const witness = createWitness()
  // Apps' tables first: a sprint's end is one of the witnesses of the time zone.
  const objects =
    opened.objects === null
      ? null
      : createObjectsScanner(sink, `${label} (${opened.objects.name})`, witness.epoch)
  let bytes = 0
  if (opened.objects !== null && objects !== null) {
    for await (const chunk of opened.objects.bytes(signal)) {
      signal.throwIfAborted()
      bytes += chunk.length
      objects.write(chunk)
      progress(bytes, 0)
    }
    objects.end()
  }

  let header: Header | null = null
  let exportedAt: number | null = null
  let stated: Map<string, number> | null = null
  let rooted = false
  const converter = createConverter(sink, witness, label)
  const scanner = createScanner(
    {
      root(name, attributes) {
        if (name !== 'entity-engine-xml') throw notJira(label, `its root is <${name.slice(0, 80)}>`)
        rooted = true
        const date = Number(attributes.get('date') ?? Number.NaN)
        exportedAt = Number.isSafeInteger(date) && date > 0 ? date : null
        witness.begin(userZone === null && zoneOfHeader(header, exportedAt) === null)
      },
      comment(text) {
        if (!rooted) {
          refuseCloud(text, label)
          header ??= readHeader(text)
        } else stated = statedCounts(text) ?? stated
      },
      plan: (entity) => converter.plan(entity),
    },
    label,
  )
  const first = await scanAll(opened.entities, label, scanner, signal, (read) =>
    progress(bytes + read, scanner.rows()),
  )

  const known = header as Header | null
  const { properties } = converter
  const zone =
    userZone === null
      ? zoneOfHeader(known, exportedAt)
      : { timeZone: userZone, timeZoneFrom: 'user' as const }
  const voted = witness.result()
  const found = scanner.counts()
  const counts = [
    ...new Set([...found.keys(), ...((stated as Map<string, number> | null)?.keys() ?? [])]),
  ]
    .sort()
    .map((entity) => ({
      entity,
      found: found.get(entity) ?? 0,
      stated: (stated as Map<string, number> | null)?.get(entity) ?? null,
      treatment: converter.treatment(entity),
    }))
  const keptTables = new Set(['AO_60DB71_RAPIDVIEW', 'AO_60DB71_SPRINT', 'AO_60DB71_LEXORANK'])
  for (const [entity, rows] of objects?.counts() ?? [])
    counts.push({
      entity,
      found: rows,
      stated: null,
      treatment: keptTables.has(entity) ? 'kept' : 'counted',
    })
  return {
    sourceId: sourceIdOf(known?.serverId ?? properties.serverId(), first),
    sourceKind: 'backup',
    label,
    version: known?.version ?? properties.version(),
    build: known?.build ?? properties.build(),
    exportedAt,
    timeZone: zone?.timeZone ?? voted ?? 'UTC',
    timeZoneFrom: zone?.timeZoneFrom ?? (voted === null ? 'assumed' : 'field times'),
    baseUrl: known?.baseUrl ?? properties.baseUrl(),
    illegalCharacters: scanner.illegal() + (objects?.illegal() ?? 0),
    file: opened.file,
    counts,
    notes: [...converter.notes(), ...countNotes(sink, counts, stated !== null)],
  }
}

/** Runs the scanner over a part; gives its first bytes. Text that is no XML is refused at once. */
async function scanAll(
  part: Part,
  label: string,
  scanner: ReturnType<typeof createScanner>,
  signal: AbortSignal,
  progress: (bytes: number) => void,
): Promise<Buffer> {
  let first: Buffer = Buffer.alloc(0)
  let bytes = 0
  let begun = false
  for await (const chunk of part.bytes(signal)) {
    signal.throwIfAborted()
    bytes += chunk.length
    // A copy: the scanner owns the chunk from here on.
    if (first.length < FIRST_BYTES)
      first = Buffer.concat([first, chunk.subarray(0, FIRST_BYTES - first.length)])
    if (!begun) {
      const start = chunk.toString('latin1', 0, 4096).trimStart()
      if (start !== '' && !start.startsWith('<')) throw notJira(label, 'it is not XML')
      begun = start !== ''
    }
    // In pieces: the scanner makes a text of each, and large ones live long in the collector's eyes.
    for (let at = 0; at < chunk.length; at += PIECE) scanner.write(chunk.subarray(at, at + PIECE))
    progress(bytes)
  }
  if (!begun)
    throw new Problem('source-empty', `${label} is empty: there is no backup in it.`, {
      hint: 'Make the backup again, and wait until Jira says that it is complete.',
    })
  scanner.end()
  return first
}

/** Hand-edited backups state other counts than they hold; a whole one that differs is read, and said so. */
function countNotes(
  sink: RecordSink,
  counts: SourceFacts['counts'],
  hasStated: boolean,
): ReadingNote[] {
  if (!hasStated) return []
  const tell = (code: string, text: string, list: SourceFacts['counts']): ReadingNote[] => {
    if (list.length === 0) return []
    // Rows that are not there cannot be listed: what differs is.
    for (const { entity, found, stated } of list)
      sink.row(noted, [code, entity, `${found} found, ${stated} stated`, null, null])
    return [{ code, text, items: list.length, rows: code }]
  }
  return [
    ...tell(
      'counts-fewer',
      'Kinds of rows of which the file states more than it holds',
      counts.filter((c) => c.stated !== null && c.found < c.stated),
    ),
    ...tell(
      'counts-more',
      'Kinds of rows of which the file holds more than it states',
      counts.filter((c) => c.stated !== null && c.found > c.stated),
    ),
  ]
}
