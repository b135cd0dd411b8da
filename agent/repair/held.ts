import type { HeldAuthor } from '../../shared/held.ts'
import type { AdfDoc, AdfNode } from '../../shared/plan.ts'
import type { Difference } from '../../shared/report.ts'
import { differencesOf, type ItemRow, type VerdictChange } from '../ledger/items.ts'
import { hasLineBefore, wordsOf } from '../verify/foreign/texts.ts'

/**
 * Another program's migration is verified against what the source held, and its texts stand on the site as that
 * program wrote them. A repair there mends what was found to differ, and leaves all else to its verification.
 */
export const isHeld = (item: Pick<ItemRow, 'promiseJson'>): boolean =>
  'held' in (JSON.parse(item.promiseJson ?? '{}') as object)

/** Whether the site's text is the source's, also where a line with its author stands before it. */
export function isSaid(held: AdfDoc | null, site: AdfDoc | null, author: string | null): boolean {
  const words = wordsOf(held, site)
  return words.held === words.site || hasLineBefore(words, author)
}

/** "Fred Normal, 2008-01-07 16:24": the site takes neither of the two, so that they stand before the text. */
export function lineOf({ author, created }: HeldAuthor): AdfNode {
  const when = created?.slice(0, 16).replace('T', ' ')
  const text = [author?.name ?? 'Anonymous', when].filter(Boolean).join(', ')
  return { type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'em' }] }] }
}

/** The source's text with a line of its author before it, for what is made again under another account. */
export const withLine = (doc: AdfDoc | null, held: HeldAuthor): AdfDoc => ({
  type: 'doc',
  version: 1,
  content: [lineOf(held), ...(doc?.content ?? [])],
})

/** The source's text; a line that names its author and stands first on the site stays there. */
export function keepingLine(
  doc: AdfDoc,
  site: AdfDoc | null,
  author: string | null | undefined,
): AdfDoc {
  const [first] = site?.content ?? []
  if (!first || !author) return doc
  const line = (first.content ?? []).map((node) => node.text ?? '').join('')
  const names = line.toLowerCase().includes(author.toLowerCase())
  // A line, and no text that happens to speak of its author.
  return names && line.length < author.length + 80
    ? { ...doc, content: [first, ...doc.content] }
    : doc
}

/** The verdict with these fields no longer different: the rest stands as the verification found it. */
export function without(
  item: ItemRow,
  siteId: string | null,
  isRight: (one: Difference) => boolean,
): VerdictChange {
  const differences = differencesOf(item).filter((one) => !isRight(one))
  const fields = [...new Set(differences.map((one) => one.field))]
  return {
    seq: item.seq,
    verdict: differences.length ? 'different' : 'verified',
    differences,
    siteId,
    reason: differences.length
      ? {
          code: `different:${fields.join('+')}`,
          text: `Not as the source has it in: ${fields.join(', ')}.`,
        }
      : null,
  }
}
