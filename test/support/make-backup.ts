import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** An entity's row: attribute to value; a value with a line break is written as Jira does, as CDATA. */
export type BackupRow = [entity: string, values: Record<string, string | number | null>]

export interface BackupOptions {
  /** The opening comment's lines; null = no comment at all. */
  header?: string | null
  /** Epoch ms in the root's date attribute. */
  date?: number
  /** The closing comment's counts; by default the true ones, null = no comment. */
  stated?: Record<string, number> | null
}

export const defaultHeader = `
___ Exported on _____________________________

     on                                            : Monday, February 9, 2015 12:01:52 PM CET
     by                                            : admin ( admin )

___ Environment ____________________________

     JIRA Build                                    : 8.11.0#811001-sha1:0000000
     JVM Input Arguments                           : -Xmx512m -Duser.timezone=Europe/Berlin
     Server ID                                     : TEST-TEST-TEST-TEST
     Base URL                                      : https://jira.example.com
`

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => escapes[c] as string)

/** One row as Jira's own writer would write it. */
export function rowXml([entity, values]: BackupRow): string {
  let attributes = ''
  let children = ''
  for (const [name, value] of Object.entries(values)) {
    if (value === null) continue
    const text = String(value)
    if (/[\n\r]/.test(text))
      children += `        <${name}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>\n`
    else attributes += ` ${name}="${escaped(text)}"`
  }
  return children === ''
    ? `    <${entity}${attributes}/>\n`
    : `    <${entity}${attributes}>\n${children}    </${entity}>\n`
}

/** The text of an entities.xml. Rows are grouped by entity in alphabetical order, as Jira's are. */
export function backupXml(rows: BackupRow[], options: BackupOptions = {}): string {
  const header = options.header === undefined ? defaultHeader : options.header
  const sorted = rows.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const counts: Record<string, number> = {}
  for (const [entity] of sorted) counts[entity] = (counts[entity] ?? 0) + 1
  const stated = options.stated === undefined ? counts : options.stated
  const date = options.date === undefined ? '' : ` date="${options.date}"`
  const line = (name: string, value: number) => `     ${name.padEnd(46)}: ${value}\n`
  const trailer =
    stated === null
      ? ''
      : `<!-- \n___ Entities ________________________________\n\n${line('Total', rows.length)}\n${Object.entries(
          stated,
        )
          .map(([name, count]) => line(name, count))
          .join('')}\n -->\n`
  return `<?xml version="1.0" encoding="UTF-8"?>\n${header === null ? '' : `<!-- \n${header}\n-->\n`}<entity-engine-xml${date}>\n${sorted
    .map(rowXml)
    .join('')}${trailer}</entity-engine-xml>`
}

/** A table of an activeobjects.xml; null cells are nil. */
export interface ObjectsTable {
  name: string
  columns: string[]
  rows: (string | number | boolean | null)[][]
}

export function objectsXml(tables: ObjectsTable[]): string {
  const cell = (value: string | number | boolean | null) => {
    if (value === null) return '      <string xsi:nil="true"/>\n'
    const tag = typeof value === 'number' ? 'integer' : typeof value
    return `      <${tag}>${escaped(String(value)).replaceAll('\r', '&#xd;')}</${tag}>\n`
  }
  const data = tables.map(
    ({ name, columns, rows }) =>
      `  <data tableName="${name}">\n${columns.map((c) => `    <column name="${c}"/>\n`).join('')}${rows
        .map((row) => `    <row>\n${row.map(cell).join('')}    </row>\n`)
        .join('')}  </data>\n`,
  )
  return `<?xml version='1.0' encoding='UTF-8'?>\n<backup xmlns="http://www.atlassian.com/ao" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n  <database>\n    <meta key="database.name" value="PostgreSQL"/>\n  </database>\n${data.join('')}</backup>`
}

/** Writes a zip of these entries. */
export async function writeZip(
  path: string,
  entries: Record<string, string | Buffer>,
): Promise<void> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}

/** A folder that goes away with `await using`. */
export async function scratch(): Promise<
  { path: string; file(name: string, content: string | Buffer): Promise<string> } & AsyncDisposable
> {
  const path = await mkdtemp(join(tmpdir(), 'landfall-test-'))
  return {
    path,
    async file(name, content) {
      const file = join(path, name)
      await writeFile(file, content)
      return file
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}
