import { count } from '../words.ts'
import { agoWords, durationWords, leftWords, rateWords } from '../words-time.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Seconds as "40 s", "12 min 40 s", "3 h 5 min", "2 d 4 h": two parts are as exact as a person needs. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  if (s < minute) return durationWords(s, 's')
  if (s < hour) return durationWords(Math.floor(s / minute), 'min', s % minute, 's')
  if (s < day)
    return durationWords(Math.floor(s / hour), 'h', Math.floor((s % hour) / minute), 'min')
  return durationWords(Math.floor(s / day), 'd', Math.floor((s % day) / hour), 'h')
}

/** Time left as a range: "8 to 12 min left", "about 9 min left" when both ends say the same. */
export function left([best, worst]: [number, number]): string {
  if (worst < minute) return leftWords.soon
  const unit = worst < 90 * minute ? minute : hour
  const word = unit === minute ? 'min' : 'h'
  const [a, b] = [Math.max(1, Math.round(best / unit)), Math.max(1, Math.round(worst / unit))]
  return a === b ? leftWords.about(b, word) : leftWords.range(a, b, word)
}

/** Items a minute as "2,140/min", slow ones as "30/h". */
export function rate(perMinute: number): string {
  return perMinute >= 1
    ? rateWords(count(Math.round(perMinute)), 'min')
    : rateWords(count(Math.round(perMinute * 60)), 'h')
}

/** How long ago, in the largest whole unit. */
export function ago(at: number, now: number): string {
  const s = Math.max(0, (now - at) / 1000)
  if (s < 45) return agoWords.now
  if (s < hour) return agoWords.ago(Math.max(1, Math.round(s / minute)), 'min')
  if (s < day) return agoWords.ago(Math.floor(s / hour), 'h')
  return agoWords.ago(Math.floor(s / day), 'd')
}

/** The time zone of the machine may change under an open page; so long may that go unseen. */
const zoneKeptMs = 60_000

/** Writes times (epoch ms) so. Making a formatter takes as long as drawing the cell it is for, so it is kept. */
function writer(style: Intl.DateTimeFormatOptions): (at: number) => string {
  let made: Intl.DateTimeFormat | null = null
  let until = 0
  return (at) => {
    const now = Date.now()
    if (made === null || now > until) {
      made = new Intl.DateTimeFormat('en', style)
      until = now + zoneKeptMs
    }
    return made.format(at)
  }
}

/** The exact time with its zone. */
export const exact = writer({ dateStyle: 'medium', timeStyle: 'long' })

/** The day, as "Nov 22, 2026". */
export const dayOf = writer({ dateStyle: 'medium' })

/** The day without its year, as "Nov 22". */
export const dayOfYear = writer({ month: 'short', day: 'numeric' })

/** Hours and minutes, as "14:02". */
export const clock = writer({ hour: '2-digit', minute: '2-digit', hour12: false })

/** To the second, as "14:02:07". */
export const timeOfDay = writer({ timeStyle: 'medium', hour12: false })

/** A path or key cut in the middle, where it says least, to at most so many characters. */
export function middle(text: string, most: number): string {
  const letters = [...text]
  if (letters.length <= most) return text
  const half = Math.floor((most - 1) / 2)
  return `${letters.slice(0, most - 1 - half).join('')}…${letters.slice(-half).join('')}`
}

/** The share done as a whole percentage that says 100 only when nothing is left. */
export function percent(done: number, total: number): number {
  return total === 0 ? 0 : Math.floor((100 * done) / total)
}
