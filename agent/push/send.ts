import { Problem, viewProblem } from '../../shared/problem.ts'
import type { Outcome } from '../cloud/writing.ts'
import {
  type BatchRow,
  batchItems,
  claimBatch,
  failLane,
  type Settled,
  settleBatch,
} from '../ledger/batches.ts'
import type { ItemRow } from '../ledger/items.ts'
import { rootOf } from '../ledger/roots.ts'
import { homeless } from './homeless.ts'
import type { PushContext } from './sender.ts'
import { isNotThere } from './senders/frame.ts'
import { KeyMismatch } from './senders/issues.ts'
import { senderOf } from './senders/registry.ts'

/** After so many claims without an end a batch is given up for this run, and its items say why. */
const claimsAtMost = 6

/**
 * Sends one batch: claim durably, send, settle in one transaction. What the ledger cannot know after a
 * failure is asked of the site; a create is never blindly repeated.
 */
export async function sendBatch(ctx: PushContext, batch: BatchRow): Promise<void> {
  const claimed = await claimBatch(ctx.db, batch, ctx.now())
  if (!claimed) return
  const { items } = claimed
  try {
    const lost = await homeless(ctx, items)
    const sendable = items.filter((item) => !lost.has(item.seq))
    // A batch that was claimed before may have landed in part since it was last asked about.
    const found =
      claimed.batch.token > 1 && sendable.length
        ? await senderOf(batch.kind).find(ctx, sendable)
        : sendable.map(() => null)
    const known = new Map(sendable.map((item, index) => [item.seq, found[index] ?? null]))
    const missing = sendable.filter((item) => known.get(item.seq) === null)
    const outcomes = missing.length ? await senderOf(batch.kind).send(ctx, missing) : []
    const bySeq = new Map(missing.map((item, index) => [item.seq, outcomes[index]]))
    const root = roots(ctx)
    const all: Settled[] = []
    for (const item of items) {
      const outcome = lost.get(item.seq) ?? bySeq.get(item.seq)
      all.push(settled(item, known.get(item.seq) ?? null, outcome, await root(outcome)))
    }
    await settleBatch(ctx.db, claimed.batch, all)
    await tell(ctx, missing, outcomes)
  } catch (error) {
    await afterThrow(ctx, claimed.batch, items, error)
  }
}

/** Who is at the beginning of a refusal for something missing; each missing thing is looked up once. */
function roots(ctx: PushContext) {
  const known = new Map<string, Promise<number | null>>()
  return async (outcome: Outcome | undefined): Promise<number | null> => {
    if (!outcome || !isNotThere(outcome)) return null
    const key = JSON.stringify(outcome.needs)
    const root = known.get(key) ?? rootOf(ctx.db, ctx.migrationId, outcome.needs)
    known.set(key, root)
    return root
  }
}

function settled(
  item: ItemRow,
  found: string | null,
  outcome: Outcome | undefined,
  root: number | null,
): Settled {
  if (found !== null) return { item, event: 'found', siteId: found }
  if (outcome?.ok) return { item, event: 'settle', siteId: outcome.siteId }
  const refusal = outcome ?? {
    code: 'no-answer',
    text: 'The answer of the site did not speak of this item.',
    hint: 'Run the migration again.',
    again: true,
  }
  return {
    item,
    event: 'refuse',
    reason: {
      code: refusal.code,
      text: refusal.text,
      hint: refusal.hint,
      again: refusal.again,
      root,
    },
  }
}

async function tell(
  ctx: PushContext,
  items: ItemRow[],
  outcomes: (Outcome | undefined)[],
): Promise<void> {
  for (const [index, outcome] of outcomes.entries()) {
    const item = items[index]
    if (item && outcome && !outcome.ok)
      await ctx.log('error', `${item.label}: ${outcome.text}`, {
        code: outcome.code,
        projectKey: item.projectKey,
      })
  }
}

async function afterThrow(
  ctx: PushContext,
  batch: BatchRow,
  items: ItemRow[],
  error: unknown,
): Promise<void> {
  if (error instanceof KeyMismatch) return stopProject(ctx, batch, items, error)
  // Stopped in the middle of a wait: the batch stays claimed, and the next run asks the site.
  if (ctx.signal.aborted) return
  const view = viewProblem(error)
  const label = items[0]?.label ?? 'A batch'
  const about = { code: view.code, projectKey: items[0]?.projectKey ?? null }
  if (error instanceof Problem && !error.again && error.code !== 'site-answer-unexpected') {
    // The site answered and refused: nothing of it landed.
    const reason = { code: view.code, text: view.sentence, hint: view.hint, again: true }
    await settleBatch(
      ctx.db,
      batch,
      items.map((item) => ({ item, event: 'refuse', reason })),
    )
    await ctx.log('error', `${label}: ${view.sentence}`, about)
    return
  }
  const text = `${label}: ${view.sentence} Asking the site what of it arrived.`
  await ctx.log('warn', text, about)
  await reconcileBatch(ctx, batch, view.sentence, ctx.now())
}

async function stopProject(
  ctx: PushContext,
  batch: BatchRow,
  items: ItemRow[],
  error: KeyMismatch,
): Promise<void> {
  const reason = { code: error.code, text: error.message, hint: error.hint, again: false }
  await settleBatch(
    ctx.db,
    batch,
    items.map((item) => ({ item, event: 'refuse', reason })),
  )
  // Fillers are nobody's: the issues of this batch are what a person finds.
  const root = (items.find((item) => item.kind === 'issue') ?? items[0])?.seq ?? null
  const others = { ...reason, root }
  await failLane(ctx.db, ctx.migrationId, { projectKey: error.projectKey }, others)
  await ctx.log('error', error.message, { code: error.code, projectKey: error.projectKey })
}

/**
 * Asks the site what of a claimed batch landed, but only once its request can no longer land.
 * `since`: when the last moment was at which that request can have left.
 * Found items are sent, the others go back into the queue; after too many tries they fail with the cause.
 */
export async function reconcileBatch(
  ctx: PushContext,
  batch: BatchRow,
  cause: string,
  since: number,
): Promise<void> {
  const wait = since + ctx.requestLimitMs - ctx.now()
  if (wait > 0) await sleep(wait, ctx.signal)
  if (ctx.signal.aborted) return
  const items = (await batchItems(ctx.db, batch.id)).filter((item) => item.state === 'sending')
  try {
    const found = items.length ? await senderOf(batch.kind).find(ctx, items) : []
    const missing = found.filter((id) => id === null).length
    const givenUp = batch.token >= claimsAtMost
    const reason = {
      code: 'site-unreachable',
      text: `Given up after ${claimsAtMost} tries: ${cause}`,
      hint: 'Run the migration again when the site answers.',
      again: true,
    }
    const moves = items.map((item, index): Settled => {
      const siteId = found[index] ?? null
      if (siteId !== null) return { item, event: 'found', siteId }
      return givenUp ? { item, event: 'refuse', reason } : { item, event: 'notFound' }
    })
    await settleBatch(ctx.db, batch, moves, missing > 0 && !givenUp)
  } catch (error) {
    if (error instanceof KeyMismatch) return stopProject(ctx, batch, items, error)
    if (ctx.signal.aborted) return
    throw error
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
  })
}
