import { allTroubles, troublesOf } from './all.ts'
import type { Trouble } from './trouble.ts'

/** `yyyy-MM-dd HH:mm:ss.SSS LEVEL PROJECTKEY phase ` before the message of a line of the error log. */
const lineHead = /^\s*\d{4}-\d\d-\d\d[ T][\d:.,Z]+\s+[A-Z]+\s+\S+\s+\S+\s+/
const mostFound = 12

/**
 * Looks something up: a code, a few words, or a whole line of the error log as it was copied.
 * A code in it decides; else its words do, rare ones most.
 * @returns the best first; all of them when nothing is asked
 */
export function findTroubles(asked: string): readonly Trouble[] {
  const text = asked.replace(lineHead, '').trim()
  if (text === '') return allTroubles
  const named = codesIn(text)
  if (named.length > 0) return named
  const said = saidIn(text)
  if (said.length > 0) return said
  const words = [...new Set(wordsOf(text))]
  if (words.length === 0) return []
  const few = words.length <= 4
  const found = allTroubles.flatMap((one) => {
    const hits = words.filter((word) => has(one, word, few))
    if (hits.length === 0 || (few && hits.length < words.length)) return []
    const weight = hits.reduce((sum, word) => sum + rarity(word, few), 0)
    // A whole sentence that shares but "issue" or "site" with an explanation is not explained by it.
    return weight < (few ? 0 : 3) ? [] : [{ one, weight }]
  })
  return found
    .sort((a, b) => b.weight - a.weight)
    .slice(0, few ? allTroubles.length : mostFound)
    .map(({ one }) => one)
}

/** `[code]` anywhere, the bare code as all that was typed, or codes with a dash as words of the text. */
function codesIn(text: string): Trouble[] {
  const bracketed = [...text.matchAll(/\[([a-z][\w :+()-]*)\]/gi)].flatMap(([, code = '']) =>
    troublesOf(code),
  )
  if (bracketed.length > 0) return [...new Set(bracketed)]
  const bare = troublesOf(text)
  if (bare.length > 0 && !/\s/.test(text)) return bare
  const tokens = text.match(/\b[a-z]+(?:[-:][a-z]+)+\b/g) ?? []
  return [...new Set(tokens.flatMap(troublesOf))]
}

/** The agent's own sentences: those of differences name the fields, the others stand with their explanation. */
function saidIn(text: string): readonly Trouble[] {
  const [, fields = ''] =
    /(?:Not as promised in|Not as the source has it in|another value in):? ([^.]+?)(?:\.|$)/i.exec(
      text,
    ) ?? []
  if (fields) return troublesOf(`different:${fields}`)
  return allTroubles.filter((one) => one.says?.some((words) => text.includes(words)))
}

const common = new Set(
  'the and for was were has have had its this that with not are but from than then they who what which into one can cannot here there only also more'.split(
    ' ',
  ),
)
const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\d]{3,}/gu) ?? []).filter((word) => !common.has(word))

const index = new Map<Trouble, readonly string[]>(
  allTroubles.map((one) => {
    const { code, also = [], title, happened, why, mend } = one
    const text = [code, ...also, title, happened, why, ...mend].join(' ')
    return [one, [...new Set(wordsOf(text))]]
  }),
)

/** While somebody types, the beginning of a word is enough. */
const has = (one: Trouble, word: string, prefix: boolean): boolean =>
  (index.get(one) ?? []).some((known) => (prefix ? known.startsWith(word) : known === word))

function rarity(word: string, prefix: boolean): number {
  const with_ = allTroubles.filter((one) => has(one, word, prefix)).length
  return Math.log((allTroubles.length + 1) / (with_ + 0.5))
}
