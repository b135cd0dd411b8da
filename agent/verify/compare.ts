import type { AdfDoc, Promises, Visibility } from '../../shared/plan.ts'
import type { Difference } from '../../shared/report.ts'
import type {
  SiteComment,
  SiteComponent,
  SiteIssue,
  SiteProject,
  SiteVersion,
  SiteWorklog,
} from '../cloud/reading.ts'
import { adfText, plainText } from './text.ts'

/** How much of a value a difference quotes; the items view shows the whole on the site itself. */
const quoted = 2000

type Pairs = [field: string, promised: unknown, found: unknown][]

/** The fields in which two normalised values are not equal. */
function differing(pairs: Pairs): Difference[] {
  return pairs.flatMap(([field, promised, found]) => {
    const [a, b] = [show(promised), show(found)]
    return a === b ? [] : [{ field, promised: cut(a, b), found: cut(b, a) }]
  })
}

function show(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(show).sort().join(', ')
  return plainText(String(value))
}

/** Begins shortly before the first character that differs, so that a long text shows its difference. */
function cut(text: string, other: string): string {
  if (text.length <= quoted) return text
  let at = 0
  while (at < text.length && text[at] === other[at]) at += 1
  const from = Math.max(0, at - 80)
  return `${from ? '…' : ''}${text.slice(from, from + quoted)}${from + quoted < text.length ? '…' : ''}`
}

const lower = (text: string | null | undefined) => (text ?? '').toLowerCase()
const restricted = (visibility: Visibility | null) =>
  visibility ? `${visibility.type} ${visibility.value}` : ''
const minutes = (seconds: number | null) => (seconds === null ? null : Math.floor(seconds / 60))

/**
 * Both texts for comparison. On a site that another program filled (`foreign`) the header line that
 * Landfall would have put before the text is not expected.
 */
function textOf(promised: AdfDoc | null, found: AdfDoc | null, foreign: boolean): [string, string] {
  const [whole, there] = [adfText(promised), adfText(found)]
  if (whole === there || !promised || !foreign) return [whole, there]
  return [adfText({ ...promised, content: promised.content.slice(1) }), there]
}

export function compareIssue(
  promise: Promises['issue'],
  found: SiteIssue,
  foreign: boolean,
): Difference[] {
  return differing([
    ['key', promise.key, found.key],
    ['issue type', lower(promise.issueType), lower(found.issueType)],
    ['parent', promise.parentKey ?? promise.epicKey, found.parentKey],
    ['summary', promise.summary, found.summary],
    ['description', ...textOf(promise.description, found.description, foreign)],
    ['environment', adfText(promise.environment), adfText(found.environment)],
    [
      'priority',
      promise.priority === null ? null : lower(promise.priority),
      promise.priority === null ? null : lower(found.priority),
    ],
    ['status', lower(promise.status), lower(found.status)],
    ['resolution', lower(promise.resolution), lower(found.resolution)],
    ['reporter', promise.reporterAccountId, found.reporterAccountId],
    ['assignee', promise.assigneeAccountId, found.assigneeAccountId],
    ['labels', promise.labels, found.labels],
    ['components', promise.components, found.components],
    ['fix versions', promise.fixVersions, found.fixVersions],
    ['affects versions', promise.versions, found.versions],
    ['due date', promise.duedate, found.duedate],
    [
      'original estimate (minutes)',
      minutes(promise.originalEstimateSeconds),
      minutes(found.originalEstimateSeconds),
    ],
    [
      'remaining estimate (minutes)',
      minutes(promise.remainingEstimateSeconds),
      minutes(found.remainingEstimateSeconds),
    ],
  ])
}

export function compareProject(promise: Promises['project'], found: SiteProject): Difference[] {
  return differing([
    ['key', promise.key, found.key],
    ['name', promise.name, found.name],
    ['description', promise.description, found.description],
    ['lead', promise.leadAccountId, found.leadAccountId],
    ['url', promise.url, found.url],
    ['default assignee', promise.assigneeType, found.assigneeType],
    ['project type', promise.projectTypeKey, found.projectTypeKey],
    ['category', lower(promise.category), lower(found.category)],
  ])
}

export function compareComponent(
  promise: Promises['component'],
  found: SiteComponent,
): Difference[] {
  return differing([
    ['name', promise.name, found.name],
    ['description', promise.description, found.description],
    ['lead', promise.leadAccountId, found.leadAccountId],
    ['default assignee', promise.assigneeType, found.assigneeType],
  ])
}

export function compareVersion(promise: Promises['version'], found: SiteVersion): Difference[] {
  return differing([
    ['name', promise.name, found.name],
    ['description', promise.description, found.description],
    ['start date', promise.startDate, found.startDate],
    ['release date', promise.releaseDate, found.releaseDate],
    ['released', promise.released, found.released],
    ['archived', promise.archived, found.archived],
  ])
}

export function compareComment(
  promise: Promises['comment'],
  found: SiteComment,
  foreign: boolean,
): Difference[] {
  return differing([
    ['body', ...textOf(promise.body, found.body, foreign)],
    ['restricted to', restricted(promise.visibility), restricted(found.visibility)],
  ])
}

export function compareWorklog(
  promise: Promises['worklog'],
  found: SiteWorklog,
  foreign: boolean,
): Difference[] {
  return differing([
    ['started', Date.parse(promise.started), Date.parse(found.started)],
    ['time spent (minutes)', minutes(promise.timeSpentSeconds), minutes(found.timeSpentSeconds)],
    ['comment', ...textOf(promise.comment, found.comment, foreign)],
    ['restricted to', restricted(promise.visibility), restricted(found.visibility)],
  ])
}

/** For items of the frame: what the plan promised by name and what the site has under that name. */
export function compareNamed<T extends object>(
  promise: T,
  found: object,
  fields: (keyof T & string)[],
): Difference[] {
  const there = found as Record<string, unknown>
  return differing(fields.map((field) => [field, promise[field], there[field]]))
}
