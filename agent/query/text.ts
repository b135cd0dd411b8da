import { cannotTell } from './cannot-tell.ts'
import type { Sql } from './shape.ts'
import type { Source } from './source.ts'

const summary = 'i.summary'
const description = 'i.description'
const environment = 'i.environment'

/** The texts that a field is searched in: columns of the issue, and of its rows in other tables. */
export interface Texts {
  columns: string[]
  rows: { from: string; value: string }[]
}
const comments = { from: 'comment', value: 'body' }
const freeTexts = {
  from: `fieldValue WHERE fieldId IN (SELECT id FROM customField WHERE type LIKE '%:textfield' OR type LIKE '%:textarea')`,
  value: `coalesce(NULLIF(stringValue, ''), textValue)`,
}
const fields: Readonly<Record<string, Texts>> = {
  summary: { columns: [summary], rows: [] },
  description: { columns: [description], rows: [] },
  environment: { columns: [environment], rows: [] },
  comment: { columns: [], rows: [comments] },
  text: { columns: [summary, description, environment], rows: [comments, freeTexts] },
}

/** Fields that are searched by words, and never compared. */
export const textField = (name: string): Texts | null => fields[name] ?? null

export const customText = (fieldId: number): Texts => ({
  columns: [],
  rows: [
    {
      from: `fieldValue WHERE fieldId = ${fieldId}`,
      value: `coalesce(NULLIF(stringValue, ''), textValue)`,
    },
  ],
})

/** Said with each number that words had a part in. */
export const nearly =
  'Words are looked for as they stand; Jira also finds their other forms, so this number is approximate.'

/** A search by words: all of them, each as it stands. */
export function textClause(
  source: Source,
  texts: Texts,
  operator: string,
  value: string | null,
): Sql {
  const some = (condition: (text: string) => string): Sql => ({
    sql: `(${[
      ...texts.columns.map(condition),
      ...texts.rows.map(
        ({ from, value: column }) =>
          `i.id IN (SELECT issueId FROM ${where(from)} ${condition(column)})`,
      ),
    ].join(' OR ')})`,
    values: [],
  })
  const filled = some((text) => `coalesce(${text}, '') <> ''`)
  if (value === null) {
    if (!/^(is|is not|=|!=|in|not in)$/.test(operator))
      cannotTell('It compares a text with nothing.')
    const not = /^(is not|!=|not in)$/.test(operator)
    return not ? filled : { sql: `NOT ${filled.sql}`, values: filled.values }
  }
  if (operator !== '~' && operator !== '!~')
    cannotTell('It compares a text, which the source would refuse itself.')
  source.notes.add(nearly)
  const found = matching(source, texts, words(value))
  // "The !~ operator will not match a field that has no value" (Jira's documents).
  return operator === '~'
    ? found
    : { sql: `(${filled.sql} AND NOT ${found.sql})`, values: [...filled.values, ...found.values] }
}

/** The words of a search; the wild cards and operators of Jira's text search are not read here. */
function words(value: string): string[] {
  if (/[?~^[\]{}"]|\b(AND|OR|NOT)\b|(^|\s)[-+!]|\*\S/.test(value))
    cannotTell('It searches texts with operators that are not read here.')
  const found = split(value, /[^\p{L}\p{N}_*]+/u)
  return found.length > 0 ? found : cannotTell('It searches for no word.')
}

const split = (text: string, between: RegExp) =>
  text.normalize('NFC').toLowerCase().split(between).filter(Boolean)

const where = (from: string) => `${from} ${/ WHERE /.test(from) ? 'AND' : 'WHERE'}`

/** Issues with a text in which each of the words stands; "begin*" fits what begins so. */
function matching(source: Source, { columns, rows }: Texts, wanted: readonly string[]): Sql {
  const tests = wanted.map(testOf)
  const fits = (text: string) => {
    const normal = text.normalize('NFC')
    return tests.every((test) => test.test(normal))
  }
  const table = source.matching(
    [
      ...columns.map((column) => `SELECT i.id, ${column} AS text FROM issue i`),
      ...rows.map(({ from, value }) => `SELECT issueId AS id, ${value} AS text FROM ${from}`),
    ],
    fits,
  )
  return { sql: `i.id IN (SELECT id FROM ${table})`, values: [] }
}

/** What a word's beginning and end may not touch. */
const within = '[\\p{L}\\p{N}_]'

function testOf(word: string): RegExp {
  const letters = word.replaceAll('*', '')
  return new RegExp(`(?<!${within})${letters}${word.endsWith('*') ? '' : `(?!${within})`}`, 'iu')
}
