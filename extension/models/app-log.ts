import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { LogLine } from '../../shared/api.ts'
import type { AppLogLine } from '../../shared/api-apps.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { untilBack } from './until-back.ts'

/** New events are asked for in pages of so many, older ones in pages of the most that the agent gives. */
const newPage = 200
const oldPage = 1000
const askAgainAfterMs = 1000

/** The log of one app as it grows, newest first: at most 4,000 events, so all that was asked for stays here. */
export const AppLogModel = createModel(
  (id: string, key: string, changed: ReadonlySignal<number | undefined>) => {
    const level = signal<LogLine['level']>('info')
    const text = signal('')
    const paused = signal(false)
    const lines = signal<AppLogLine[] | null>(null)
    /** The number after which older events follow; null when the oldest is here. */
    const next = signal<number | null>(null)
    const omitted = signal(0)
    const problem = signal<ProblemView | null>(null)
    let question = 0
    let resting = false
    let again = false

    async function load(after: number | null): Promise<void> {
      const mine = question
      try {
        const page = await call('appLog', {
          id,
          key,
          level: level.value,
          limit: after === null ? newPage : oldPage,
          ...(after === null ? {} : { after }),
        })
        if (mine !== question) return
        const before = lines.value ?? []
        const newest = before[0]?.n ?? null
        const oldest = page.lines.at(-1)?.n ?? 0
        // More came at once than a page holds: what lies between is asked for with the older ones.
        const gap = after === null && newest !== null && oldest > newest && page.next !== null
        lines.value = merged(gap ? [] : before, page.lines)
        if (after !== null || gap || newest === null) next.value = page.next
        omitted.value = page.omitted
        problem.value = null
      } catch (error) {
        if (mine === question) problem.value = viewOf(error)
      }
    }
    /** A search looks through all events, so all of them are brought here first. */
    async function loadAll(): Promise<void> {
      const mine = question
      while (mine === question && next.value !== null && problem.value === null)
        await load(next.value)
    }
    async function news(): Promise<void> {
      again = resting
      if (resting || paused.value) return
      resting = true
      await load(null)
      await new Promise((resolve) => setTimeout(resolve, askAgainAfterMs))
      resting = false
      if (again) await news()
    }
    function anew(): void {
      question += 1
      lines.value = null
      next.value = null
      void load(null).then(() => (text.value === '' ? undefined : loadAll()))
    }
    effect(() => {
      if (changed.value !== undefined) void news()
    })
    untilBack(problem, () => {
      // Paused, nothing is asked: what stands there is all that was wanted.
      if (paused.value && lines.value !== null) problem.value = null
      else void news()
    })
    effect(() => () => {
      question += 1
    })
    return {
      level: level as ReadonlySignal<LogLine['level']>,
      text: text as ReadonlySignal<string>,
      paused: paused as ReadonlySignal<boolean>,
      next: next as ReadonlySignal<number | null>,
      omitted: omitted as ReadonlySignal<number>,
      problem,
      /** Those that fit, newest first; null until the agent has answered. */
      lines: computed(() => {
        const wanted = text.value.trim().toLowerCase()
        return wanted === '' || lines.value === null
          ? lines.value
          : lines.value.filter((line) => fits(line, wanted))
      }),
      older: () => {
        if (next.value !== null) void load(next.value)
      },
      setLevel: (to: LogLine['level']) => {
        level.value = to
        anew()
      },
      search: (to: string) => {
        text.value = to
        if (to.trim() !== '') void loadAll()
      },
      setPaused: (on: boolean) => {
        paused.value = on
        if (!on) void news()
      },
      reload: () => (lines.value === null ? anew() : void load(null)),
    }
  },
)
export type AppLogModel = InstanceType<typeof AppLogModel>

const fits = ({ event, message, transferId }: AppLogLine, wanted: string): boolean =>
  [event, message, transferId ?? ''].some((part) => part.toLowerCase().includes(wanted))

/** Both without doubles, newest first. */
function merged(before: AppLogLine[], more: AppLogLine[]): AppLogLine[] {
  const all = new Map([...before, ...more].map((line) => [line.n, line]))
  return [...all.values()].toSorted((a, b) => b.n - a.n)
}
