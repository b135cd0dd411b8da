/** The numbers in the questions before a stop and a delete. */
import type { ConsequencesView, DiskPart } from '../shared/api-deeds.ts'
import { count, counted, kindWords } from './words.ts'

/** So many kinds are named, the largest first; the rest is one number. */
const named = 4

/** "1,204 issues, 3,122 comments and 41 other items"; null when nothing is there. */
export function onSiteWords({ onSite }: ConsequencesView): string | null {
  if (onSite.length === 0) return null
  const sorted = onSite.toSorted((a, b) => b.items - a.items)
  const parts = sorted.slice(0, named).map(({ kind, items }) => counted(items, ...kindWords[kind]))
  const rest = sorted.slice(named).reduce((sum, { items }) => sum + items, 0)
  return listed(rest ? [...parts, counted(rest, 'other item', 'other items')] : parts)
}

const listed = (parts: string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

const diskWords: Record<DiskPart, string> = {
  snapshot: 'the snapshot',
  reports: 'its reports',
  apps: 'files of apps’ data',
  upload: 'the uploaded backup',
}

/** Bytes in units of 1024. */
function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1)
  const n = bytes / 1024 ** power
  return `${power === 0 ? count(n) : n.toFixed(1)} ${units[power]}`
}

/** What of this machine's disk goes with it; null when nothing is there. */
export function diskWordsOf({ disk }: ConsequencesView): string | null {
  return disk.length
    ? listed(disk.map(({ part, bytes }) => `${diskWords[part]} (${size(bytes)})`))
    : null
}

export const deedNumberWords = {
  practice: 'the practice site',
  asking: 'Counting what is on the site…',
  failed: 'What is on the site could not be counted just now.',
  stays: (what: string, site: string) => `On ${site} stay ${what}.`,
  nothing: (site: string) => `Nothing was written to ${site}.`,
  waiting: (n: number) => `${counted(n, 'item was', 'items were')} not sent yet.`,
  goes: (what: string) => `From the agent’s disk go ${what}.`,
}
