import type { CheckStatus } from '../shared/api-checks.ts'
import { assert } from '../shared/assert.ts'
import { type CheckList, foundList, keptRows, tellLists } from '../shared/check-lists.ts'
import type { Forecast } from '../shared/forecast.ts'
import type { PlannedItem } from '../shared/plan.ts'
import { viewProblem } from '../shared/problem.ts'
import { straight } from '../shared/straight.ts'
import {
  type AnyCheck,
  type CheckContext,
  type CheckOffender,
  type Counting,
  lacking,
} from './plan/checks/check.ts'
import { createForecast } from './plan/forecast.ts'

/** A check's answer as it is kept. */
export interface CheckAnswer {
  key: string
  status: CheckStatus
  sentence: string
  hint: string
  offenders: number
  /** What it counts beside; absent: nothing. */
  lists?: readonly CheckList[]
}

/** Where answers go: the ledger, or memory for a command that keeps nothing. */
export interface CheckSink {
  offenders(key: string, list: readonly CheckOffender[]): Promise<void>
  settle(answer: CheckAnswer): Promise<void>
}

const pageSize = 1_000

interface Collected {
  kept: CheckOffender[]
  counting: Counting<CheckContext> | null
  /** How many rows each of its lists has by now. */
  counts: Map<string, number>
  /** What `watch` threw; the check is incomplete then. */
  error: unknown
}

/**
 * Asks checks in two steps that share one pass of the plan: `tap` lets the plan's items by and shows them to the
 * checks that watch, `conclude` then asks each check and settles its answer.
 */
export function createCheckSession(checks: readonly AnyCheck[], sink: CheckSink) {
  const forecast = createForecast()
  const collected = new Map(
    checks.map((check): [string, Collected] => [
      check.key,
      { kept: [], counting: check.count?.() ?? null, counts: new Map(), error: null },
    ]),
  )

  async function add(key: string, into: Collected, offender: CheckOffender) {
    const { list = foundList } = offender
    const n = (into.counts.get(list) ?? 0) + 1
    into.counts.set(list, n)
    if (n > keptRows) return
    const { subject, detail, counts } = offender
    into.kept.push({
      ...offender,
      ...{ subject: straight(subject), detail: straight(detail) },
      ...(counts && { counts: counts.map((one) => ({ ...one, words: straight(one.words) })) }),
    })
    if (into.kept.length >= pageSize) await flush(key, into)
  }

  async function flush(key: string, into: Collected) {
    const list = into.kept
    into.kept = []
    if (list.length) await sink.offenders(key, list)
  }

  async function see(item: PlannedItem, siteAnswered: boolean) {
    forecast.see(item)
    for (const { key, watch, needsSite } of checks) {
      const into = collected.get(key)
      if (!into || into.error || (needsSite && !siteAnswered)) continue
      try {
        into.counting?.see(item)
        const offender = watch?.(item)
        if (offender) await add(key, into, offender)
      } catch (error) {
        into.error = error
      }
    }
  }

  async function settle(check: AnyCheck, context: CheckContext, into: Collected) {
    const { key } = check
    const without = lacking(check, context)
    if (without) return sink.settle({ key, ...without, offenders: 0 })
    if (into.error) throw into.error
    for (const offender of into.counting?.offenders(context) ?? []) await add(key, into, offender)
    for await (const offender of check.ask?.(context) ?? []) await add(key, into, offender)
    await flush(key, into)
    const rowsOf = (list: string) => into.counts.get(list) ?? 0
    const found = rowsOf(foundList)
    const said = check.say(found, context, rowsOf)
    assert(
      said.status !== 'error' || check.worst === 'error',
      `The check ${key} says error, though a warning is its worst.`,
    )
    const more = found - keptRows
    const hint =
      more > 0
        ? `${said.hint} The list holds the first ${keptRows.toLocaleString('en')} of them.`
        : said.hint
    const offenders = said.status === 'incomplete' ? 0 : found
    const sentence = straight(said.sentence)
    const lists = tellLists(check.lists, rowsOf)
    await sink.settle({ key, ...said, sentence, hint: straight(hint), offenders, lists })
  }

  return {
    /** The plan, item by item, as it came. @param siteAnswered false where it was made for a fresh site instead */
    async *tap(plan: AsyncIterable<PlannedItem>, siteAnswered = true): AsyncGenerator<PlannedItem> {
      for await (const item of plan) {
        await see(item, siteAnswered)
        yield item
      }
    },
    /** Asks these checks (those that watch are right only after the whole plan has passed). */
    async conclude(context: CheckContext, which: (check: AnyCheck) => boolean = () => true) {
      for (const check of checks) {
        const into = collected.get(check.key)
        if (!into || !which(check)) continue
        collected.delete(check.key)
        try {
          await settle(check, context, into)
        } catch (error) {
          await sink.settle({ key: check.key, ...incomplete(error), offenders: 0 })
        }
      }
    },
    /** What the plan does in numbers, once all of it has passed. */
    forecast: (): Forecast => forecast.end(),
  }
}

export type CheckSession = ReturnType<typeof createCheckSession>

/** The answer of a check that could not be asked to its end. */
export function incomplete(error: unknown): Pick<CheckAnswer, 'status' | 'sentence' | 'hint'> {
  const { code, sentence, hint } = viewProblem(error)
  const plain = error instanceof Error ? error.message : String(error)
  return code === 'unexpected'
    ? {
        status: 'incomplete',
        sentence: `This could not be checked: ${plain}`,
        hint: 'Run this check again; it stops no run.',
      }
    : { status: 'incomplete', sentence, hint }
}
