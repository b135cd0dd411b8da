import { fold } from '../plan/names.ts'
import { cannotTell, refused } from './cannot-tell.ts'
import type { Comparable } from './shape.ts'
import type { Source } from './source.ts'

/** What a word in JQL stands for, as comparables of the snapshot. Throws CannotTell where it stands for nothing. */
export type Resolve = (source: Source, text: string) => Comparable[]

const asId = (text: string) => (/^\d{1,15}$/.test(text) ? Number(text) : null)

/** Rows by their name, or by their id where no name is like that. */
const named =
  (what: string, table: string): Resolve =>
  ({ all }, text) => {
    const byName = all(`SELECT id FROM "${table}" WHERE fold(name) = ?`, fold(text))
    const id = asId(text)
    const found =
      byName.length || id === null ? byName : all(`SELECT id FROM "${table}" WHERE id = ?`, id)
    return found.length ? found.map((row) => row.id as Comparable) : refused(`${what} "${text}"`)
  }

export const issueType = named('issue type', 'issueType')
export const status = named('status', 'status')
export const priority = named('priority', 'priority')
export const resolution = named('resolution', 'resolution')
export const component = named('component', 'component')
export const version = named('version', 'version')
export const category = named('project category', 'projectCategory')
export const sprint = named('sprint', 'sprint')
export const filter = named('filter', 'filter')

/** Snapshots of an older format do not have the levels. */
export const securityLevel: Resolve = (source, text) =>
  source.all(`SELECT 1 FROM sqlite_master WHERE name = 'securityLevel'`).length > 0
    ? named('security level', 'securityLevel')(source, text)
    : cannotTell('What was read of the source does not tell its security levels.')

/** By key (a former one, too), name or id. */
export const project: Resolve = ({ all }, text) => {
  const now = all('SELECT id FROM project WHERE fold(key) = ? OR fold(name) = ?', ...twice(text))
  const found = now.length
    ? now
    : all(
        'SELECT projectId AS id FROM projectKey WHERE fold(key) = ? UNION SELECT id FROM project WHERE id = ?',
        fold(text),
        asId(text) ?? -1,
      )
  return found.length ? found.map((row) => row.id as Comparable) : refused(`project "${text}"`)
}
const twice = (text: string): [string, string] => [fold(text), fold(text)]

export const issue: Resolve = ({ all }, text) => {
  const byKey = all('SELECT id FROM issue WHERE key = ?', text.trim().toUpperCase())
  const id = asId(text)
  const found = byKey.length || id === null ? byKey : all('SELECT id FROM issue WHERE id = ?', id)
  return found.length ? found.map((row) => row.id as Comparable) : refused(`issue "${text}"`)
}

/** By username or key, else by whole name or e-mail address, as Jira looks for people. */
export const person: Resolve = ({ all }, text) => {
  const own = all('SELECT key FROM user WHERE fold(name) = ? OR fold(key) = ?', ...twice(text))
  const found = own.length
    ? own
    : all('SELECT key FROM user WHERE fold(displayName) = ? OR fold(email) = ?', ...twice(text))
  return found.length ? found.map((row) => row.key as string) : refused(`user "${text}"`)
}

export const group: Resolve = ({ all }, text) => {
  const found = all('SELECT name FROM "group" WHERE fold(name) = ?', fold(text))
  return found.length ? found.map((row) => row.name as string) : refused(`group "${text}"`)
}

/** The statuses of a category. Jira's own ids: 1 none, 2 new, 3 done, 4 in progress. */
export const statusCategory: Resolve = ({ all }, text) => {
  const words: Record<string, string> = {
    '1': '1',
    'no category': '1',
    undefined: '1',
    '2': '2',
    'to do': '2',
    new: '2',
    '3': '3',
    done: '3',
    complete: '3',
    '4': '4',
    'in progress': '4',
    indeterminate: '4',
  }
  const asked = words[fold(text)] ?? refused(`status category "${text}"`)
  if (all('SELECT 1 FROM status WHERE category IS NULL LIMIT 1').length > 0)
    cannotTell('This source is too old to have categories of statuses.')
  return all('SELECT id FROM status WHERE category = ?', asked).map((row) => row.id as Comparable)
}

/** Words of a field that takes any: they need not exist. */
export const anything: Resolve = (_source, text) => [text]
export const foldedText: Resolve = (_source, text) => [fold(text)]
export const number: Resolve = (_source, text) => {
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value)
    ? [value]
    : cannotTell(`"${text}" is no number.`)
}
