import type { Counts } from '../../shared/report.ts'
import { printable } from '../../shared/straight.ts'

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Text as HTML, for content and attributes alike. Control characters, and those that turn the writing
 * direction (with them a file name can show another ending), become the replacement character.
 */
export const escaped = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? '')

/** A name out of Jira: its writing direction must not turn the rest of the line. */
export const name = (text: string): string => `<bdi>${escaped(text)}</bdi>`

const whole = new Intl.NumberFormat('en-US')
export const number = (n: number): string => whole.format(n)

export const plural = (n: number, one: string, many: string): string =>
  `${number(n)} ${n === 1 ? one : many}`

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** In units of 1024: 1.5 GB. */
export function bytes(n: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let size = n
  let unit = 0
  for (; size >= 1024 && unit < units.length - 1; unit += 1) size /= 1024
  return `${unit ? size.toFixed(1) : size} ${units[unit]}`
}

/** 2026-11-23 06:10 UTC, with the exact time in the title. */
export const time = (at: number | null): string => {
  if (at === null) return '–'
  const iso = new Date(at).toISOString()
  return `<time datetime="${iso}" title="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`
}

/** 12 min 40 s: the two biggest units. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = parts.findIndex(([n]) => n > 0)
  if (first < 0) return '0 s'
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ')
}

/** Each verdict has a mark and a word: colour never says it alone. */
export const marks = {
  verified: { mark: '✓', word: 'Verified', tone: 'good' },
  different: { mark: '≠', word: 'Different', tone: 'warn' },
  leftOut: { mark: '–', word: 'Left out', tone: 'grey' },
  failed: { mark: '✗', word: 'Failed', tone: 'bad' },
} as const

/** "58,702 verified (310 with an announced loss) · 121 different · 80 left out · 7 failed" */
export function sentenceOf(counts: Counts): string {
  const loss = counts.verifiedWithLoss
    ? ` (${number(counts.verifiedWithLoss)} with an announced loss)`
    : ''
  return [
    `${number(counts.verified)} verified${loss}`,
    `${number(counts.different)} different`,
    `${number(counts.leftOut)} left out`,
    `${number(counts.failed)} failed`,
  ].join(' · ')
}
