import type { Kind } from '../../../shared/plan.ts'
import { SiteRefusal } from '../../cloud/problems.ts'
import type { FullIssue } from '../../cloud/reading-full.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { type FieldIds, judgeValues } from '../values.ts'
import { differences } from './compare.ts'
import { absent, type ForeignChange, type ForeignContext, found, unseen } from './context.ts'
import { judgeFiles } from './files.ts'
import { type Judged, judgeComments, judgeWorklogs } from './texts-of-issue.ts'

/** The kinds that are judged with their issue. */
export const ofIssueKinds: Kind[] = [
  'fieldValue',
  'comment',
  'worklog',
  'attachment',
  'watcher',
  'remoteLink',
]

/** All that hangs on an issue of the site, but for links and sprints. */
export async function judgeContent(
  ctx: ForeignContext,
  items: ItemRow[],
  issue: FullIssue,
  fields: FieldIds,
): Promise<Judged> {
  const of = (kind: Kind) => items.filter((item) => item.kind === kind)
  const values = judgeValues(
    fields,
    of('fieldValue').filter((item) => item.lane !== 'boards'),
    issue,
  )
  const parts = [
    await judgeComments(ctx, of('comment'), issue),
    await judgeWorklogs(ctx, of('worklog'), issue),
    await judgeFiles(ctx, of('attachment'), issue),
  ]
  return {
    changes: [
      ...values,
      ...parts.flatMap((part) => part.changes),
      ...(await judgeWatchers(ctx, of('watcher'), issue)),
      ...(await judgeWebLinks(ctx, of('remoteLink'), issue)),
    ],
    strangers: parts.flatMap((part) => part.strangers),
  }
}

/** What an issue that the site does not have would have had on it. */
export const allAbsent = (items: readonly ItemRow[]): ForeignChange[] => items.map(absent)

async function judgeWatchers(
  ctx: ForeignContext,
  items: ItemRow[],
  issue: FullIssue,
): Promise<ForeignChange[]> {
  if (items.length === 0) return []
  const why =
    'who watches an issue is only shown to those with the permission View Voters and Watchers.'
  try {
    const there = new Set(await ctx.read.watchers(issue.key))
    if (there.size < issue.watchCount && there.size === 0)
      return items.map((item) => unseen(item, why))
    return items.map((item) => {
      const { accountId } = promiseOf(item, 'watcher')
      return there.has(accountId) ? found(item, accountId, []) : absent(item)
    })
  } catch (error) {
    if (!(error instanceof SiteRefusal) || ![401, 403, 404].includes(error.status)) throw error
    return items.map((item) => unseen(item, why))
  }
}

async function judgeWebLinks(
  ctx: ForeignContext,
  items: ItemRow[],
  issue: FullIssue,
): Promise<ForeignChange[]> {
  if (items.length === 0) return []
  const there = await ctx.read.remoteLinks(issue.key)
  const taken = new Set<string>()
  return items.map((item) => {
    const promise = promiseOf(item, 'remoteLink')
    const free = there.filter(({ id }) => !taken.has(id))
    const one =
      free.find(({ id }) => id === item.siteId) ??
      free.find(({ globalId, url }) => globalId === promise.globalId && url === promise.url) ??
      free.find(({ globalId }) => globalId === promise.globalId) ??
      free.find(({ url }) => url === promise.url) ??
      free.find(({ title }) => title === promise.title)
    if (!one) return absent(item)
    taken.add(one.id)
    const at = differences()
    at.value('title', promise.title, one.title)
    at.value('url', promise.url, one.url)
    at.value('summary', promise.summary, one.summary)
    at.value('relationship', promise.relationship, one.relationship)
    return found(item, one.id, at.all)
  })
}
