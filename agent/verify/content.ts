import type { Origin } from '../../shared/plan.ts'
import type { SiteComment, SiteIssue, SiteWorklog } from '../cloud/reading.ts'
import { type ItemRow, promiseOf, settleVerdicts, type VerdictChange } from '../ledger/items.ts'
import { verifyAttachment } from './attachments.ts'
import { compareComment, compareNamed, compareWorklog } from './compare.ts'
import { judged, missing, ofIssues, type VerifyContext } from './judge.ts'
import { type FieldIds, judgeValues } from './values.ts'

/** All that hangs on these issues, but for links between them. */
export async function verifyContent(
  ctx: VerifyContext,
  keys: string[],
  issues: Map<string, SiteIssue>,
  fields: FieldIds,
): Promise<void> {
  const items = await ofIssues(ctx, keys, [
    'fieldValue',
    'comment',
    'note',
    'worklog',
    'attachment',
    'watcher',
    'remoteLink',
  ])
  for (const [key, own] of Map.groupBy(items, (item) => item.issueKey ?? '')) {
    ctx.signal.throwIfAborted()
    const issue = issues.get(key)
    const of = (kind: ItemRow['kind']) => own.filter((item) => item.kind === kind)
    if (!issue) {
      await settleVerdicts(ctx.db, own.filter((item) => item.counted === 1).map(missing))
      continue
    }
    const changes = [
      ...judgeValues(
        fields,
        // Which sprints an issue is in is read with the boards.
        of('fieldValue').filter((item) => item.lane !== 'boards'),
        issue,
      ),
      ...(await comments(ctx, of('comment'), of('note').length, issue)),
      ...(await worklogs(ctx, of('worklog'), issue)),
      ...(await watchers(ctx, of('watcher'), key)),
      ...(await remoteLinks(ctx, of('remoteLink'), key)),
    ]
    const taken = new Set(
      own.flatMap((item) => (item.kind === 'attachment' && item.siteId ? [item.siteId] : [])),
    )
    for (const item of of('attachment'))
      changes.push(await verifyAttachment(ctx, item, issue.attachments, taken))
    await settleVerdicts(ctx.db, changes)
  }
}

async function comments(
  ctx: VerifyContext,
  items: ItemRow[],
  notes: number,
  issue: SiteIssue,
): Promise<VerdictChange[]> {
  if (!items.length) return []
  // The issue's own answer holds the first page only and no properties: the rest, and doubles, need the long way.
  const whole =
    ctx.foreign ||
    issue.comments.total !== items.length + notes ||
    issue.comments.items.length < issue.comments.total
  const found = whole ? await ctx.read.comments(issue.key) : issue.comments.items
  return match(
    ctx,
    items,
    found,
    (item) => promiseOf(item, 'comment').origin,
    (item, one: SiteComment) => compareComment(promiseOf(item, 'comment'), one, ctx.foreign),
  )
}

async function worklogs(
  ctx: VerifyContext,
  items: ItemRow[],
  issue: SiteIssue,
): Promise<VerdictChange[]> {
  if (!items.length) return []
  const whole =
    ctx.foreign ||
    issue.worklogs.total !== items.length ||
    issue.worklogs.items.length < issue.worklogs.total
  const found = whole ? await ctx.read.worklogs(issue.key) : issue.worklogs.items
  return match(
    ctx,
    items,
    found,
    (item) => promiseOf(item, 'worklog').origin,
    (item, one: SiteWorklog) => compareWorklog(promiseOf(item, 'worklog'), one, ctx.foreign),
  )
}

/**
 * Pairs promised items with what the site has: by the ledger's id, by the origin property, on a foreign
 * site by equality and then by order. One that is there twice is told on the item it doubles.
 */
function match<F extends { id: string; origin: Origin | null }>(
  ctx: VerifyContext,
  items: ItemRow[],
  found: F[],
  originOf: (item: ItemRow) => Origin,
  compare: (item: ItemRow, one: F) => VerdictChange['differences'],
): VerdictChange[] {
  const free = new Map(found.map((one) => [one.id, one]))
  const pairs = new Map<ItemRow, F>()
  const take = (item: ItemRow, one: F | undefined) => {
    if (!one) return
    pairs.set(item, one)
    free.delete(one.id)
  }
  const isOf = (one: F, origin: Origin) =>
    one.origin?.source === origin.source &&
    one.origin.kind === origin.kind &&
    one.origin.id === origin.id
  for (const item of items) take(item, item.siteId ? free.get(item.siteId) : undefined)
  for (const item of items)
    if (!pairs.has(item))
      take(
        item,
        [...free.values()].find((one) => isOf(one, originOf(item))),
      )
  if (ctx.foreign) {
    for (const item of items)
      if (!pairs.has(item))
        take(
          item,
          [...free.values()].find((one) => one.origin === null && !compare(item, one).length),
        )
    for (const item of items)
      if (!pairs.has(item))
        take(
          item,
          [...free.values()].find((one) => one.origin === null),
        )
  }
  return items.map((item) => {
    const one = pairs.get(item)
    if (!one) return missing(item)
    const differences = compare(item, one)
    const doubles = [...free.values()].filter((other) => isOf(other, originOf(item))).length
    if (doubles) differences.push({ field: 'copies', promised: '1', found: String(doubles + 1) })
    return judged(item, one.id, differences)
  })
}

async function watchers(
  ctx: VerifyContext,
  items: ItemRow[],
  key: string,
): Promise<VerdictChange[]> {
  if (!items.length) return []
  const there = new Set(await ctx.read.watchers(key))
  return items.map((item) => {
    const { accountId } = promiseOf(item, 'watcher')
    return there.has(accountId) ? judged(item, accountId, []) : missing(item)
  })
}

async function remoteLinks(
  ctx: VerifyContext,
  items: ItemRow[],
  key: string,
): Promise<VerdictChange[]> {
  if (!items.length) return []
  const there = await ctx.read.remoteLinks(key)
  return items.map((item) => {
    const promise = promiseOf(item, 'remoteLink')
    const one =
      there.find((link) => link.globalId === promise.globalId) ??
      there.find((link) => link.url === promise.url)
    return one
      ? judged(
          item,
          one.id,
          compareNamed(promise, one, ['title', 'url', 'summary', 'relationship']),
        )
      : missing(item)
  })
}
