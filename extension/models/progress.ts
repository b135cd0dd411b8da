import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Sample } from '../../shared/api-watch.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { untilBack } from './until-back.ts'

/** The agent keeps a sample every three seconds; asking more often would bring nothing. */
const askAgainAfterMs = 3000

/** How fast it went between two samples. */
export interface Speed {
  /** When the way between them began and ended. */
  from: number
  at: number
  activity: Sample['activity']
  /** Items that were sent or read back, a second. */
  items: number
  requests: number
  /** Of the documented rate, in percent. */
  share: number
  held: Sample['held']
  /** Nothing ran before it for a while: another run, or an agent that was away. */
  breaks: boolean
}

/** Samples come evenly, further apart in a long run: what is so much further apart is no way of one run. */
const gapTimes = 30
const leastGapMs = 60_000

/** Speeds between the samples; a stage that counts anew says nothing of the way between, and a gap is none. */
export function speedsOf(samples: readonly Sample[]): Speed[] {
  const ways = samples.slice(1).map((sample, i) => sample.at - (samples[i]?.at ?? sample.at))
  const middle = ways.toSorted((a, b) => a - b)[Math.floor(ways.length / 2)] ?? 0
  const gap = Math.max(leastGapMs, gapTimes * middle)
  let breaks = false
  return samples.slice(1).flatMap((sample, i) => {
    const before = samples[i] ?? sample
    const way = sample.at - before.at
    if (way > gap) {
      breaks = true
      return []
    }
    const per = (now: number, then: number) =>
      way <= 0 ? 0 : Math.max(0, now - then) / (way / 1000)
    const speed: Speed = {
      from: before.at,
      at: sample.at,
      activity: sample.activity,
      held: sample.held,
      items: per(sample.sent, before.sent) + per(sample.checked, before.checked),
      share: sample.share * 100,
      requests: per(sample.requests, before.requests),
      breaks,
    }
    breaks = false
    return [speed]
  })
}

/** The mean over time: of ways of different length the longer one counts for more. */
export function meanOf(speeds: readonly Speed[], of: 'items' | 'requests' | 'share'): number {
  const ms = (speed: Speed) => Math.max(0, speed.at - speed.from)
  const all = speeds.reduce((sum, speed) => sum + ms(speed), 0)
  if (all === 0) return speeds.at(-1)?.[of] ?? 0
  return speeds.reduce((sum, speed) => sum + speed[of] * ms(speed), 0) / all
}

/** Of the axis, for the time in which nothing ran, however long that was. */
const breakShare = 0.03

/** Where each way begins and ends on an axis from 0 to 1 on which time in which nothing ran has no length. */
export function axisOf(speeds: readonly Speed[]): { begin: number; end: number }[] {
  const ran = speeds.reduce((sum, speed) => sum + Math.max(0, speed.at - speed.from), 0)
  const breaks = speeds.filter((speed) => speed.breaks).length
  const share = breaks === 0 ? 0 : Math.min(breakShare, 0.3 / breaks)
  const room = 1 - breaks * share
  let at = 0
  return speeds.map((speed) => {
    if (speed.breaks) at += share
    const begin = at
    at += ran === 0 ? room / speeds.length : (room * Math.max(0, speed.at - speed.from)) / ran
    return { begin, end: at }
  })
}

/** The speeds of a migration's runs, asked again as its row changes. */
export const ProgressModel = createModel(
  (id: string, changed: ReadonlySignal<number | undefined>) => {
    const samples = signal<Sample[] | null>(null)
    const problem = signal<ProblemView | null>(null)
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    let again = false

    async function ask(): Promise<void> {
      try {
        const answer = await call('samples', { id })
        if (!left) samples.value = answer.samples
        problem.value = null
      } catch (error) {
        problem.value = viewOf(error)
      }
      if (left) return
      timer = setTimeout(() => {
        timer = undefined
        if (again) look()
      }, askAgainAfterMs)
    }
    function look(): void {
      again = timer !== undefined
      if (!again) void ask()
    }
    effect(() => {
      if (changed.value !== undefined) look()
    })
    untilBack(problem, look)
    effect(() => () => {
      left = true
      clearTimeout(timer)
    })
    return {
      /** null until the agent has answered. */
      speeds: computed(() => (samples.value === null ? null : speedsOf(samples.value))),
      problem,
      reload: look,
    }
  },
)
export type ProgressModel = InstanceType<typeof ProgressModel>
