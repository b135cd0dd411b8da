import type { Promises } from '../../shared/plan.ts'
import type { SiteIssue } from '../cloud/reading.ts'
import { adfText, plainText } from '../verify/text.ts'

type Promise_ = Promises['issue']

/** One field of an issue that the site's edit endpoint can set. */
interface Field {
  /** As the edit endpoint knows it. */
  id: string
  /** Its names in the site's history, in lower case. */
  history: string[]
  /** What the source has, and what the site has, as the edit endpoint takes it. */
  wanted(promise: Promise_): unknown
  there(issue: SiteIssue): unknown
  /** The same in words. */
  wantedText(promise: Promise_): string
  thereText(issue: SiteIssue): string
}

const named = (name: string | null) => (name === null ? null : { name })
const names = (list: readonly string[]) => list.map((name) => ({ name }))
const account = (id: string | null) => (id === null ? null : { id })
const keyed = (key: string | null) => (key === null ? null : { key })
const sorted = (list: readonly string[]) => [...list].sort().join(', ')
/** Jira counts estimates in whole minutes, as the push does. */
const minutes = (seconds: number | null) => (seconds === null ? null : Math.floor(seconds / 60))
const time = (seconds: number | null) => (seconds === null ? null : `${minutes(seconds)}m`)
const parentOf = (promise: Promise_) => promise.parentKey ?? promise.epicKey ?? null

function plain(
  id: string,
  history: string[],
  value: (from: Promise_ | SiteIssue) => string | null,
): Field {
  const text = (from: Promise_ | SiteIssue) => plainText(value(from))
  return { id, history, wanted: value, there: value, wantedText: text, thereText: text }
}
function rich(id: 'description' | 'environment'): Field {
  return {
    id,
    history: [id],
    wanted: (promise) => promise[id],
    there: (issue) => issue[id],
    wantedText: (promise) => adfText(promise[id]),
    thereText: (issue) => adfText(issue[id]),
  }
}
function choice(
  id: string,
  history: string[],
  wanted: (promise: Promise_) => string | null,
  there: (issue: SiteIssue) => string | null,
  form: (value: string | null) => unknown,
): Field {
  return {
    id,
    history,
    wanted: (promise) => form(wanted(promise)),
    there: (issue) => form(there(issue)),
    wantedText: (promise) => wanted(promise) ?? '',
    thereText: (issue) => there(issue) ?? '',
  }
}
function list(
  id: 'labels' | 'components' | 'fixVersions' | 'versions',
  history: string[],
  form: (list: readonly string[]) => unknown,
): Field {
  return {
    id,
    history,
    wanted: (promise) => form(promise[id]),
    there: (issue) => form(issue[id]),
    wantedText: (promise) => sorted(promise[id]),
    thereText: (issue) => sorted(issue[id]),
  }
}

/** Both estimates go out together: Jira takes one that is set alone for both. */
function estimate(
  history: string[],
  of: 'originalEstimateSeconds' | 'remainingEstimateSeconds',
): Field {
  const both = (from: Promise_ | SiteIssue) => ({
    originalEstimate: time(from.originalEstimateSeconds) ?? '',
    remainingEstimate: time(from.remainingEstimateSeconds) ?? '',
  })
  const text = (from: Promise_ | SiteIssue) => String(minutes(from[of]) ?? '')
  return {
    id: 'timetracking',
    history,
    wanted: both,
    there: both,
    wantedText: text,
    thereText: text,
  }
}

/** By the names that verify gives them; the table of acts (shared/repair) has the same. */
export const issueFields: Readonly<Record<string, Field>> = {
  summary: plain('summary', ['summary'], (from) => from.summary),
  description: rich('description'),
  environment: rich('environment'),
  priority: choice(
    'priority',
    ['priority'],
    (p) => p.priority,
    (i) => i.priority,
    named,
  ),
  resolution: choice(
    'resolution',
    ['resolution'],
    (p) => p.resolution,
    (i) => i.resolution,
    named,
  ),
  reporter: choice(
    'reporter',
    ['reporter'],
    (p) => p.reporterAccountId,
    (i) => i.reporterAccountId,
    account,
  ),
  assignee: choice(
    'assignee',
    ['assignee'],
    (p) => p.assigneeAccountId,
    (i) => i.assigneeAccountId,
    account,
  ),
  labels: list('labels', ['labels'], (all) => [...all]),
  components: list('components', ['components', 'component'], names),
  'fix versions': list('fixVersions', ['fixversions', 'fix version'], names),
  'affects versions': list('versions', ['versions', 'version'], names),
  'due date': plain('duedate', ['duedate'], (from) => from.duedate),
  parent: choice(
    'parent',
    ['parent', 'issueparentassociation', 'epic link'],
    parentOf,
    (i) => i.parentKey,
    keyed,
  ),
  'original estimate (minutes)': estimate(
    ['timeoriginalestimate', 'originalestimate'],
    'originalEstimateSeconds',
  ),
  'remaining estimate (minutes)': estimate(
    ['timeestimate', 'remainingestimate'],
    'remainingEstimateSeconds',
  ),
}
