import type { Reason } from '../../shared/plan.ts'
import type { CollisionRule } from '../../shared/setup.ts'
import { cleanText } from './adf.ts'
import { reason } from './item.ts'
import { nameTaken } from './stops.ts'

/** How a source item with a name arrives on the site. */
export interface Named<S> {
  /** The name that the site will show. */
  name: string
  /** What the site already has under this name, null when it is to be created. */
  reused: S | null
  losses: Reason[]
  /** Set where a person chose to stop at names that the site has. */
  stopped: Reason | null
}

/**
 * Matches source names with those of the site, letter case aside. What the site has under a name is reused,
 * unless it is something else (`clash` gives a word for what the source's is). Names over the limit are
 * cut, and of two source items that would share a name the second gets a number: announced losses all.
 * `rule` says otherwise where a person chose so: 'rename' never reuses, 'stop' lets nothing through.
 */
export function matchNames<R extends { id: string; name: string }, S extends { name: string }>(
  what: string,
  rows: Iterable<R>,
  onSite: readonly S[],
  limit: number,
  clash: (row: R, other: S) => string | null = () => null,
  rule: CollisionRule = 'reuse',
): Map<string, Named<S>> {
  const site = new Map(onSite.map((item) => [fold(item.name), item]))
  const taken = new Set<string>()
  const found = new Map<string, Named<S>>()
  for (const row of rows) {
    const losses: Reason[] = []
    const wanted = cutName(what, row.name, limit, losses)
    let name = wanted
    const fits = (name: string) => {
      const other = site.get(fold(name))
      return !taken.has(fold(name)) && !(other && (rule === 'rename' || clash(row, other)))
    }
    const other = site.get(fold(wanted))
    const word = other && clash(row, other)
    if (word) name = withWord(wanted, word, limit)
    for (let n = 2; !fits(name); n += 1) name = withWord(wanted, String(n), limit)
    if (name !== wanted)
      losses.push(
        reason('renamed', `There is another "${wanted}": this ${what} is named "${name}".`),
      )
    const reused = site.get(fold(name)) ?? null
    if (reused && reused.name !== name)
      losses.push(reason('name-on-site', `The site writes this name "${reused.name}".`))
    taken.add(fold(name))
    const stopped = reused && rule === 'stop' ? nameTaken(what, reused.name) : null
    found.set(row.id, { name: reused?.name ?? name, reused, losses, stopped })
  }
  return found
}

/** How a promise says that what the site has is used. */
export const reusedMark = (reused: unknown): { reused?: true } => (reused ? { reused: true } : {})

const withWord = (name: string, word: string, limit: number) =>
  `${cut(name, limit - word.length - 3)} (${word})`

export const fold = (name: string): string => name.trim().toLowerCase()

/** A name trimmed and within the limit; the loss is added when letters had to go. */
export function cutName(what: string, name: string, limit: number, losses: Reason[]): string {
  const clean =
    cleanText(name)
      .replace(/[\n\t]+/g, ' ')
      .trim() || '(no name)'
  if (clean.length <= limit) return clean
  losses.push(
    reason(
      'name-cut',
      `The site takes ${limit} letters for the name of a ${what}; it was "${clean}".`,
    ),
  )
  return cut(clean, limit)
}

/** At most so many characters, without parting a pair of surrogates. */
export function cut(value: string, limit: number): string {
  if (value.length <= limit) return value
  const end = /[\uD800-\uDBFF]/.test(value[limit - 1] ?? '') ? limit - 1 : limit
  return value.slice(0, end).trimEnd()
}
