/** How fast a run goes, measured over the last minute. */
export interface Meter {
  /** done: items that have left the queue so far. */
  sample(at: number, done: number, total: number): void
  rate(): { perMinute: number | null; secondsLeft: [number, number] | null }
}

/** Rates are told from samples of this span: long enough to be steady, short enough to notice a pause. */
const spanMs = 60_000
/** Less than this many seconds of samples tell nothing. */
const leastMs = 2_000

export function createMeter(): Meter {
  let samples: { at: number; done: number }[] = []
  let left = 0
  return {
    sample(at, done, total) {
      const last = samples.at(-1)
      // A stage that begins anew counts from zero again; the old rate says nothing about it. So does a clock that jumped.
      if (last && (done < last.done || at < last.at || at - last.at > spanMs)) samples = []
      samples.push({ at, done })
      while (samples.length > 2 && at - (samples[0]?.at ?? at) > spanMs) samples.shift()
      left = Math.max(0, total - done)
    },
    rate() {
      const [first, last] = [samples[0], samples.at(-1)]
      if (!first || !last || last.at - first.at < leastMs)
        return { perMinute: null, secondsLeft: null }
      const perMinute = ((last.done - first.done) / (last.at - first.at)) * 60_000
      if (perMinute <= 0) return { perMinute: 0, secondsLeft: null }
      const seconds = (left / perMinute) * 60
      // What is left is not like what was done (files are slower than comments): a range, wider the further away the end is.
      return {
        perMinute: Math.round(perMinute),
        secondsLeft: [Math.floor(seconds * 0.8), Math.ceil(seconds * 1.5)],
      }
    },
  }
}
