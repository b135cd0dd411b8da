import type { AdfDoc, AdfNode } from '../../shared/plan.ts'
import { doc, paragraph, textLength } from './adf.ts'

/**
 * A document in parts that each stay within the limit (characters as textLength counts them), between
 * blocks where possible; a block that is too large alone is parted by its rows, items, or letters.
 * The parts hold every word of the document in its order; a document within the limit comes back as it is.
 */
export function splitDoc(document: AdfDoc, limit: number): AdfDoc[] {
  if (textLength(document) <= limit) return [document]
  return group(document.content, limit - 2).map((content) => doc(content))
}

function group(nodes: AdfNode[], limit: number): AdfNode[][] {
  const parts: AdfNode[][] = []
  let part: AdfNode[] = []
  let length = 0
  for (const node of nodes.flatMap((node) => splitNode(node, limit))) {
    const more = textLength(node)
    if (part.length > 0 && length + more > limit) {
      parts.push(part)
      part = []
      length = 0
    }
    part.push(node)
    length += more
  }
  if (part.length > 0) parts.push(part)
  return parts
}

function splitNode(node: AdfNode, limit: number): AdfNode[] {
  if (textLength(node) <= limit) return [node]
  if (node.text !== undefined) return slices(node.text, limit).map((text) => ({ ...node, text }))
  if (!node.content) return [node]
  // Every level of nesting costs its own two characters; below that nothing can be parted any more.
  const inner = Math.max(limit - 2, 1)
  return group(node.content, inner).map((content) => ({ ...node, content: legal(node, content) }))
}

/** A list item begins with a paragraph, not with the list it continues (Atlassian's schema). */
function legal(parent: AdfNode, content: AdfNode[]): AdfNode[] {
  const first = content[0]?.type
  const lists = first === 'bulletList' || first === 'orderedList' || first === 'taskList'
  return parent.type === 'listItem' && lists ? [paragraph(), ...content] : content
}

/** Slices of at most so many characters; a pair of surrogates stays together. */
function slices(text: string, limit: number): string[] {
  const found: string[] = []
  let from = 0
  while (from < text.length) {
    let to = Math.min(from + Math.max(limit, 2), text.length)
    if (to < text.length && /[\uD800-\uDBFF]/.test(text[to - 1] ?? '')) to -= 1
    found.push(text.slice(from, to))
    from = to
  }
  return found
}
