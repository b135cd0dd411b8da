import { readFileSync } from 'node:fs'
import JSZip from 'jszip'

export type ForeignRow = Record<string, string>

/** A backup as another program would read it: by its own means, and whole, since it is small. */
export interface ForeignSource {
  /** The rows of one of Jira's entities, attributes and text children alike. */
  rows(entity: string): ForeignRow[]
  /** The rows of a table of Active Objects, by column; NULL is absent. */
  table(name: string): ForeignRow[]
}

export async function openForeignSource(path: string): Promise<ForeignSource> {
  const bytes = readFileSync(path)
  const zip = bytes.subarray(0, 2).toString() === 'PK' ? await JSZip.loadAsync(bytes) : null
  const entities = zip ? await zip.file('entities.xml')?.async('string') : bytes.toString()
  const objects = (await zip?.file('activeobjects.xml')?.async('string')) ?? ''
  const known = new Map<string, ForeignRow[]>()
  // Jira writes each row with an indentation of four blanks.
  const row = /^ {4}<(\w+)((?:\s+\w+="[^"]*")*)\s*(?:\/>|>([\s\S]*?)^ {4}<\/\1>)/gm
  for (const [, name = '', attributes = '', inner = ''] of (entities ?? '').matchAll(row)) {
    const found: ForeignRow = {}
    for (const [, key = '', value = ''] of attributes.matchAll(/(\w+)="([^"]*)"/g))
      found[key] = plain(value)
    for (const [, key = '', value = ''] of inner.matchAll(/<(\w+)>([\s\S]*?)<\/\1>/g))
      found[key] = text(value)
    known.set(name, [...(known.get(name) ?? []), found])
  }
  return { rows: (entity) => known.get(entity) ?? [], table: (name) => tableOf(objects, name) }
}

function tableOf(xml: string, name: string): ForeignRow[] {
  const data = new RegExp(`<data tableName="${name}">([\\s\\S]*?)</data>`).exec(xml)?.[1] ?? ''
  const columns = [...data.matchAll(/<column name="(\w+)"\/>/g)].map(([, column = '']) => column)
  return [...data.matchAll(/<row>([\s\S]*?)<\/row>/g)].map(([, cells = '']) => {
    const values = [...cells.matchAll(/<(\w+)(?: xsi:nil="true"\/>|>([\s\S]*?)<\/\1>)/g)].map(
      ([, , value]) => value,
    )
    return Object.fromEntries(
      columns.flatMap((column, i) => {
        const value = values[i]
        return value === undefined ? [] : [[column, plain(value)]]
      }),
    )
  })
}

const text = (value: string) =>
  value.includes('<![CDATA[')
    ? [...value.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g)].map(([, part]) => part).join('')
    : plain(value)

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (value: string) =>
  value.replace(/&(#x?[\da-f]+|\w+);/gi, (whole, code: string) =>
    code.startsWith('#')
      ? String.fromCodePoint(Number(code.startsWith('#x') ? `0${code.slice(1)}` : code.slice(1)))
      : (named[code] ?? whole),
  )
