import type { EntityCount, SnapshotInfo, Table } from '../shared/record.ts'
import type { KeptNote } from './snapshot/notes.ts'
import { type Snapshot, snapshotTables } from './snapshot/read.ts'

/** What a source holds, as plain JSON. Nothing is hidden: what is not kept is counted by name. */
export interface Inspection extends SnapshotInfo {
  /** Rows of each kept table, empty tables too. */
  tables: Record<Table, number>
  /** Every entity found or stated, with what was done with it. */
  entities: EntityCount[]
  projects: { key: string; name: string; issues: number; archived: boolean }[]
  /** What a person may want to know: dangling references, counts that differ, what was left out. */
  notes: KeptNote[]
}

/** Most projects that are listed; a source can have ten thousand. */
const PROJECTS = 1_000

export function inspect(snapshot: Snapshot): Inspection {
  const info = snapshot.info()
  const tables = Object.fromEntries(
    snapshotTables.map((table) => [table, snapshot.count(table)]),
  ) as Record<Table, number>
  const projects: Inspection['projects'] = []
  for (const project of snapshot.rows('project')) {
    if (projects.length === PROJECTS) break
    const issues = snapshot.issueCount(project.id)
    projects.push({
      key: project.key,
      name: project.name,
      issues,
      archived: project.archived === 1,
    })
  }
  const notes = [...snapshot.notes()]
  if (info.illegalCharacters > 0)
    notes.unshift({
      code: 'illegal-characters',
      text: 'Control characters that XML forbids, left out of the values',
      items: info.illegalCharacters,
      // They are characters in values, and no rows.
      n: null,
    })
  if (info.timeZoneFrom === 'assumed')
    notes.unshift({
      code: 'time-zone-assumed',
      text: 'Nothing in the source tells its time zone; UTC is assumed. Say the right one to correct all times',
      items: 0,
      n: null,
    })
  return { ...info, tables, entities: snapshot.entityCounts(), projects, notes }
}

/** How a time zone was found, for people. */
export const zoneWords: Record<SnapshotInfo['timeZoneFrom'], string> = {
  user: 'as you said',
  header: 'told by the source',
  clock: 'from the two clocks of the export',
  'field times': 'from the times of its rows',
  assumed: 'assumed, nothing tells it',
}

/** The same for a terminal, about 80 columns wide. */
export function inspectionText(inspection: Inspection): string {
  const { version, build, exportedAt, baseUrl } = inspection
  const facts: [string, string][] = [
    ['source', inspection.label],
    ['Jira', `${version ?? 'of an unknown version'}${build === null ? '' : ` (build ${build})`}`],
    ['exported', exportedAt === null ? 'at an unknown time' : new Date(exportedAt).toISOString()],
    ['time zone', `${inspection.timeZone} (${zoneWords[inspection.timeZoneFrom]})`],
    ['address', baseUrl ?? 'unknown'],
  ]
  const held = Object.entries(inspection.tables).filter(([, rows]) => rows > 0)
  const other = inspection.entities.filter((entity) => entity.treatment === 'counted')
  const secret = inspection.entities.filter((entity) => entity.treatment === 'secret')
  const list = (entities: EntityCount[]) =>
    wrapped(entities.map((entity) => `${entity.entity} ${entity.found}`))
  const beyond = inspection.notes.filter((n) => n.code.startsWith('not-by-rest-'))
  const noticed = inspection.notes.filter((n) => !beyond.includes(n))
  const parts = [
    facts.map(([name, value]) => `${name.padEnd(12)}${value}`).join('\n'),
    `Projects\n${table(inspection.projects.map((p) => [`${p.key}  ${p.name}`, p.issues]))}`,
    `Kept\n${table(held)}`,
    noticed.length === 0
      ? 'Nothing odd was found.'
      : `Worth knowing\n${noticed.map((n) => `  ${n.text}${n.items > 0 ? `: ${n.items}` : ''}`).join('\n')}`,
  ]
  if (beyond.length > 0) parts.push(`Not read\n${beyond.map((n) => `  ${n.text}`).join('\n')}`)
  if (other.length > 0) parts.push(`Counted, not kept\n${list(other)}`)
  if (secret.length > 0) parts.push(`Secret, never stored\n${list(secret)}`)
  return `${parts.join('\n\n')}\n`
}

function table(rows: [string, number][]): string {
  if (rows.length === 0) return '  none'
  const width = Math.min(60, Math.max(...rows.map(([name]) => name.length)))
  return rows
    .map(([name, count]) => `  ${name.slice(0, 60).padEnd(width)}  ${String(count).padStart(9)}`)
    .join('\n')
}

/** Words in lines of at most 78 columns. */
function wrapped(words: string[]): string {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    const longer = line === '' ? word : `${line}, ${word}`
    if (longer.length > 76 && line !== '') {
      lines.push(`  ${line},`)
      line = word
    } else line = longer
  }
  return [...lines, `  ${line}`].join('\n')
}
