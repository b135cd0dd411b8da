import { type JqlToken, quoteJql, readJql } from '../plan/jql.ts'
import { fold } from '../plan/names.ts'

/** What the site has, by name; fields with their number in cf[…]. */
export interface SiteNames {
  fields: readonly { id: string; name: string }[]
  /** By the field of JQL in lower case: status, issuetype, … */
  values: Readonly<Record<string, readonly string[]>>
}
export interface MigratedName {
  name: string
  /** The name without "(migrated)", where the site has it. */
  twin: string | null
  kind: string
}

/** What Atlassian's assistant adds to a name that the site had already. */
const suffix = /^(.+?)\s*\(migrated(?:\s+\d+)?\)$/i

const kinds: Readonly<Record<string, string>> = {
  status: 'status',
  issuetype: 'issue type',
  type: 'issue type',
  priority: 'priority',
  resolution: 'resolution',
}

/** Names with "(migrated)" in a JQL of the site, and the JQL with their twins; null where none has a twin. */
export function migratedNames(
  jql: string,
  site: SiteNames,
): { names: MigratedName[]; rewritten: string | null } {
  const read = readJql(jql)
  if (!read) return { names: [], rewritten: null }
  const names: MigratedName[] = []
  const changes: { at: JqlToken; to: string }[] = []
  const meet = (at: JqlToken, found: MigratedName, to: string | null) => {
    if (!names.some((one) => one.name === found.name && one.kind === found.kind)) names.push(found)
    if (to !== null) changes.push({ at, to })
  }
  const field = (token: JqlToken) => {
    const number = /^cf\[(\d+)\]$/i.exec(token.text)?.[1]
    const own = site.fields.find(({ id, name }) =>
      number === undefined ? fold(name) === fold(token.text) : id === `customfield_${number}`,
    )
    const name = own?.name ?? token.text
    const base = suffix.exec(name)?.[1]
    if (base === undefined) return
    const twins = site.fields.filter((one) => fold(one.name) === fold(base))
    // Two fields of that name: which of them is meant, only a person knows.
    const twin = twins.length === 1 ? (twins[0] ?? null) : null
    const to = twin && (number === undefined ? quoteJql(twin.name) : `cf[${twin.id.slice(12)}]`)
    meet(token, { name, twin: twin?.name ?? null, kind: 'field' }, to)
  }
  for (const clause of read.clauses) {
    field(clause.field)
    const of = fold(clause.field.text)
    const there = site.values[of === 'type' ? 'issuetype' : of] ?? []
    for (const { token, args } of clause.values) {
      const base = args === null ? suffix.exec(token.text)?.[1] : undefined
      if (base === undefined) continue
      const twin = there.find((name) => fold(name) === fold(base)) ?? null
      const kind = kinds[of] ?? `value of ${clause.field.text}`
      meet(token, { name: token.text, twin, kind }, twin && quoteJql(twin))
    }
  }
  for (const token of read.order) field(token)
  let rewritten = jql
  for (const { at, to } of changes.toSorted((a, b) => b.at.start - a.at.start))
    rewritten = rewritten.slice(0, at.start) + to + rewritten.slice(at.end)
  return { names, rewritten: changes.length > 0 ? rewritten : null }
}
