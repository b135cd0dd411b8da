import type { SnapshotInfo } from '../../../shared/record.ts'
import type { FullIssue } from '../../cloud/reading-full.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { ofIssues, type VerifyContext } from '../judge.ts'
import { type AccountNames, isPerson } from './people.ts'
import { wordsOf } from './texts.ts'
import { type Clock, sameTime } from './times.ts'

/**
 * What the other program keeps of who made what and when: the public API takes neither, Atlassian's own
 * assistant brings both. What it keeps nowhere is told once, and not on each item.
 */
export interface Survey extends Clock {
  /** Issues asked for, and those that the site has. */
  asked: number
  found: number
  keeps: {
    creator: boolean
    issueTimes: boolean
    author: { comment: boolean; worklog: boolean; attachment: boolean }
    time: { comment: boolean; worklog: boolean; attachment: boolean }
  }
  /** Epoch ms at which the source was exported; null where it does not say. */
  exportedAt: number | null
}

/** Of something that was looked at: kept where at least half of it is. Nothing looked at counts as kept. */
class Share {
  looked = 0
  kept = 0
  see(isKept: boolean): void {
    this.looked += 1
    if (isKept) this.kept += 1
  }
  get isKept(): boolean {
    return this.kept * 2 >= this.looked
  }
}

/** Looks at some issues, at most a hundred, before anything is judged. */
export async function survey(
  ctx: VerifyContext,
  people: AccountNames,
  info: SnapshotInfo,
  timeZone: string,
  items: readonly ItemRow[],
): Promise<Survey> {
  const ids = items.map((item) => item.siteId ?? promiseOf(item, 'issue').key)
  const issues = await ctx.read.issuesInFull(ids)
  const byId = new Map(issues.flatMap((one) => [[one.id, one] as const, [one.key, one] as const]))
  const clock = { isZoneKnown: info.timeZoneFrom !== 'assumed', timeZone }
  const share = () => new Share()
  const seen = {
    ...{ creator: share(), issueTimes: share() },
    author: { comment: share(), worklog: share(), attachment: share() },
    time: { comment: share(), worklog: share(), attachment: share() },
  }
  for (const item of items) {
    const promise = promiseOf(item, 'issue')
    const one = byId.get(item.siteId ?? promise.key)
    if (!one || !promise.held) continue
    await people.know(peopleOf(one))
    const { creator, created } = promise.held
    if (creator && one.creatorAccountId !== null)
      seen.creator.see(isPerson(people, creator, one.creatorAccountId))
    seen.issueTimes.see(sameTime(created, one.created, clock))
    await seeContent(ctx, people, promise.key, one, seen, clock)
  }
  const kept = (parts: Record<'comment' | 'worklog' | 'attachment', Share>) => ({
    comment: parts.comment.isKept,
    worklog: parts.worklog.isKept,
    attachment: parts.attachment.isKept,
  })
  return {
    asked: items.length,
    found: issues.length,
    keeps: {
      creator: seen.creator.isKept,
      issueTimes: seen.issueTimes.isKept,
      author: kept(seen.author),
      time: kept(seen.time),
    },
    ...clock,
    exportedAt: info.exportedAt,
  }
}

export const peopleOf = (one: FullIssue): (string | null)[] => [
  one.creatorAccountId,
  one.reporterAccountId,
  one.assigneeAccountId,
  ...one.comments.items.map((comment) => comment.authorAccountId),
  ...one.worklogs.items.map((worklog) => worklog.authorAccountId),
  ...one.attachments.map((file) => file.authorAccountId),
]

interface Seen {
  author: Record<'comment' | 'worklog' | 'attachment', Share>
  time: Record<'comment' | 'worklog' | 'attachment', Share>
}

/** Only what is there unaltered tells who and when: what is altered may be altered in that, too. */
async function seeContent(
  ctx: VerifyContext,
  people: AccountNames,
  key: string,
  issue: FullIssue,
  seen: Seen,
  clock: Clock,
): Promise<void> {
  const comments = new Map(issue.comments.items.map((one) => [wordsOf(null, one.body).site, one]))
  const files = new Map(issue.attachments.map((one) => [`${one.filename} ${one.size}`, one]))
  const work = new Map(issue.worklogs.items.map((one) => [Date.parse(one.started), one]))
  for (const item of await ofIssues(ctx, [key], ['comment', 'worklog', 'attachment'])) {
    const kind = item.kind as 'comment' | 'worklog' | 'attachment'
    const { one, held } =
      kind === 'comment'
        ? see(promiseOf(item, kind), (p) => comments.get(wordsOf(p.body, null).held))
        : kind === 'attachment'
          ? see(promiseOf(item, kind), (p) => files.get(`${p.filename} ${p.size}`))
          : see(promiseOf(item, kind), (p) => work.get(Date.parse(p.started)))
    if (!one || !held) continue
    if (held.author && one.authorAccountId !== null)
      seen.author[kind].see(isPerson(people, held.author, one.authorAccountId))
    if ('created' in one) seen.time[kind].see(sameTime(held.created, one.created, clock))
  }
}

const see = <P extends { held?: unknown }, F>(promise: P, find: (promise: P) => F) => ({
  one: find(promise),
  held: promise.held as P['held'],
})

/** What the other program did not keep, in sentences; empty where it kept everything. */
export function notKeptWords({ keeps }: Survey): string[] {
  const words: string[] = []
  if (!keeps.issueTimes) words.push('when issues were created, changed and resolved')
  if (!keeps.creator) words.push('who created issues')
  const names = { comment: 'comments', worklog: 'work logs', attachment: 'files' }
  for (const kind of ['comment', 'worklog', 'attachment'] as const) {
    if (!keeps.author[kind]) words.push(`who made ${names[kind]}`)
    if (!keeps.time[kind]) words.push(`when ${names[kind]} were made`)
  }
  return words
}
