import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { LogLine } from '../../shared/api.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { untilBack } from './until-back.ts'

/** Lines are asked for in pieces of so many: about five screens. */
const piece = 200
/** Pieces in memory; those seen longest ago go first. */
const mostPieces = 20
/** A person reads; a run logs several lines a second. */
const askAgainAfterMs = 1000

export type Level = LogLine['level']

/** The log of a migration as a window: whatever its length, only the lines near those in sight are here. */
export const LogWindowModel = createModel(
  (id: string, changed: ReadonlySignal<number | undefined>) => {
    const level = signal<Level>('info')
    const text = signal('')
    const paused = signal(false)
    const total = signal<number | null>(null)
    /** How many lines came while it was paused. */
    const unseen = signal(0)
    const sight = signal({ from: 0, to: 0 })
    const problem = signal<ProblemView | null>(null)
    const pieces = signal<ReadonlyMap<number, LogLine[]>>(new Map())
    const asking = new Set<number>()
    let left = false
    let question = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let again = false

    async function load(n: number): Promise<void> {
      const mine = question
      if (asking.has(n)) return
      asking.add(n)
      try {
        const ask = { id, offset: n * piece, limit: piece, level: level.value, text: text.value }
        const got = await call('logWindow', ask)
        if (left || mine !== question) return
        problem.value = null
        const kept = new Map(pieces.value)
        kept.delete(n)
        kept.set(n, got.lines)
        for (const old of [...kept.keys()].slice(0, -mostPieces)) kept.delete(old)
        pieces.value = kept
        if (paused.value && total.value !== null)
          unseen.value = Math.max(0, got.total - total.value)
        else total.value = got.total
      } catch (error) {
        if (!left && mine === question) problem.value = viewOf(error)
      } finally {
        if (mine === question) asking.delete(n)
      }
    }
    /** The pieces in sight that are not here yet, and the last one when it may have grown. */
    function fill(grown: boolean): void {
      const count = total.value ?? 1
      const last = Math.max(0, Math.ceil(count / piece) - 1)
      const first = Math.floor(sight.value.from / piece)
      const end = Math.min(last, Math.floor(Math.max(0, sight.value.to - 1) / piece))
      for (let n = first; n <= end; n++) if (!pieces.value.has(n)) void load(n)
      if (grown) void load(last)
    }
    function news(): void {
      again = timer !== undefined
      if (again) return
      fill(true)
      timer = setTimeout(() => {
        timer = undefined
        if (again) news()
      }, askAgainAfterMs)
    }
    function anew(): void {
      question += 1
      asking.clear()
      pieces.value = new Map()
      total.value = null
      unseen.value = 0
      sight.value = { from: 0, to: 0 }
      void load(0)
    }
    effect(() => {
      if (changed.value !== undefined) news()
    })
    untilBack(problem, () => fill(true))
    effect(() => () => {
      left = true
      clearTimeout(timer)
    })
    return {
      level: level as ReadonlySignal<Level>,
      text: text as ReadonlySignal<string>,
      paused: paused as ReadonlySignal<boolean>,
      /** How many lines fit; null until the agent has answered. */
      total: total as ReadonlySignal<number | null>,
      unseen: unseen as ReadonlySignal<number>,
      problem,
      /** The lines in sight with their place; one that is still asked for is null. */
      lines: computed((): { index: number; line: LogLine | null }[] => {
        const { from, to } = sight.value
        const end = Math.min(to, total.value ?? 0)
        return Array.from({ length: Math.max(0, end - from) }, (_, i) => {
          const index = from + i
          return {
            index,
            line: pieces.value.get(Math.floor(index / piece))?.[index % piece] ?? null,
          }
        })
      }),
      see: (from: number, to: number) => {
        if (from === sight.value.from && to === sight.value.to) return
        sight.value = { from, to }
        fill(false)
      },
      filter: (change: { level?: Level; text?: string }) => {
        level.value = change.level ?? level.value
        text.value = change.text ?? text.value
        anew()
      },
      /** Paused, what comes is counted but not shown; going on shows it. */
      setPaused: (on: boolean) => {
        paused.value = on
        if (on) return
        total.value = (total.value ?? 0) + unseen.value
        unseen.value = 0
        news()
      },
      reload: () => (total.value === null ? anew() : fill(true)),
    }
  },
)
export type LogWindowModel = InstanceType<typeof LogWindowModel>
