import type { AfterGroup } from '../../shared/api-after.ts'
import type { ListWords, RowsOf } from '../../shared/check-lists.ts'
import type { IssueRow } from '../../shared/issue-rows.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { RowCount } from '../../shared/row-counts.ts'
import type { SiteComment, SiteIssue, SiteReading, SiteWorklog } from '../cloud/reading.ts'
import type { LedgerDb } from '../ledger/open.ts'
import type { AccountBook } from './accounts.ts'

/** Where something was found. path: on the site ("/browse/PAY-12"), or a whole address; null where no page is. */
export interface AfterPlace {
  subject: string
  projectKey?: string | null
  issueKey?: string | null
  detail: string
  path?: string | null
  /** One of the check's `lists`: it is counted beside, and nothing was found there. Absent: something was. */
  list?: string
  /** What it belongs to in that list, for a number in another row. */
  partOf?: string
  /** The numbers in `detail`, each with its list. */
  counts?: readonly RowCount[]
}

/**
 * What a check says once it knows in how many places it found something. hint '' = nothing is to be done.
 * incomplete: it was asked, and could not tell; what it could not compare is in one of its lists.
 */
export interface AfterSays {
  status: 'success' | 'warning' | 'error' | 'incomplete'
  sentence: string
  hint: string
}

/** A project that was to be there. */
export interface MovedProject {
  /** The source's id. */
  sourceId: string
  key: string
  name: string
}

/** All that a check may look at. It writes nothing, and of the site it has the reading half only. */
export interface AfterContext {
  db: LedgerDb
  migrationId: string
  read: SiteReading
  snapshot: SnapshotReader
  signal: AbortSignal
  siteUrl: string
  projects: readonly MovedProject[]
  /** Another tool filled the site: what the ledger calls left out may be there all the same. */
  foreign: boolean
  accounts: AccountBook
}

/** Some issues of a project as the site has them now, with what the source says of them. */
export interface IssuePage {
  project: MovedProject
  issues: readonly SiteIssue[]
  /** Custom fields that hold people, read with the issues; null where this login may not list fields. */
  personFields: readonly { id: string; name: string }[] | null
  /** The source's row of an issue; null for one that only the site has. */
  source(key: string): IssueRow | null
  /** All comments and worklogs, also those beyond the first page; asked once, whoever asks. */
  comments(issue: SiteIssue): Promise<readonly SiteComment[]>
  worklogs(issue: SiteIssue): Promise<readonly SiteWorklog[]>
}

export type Places = Iterable<AfterPlace> | AsyncIterable<AfterPlace>

/**
 * One asking of a check. `see` looks at every issue of the moved projects, which are read once for all checks that
 * want to; `ask` looks at whatever else, after that. What either throws makes this check incomplete, and no other.
 */
export interface Asking {
  see?(page: IssuePage): Places
  ask?(): Places
  /** @param rowsOf how many rows another list of it has */
  say(places: number, rowsOf: RowsOf): AfterSays
}

/** One question after a migration, in one file. */
export interface AfterCheck {
  key: string
  group: AfterGroup
  title: string
  /** Also asked where files alone moved, to issues of another migration; what else there is, is asked of that one. */
  ofFiles?: true
  /** What its sentence counts beside what it found; each row comes from `see` or `ask` with the list's name. */
  lists?: ListWords
  open(context: AfterContext): Asking
}

export const fine = (sentence: string): AfterSays => ({ status: 'success', sentence, hint: '' })
export const warn = (sentence: string, hint: string): AfterSays => ({
  status: 'warning',
  sentence,
  hint,
})
export const fault = (sentence: string, hint: string): AfterSays => ({
  status: 'error',
  sentence,
  hint,
})

export const untold = (sentence: string, hint: string): AfterSays => ({
  status: 'incomplete',
  sentence,
  hint,
})

const whole = new Intl.NumberFormat('en-US')
export const number = (n: number): string => whole.format(n)
/** "1 user has" or "12 users have". */
export const plural = (n: number, one: string, many: string): string =>
  `${number(n)} ${n === 1 ? one : many}`

/** The place of an issue. */
export const atIssue = (key: string, detail: string, subject = key): AfterPlace => ({
  subject,
  projectKey: projectOf(key),
  issueKey: key,
  detail,
  path: `/browse/${key}`,
})

export const projectOf = (issueKey: string): string => issueKey.slice(0, issueKey.lastIndexOf('-'))

/** Names are the same to Jira in any case. */
export const fold = (name: string): string => name.trim().toLowerCase()

/** Long texts are cut for a list; the place itself has the rest. */
export const brief = (text: string, most = 160): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}
