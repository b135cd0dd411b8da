import { type ItemRow, promiseOf, type VerdictChange } from '../ledger/items.ts'
import { withRewrites } from '../ledger/rewrites.ts'
import { verifyAttachment } from '../verify/attachments.ts'
import { compareComment, compareIssue, compareNamed, compareWorklog } from '../verify/compare.ts'
import { judged, missing } from '../verify/judge.ts'
import { judgeLink } from '../verify/links.ts'
import { isRightNow } from './assess-issue.ts'
import { takenIds } from './assess-text.ts'
import type { RepairContext } from './context.ts'
import { isHeld, without } from './held.ts'
import { readText } from './held-text.ts'

/** Reads one item back and judges it as verify does. item.siteId: what is to be its item on the site. */
export async function readBack(ctx: RepairContext, known: ItemRow): Promise<VerdictChange> {
  const { foreign } = ctx
  const [item = known] = await withRewrites(ctx.db, ctx.migrationId, [known])
  switch (item.kind) {
    case 'issue': {
      const promise = promiseOf(item, 'issue')
      const [issue] = await ctx.read.issues([promise.key])
      if (!issue) return missing(item)
      if (isHeld(item))
        return without(item, issue.id, ({ field }) => isRightNow(item, issue, field))
      const differences = compareIssue(promise, issue, foreign)
      const { origin } = issue
      const same = origin?.id === promise.origin.id && origin.source === promise.origin.source
      if (!foreign && !same)
        differences.push({ field: 'origin', promised: promise.origin.id, found: origin?.id ?? '' })
      return judged(item, issue.id, differences)
    }
    case 'comment': {
      const promise = promiseOf(item, 'comment')
      const all = await ctx.read.comments(promise.issueKey)
      const one = all.find(({ id }) => id === item.siteId)
      if (!one) return missing(item)
      if (promise.held) return readText(item, one, one.id)
      const differences = compareComment(promise, one, foreign)
      return judged(item, one.id, [...differences, ...copies(all, promise.origin)])
    }
    case 'worklog': {
      const promise = promiseOf(item, 'worklog')
      const all = await ctx.read.worklogs(promise.issueKey)
      const one = all.find(({ id }) => id === item.siteId)
      if (!one) return missing(item)
      if (promise.held) return readText(item, one, one.id)
      const differences = compareWorklog(promise, one, foreign)
      return judged(item, one.id, [...differences, ...copies(all, promise.origin)])
    }
    case 'attachment': {
      const { issueKey } = promiseOf(item, 'attachment')
      const [issue] = await ctx.read.issues([issueKey])
      const taken = await takenIds(ctx, 'attachment', issueKey)
      const others = new Set([...taken].flatMap((id) => (id && id !== item.siteId ? [id] : [])))
      return issue ? verifyAttachment(ctx, item, issue.attachments, others) : missing(item)
    }
    case 'link': {
      const { inwardKey, outwardKey } = promiseOf(item, 'link')
      const found = await ctx.read.issues([inwardKey, outwardKey])
      return judgeLink(item, new Map(found.map((one) => [one.key, one])))
    }
    case 'remoteLink': {
      const promise = promiseOf(item, 'remoteLink')
      const there = await ctx.read.remoteLinks(promise.issueKey)
      const one = there.find((link) => link.globalId === promise.globalId)
      if (!one) return missing(item)
      const fields = ['title', 'url', 'summary', 'relationship'] as const
      return judged(item, one.id, compareNamed(promise, one, [...fields]))
    }
    case 'watcher': {
      const { issueKey, accountId } = promiseOf(item, 'watcher')
      const there = (await ctx.read.watchers(issueKey)).includes(accountId)
      return there ? judged(item, accountId, []) : missing(item)
    }
    default:
      return missing(item)
  }
}

function copies(
  all: { origin: { source: string; kind: string; id: string } | null }[],
  mine: { source: string; kind: string; id: string },
) {
  const n = all.filter(
    ({ origin }) =>
      origin?.source === mine.source && origin.kind === mine.kind && origin.id === mine.id,
  ).length
  return n > 1 ? [{ field: 'copies', promised: '1', found: String(n) }] : []
}
