import papa from 'papaparse'
import type { PersonChoice } from '../../shared/api-setup.ts'
import type { PeopleUpload, PersonView } from '../../shared/api-setup-views.ts'
import { Problem } from '../../shared/problem.ts'
import { printable } from '../../shared/straight.ts'

const columns = ['key', 'name', 'email', 'how', 'account', 'state', 'problem'] as const
const hows = ['email', 'account', 'placeholder', 'leave'] as const
type How = (typeof hows)[number]

const line = (cells: readonly string[]) => `${papa.unparse([[...cells]], { newline: '\r\n' })}\r\n`

/** What is only for people is made harmless for spreadsheets (report/csv says how); what is read back stays as it is. */
const harmless = (text: string) => {
  const cell = printable(text)
  return /^[\s\u00a0]*[=+\-@＝＋－＠]/.test(cell) ? `'${cell}` : cell
}

/** The mapping as a table that can be changed and given back: key, how and account count, the rest is for people. */
export function* peopleLines(people: Iterable<PersonView>): Generator<string> {
  yield `\ufeff${line(columns)}`
  for (const { key, name, email, how, account, state, problem } of people) {
    const chosen = account?.accountId ?? ''
    const said = [harmless(name), harmless(email ?? '')]
    yield line([key, ...said, how, chosen, state, printable(problem ?? '')])
  }
}

export interface ReadMapping {
  /** What each line asks for, by user key. */
  choices: Map<string, { line: number; choice: PersonChoice }>
  errors: PeopleUpload['errors']
}

/** A mapping as it was given back. Lines that cannot be understood are errors with their number. */
export function readMapping(csv: string, isUser: (key: string) => boolean): ReadMapping {
  const { data } = papa.parse<string[]>(csv.replace(/^\ufeff/, ''), { skipEmptyLines: false })
  const [head = [], ...rows] = data
  const at = (name: string) => head.findIndex((cell) => cell.trim().toLowerCase() === name)
  const [keyAt, howAt, accountAt] = [at('key'), at('how'), at('account')]
  if (keyAt < 0 || howAt < 0)
    throw new Problem('usage', 'The first line must name the columns key and how.', {
      hint: `Download the mapping, change it, and upload it again; its columns are ${columns.join(', ')}.`,
    })
  const choices: ReadMapping['choices'] = new Map()
  const errors: ReadMapping['errors'] = []
  for (const [i, row] of rows.entries()) {
    const number = i + 2
    if (row.every((cell) => !cell.trim())) continue
    const key = row[keyAt] ?? ''
    const account = row[accountAt]?.trim() ?? ''
    const how = (row[howAt]?.trim().toLowerCase() || 'email') as How
    const wrong = (text: string) => errors.push({ line: number, text })
    const before = choices.get(key)
    if (!isUser(key)) wrong(`The source has no user with the key "${key}".`)
    else if (before) wrong(`The user "${key}" stands in line ${before.line} already.`)
    else if (!hows.includes(how)) wrong(`"${how}" is none of ${hows.join(', ')}.`)
    else if (how === 'account' && !account) wrong('The column account must say which account.')
    else
      choices.set(key, {
        line: number,
        choice: how === 'account' ? { how, accountId: account } : { how },
      })
  }
  return { choices, errors }
}
