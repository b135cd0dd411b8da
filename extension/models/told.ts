import type { BesideList } from '../../shared/api-beside.ts'
import type { CheckStatus } from '../../shared/api-checks.ts'
import { besideHash, type ItemsAsk, itemsHash, tabHash, toHash } from './place.ts'

/** A piece of a sentence; href leads to the list of what its number counts. */
export interface ToldPart {
  text: string
  href: string | null
}

const number = String.raw`[\d,]+`
/** What the agent's sentences count, in its own words, and which items each means. */
const ofItems: readonly [words: string, ask: ItemsAsk][] = [
  [`(?<=^Planned )${number} items?`, {}],
  [`(?<=^)${number} items? of earlier runs`, { only: 'sent' }],
  [`(?<=^)${number} failed items?`, { verdict: 'failed' }],
  [`(?<=^)${number} items? stay left out`, { verdict: 'leftOut' }],
  [`${number} items? verified`, { verdict: 'verified' }],
  [`(?<=is equal, )${number} items?`, { verdict: 'verified' }],
  [`(?<=^Verified with findings: )${number} equal`, { verdict: 'verified' }],
  [
    `(?<=^(?:Finished|Verified with|Ended incomplete)\\b.*)${number} different`,
    { verdict: 'different' },
  ],
  [`(?<=^Ended incomplete: )${number} failed`, { verdict: 'failed' }],
  [`(?<=^Verified with findings: .*)${number} missing`, { verdict: 'failed' }],
  [
    `(?<=^(?:Finished|Verified)\\b.*)${number} (?:left out as announced|could not be compared)`,
    { verdict: 'leftOut' },
  ],
]
const ofApps = `(?<=^Ended incomplete: .*)${number} apps? without success`
const ofChecks = `(?<=^Checks after the migration: .*?)${number} (?:fine|incomplete|found something)`

/** The same of what the plan makes beside its items (agent/plan/planned-sentence.ts). */
const ofBeside: readonly [words: string, list: BesideList][] = [
  [`(?<=beside them: .*?)${number} schemes?`, 'schemes'],
  [`(?<=beside them: .*?)${number} empty issues?`, 'fillers'],
  [`(?<=beside them: .*?)${number} comments?`, 'notes'],
]

const statuses: readonly [begin: RegExp, status: CheckStatus][] = [
  [/fine$/, 'success'],
  [/incomplete$/, 'incomplete'],
]

const all = new RegExp(
  [...[...ofItems, ...ofBeside].map(([words]) => words), ofApps, ofChecks].join('|'),
  'g',
)

/**
 * A sentence of the agent about a migration, cut where it counts what there is a list of. 0 of something leads
 * nowhere. Only for the latest of its kind: what an earlier run counted is gone with its plan.
 */
export function toldParts(id: string, sentence: string): ToldPart[] {
  const parts: ToldPart[] = []
  let from = 0
  for (const { index, 0: text } of sentence.matchAll(all)) {
    if (/^0\b/.test(text)) continue
    if (index > from) parts.push({ text: sentence.slice(from, index), href: null })
    parts.push({ text, href: hrefOf(id, sentence, index, text) })
    from = index + text.length
  }
  if (from < sentence.length) parts.push({ text: sentence.slice(from), href: null })
  return parts
}

function hrefOf(id: string, sentence: string, index: number, text: string): string {
  const isThis = (words: string) => {
    const found = [...sentence.matchAll(new RegExp(words, 'g'))]
    return found.some((one) => one.index === index && one[0] === text)
  }
  const items = ofItems.find(([words]) => isThis(words))
  if (items) return itemsHash(id, items[1])
  const beside = ofBeside.find(([words]) => isThis(words))
  if (beside) return besideHash(id, beside[1])
  if (isThis(ofApps)) return tabHash(id, 'apps')
  const only = statuses.find(([end]) => end.test(text))?.[1]
  return toHash({ at: 'migration', id, tab: 'after', after: null, ...(only ? { only } : {}) })
}

/**
 * The kinds of sentences of which only the latest is still true of the lists. What the checks before a run had found is
 * none: asked since, they answer anew, and no line tells of it.
 */
const kinds = [
  /^Planned /,
  /^(Finished|Verified|Ended incomplete)\b/,
  /^Checks after the migration: /,
]

/** Of these lines, by rising time, those whose numbers are still those of the lists, by their time and text. */
export function standing(lines: readonly { at: number; text: string }[]): ReadonlySet<string> {
  const found = kinds.flatMap((kind) => lines.findLast(({ text }) => kind.test(text)) ?? [])
  return new Set(found.map(lineKey))
}
export const lineKey = ({ at, text }: { at: number; text: string }): string => `${at} ${text}`
