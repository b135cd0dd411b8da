import type { AdfDoc, AdfNode } from '../../shared/plan.ts'

/** Every node of a document, in the order in which it is read. Deep ones too: a stack, not recursion. */
export function* nodesOf(doc: AdfDoc | null): Generator<AdfNode> {
  const stack: AdfNode[] = [...(doc?.content ?? [])].reverse()
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node
    for (let at = (node.content?.length ?? 0) - 1; at >= 0; at -= 1) {
      const child = node.content?.[at]
      if (child) stack.push(child)
    }
  }
}

/** The people that a document mentions: account id, and the name as it stands in the text. */
export function mentionsOf(doc: AdfDoc | null): { id: string; text: string }[] {
  return [...nodesOf(doc)].flatMap((node) =>
    node.type === 'mention' && typeof node.attrs?.id === 'string'
      ? [{ id: node.attrs.id, text: String(node.attrs.text ?? '').replace(/^@/, '') }]
      : [],
  )
}

/** All addresses in a document: links of texts, cards, and pictures from elsewhere. */
export function addressesOf(doc: AdfDoc | null): { kind: 'link' | 'image'; url: string }[] {
  const found: { kind: 'link' | 'image'; url: string }[] = []
  const add = (kind: 'link' | 'image', url: unknown) => {
    if (typeof url === 'string' && url !== '') found.push({ kind, url })
  }
  for (const node of nodesOf(doc)) {
    if (node.type === 'media' || node.type === 'mediaInline') add('image', node.attrs?.url)
    if (/Card$/.test(node.type)) add('link', node.attrs?.url)
    for (const mark of node.marks ?? []) if (mark.type === 'link') add('link', mark.attrs?.href)
  }
  return found
}
