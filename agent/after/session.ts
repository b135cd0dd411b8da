import type { CheckStatus } from '../../shared/api-checks.ts'
import { type CheckList, foundList, keptRows, tellLists } from '../../shared/check-lists.ts'
import { straight } from '../../shared/straight.ts'
import type { NewPlace } from '../ledger/after.ts'
import type { AfterCheck, AfterContext, AfterPlace, Asking, Places } from './check.ts'
import { addressOf } from './pages.ts'
import { issuePages } from './walk.ts'

/** A check's answer as it is kept. */
export interface AfterAnswer {
  key: string
  status: CheckStatus
  sentence: string
  hint: string
  places: number
  /** What it counts beside; absent: nothing. */
  lists?: readonly CheckList[]
}

/** Where answers go; places are seen only once their check is settled. */
export interface AfterSink {
  places(key: string, list: readonly NewPlace[]): Promise<void>
  settle(answer: AfterAnswer): Promise<void>
}

export interface SessionOptions {
  /** What a check that failed says. */
  incomplete(error: unknown): Pick<AfterAnswer, 'status' | 'sentence' | 'hint'>
  /** What is being asked now. */
  onStep(sentence: string): void
  onDone(): void
}

const placesAPage = 500

interface Open {
  check: AfterCheck
  asking: Asking
  kept: NewPlace[]
  /** How many rows each of its lists has by now. */
  counts: Map<string, number>
}

const rowsIn = ({ counts }: Open, list: string): number => counts.get(list) ?? 0

/** Asks checks of a migration that has ended; each fails alone. Throws only when the signal aborts, or the ledger fails. */
export async function askAfter(
  checks: readonly AfterCheck[],
  context: AfterContext,
  sink: AfterSink,
  options: SessionOptions,
): Promise<void> {
  const { signal } = context
  const open = new Set<Open>()
  const give = async (key: string, error: unknown, one?: Open) => {
    signal.throwIfAborted()
    const rowsOf = (list: string) => (one ? rowsIn(one, list) : 0)
    const lists = tellLists(one?.check.lists, rowsOf)
    await sink.settle({ key, ...options.incomplete(error), places: rowsOf(foundList), lists })
    options.onDone()
  }
  for (const check of checks)
    try {
      open.add({ check, asking: check.open(context), kept: [], counts: new Map() })
    } catch (error) {
      await give(check.key, error)
    }

  async function take(one: Open, places: Places | undefined) {
    for await (const place of places ?? []) {
      signal.throwIfAborted()
      const { list = foundList } = place
      const n = rowsIn(one, list) + 1
      one.counts.set(list, n)
      if (n > keptRows) continue
      one.kept.push(placeOf(place, context.siteUrl))
      if (one.kept.length >= placesAPage) await flush(one)
    }
  }
  async function flush(one: Open) {
    const list = one.kept
    one.kept = []
    if (list.length) await sink.places(one.check.key, list)
  }

  const walkers = new Set([...open].filter(({ asking }) => asking.see))
  const drop = async (one: Open, error: unknown) => {
    walkers.delete(one)
    open.delete(one)
    signal.throwIfAborted()
    await flush(one)
    await give(one.check.key, error, one)
  }
  if (walkers.size)
    try {
      const tell = ({ key }: { key: string }, n: number) =>
        options.onStep(`Reading the issues of ${key}: ${n.toLocaleString('en')} so far.`)
      for await (const page of issuePages(context, tell)) {
        for (const one of walkers)
          try {
            await take(one, one.asking.see?.(page))
          } catch (error) {
            await drop(one, error)
          }
        if (!walkers.size) break
      }
    } catch (error) {
      // The issues themselves could not be read: whoever wanted to see them knows too little.
      for (const one of [...walkers]) await drop(one, error)
    }

  for (const one of [...open])
    try {
      const { check, asking } = one
      options.onStep(`Asking: ${check.title}.`)
      await take(one, asking.ask?.())
      await flush(one)
      const rowsOf = (list: string) => rowsIn(one, list)
      const found = rowsOf(foundList)
      const said = asking.say(found, rowsOf)
      const more = found > keptRows
      const hint = more
        ? `${said.hint} The list holds the first ${keptRows.toLocaleString('en')} of them.`
        : said.hint
      const lists = tellLists(check.lists, rowsOf)
      const words = { sentence: straight(said.sentence), hint: straight(hint) }
      await sink.settle({ key: check.key, ...said, ...words, places: found, lists })
      options.onDone()
    } catch (error) {
      await drop(one, error)
    }
}

/** A place as the ledger keeps it. */
function placeOf(place: AfterPlace, siteUrl: string): NewPlace {
  const {
    subject,
    projectKey = null,
    issueKey = null,
    detail,
    path = null,
    list = foundList,
    partOf = null,
    counts = [],
  } = place
  const words = { subject: straight(subject), detail: straight(detail) }
  const countsJson = counts.length ? JSON.stringify(counts) : null
  const url = addressOf(siteUrl, path)
  return { ...words, projectKey, issueKey, url, list, partOf, countsJson }
}
