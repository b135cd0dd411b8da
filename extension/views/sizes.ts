import { duration } from './format.ts'

/** Bytes as "412 KB", "1.2 GB": powers of ten, as disks and browsers count. */
export function size(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** Seconds as a range: "40 s to 2 min", "about 5 min" where both ends say the same. */
export function range(low: number, high: number): string {
  const [a, b] = [coarse(low), coarse(high)]
  return a === b ? `about ${b}` : `${a} to ${b}`
}

/** Nobody plans a window by the second: from two minutes on only minutes are told. */
const coarse = (seconds: number): string =>
  duration(seconds < 120 ? Math.max(1, seconds) : Math.round(seconds / 60) * 60)

/** A name cut at its end, where it says least, to at most so many characters. */
export function cut(text: string, most: number): string {
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}
