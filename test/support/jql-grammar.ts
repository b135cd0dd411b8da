import { DatabaseSync } from 'node:sqlite'

/** The same question in the words of the source and in those of the site. */
export interface Pair {
  source: string
  site: string
}
export interface Grammar {
  /** The filters that moved, as each side has them. */
  filters: Pair[]
  /** Issues that moved whole: where a part was left out, the two sides rightly find different things. */
  comparable: ReadonlySet<string>
  /** So many questions, always the same ones. */
  make(n: number): Pair[]
}

interface Item {
  kind: string
  sourceId: string
  label: string
  siteId: string | null
  promiseJson: string | null
}
type Value = { source: string; site: string }
interface Field {
  source: string
  site: string
  values: Value[]
  /** What can be said of it. */
  operators: string[]
}

const same = (text: string): Value => ({ source: text, site: text })
const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

/** Reads from the snapshot and the ledger of a finished migration what JQL can be made of. */
export function grammarOf(snapshotPath: string, ledgerPath: string): Grammar {
  const snapshot = new DatabaseSync(snapshotPath, { readOnly: true })
  const ledger = new DatabaseSync(ledgerPath, { readOnly: true })
  const items = (kind: string) =>
    ledger
      .prepare(`SELECT kind, sourceId, label, siteId, promiseJson FROM item WHERE kind = ?`)
      .all(kind) as unknown as Item[]
  const moved = (kind: string) => items(kind).filter((item) => item.siteId !== null)
  const words = (sql: string) =>
    snapshot
      .prepare(sql)
      .all()
      .map((row) => String(row.word))
  const promised = (item: Item): Record<string, unknown> => JSON.parse(item.promiseJson ?? '{}')

  const named = (kind: string): Value[] => {
    const all = moved(kind).map((item) => ({
      source: item.label,
      site: String(promised(item).name ?? item.label),
    }))
    // A name that two things of the source share finds both there, and one on the site.
    const once = (value: Value) =>
      all.filter((other) => other.source.toLowerCase() === value.source.toLowerCase()).length === 1
    return all.filter(once)
  }
  // People who share an address share an account, which then finds the issues of all of them.
  const accounts = moved('user')
  const alone = accounts.filter(
    ({ siteId }) => accounts.filter((other) => other.siteId === siteId).length === 1,
  )
  const people = alone.map((item) => ({
    source: String(
      snapshot.prepare('SELECT coalesce(name, key) AS n FROM user WHERE key = ?').get(item.sourceId)
        ?.n ?? item.sourceId,
    ),
    site: item.siteId ?? '',
  }))
  const eq = ['=', '!=', 'in', 'not in']
  const orEmpty = [...eq, 'is EMPTY', 'is not EMPTY']
  const own = (name: string, values: Value[], operators: string[]): Field => ({
    source: name,
    site: name,
    values,
    operators,
  })
  const keys = words('SELECT key AS word FROM issue WHERE number > 0 ORDER BY id LIMIT 30')
  const days = words(
    `SELECT DISTINCT substr(due, 1, 10) AS word FROM issue WHERE due <> '' LIMIT 20`,
  )
  const sprints = moved('sprint').map((item) => ({
    source: item.sourceId,
    site: item.siteId ?? '',
  }))
  const fields: Field[] = [
    own(
      'project',
      moved('project').map((item) => same(item.label.split(' ')[0] ?? '')),
      eq,
    ),
    own('issuetype', named('issueType'), eq),
    own('status', named('status'), eq),
    own('priority', named('priority'), orEmpty),
    own('resolution', [...named('resolution'), same('Unresolved')], orEmpty),
    own('assignee', people, orEmpty),
    own('reporter', people, orEmpty),
    own(
      'labels',
      words('SELECT DISTINCT label AS word FROM label WHERE fieldId IS NULL LIMIT 30').map(same),
      orEmpty,
    ),
    own('component', named('component'), orEmpty),
    own('fixVersion', named('version'), orEmpty),
    own('affectedVersion', named('version'), orEmpty),
    own('due', days.map(same), ['=', '!=', '<', '<=', '>', '>=', 'is EMPTY', 'is not EMPTY']),
    own('key', keys.map(same), [...eq, '<', '<=', '>', '>=']),
    own('sprint', sprints, orEmpty),
    own('summary', summaryWords(words), ['~', '!~']),
    ...customFields(snapshot, moved('customField'), people),
  ].filter((field) => field.values.length > 0)

  const comparable = new Set(
    ledger
      .prepare(
        `SELECT issueKey AS k FROM item WHERE kind = 'issue' AND siteId IS NOT NULL
          AND issueKey NOT IN (
            SELECT issueKey FROM item WHERE issueKey IS NOT NULL AND (
              (kind IN ('fieldValue', 'link') AND siteId IS NULL)
              OR (kind = 'issue' AND lossesJson IS NOT NULL AND EXISTS (
                SELECT 1 FROM json_each(lossesJson) AS one
                WHERE json_extract(one.value, '$.code') NOT GLOB '*estimate*'
                  AND json_extract(one.value, '$.code') NOT GLOB 'times*'
              ))
            )
          )`,
      )
      .all()
      .map((row) => String(row.k)),
  )
  const filters = moved('filter').flatMap((item) => {
    const row = snapshot.prepare('SELECT jql FROM filter WHERE id = ?').get(item.sourceId)
    const site = String(promised(item).jql ?? '').replace(
      /\{\{(filter|customField):([^}]+)\}\}/g,
      (_all, kind: string, id: string) =>
        (items(kind).find((one) => one.sourceId === id)?.siteId ?? '').replace('customfield_', ''),
    )
    return [{ source: String(row?.jql ?? ''), site }]
  })
  const made = (n: number) => make(fields, n)
  return { filters, comparable, make: made }
}

function summaryWords(words: (sql: string) => string[]): Value[] {
  const all = words('SELECT summary AS word FROM issue LIMIT 40')
    .flatMap((text) => text.split(/[^A-Za-z0-9]+/))
    .filter((word) => /^[A-Za-z0-9]{3,}$/.test(word) && !/^(and|not)$/i.test(word))
  return [...new Set(all)].slice(0, 20).map(same)
}

function customFields(snapshot: DatabaseSync, moved: Item[], people: Value[]): Field[] {
  const operators: Record<string, string[]> = {
    select: ['=', '!=', 'in', 'not in', 'is EMPTY', 'is not EMPTY'],
    number: ['=', '!=', '<', '<=', '>', '>=', 'is EMPTY', 'is not EMPTY'],
  }
  return moved.flatMap((item) => {
    const promise = JSON.parse(item.promiseJson ?? '{}') as { type: string }
    const field = (values: Value[], kind: 'select' | 'number'): Field[] => [
      {
        source: `cf[${item.sourceId}]`,
        site: `cf[${(item.siteId ?? '').replace('customfield_', '')}]`,
        values,
        operators: operators[kind] ?? [],
      },
    ]
    const rows = (sql: string) =>
      snapshot
        .prepare(sql)
        .all(Number(item.sourceId))
        .flatMap((row) => (row.word === null ? [] : [String(row.word)]))
    switch (promise.type) {
      case 'select':
      case 'radiobuttons':
      case 'multiselect':
      case 'multicheckboxes': {
        const all = rows(
          'SELECT o.value AS word FROM fieldOption o WHERE o.fieldId = ? GROUP BY o.value HAVING count(*) = 1',
        )
        return field(all.map(same), 'select')
      }
      case 'float':
        return field(
          rows('SELECT DISTINCT numberValue AS word FROM fieldValue WHERE fieldId = ?').map(same),
          'number',
        )
      case 'datepicker':
        return field(
          rows(
            'SELECT DISTINCT substr(dateValue, 1, 10) AS word FROM fieldValue WHERE fieldId = ?',
          ).map(same),
          'number',
        )
      case 'userpicker':
      case 'multiuserpicker':
        return field(people, 'select')
      case 'labels':
        return field(
          rows('SELECT DISTINCT label AS word FROM label WHERE fieldId = ?').map(same),
          'select',
        )
      default:
        return []
    }
  })
}

/** A random number that is the same each time: a question that fails can be asked again. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

function make(fields: readonly Field[], n: number): Pair[] {
  const roll = dice(7)
  const pick = <T>(all: readonly T[]): T => all[roll(all.length)] as T
  const clause = (): Pair => {
    const field = pick(fields)
    const operator = pick(field.operators)
    if (operator.startsWith('is'))
      return { source: `${field.source} ${operator}`, site: `${field.site} ${operator}` }
    const values = Array.from({ length: operator.endsWith('in') ? 1 + roll(3) : 1 }, () =>
      pick(field.values),
    )
    const empty = field.operators.includes('is EMPTY') && roll(5) === 0
    const say = (of: keyof Pair) => {
      const words = values.map((value) => quote(value[of]))
      if (empty && operator.endsWith('in')) words.push('EMPTY')
      return operator.endsWith('in') ? `(${words.join(', ')})` : (words[0] ?? '')
    }
    return {
      source: `${field.source} ${operator} ${say('source')}`,
      site: `${field.site} ${operator} ${say('site')}`,
    }
  }
  const whole = (depth: number): Pair => {
    const kind = depth === 0 ? 0 : roll(5)
    if (kind < 2) return clause()
    if (kind === 2) {
      const inner = whole(depth - 1)
      return { source: `NOT (${inner.source})`, site: `NOT (${inner.site})` }
    }
    const [left, right] = [whole(depth - 1), whole(depth - 1)]
    const word = kind === 3 ? 'AND' : 'OR'
    return {
      source: `(${left.source}) ${word} (${right.source})`,
      site: `(${left.site}) ${word} (${right.site})`,
    }
  }
  return Array.from({ length: n }, () => whole(3))
}
