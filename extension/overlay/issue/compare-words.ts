/** A piece of a text; changed: the other side does not have it here. */
export interface Piece {
  text: string
  changed: boolean
}

export interface Compared {
  left: Piece[]
  right: Piece[]
  /** Characters that both begin with and that are left away, because they are too many to show. */
  skipped: number
  /** Characters at the end of each side that are not shown. */
  leftMore: number
  rightMore: number
}

/** So much of what both sides begin with is shown before the first difference, in characters. */
const before = 200
/** Beyond so many words on a side the table of the comparison would be megabytes: all in between is marked. */
const mostWords = 600

/**
 * Which words differ between two texts. What both begin and end with is found first, so that the costly part
 * is small; it is bounded whatever the texts are.
 * @param limit how many characters of each side are looked at, from shortly before the first difference
 */
export function compareWords(source: string, site: string, limit: number): Compared {
  const same = commonStart(source, site)
  const skipped =
    same > before && Math.max(source.length, site.length) > limit
      ? atWord(source, same - before)
      : 0
  const a = cut(source, skipped, limit)
  const b = cut(site, skipped, limit)
  const { left, right } = compare(words(a), words(b))
  return {
    left,
    right,
    skipped,
    leftMore: source.length - skipped - a.length,
    rightMore: site.length - skipped - b.length,
  }
}

function compare(a: string[], b: string[]): { left: Piece[]; right: Piece[] } {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end++
  const [keptA, keptB] = shared(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const pieces = (all: string[], kept: boolean[]) =>
    joined(
      all.map((text, i) => ({
        text,
        changed: i >= start && i < all.length - end && !kept[i - start],
      })),
    )
  return { left: pieces(a, keptA), right: pieces(b, keptB) }
}

/** For each word whether it belongs to the longest row of words that both have in the same order. */
function shared(a: string[], b: string[]): [boolean[], boolean[]] {
  const keptA = a.map(() => false)
  const keptB = b.map(() => false)
  if (a.length > mostWords || b.length > mostWords) return [keptA, keptB]
  const width = b.length + 1
  const best = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => best[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  for (let i = 0, j = 0; i < a.length && j < b.length; )
    if (a[i] === b[j]) {
      keptA[i++] = true
      keptB[j++] = true
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  return [keptA, keptB]
}

/** Neighbours of the same kind as one piece. */
function joined(pieces: Piece[]): Piece[] {
  const all: Piece[] = []
  for (const piece of pieces) {
    const last = all.at(-1)
    if (last?.changed === piece.changed) last.text += piece.text
    else all.push({ ...piece })
  }
  return all
}

/** Words, and what stands between them, as pieces of their own. */
const words = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let at = 0
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

/** The place after the last white space before this one (looked for nearby), so that no word is cut in two. */
function atWord(text: string, index: number): number {
  const near = text.slice(Math.max(0, index - before), index)
  const space = near.search(/\s\S*$/)
  return space < 0 ? whole(text, index) : index - near.length + space + 1
}

/** Not between the two halves of one character. */
const whole = (text: string, index: number): number =>
  /[\uDC00-\uDFFF]/.test(text.charAt(index)) ? index - 1 : index

const cut = (text: string, from: number, length: number): string =>
  text.slice(from, whole(text, Math.min(text.length, from + length)))
