/** A value of a row; null and undefined are absent attributes, '' is an empty one. */
type Value = string | number | null | undefined
export type Row = Record<string, Value>

/** Collects rows of Jira's entities and writes them as Jira's own exporter does. */
export interface Entities {
  /** Adds a row, with the next id of its entity unless it has one; gives back the id. */
  add(entity: string, row: Row): string
  /** A row of an entity that has no id of its own. */
  addPlain(entity: string, row: Row): void
  xml(header: string, exportedAt: number): string
}

// Jira's own sequences begin here, below are the rows that Jira ships.
const firstId = 10_000

export function createEntities(): Entities {
  const tables = new Map<string, Row[]>()
  const ids = new Map<string, number>()
  const put = (entity: string, row: Row) => {
    const rows = tables.get(entity)
    if (rows) rows.push(row)
    else tables.set(entity, [row])
  }
  return {
    add(entity, row) {
      const next = ids.get(entity) ?? firstId
      const id = row.id ?? next
      if (row.id === undefined) ids.set(entity, next + 1)
      put(entity, { id, ...row })
      return String(id)
    },
    addPlain: put,
    xml(header, exportedAt) {
      const names = [...tables.keys()].sort()
      const body = names.flatMap((name) =>
        (tables.get(name) ?? []).map((row) => element(name, row)),
      )
      const total = body.length
      const counts = names.map((name) => line(name, (tables.get(name) ?? []).length))
      return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<!-- \n${header}\n-->`,
        `<entity-engine-xml date="${exportedAt}">`,
        ...body,
        `<!-- \n\n___ Entities ____________________________\n\n${line('Total', total)}\n${counts.join('\n')}\n\n -->`,
        '</entity-engine-xml>',
      ].join('\n')
    },
  }
}

/** One line of the comments around the data: a name, then a colon in the 52nd column. */
export const line = (name: string, value: string | number): string =>
  `     ${name.padEnd(46)}: ${value}`

/** A value with a line break becomes a CDATA child, every other one an attribute: Jira's own rule. */
function element(name: string, row: Row): string {
  let attributes = ''
  const children: string[] = []
  for (const [key, value] of Object.entries(row)) {
    if (value === null || value === undefined) continue
    const text = String(value)
    if (/[\n\r]/.test(text))
      children.push(
        `        <${key}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${key}>`,
      )
    else attributes += ` ${key}="${escaped(text)}"`
  }
  if (children.length === 0) return `    <${name}${attributes}/>`
  return `    <${name}${attributes}>\n${children.join('\n')}\n    </${name}>`
}

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
