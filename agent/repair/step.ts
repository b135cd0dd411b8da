import { Problem, viewProblem } from '../../shared/problem.ts'
import type { Outcome } from '../cloud/writing.ts'
import { type ItemRow, lossesOf, settleVerdicts } from '../ledger/items.ts'
import { keptOf, markSent, moveRepair, type RepairRow } from '../ledger/repairs.ts'
import { notKept } from '../verify/foreign/compare.ts'
import { settle as settleHeld } from '../verify/foreign/settle.ts'
import { assess } from './assess.ts'
import type { Assessment, Undo } from './assessment.ts'
import { stampOf } from './changed.ts'
import type { RepairContext } from './context.ts'
import { isHeld } from './held.ts'
import { linksStand } from './links.ts'
import { readBack } from './read-back.ts'

const itemOf = (ctx: RepairContext, row: RepairRow): Promise<ItemRow | undefined> =>
  ctx.db.selectFrom('item').selectAll().where('seq', '=', row.seq).executeTakeFirst()

/** What the log says of a failed one beside its sentence. */
export const about = ({ projectKey }: RepairRow, { code }: { code: string }) => ({
  code,
  projectKey,
})

/** Ends a repair with the reason, in the ledger and in the log. */
async function fail(ctx: RepairContext, row: RepairRow, problem: Problem | unknown): Promise<void> {
  const view = viewProblem(problem)
  await moveRepair(ctx.db, row.n, ['planned', 'sending', 'sent'], {
    state: 'failed',
    problemJson: JSON.stringify(view),
    settledAt: ctx.now(),
  })
  await ctx.log('error', `Repair of ${row.label}: ${view.sentence}`, about(row, view))
}

/**
 * Makes one planned repair: looks at the site, writes down what will be sent and what stood there, sends,
 * reads back. Whatever dies in between, `settle` finds out what landed.
 */
export async function repair(ctx: RepairContext, row: RepairRow): Promise<void> {
  const item = await itemOf(ctx, row)
  if (!item) return fail(ctx, row, gone())
  ctx.forget()
  let seen: Assessment
  try {
    seen = await assess(ctx, item)
  } catch (error) {
    if (ctx.signal.aborted) throw error
    return fail(ctx, row, error)
  }
  await moveRepair(ctx.db, row.n, ['planned'], {
    partsJson: JSON.stringify(seen.parts),
    requestsJson: JSON.stringify(seen.deed?.requests ?? []),
    itemJson: keptOf(item),
  })
  if (seen.chance === 'done') return prove(ctx, row, item, seen.siteId)
  if (!seen.deed) return fail(ctx, row, refusal(seen))
  ctx.signal.throwIfAborted()
  const before = await marks(ctx, row)
  const claimed = await moveRepair(ctx.db, row.n, ['planned'], {
    state: 'sending',
    undoJson: seen.deed.undo && JSON.stringify(seen.deed.undo),
    siteId: seen.siteId,
    sentAt: ctx.now(),
  })
  if (!claimed) return
  const outcome = await send(ctx, row, seen)
  if (outcome === null) return settle(ctx, { ...row, sentAt: ctx.now() }, before)
  if (!outcome.ok) {
    // The site answered and refused: nothing was written, so there is nothing to take back.
    await moveRepair(ctx.db, row.n, ['sending'], { undoJson: null })
    const { text, hint, again } = outcome
    return fail(ctx, row, new Problem(codeOf(outcome), text, { hint, again }))
  }
  await land(ctx, row, item, outcome.siteId || seen.siteId, before)
}

const codeOf = ({ code }: { code: string }) =>
  code === 'site-permission-missing' ? 'site-permission-missing' : 'site-refused'

/** null: it is not known whether it landed. */
async function send(ctx: RepairContext, row: RepairRow, seen: Assessment): Promise<Outcome | null> {
  try {
    return (await seen.deed?.send(ctx)) ?? null
  } catch (error) {
    const known =
      error instanceof Problem && !error.again && error.code !== 'site-answer-unexpected'
    if (known) {
      const { code, sentence, hint, again } = viewProblem(error)
      return { ok: false, code, text: sentence, hint, again }
    }
    const view = viewProblem(error)
    const text = `Repair of ${row.label}: ${view.sentence} Asking the site what of it arrived.`
    await ctx.log('warn', text, about(row, view))
    return null
  }
}

/**
 * What became of a repair whose request may have left: looks at the site once the request can no longer land.
 * It is never sent again without having been looked for.
 */
export async function settle(
  ctx: RepairContext,
  row: RepairRow,
  before: ReadonlySet<string> | null = null,
): Promise<void> {
  const item = await itemOf(ctx, row)
  if (!item) return fail(ctx, row, gone())
  const waitMs = (row.sentAt ?? 0) + ctx.requestLimitMs - ctx.now()
  if (waitMs > 0) await sleep(waitMs, ctx.signal)
  ctx.signal.throwIfAborted()
  ctx.forget()
  const seen = await assess(ctx, item)
  const undo = undoOf(await current(ctx, row))
  const landed =
    undo?.how === 'links' ? (await linksStand(ctx, undo)) === 'as written' : seen.chance === 'done'
  if (landed) return land(ctx, row, item, seen.siteId, before)
  // Not there: back into the line, where it is looked at again before it is sent.
  if (seen.chance === 'possible') {
    await moveRepair(ctx.db, row.n, ['sending'], { state: 'planned', undoJson: null })
    return
  }
  await moveRepair(ctx.db, row.n, ['sending'], { undoJson: null })
  await fail(ctx, row, refusal(seen))
}

/** It is on the site: from here on no run sends it again, and it can be taken back. */
async function land(
  ctx: RepairContext,
  row: RepairRow,
  item: ItemRow,
  siteId: string | null,
  before: ReadonlySet<string> | null,
): Promise<void> {
  ctx.forget()
  const known = before && [...(await marks(ctx, row, siteId))].filter((mark) => !before.has(mark))
  await ctx.db.transaction().execute(async (db) => {
    await moveRepair(db, row.n, ['sending'], {
      state: 'sent',
      siteId,
      ...(known ? { oursJson: JSON.stringify(known) } : {}),
    })
    // Of a site that another program filled nothing was ever sent by the line.
    if (!ctx.foreign) await markSent(db, item.seq, siteId)
    else if (siteId !== null)
      await db.updateTable('item').set({ siteId }).where('seq', '=', item.seq).execute()
  })
  await prove(ctx, row, item, siteId)
}

/** Reads it back and settles the verdict; a repair is verified only when its item is. */
export async function prove(
  ctx: RepairContext,
  row: RepairRow,
  item: ItemRow,
  siteId: string | null,
): Promise<void> {
  const change = await readBack(ctx, { ...item, siteId: siteId ?? item.siteId })
  const now = await current(ctx, row)
  const settled = { ...change, reason: change.reason ?? null }
  if (isHeld(item)) await settleHeld(ctx.db, [{ ...settled, losses: lossesNow(now, item) }])
  else await settleVerdicts(ctx.db, [settled])
  const parts = JSON.parse(now.partsJson) as {
    field: string
    after: unknown
  }[]
  const written = new Set(parts.filter((one) => one.after !== null).map((one) => one.field))
  const left = change.differences.filter((one) => written.has(one.field))
  const undo = undoOf(now)
  const right =
    undo?.how === 'links'
      ? (await linksStand(ctx, undo)) === 'as written'
      : change.verdict === 'verified' || (change.verdict === 'different' && !left.length)
  const from = ['planned', 'sent'] as const
  // The site tells no id when it makes a link: it is known from reading it back.
  const id = change.siteId ?? siteId
  if (id) await moveRepair(ctx.db, row.n, from, { siteId: id })
  if (right) {
    const set = { state: 'verified', problemJson: null, settledAt: ctx.now() } as const
    await moveRepair(ctx.db, row.n, from, set)
    await ctx.log('info', `Repaired ${row.label}, by ${row.who}.`, { projectKey: row.projectKey })
    return
  }
  const what = change.differences.map((one) => one.field).join(', ') || 'not found'
  const sentence = `It was written, but reads back otherwise (${what}).`
  const hint = 'Look at it on the site; what was written can be undone.'
  await fail(ctx, row, new Problem('site-answer-unexpected', sentence, { hint }))
}

/** What was made again stands under the account that made it, and of the day on which it did. */
const lossesNow = (row: RepairRow, item: ItemRow) =>
  undoOf(row)?.how === 'remove' && item.kind !== 'watcher' && item.kind !== 'link'
    ? [notKept.author, notKept.times]
    : lossesOf(item)

const current = (ctx: RepairContext, row: RepairRow) =>
  ctx.db.selectFrom('repair').selectAll().where('n', '=', row.n).executeTakeFirstOrThrow()

/** The changes that our account has made on the issue so far, to tell the new ones afterwards. */
export async function marks(
  ctx: RepairContext,
  row: RepairRow,
  siteId = row.siteId,
): Promise<Set<string>> {
  if (row.issueKey === null) return new Set()
  const history = await ctx.history(row.issueKey)
  const known = new Set(
    history.filter(({ accountId }) => accountId === ctx.mend.me).map(({ id }) => id),
  )
  if (siteId !== null && (row.kind === 'comment' || row.kind === 'worklog')) {
    const one = await ctx.mend[row.kind](row.issueKey, siteId)
    if (one) known.add(stampOf(row.kind, siteId, one.made.updated))
  }
  return known
}

const gone = () =>
  new Problem('not-found', 'The migration was planned anew, and this item is no longer in it.', {
    hint: 'Look at the list of items again.',
  })

function refusal({ chance, why, parts }: Assessment): Problem {
  const [changed] = parts.filter((one) => one.changed)
  if (chance !== 'changed')
    return new Problem('not-now', why ?? 'It cannot be repaired.', { hint: 'See the preview.' })
  const by = changed?.changed?.who
  return new Problem(
    'not-now',
    `${by ?? 'Somebody'} changed it on the site after the migration (${changed?.field ?? 'it'}); it is not written over.`,
    { hint: 'Compare the three values, and change it by hand if the source is right.' },
  )
}

export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms)
    function end() {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
  })
}

/** Whether what a repair wrote can be taken back. */
export const undoOf = (row: Pick<RepairRow, 'undoJson'>): Undo | null =>
  row.undoJson === null ? null : (JSON.parse(row.undoJson) as Undo)
