import { likeness } from './texts.ts'

/** One side of a pair, as far as it tells which other it belongs to. */
export interface Trait {
  /** The site's id, where somebody says it. */
  id: string | null
  text: string
  /** Whom this is equal to on the other side: an account or a name. */
  author: string
  /** Epoch ms; null where it is not to be relied on. */
  time: number | null
}

export interface Pairing {
  /** Index on the site's side by index on the source's. */
  pairs: Map<number, number>
  /** Indexes on the site's side that belong to nothing. */
  strangers: number[]
}

/** Texts that share so many of their words are one text, altered. */
const alikeEnough = 0.5
/** Beyond so many leftovers of an issue each is compared with its neighbours only. */
const mostCompared = 300

/**
 * Which of the site's texts is which of the source's: one to one, in no particular order, so that a missing
 * one does not make all that follow it different. By id, then by text, author and time, then by who wrote
 * when, then by likeness; a leftover between two that were found is the one that stands between them.
 * @param sameTime whether two times are one
 * @param options.alike false: what is neither equal nor of one author and time belongs to nothing
 */
export function pairUp(
  held: readonly Trait[],
  site: readonly Trait[],
  sameTime: (a: number, b: number) => boolean,
  { alike = true } = {},
): Pairing {
  const pairs = new Map<number, number>()
  const free = new Set(site.keys())
  const take = (i: number, j: number) => {
    pairs.set(i, j)
    free.delete(j)
  }
  const open = () => [...held.keys()].filter((i) => !pairs.has(i))
  const at = (i: number) => held[i] as Trait
  const there = (j: number) => site[j] as Trait
  const sameMoment = (a: Trait, b: Trait) =>
    a.time !== null && b.time !== null && sameTime(a.time, b.time)

  const byId = new Map(site.map((one, j) => [one.id, j]))
  for (const i of open()) {
    const j = at(i).id === null ? undefined : byId.get(at(i).id)
    if (j !== undefined && free.has(j)) take(i, j)
  }

  const byText = Map.groupBy([...free], (j) => there(j).text)
  const agreement = (a: Trait, b: Trait) => Number(a.author === b.author) + Number(sameMoment(a, b))
  // The best of equal texts first: those of the same author and time, then of one of the two.
  for (const least of [2, 1, 0])
    for (const i of open()) {
      const j = byText
        .get(at(i).text)
        ?.find((one) => free.has(one) && agreement(at(i), there(one)) >= least)
      if (j !== undefined) take(i, j)
    }

  for (const i of open()) {
    const j = [...free].find(
      (one) => sameMoment(at(i), there(one)) && at(i).author === there(one).author,
    )
    if (j !== undefined) take(i, j)
  }

  if (!alike) return { pairs, strangers: [...free] }
  const left = open()
  const candidates: { i: number; j: number; like: number }[] = []
  for (const i of left.slice(0, mostCompared))
    for (const j of [...free].slice(0, mostCompared)) {
      const like = likeness(at(i).text, there(j).text)
      if (like >= alikeEnough) candidates.push({ i, j, like })
    }
  candidates.sort((a, b) => b.like - a.like)
  for (const { i, j } of candidates) if (!pairs.has(i) && free.has(j)) take(i, j)

  if (held.every((one) => one.time === null))
    betweenNeighbours(held.length, site.length, pairs, free, take)
  return { pairs, strangers: [...free] }
}

/** Where no time is to be relied on: as many on either side between two found ones are the same ones. */
function betweenNeighbours(
  held: number,
  site: number,
  pairs: Map<number, number>,
  free: Set<number>,
  take: (i: number, j: number) => void,
): void {
  let gap: number[] = []
  let before = -1
  for (let i = 0; i <= held; i += 1) {
    const j = i === held ? site : pairs.get(i)
    if (j === undefined) {
      gap.push(i)
      continue
    }
    const between = [...free].filter((one) => one > before && one < j)
    if (gap.length > 0 && gap.length === between.length)
      for (const [n, one] of gap.entries()) take(one, between[n] as number)
    gap = []
    before = Math.max(before, j)
  }
}
