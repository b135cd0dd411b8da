import type { Reason } from '../../shared/plan.ts'
import { cleanText } from './adf.ts'
import { reason } from './item.ts'

/** How a source item with a name arrives on the site. */
export interface Named<S> {
  /** The name that the site will show. */
  name: string
  /** What the site already has under this name, null when it is to be created. */
  reused: S | null
  losses: Reason[]
}

/**
 * Matches source names with those of the site, letter case aside. What the site has is reused, names over
 * the limit are cut, two source items that end up with one name become one: each is an announced loss.
 */
export function matchNames<R extends { id: string; name: string }, S extends { name: string }>(
  what: string,
  rows: Iterable<R>,
  onSite: readonly S[],
  limit: number,
  clash: (row: R, other: R | S) => string | null = () => null,
): Map<string, Named<S>> {
  const site = new Map(onSite.map((item) => [fold(item.name), item]))
  const before = new Map<string, R>()
  const found = new Map<string, Named<S>>()
  for (const row of rows) {
    const losses: Reason[] = []
    let name = cutName(what, row.name, limit, losses)
    let other: R | S | undefined = before.get(fold(name)) ?? site.get(fold(name))
    const instead = other && clash(row, other)
    if (instead) {
      const wanted = name
      name = `${cut(wanted, limit - instead.length - 3)} (${instead})`
      losses.push(
        reason('renamed', `"${wanted}" exists as something else: this ${what} is named "${name}".`),
      )
      other = before.get(fold(name)) ?? site.get(fold(name))
    }
    const reused = site.get(fold(name)) ?? null
    const twin = before.get(fold(name))
    if (twin)
      losses.push(
        reason('same-name', `The source has two of this name: they become one ${what}, "${name}".`),
      )
    if (reused && reused.name !== name)
      losses.push(reason('name-on-site', `The site writes this name "${reused.name}".`))
    if (!twin) before.set(fold(name), row)
    const shared = twin && found.get(twin.id)?.name
    found.set(row.id, { name: reused?.name ?? shared ?? name, reused, losses })
  }
  return found
}

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
