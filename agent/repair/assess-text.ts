import type { RepairPart } from '../../shared/api-repair.ts'
import { must } from '../../shared/assert.ts'
import type { AdfDoc } from '../../shared/plan.ts'
import { repairTable } from '../../shared/repair.ts'
import type { Difference } from '../../shared/report.ts'
import type { Made } from '../cloud/mending.ts'
import type { SiteComment, SiteWorklog } from '../cloud/reading.ts'
import { differencesOf, type ItemRow, promiseOf } from '../ledger/items.ts'
import { senderOf } from '../push/senders/registry.ts'
import { compareComment, compareWorklog } from '../verify/compare.ts'
import { adfText } from '../verify/text.ts'
import { type Assessment, chanceOf, type Deed, done, part, type Undo } from './assessment.ts'
import { fieldByHand, handWords } from './by-hand.ts'
import { changedSince, editedSince } from './changed.ts'
import type { RepairContext } from './context.ts'
import { isHeld, keepingLine } from './held.ts'
import { readText, signedItem } from './held-text.ts'

type Kind = 'comment' | 'worklog'
type There = (SiteComment | SiteWorklog) & { made: Made }

/** A comment or worklog: created again where it is missing, its text and the rest set where it differs. */
export async function assessText(
  ctx: RepairContext,
  item: ItemRow,
  kind: Kind,
): Promise<Assessment> {
  const key = promiseOf(item, kind).issueKey
  const there = await onSite(ctx, item, kind)
  if (!there) return missing(ctx, item, kind)
  const { id } = there
  const differences = isHeld(item)
    ? readText(item, there, id).differences
    : kind === 'comment'
      ? compareComment(promiseOf(item, kind), there as SiteComment, ctx.foreign)
      : compareWorklog(promiseOf(item, kind), there as SiteWorklog, ctx.foreign)
  const changed = await editedSince(ctx, item, key, id, there.made)
  const verified = new Map(differencesOf(item).map((one) => [one.field, one]))
  const parts: RepairPart[] = []
  for (const { field, promised, found } of [...differences, ...copies(verified)]) {
    const act = repairTable[kind].fields[field] ?? null
    const texts = { source: promised, migrated: verified.get(field)?.found ?? promised, now: found }
    if (!act) parts.push(part(field, null, texts, { why: fieldByHand[field] ?? handWords(item) }))
    else {
      const moved =
        !isHeld(item) && item.verdict === 'different' && verified.get(field)?.found !== found
      parts.push(
        part(field, act, texts, { changed: changed ?? (moved ? { who: null, at: null } : null) }),
      )
    }
  }
  if (!parts.length) return done(id)
  const chance = chanceOf(parts)
  const told = { chance, why: null, parts, siteId: id }
  return chance === 'possible'
    ? { ...told, deed: edit(item, kind, there, parts) }
    : { ...told, deed: null }
}

/** Doubles are told by verify alone; they are no matter of one comment. */
const copies = (verified: Map<string, Difference>): Difference[] =>
  [...verified.values()].filter((one) => one.field === 'copies')

/**
 * By the ledger's id; by the origin property, for one that was made again is another than the ledger knows; where
 * another program wrote it, by its words.
 */
async function onSite(ctx: RepairContext, item: ItemRow, kind: Kind): Promise<There | null> {
  const key = promiseOf(item, kind).issueKey
  const known = item.siteId ? await ctx.mend[kind](key, item.siteId) : null
  if (known) return known
  const id = await idOnSite(ctx, item, kind)
  return id === null ? null : ctx.mend[kind](key, id)
}

async function idOnSite(ctx: RepairContext, item: ItemRow, kind: Kind): Promise<string | null> {
  const [found] = await senderOf(kind).find(ctx, [item])
  if (found || !ctx.foreign) return found ?? null
  const key = promiseOf(item, kind).issueKey
  const taken = await takenIds(ctx, kind, key)
  const equal =
    kind === 'comment'
      ? (await ctx.read.comments(key)).find(
          (one) =>
            !taken.has(one.id) &&
            isEqual(item, one, () => compareComment(promiseOf(item, 'comment'), one, true)),
        )
      : (await ctx.read.worklogs(key)).find(
          (one) =>
            !taken.has(one.id) &&
            isEqual(item, one, () => compareWorklog(promiseOf(item, 'worklog'), one, true)),
        )
  return equal?.id ?? null
}

const isEqual = (item: ItemRow, one: SiteComment | SiteWorklog, compare: () => Difference[]) =>
  (isHeld(item) ? readText(item, one, one.id).differences : compare()).length === 0

/** What the site has of a kind on an issue that stands for other items of the source. */
export async function takenIds(ctx: RepairContext, kind: ItemRow['kind'], issueKey: string) {
  const rows = await ctx.db
    .selectFrom('item')
    .select('siteId')
    .where('migrationId', '=', ctx.migrationId)
    .where('issueKey', '=', issueKey)
    .where('kind', '=', kind)
    .where('siteId', 'is not', null)
    .execute()
  return new Set(rows.map((row) => row.siteId))
}

async function missing(ctx: RepairContext, item: ItemRow, kind: Kind): Promise<Assessment> {
  const promise = promiseOf(item, kind)
  const key = promise.issueKey
  // What verify had read and is gone now was taken away since, whether the history says so or not.
  const wasThere = item.verdict !== 'failed' && item.siteId !== null
  const names = kind === 'comment' ? ['comment'] : ['worklogid', 'worklog']
  const known = await changedSince(ctx, item, key, names, (one) => one.to === '')
  const source = adfText('body' in promise ? promise.body : promise.comment)
  const changed = known ?? (wasThere ? { who: null, at: null } : null)
  const texts = { source, migrated: wasThere ? source : '', now: '' }
  const told = part(kind, 'create again', texts, {
    changed,
    why: changed && 'It was removed on the site after the migration, so it is not made again.',
  })
  if (changed) return { chance: 'changed', why: null, parts: [told], deed: null, siteId: null }
  return {
    chance: 'possible',
    why: 'It will stand under the account that writes it; its author and time are in its first line.',
    parts: [told],
    siteId: null,
    deed: {
      requests: [`POST /rest/api/3/issue/${key}/${kind}`],
      send: async (to) =>
        must((await senderOf(kind).send(to, [signedItem(item)]))[0], 'One item has one outcome.'),
      undo: { how: 'remove', kind, issueKey: key, mark: '' },
    },
  }
}

function edit(item: ItemRow, kind: Kind, there: There, parts: RepairPart[]): Deed {
  const goes = (field: string) => parts.some((one) => one.field === field && one.after !== null)
  const key = promiseOf(item, kind).issueKey
  const requests = [`PUT /rest/api/3/issue/${key}/${kind}/${there.id}`]
  if (kind === 'comment' && 'body' in there) {
    const promise = promiseOf(item, 'comment')
    const set = {
      body: goes('body')
        ? keepingLine(promise.body, there.body, promise.held?.author?.name)
        : there.body,
      visibility: goes('restricted to') ? promise.visibility : there.visibility,
    }
    const undo: Undo = {
      how: 'comment',
      issueKey: key,
      id: there.id,
      set: { body: there.body, visibility: there.visibility },
      after: adfText(set.body),
    }
    return { requests, send: ({ mend }) => mend.editComment(key, there.id, set), undo }
  }
  const log = there as SiteWorklog
  const promise = promiseOf(item, 'worklog')
  const before = {
    started: log.started,
    timeSpentSeconds: log.timeSpentSeconds,
    comment: log.comment,
    visibility: log.visibility,
  }
  const set = {
    started: goes('started') || goes(both) ? promise.started : log.started,
    timeSpentSeconds:
      goes('time spent (minutes)') || goes(both) ? promise.timeSpentSeconds : log.timeSpentSeconds,
    comment: goes('comment')
      ? promise.comment && keepingLine(promise.comment, log.comment, promise.held?.author?.name)
      : log.comment,
    visibility: goes('restricted to') ? promise.visibility : log.visibility,
  }
  const undo: Undo = {
    how: 'worklog',
    issueKey: key,
    id: log.id,
    set: before,
    after: worklogWords(set),
  }
  return { requests, send: ({ mend }) => mend.editWorklog(key, log.id, set), undo }
}

/** As the verification of another program's worklogs calls them together. */
const both = 'started and minutes spent'

/** All of a worklog that a person could change, as one text. */
export const worklogWords = (log: {
  started: string
  timeSpentSeconds: number
  comment: AdfDoc | null
}): string =>
  [Date.parse(log.started), Math.floor(log.timeSpentSeconds / 60), adfText(log.comment)].join(' | ')
