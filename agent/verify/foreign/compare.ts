import type { HeldAuthor } from '../../../shared/held.ts'
import type { Promises, Reason } from '../../../shared/plan.ts'
import type { Difference } from '../../../shared/report.ts'
import type { FullIssue } from '../../cloud/reading-full.ts'
import { plainText } from '../text.ts'
import type { ForeignContext } from './context.ts'
import { personDifference } from './people.ts'
import { hasLineBefore, wordsOf } from './texts.ts'
import { type Clock, sameTime, shownTime } from './times.ts'

/** How much of a value a difference quotes. */
const quoted = 2000

/** Collects where two sides differ. */
export function differences() {
  const all: Difference[] = []
  return {
    all,
    add(one: Difference | null) {
      if (one) all.push(one)
    },
    /** Two values as a person reads them; equal where `isSame` says so. */
    value(field: string, held: string | null, site: string | null, isSame = false) {
      const [a, b] = [plainText(held), plainText(site)]
      if (a !== b && !isSame) all.push({ field, promised: cut(a, b), found: cut(b, a) })
    },
    time(field: string, held: string | null, site: string | null, clock: Clock) {
      if (!sameTime(held, site, clock))
        all.push({ field, promised: shownTime(held), found: shownTime(site) })
    },
    set(field: string, held: readonly string[], site: readonly string[]) {
      const [a, b] = [sorted(held), sorted(site)]
      if (a.map(fold).join('\n') !== b.map(fold).join('\n'))
        all.push({ field, promised: cut(a.join(', '), ''), found: cut(b.join(', '), '') })
    },
  }
}

const fold = (text: string) => text.trim().toLowerCase().normalize('NFC')
const sorted = (names: readonly string[]) => {
  const seen = new Map(names.map((name) => [fold(name), name.trim()]))
  return [...seen.keys()].sort().map((key) => seen.get(key) ?? '')
}

/** Begins shortly before the first character that differs, so that a long text shows its difference. */
function cut(text: string, other: string): string {
  if (text.length <= quoted) return text
  let at = 0
  while (at < text.length && text[at] === other[at]) at += 1
  const from = Math.max(0, at - 80)
  return `${from ? '…' : ''}${text.slice(from, from + quoted)}${from + quoted < text.length ? '…' : ''}`
}

export const notKept = {
  times: { code: 'times-not-kept', text: 'The other program did not keep when it was made.' },
  author: { code: 'author-not-kept', text: 'The other program did not keep who made it.' },
  lineBefore: {
    code: 'line-before-text',
    text: 'The other program put a line with its author before its text.',
  },
} satisfies Record<string, Reason>

export interface Compared {
  differences: Difference[]
  losses: Reason[]
}

/** An issue as the source held it and as the site has it. `ctx.people` has to know its people. */
export function compareHeldIssue(
  ctx: ForeignContext,
  promise: Promises['issue'],
  one: FullIssue,
): Compared {
  const { held } = promise
  const isOurs = one.origin?.source === promise.origin.source
  const at = differences()
  const losses: Reason[] = []
  const name = (
    kind: 'issueType' | 'status' | 'priority' | 'resolution',
    h: string | null,
    s: string | null,
  ) => h !== null && s !== null && ctx.names.is(kind, h, s)
  at.value('key', promise.key, one.key)
  if (promise.issueType !== '')
    at.value(
      'issue type',
      promise.issueType,
      one.issueType,
      name('issueType', promise.issueType, one.issueType),
    )
  at.value('parent', promise.parentKey, one.parentKey)
  // The site takes 255 characters: who cuts there has cut as little as possible.
  at.value('summary', promise.summary, one.summary, isCut(promise.summary, one.summary))
  const description = wordsOf(promise.description, one.description, isOurs)
  if (hasLineBefore(description, held?.reporter?.name ?? null)) losses.push(notKept.lineBefore)
  else at.value('description', description.held, description.site)
  const environment = wordsOf(promise.environment, one.environment)
  at.value('environment', environment.held, environment.site)
  // Every issue of a site has a priority, also where the source knew none.
  if (promise.priority !== null)
    at.value(
      'priority',
      promise.priority,
      one.priority,
      name('priority', promise.priority, one.priority),
    )
  at.value('status', promise.status, one.status, name('status', promise.status, one.status))
  at.value(
    'resolution',
    promise.resolution,
    one.resolution,
    name('resolution', promise.resolution, one.resolution),
  )
  at.set('labels', promise.labels.map(withoutBlanks), one.labels.map(withoutBlanks))
  at.set('components', promise.components, one.components)
  at.set('fix versions', promise.fixVersions, one.fixVersions)
  at.set('affects versions', promise.versions, one.versions)
  at.value('due date', promise.duedate, one.duedate)
  compareEstimates(at, promise, one)
  if (!held) return { differences: at.all, losses }
  at.add(personDifference(ctx.people, 'reporter', held.reporter, one.reporterAccountId))
  at.add(personDifference(ctx.people, 'assignee', held.assignee, one.assigneeAccountId))
  const { keeps, exportedAt } = ctx.survey
  if (keeps.creator)
    at.add(personDifference(ctx.people, 'creator', held.creator, one.creatorAccountId))
  else losses.push(notKept.author)
  if (!keeps.issueTimes) return { differences: at.all, losses: [...losses, notKept.times] }
  at.time('created', held.created, one.created, ctx.survey)
  // Whatever people did on the site since moves these two.
  const isUntouched = exportedAt !== null && Date.parse(one.updated) <= exportedAt
  if (isUntouched) at.time('updated', held.updated, one.updated, ctx.survey)
  if (isUntouched && held.resolved) at.time('resolved', held.resolved, one.resolved, ctx.survey)
  return { differences: at.all, losses }
}

const isCut = (held: string, site: string) =>
  held.length > 255 &&
  site.length > 200 &&
  held.startsWith(site.replace(/(\.\.\.|…)$/, '').trimEnd())

/** Labels have no blanks on a site: what stands for them is the other program's to choose. */
const withoutBlanks = (label: string) => label.trim().replace(/[\s_-]+/g, '_')

const minutes = (seconds: number | null) => (seconds ? String(Math.round(seconds / 60)) : '')

/** A site that is given one of the two estimates has it for both. */
function compareEstimates(
  at: ReturnType<typeof differences>,
  promise: Promises['issue'],
  one: FullIssue,
): void {
  const { originalEstimateSeconds: original, remainingEstimateSeconds: remaining } = promise
  const both = original === null || remaining === null ? (original ?? remaining) : null
  const check = (field: string, held: number | null, site: number | null) =>
    at.value(field, minutes(held), minutes(site), both !== null && minutes(site) === minutes(both))
  check('original estimate (minutes)', original, one.originalEstimateSeconds)
  check('remaining estimate (minutes)', remaining, one.remainingEstimateSeconds)
}

/** Who made a comment, worklog or file, and when. `ctx.people` has to know the account. */
export function compareMaking(
  ctx: ForeignContext,
  kind: 'comment' | 'worklog' | 'attachment',
  held: HeldAuthor | undefined,
  one: { authorAccountId: string | null; created: string | null },
  into: Compared,
): void {
  if (!held) return
  const { keeps } = ctx.survey
  if (!keeps.author[kind]) into.losses.push(notKept.author)
  // An anonymous author is nobody on a site either, and sites show different things for nobody.
  else if (held.author) {
    const differs = personDifference(ctx.people, 'author', held.author, one.authorAccountId)
    if (differs) into.differences.push(differs)
  }
  if (!keeps.time[kind]) into.losses.push(notKept.times)
  else if (one.created !== null && !sameTime(held.created, one.created, ctx.survey))
    into.differences.push({
      field: 'created',
      promised: shownTime(held.created),
      found: shownTime(one.created),
    })
}
