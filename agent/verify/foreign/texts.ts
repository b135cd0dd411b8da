import type { AdfDoc, AdfNode } from '../../../shared/plan.ts'
import { adfText } from '../text.ts'

/** Two texts in the words that a person reads, ready to be compared. */
export interface Words {
  held: string
  site: string
}

/**
 * What the source held and what the site has, as words. Pictures count by their names: another program
 * shows them where ours names the file. Mentions count by account, and by name where the source's person
 * has none.
 * @param isOurs the site's text begins with a line that Landfall itself wrote
 */
export function wordsOf(held: AdfDoc | null, site: AdfDoc | null, isOurs = false): Words {
  const mentioned = new Set<string>()
  if (held) collect(held.content, mentioned)
  const found = site && isOurs ? { ...site, content: site.content.slice(1) } : site
  return {
    held: adfText(held && plain(held, null)),
    site: adfText(found && plain(found, mentioned)),
  }
}

function collect(nodes: AdfNode[], mentioned: Set<string>): void {
  for (const node of nodes) {
    if (node.type === 'mention') mentioned.add(String(node.attrs?.id ?? ''))
    if (node.content) collect(node.content, mentioned)
  }
}

/** known: the accounts that the source's text mentions; null = every mention is one. */
function plain(doc: AdfDoc, known: ReadonlySet<string> | null): AdfDoc {
  const visit = (node: AdfNode): AdfNode[] => {
    if (node.type === 'mediaSingle' || node.type === 'mediaGroup') {
      const content = (node.content ?? []).flatMap(visit)
      return [{ type: 'paragraph', content }]
    }
    if (node.type === 'media' || node.type === 'mediaInline') return [picture(node)]
    if (node.type === 'mention' && known && !known.has(String(node.attrs?.id ?? '')))
      return [{ type: 'text', text: String(node.attrs?.text ?? '@somebody') }]
    return [node.content ? { ...node, content: node.content.flatMap(visit) } : node]
  }
  return { ...doc, content: doc.content.flatMap(visit) }
}

function picture({ attrs = {} }: AdfNode): AdfNode {
  if (typeof attrs.url === 'string') return { type: 'text', text: attrs.url }
  return { type: 'text', text: `Attachment: ${String(attrs.alt ?? attrs.id ?? '')}` }
}

/**
 * Whether the site's text is the source's after one line that names its author: many programs write who
 * said it and when before a text, since the public API takes neither.
 */
export function hasLineBefore({ held, site }: Words, author: string | null): boolean {
  if (!held || !author || !site.endsWith(held) || site === held) return false
  const line = site.slice(0, -held.length).trim()
  return !line.includes('\n') && line.toLowerCase().includes(author.toLowerCase())
}

/** How alike two texts are, from 0 to 1: the share of words they have in common (Dice's coefficient). */
export function likeness(a: string, b: string): number {
  const [left, right] = [bag(a), bag(b)]
  let common = 0
  for (const [word, count] of left) common += Math.min(count, right.get(word) ?? 0)
  const all = size(left) + size(right)
  return all === 0 ? 1 : (2 * common) / all
}

/** More words of a text say no more about which other text it is. */
const wordsCounted = 2000

function bag(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.toLowerCase().split(/\s+/, wordsCounted))
    if (word) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
const size = (counts: Map<string, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0)
