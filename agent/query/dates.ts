import { DateTime } from 'luxon'
import { cannotTell } from './cannot-tell.ts'

/** How the snapshot writes a moment: the server's wall clock to the second, and a day. */
export const secondLetters = 19
export const dayLetters = 10
const form = 'yyyy-MM-dd HH:mm:ss'

const units = { w: 'weeks', d: 'days', h: 'hours', m: 'minutes' } as const

/** The wall clock of a value in JQL: "2010-01-31", "2010/1/31 14:05", or a period before or after now ("-1w 2d"). */
export function wallClock(value: string, now: DateTime): string {
  const text = value.trim()
  const parts = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text)
  if (parts) {
    const [year, , month, day, hour, minute = '00'] = parts.slice(1)
    const at = `${year}-${pad(month)}-${pad(day)} ${pad(hour)}:${minute}:00`
    return DateTime.fromFormat(at, form, { zone: 'utc' }).isValid ? at : noDate(value)
  }
  if (!/^[+-]?(\d+[wdhm]\s*)+$/.test(text)) return noDate(value)
  const sign = text.startsWith('-') ? -1 : 1
  let moved = now
  for (const [, n, unit] of text.matchAll(/(\d+)([wdhm])/g))
    moved = moved.plus({ [units[unit as keyof typeof units]]: sign * Number(n) })
  return moved.toFormat(form)
}

const pad = (text = '') => text.padStart(2, '0')
const noDate = (value: string) => cannotTell(`"${value}" is no date that the source would take.`)

const edges = { day: 'd', month: 'M', year: 'y' } as const
const steps = { y: 'years', M: 'months', w: 'weeks', d: 'days', h: 'hours', m: 'minutes' } as const

/** now(), startOfDay("-1"), endOfMonth("+2M") and the like; null for a function that gives no date. */
export function dateFunction(name: string, args: readonly string[], now: DateTime): string | null {
  if (name === 'now') return now.toFormat(form)
  const [, edge, of] = /^(startof|endof)(day|week|month|year)$/.exec(name) ?? []
  if (!edge || !of) return null
  if (of === 'week')
    cannotTell('On which day a week begins depends on who asks, so it cannot be told here.')
  const unit = of as keyof typeof edges
  const asked = args[0]?.trim() ?? '0'
  const [, n, own] = /^([+-]?\d+)([yMwdhm])?$/.exec(asked) ?? noDate(asked)
  const moved = now.plus({ [steps[(own ?? edges[unit]) as keyof typeof steps]]: Number(n) })
  return (edge === 'startof' ? moved.startOf(unit) : moved.endOf(unit)).toFormat(form)
}
