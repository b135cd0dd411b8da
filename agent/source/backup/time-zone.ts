import { Problem } from '../../../shared/problem.ts'

/**
 * A backup's times are the server's wall clock and nothing states the zone. It is recovered from what
 * the file says on purpose (a), by accident of two clocks (b), or by rows that carry both a wall clock
 * and epoch milliseconds (c, d). All functions are pure.
 */
const QUARTER = 15 * 60_000
/** Rows are written one after the other in a request; two of one request are within this. */
const SLACK = 3_000

/** The zone as Landfall writes it, or a Problem when it is none. In: an IANA name or UTC+hh:mm. */
export function checkedZone(zone: string): string {
  const clean = zone.trim()
  if (/^UTC[+-]\d\d:\d\d$/.test(clean) || isZone(clean)) return clean
  throw new Problem('usage', `"${zone}" is not a time zone.`, {
    hint: 'Write it like Europe/Berlin or UTC+02:00.',
  })
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone !== ''
  } catch {
    return false
  }
}

/** Wall-clock text ('2008-01-07 16:24:54.23') as if it were UTC, epoch ms; null for what is none. */
export function wallClock(text: string | null): number | null {
  const m = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?/.exec(text ?? '')
  if (m === null) return null
  const milliseconds = Number((m[7] ?? '0').padEnd(3, '0').slice(0, 3))
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds)
}

/** Offset of a zone at a moment, in ms. */
export function offsetAt(zone: string, epoch: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(epoch)
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? 0)
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - Math.trunc(epoch / 1000) * 1000
}

/** An offset in ms as "UTC+08:00". */
export function fixedZone(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60_000))
  const two = (n: number) => String(n).padStart(2, '0')
  return `UTC${offset < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`
}

/** Zones that an abbreviation stands for where the offset at that moment says the same. */
const abbreviations: Record<string, string[]> = {
  CET: ['Europe/Berlin'],
  CEST: ['Europe/Berlin'],
  EET: ['Europe/Helsinki'],
  EEST: ['Europe/Helsinki'],
  BST: ['Europe/London'],
  MSK: ['Europe/Moscow'],
  EST: ['America/New_York', 'Australia/Sydney'],
  EDT: ['America/New_York'],
  CST: ['America/Chicago', 'Asia/Shanghai'],
  CDT: ['America/Chicago'],
  MST: ['America/Denver'],
  MDT: ['America/Denver'],
  PST: ['America/Los_Angeles'],
  PDT: ['America/Los_Angeles'],
  IST: ['Asia/Kolkata'],
  JST: ['Asia/Tokyo'],
  AEST: ['Australia/Sydney'],
  AEDT: ['Australia/Sydney'],
  NZST: ['Pacific/Auckland'],
  NZDT: ['Pacific/Auckland'],
}

/**
 * (b) The header's clock against the root's epoch. The words depend on the locale, so only the time of
 * day is read; the day is taken as the one that gives the smallest offset. UTC+13 and +14 would read as
 * a day earlier: they are told apart by the day of the month where the text has it.
 */
export function zoneFromClock(text: string, epoch: number): string | null {
  const m = /(\d{1,2})[:时](\d\d)[:分](\d\d)秒?\s*([AaPp]\.?\s?[Mm]\.?|[上下]午)?/.exec(
    text.replace('時', '时'),
  )
  if (m === null) return null
  const mark = m[4] ?? (/[上下]午/.exec(text)?.[0] || '')
  let hour = Number(m[1])
  if (/^p|下/i.test(mark) && hour < 12) hour += 12
  if (/^a|上/i.test(mark) && hour === 12) hour = 0
  const day = 86_400_000
  const wall = ((hour * 60 + Number(m[2])) * 60 + Number(m[3])) * 1000
  let offset = Math.round((wall - (epoch % day)) / QUARTER) * QUARTER
  while (offset > 12 * 3_600_000) offset -= day
  while (offset <= -12 * 3_600_000) offset += day
  const tomorrow = new Date(epoch + offset + day).getUTCDate()
  const days = (text.replace(m[0], '').match(/\d+/g) ?? []).map(Number)
  const here = new Date(epoch + offset).getUTCDate()
  if (offset <= -10 * 3_600_000 && !days.includes(here) && days.includes(tomorrow)) offset += day
  const word = /\b([A-Z]{3,4})\s*$/.exec(text.trim())?.[1] ?? ''
  const zone = (abbreviations[word] ?? []).find((name) => offsetAt(name, epoch) === offset)
  return zone ?? fixedZone(offset)
}

/** Collects votes for an offset from pairs of a wall clock and an epoch of what may be one event. */
export interface Votes {
  add(wall: number, epoch: number): void
  /** The offset that most pairs agree on; null when they are too few or too divided. */
  result(): string | null
}

export function votes(): Votes {
  const found = new Map<number, number>()
  let all = 0
  return {
    add(wall, epoch) {
      const delta = wall - epoch
      const offset = Math.round(delta / QUARTER) * QUARTER
      if (Math.abs(delta - offset) > SLACK || Math.abs(offset) > 14 * 3_600_000) return
      found.set(offset, (found.get(offset) ?? 0) + 1)
      all++
    },
    result() {
      const [best] = [...found].sort((a, b) => b[1] - a[1])
      // Chance pairs spread over a hundred offsets; summer and winter time share the true ones.
      return best === undefined || best[1] < 2 || best[1] * 3 < all ? null : fixedZone(best[0])
    },
  }
}
