import type { HeldAuthor, HeldPerson } from '../../../shared/held.ts'
import type { AdfDoc, Origin, Visibility } from '../../../shared/plan.ts'
import type { SiteComment, SiteWorklog } from '../../cloud/reading.ts'
import type { FullIssue } from '../../cloud/reading-full.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { madeByRepairs } from '../../ledger/repairs.ts'
import type { NewStranger } from '../../ledger/verification.ts'
import { type Compared, compareMaking, differences, notKept } from './compare.ts'
import { absent, type ForeignChange, type ForeignContext, found, unseen } from './context.ts'
import { pairUp, type Trait } from './pair.ts'
import { isPerson } from './people.ts'
import { hasLineBefore, wordsOf } from './texts.ts'
import { sameTime, shownTime } from './times.ts'

/** What was judged of an issue, and what the site has there beyond the source. */
export interface Judged {
  changes: ForeignChange[]
  strangers: NewStranger[]
}

/** What comments and worklogs have in common here. */
interface HeldText {
  item: ItemRow
  doc: AdfDoc | null
  visibility: Visibility | null
  held: HeldAuthor | undefined
  origin: Origin
  /** Told in the text that pairs are found by: of a worklog, how long it was and when it began. */
  more: string
}
interface SiteText {
  id: string
  doc: AdfDoc | null
  visibility: Visibility | null
  authorAccountId: string | null
  created: string | null
  origin: Origin | null
  more: string
}

export async function judgeComments(
  ctx: ForeignContext,
  items: ItemRow[],
  issue: FullIssue,
): Promise<Judged> {
  const { items: first, total } = issue.comments
  if (items.length === 0 && total === 0) return { changes: [], strangers: [] }
  const all = first.length < total ? await ctx.read.comments(issue.key) : first
  const held = items.map((item): HeldText => {
    const { body, ...promise } = promiseOf(item, 'comment')
    return { item, doc: body, more: '', ...promise, held: promise.held }
  })
  const there = all.map((one: SiteComment) => ({ ...one, doc: one.body, more: '' }))
  return judgeTexts(ctx, 'comment', held, there, issue)
}

export async function judgeWorklogs(
  ctx: ForeignContext,
  items: ItemRow[],
  issue: FullIssue,
): Promise<Judged> {
  const { items: first, total } = issue.worklogs
  if (items.length === 0 && total === 0) return { changes: [], strangers: [] }
  const all = first.length < total ? await ctx.read.worklogs(issue.key) : first
  const held = items.map((item): HeldText => {
    const { comment, started, timeSpentSeconds, ...promise } = promiseOf(item, 'worklog')
    return {
      item,
      doc: comment,
      more: logged(started, timeSpentSeconds),
      ...promise,
      held: promise.held,
    }
  })
  const there = all.map((one: SiteWorklog) => ({
    ...one,
    doc: one.comment,
    created: null,
    more: logged(one.started, one.timeSpentSeconds),
  }))
  return judgeTexts(ctx, 'worklog', held, there, issue)
}

/** No site takes less than a minute. */
const logged = (started: string, seconds: number) =>
  `${shownTime(started).slice(0, 16)} ${Math.max(1, Math.floor(seconds / 60))}`

async function judgeTexts(
  ctx: ForeignContext,
  kind: 'comment' | 'worklog',
  held: HeldText[],
  site: SiteText[],
  issue: FullIssue,
): Promise<Judged> {
  await ctx.people.know(site.map((one) => one.authorAccountId))
  const { keeps } = ctx.survey
  const timed = kind === 'comment' && keeps.time.comment
  const time = (text: string | null | undefined) => (timed && text ? Date.parse(text) : null)
  const traits = held.map(
    ({ item, doc, held: by, more }): Trait => ({
      id: item.siteId,
      text: `${more}\n${wordsOf(doc, null).held}`,
      author: authorOf(by?.author ?? null),
      time: time(by?.created),
    }),
  )
  const whose = (accountId: string) => {
    const own = held.find(
      (one) => one.held?.author && isPerson(ctx.people, one.held.author, accountId),
    )
    return own ? authorOf(own.held?.author ?? null) : accountId
  }
  const others = site.map((one): Trait => {
    const isOurs = one.origin?.source === held[0]?.origin.source && one.origin !== null
    const own = held.find(({ origin }) => one.origin?.id === origin.id && one.origin.kind === kind)
    return {
      id: isOurs && own ? own.item.siteId : one.id,
      text: `${one.more}\n${wordsOf(own?.doc ?? null, one.doc, isOurs).site}`,
      author: one.authorAccountId === null ? '' : whose(one.authorAccountId),
      time: time(one.created),
    }
  })
  const isSame = (a: number, b: number) =>
    sameTime(new Date(a).toISOString(), new Date(b).toISOString(), ctx.survey)
  const { pairs, strangers } = pairUp(traits, others, isSame)
  const repaired = await madeByRepairs(ctx.db, ctx.migrationId, issue.key)
  const changes: ForeignChange[] = []
  for (const [i, own] of held.entries()) {
    const one = site[pairs.get(i) ?? -1]
    const isOurs = one !== undefined && repaired.has(one.id)
    changes.push(one ? judgePair(ctx, kind, own, one, isOurs) : await judgeGone(ctx, own, issue))
  }
  return {
    changes,
    strangers: strangers.flatMap((j) => {
      const one = site[j]
      return one && one.origin?.kind !== 'note' ? [stranger(ctx, kind, one, issue)] : []
    }),
  }
}

/** By the account where one is known, else by the name, if an account of the site has it. */
function authorOf(person: HeldPerson | null): string {
  return person === null ? '' : (person.accountId ?? `name ${person.name}`)
}

function judgePair(
  ctx: ForeignContext,
  kind: 'comment' | 'worklog',
  { item, doc, visibility, held, origin, more }: HeldText,
  one: SiteText,
  isRepaired: boolean,
): ForeignChange {
  const at = differences()
  const compared: Compared = { differences: at.all, losses: [] }
  const words = wordsOf(doc, one.doc, one.origin?.source === origin.source)
  if (hasLineBefore(words, held?.author?.name ?? null)) compared.losses.push(notKept.lineBefore)
  else at.value(kind === 'comment' ? 'body' : 'comment', words.held, words.site)
  at.value('started and minutes spent', more, one.more)
  at.value(
    'restricted to',
    restricted(visibility),
    restricted(one.visibility),
    isSameLevel(ctx, visibility, one),
  )
  // What a repair made again stands under its account; the line before its text says whose it was.
  if (isRepaired) compared.losses.push(notKept.author, notKept.times)
  else compareMaking(ctx, kind, held, one, compared)
  return found(item, one.id, compared.differences, compared.losses)
}

const restricted = (to: Visibility | null) => (to ? `${to.type} ${to.value}` : '')
const isSameLevel = (ctx: ForeignContext, held: Visibility | null, { visibility }: SiteText) =>
  held !== null &&
  visibility !== null &&
  held.type === visibility.type &&
  (held.value.toLowerCase() === visibility.value.toLowerCase() ||
    (held.type === 'role' && ctx.names.is('role', held.value, visibility.value)))

/** A restricted text that this login would not see is not missing. */
async function judgeGone(
  ctx: ForeignContext,
  { item, visibility }: HeldText,
  issue: FullIssue,
): Promise<ForeignChange> {
  if (!visibility || (await ctx.sees.restricted(issue.projectKey, visibility))) return absent(item)
  return unseen(
    item,
    `only the ${visibility.type} ${visibility.value} sees it. Add the login to that ${visibility.type}, then verify again.`,
  )
}

function stranger(
  ctx: ForeignContext,
  kind: 'comment' | 'worklog',
  one: SiteText,
  issue: FullIssue,
): NewStranger {
  const by = one.authorAccountId === null ? 'Anonymous' : ctx.people.of(one.authorAccountId)
  const what = kind === 'comment' ? 'Comment by' : 'Work logged by'
  return {
    kind,
    siteId: one.id,
    label: `${what} ${by} on ${issue.key}`,
    projectKey: issue.projectKey,
    issueKey: issue.key,
  }
}
