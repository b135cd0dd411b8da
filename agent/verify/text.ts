import type { AdfDoc, AdfNode } from '../../shared/plan.ts'

const blocks = new Set([
  'paragraph',
  'heading',
  'codeBlock',
  'blockquote',
  'panel',
  'bulletList',
  'orderedList',
  'listItem',
  'table',
  'tableRow',
  'tableCell',
  'tableHeader',
  'rule',
  'expand',
  'nestedExpand',
  'mediaSingle',
  'mediaGroup',
  'decisionList',
  'taskList',
  'taskItem',
])

/**
 * The words of a document as a person reads them, for comparison: a site may add ids and drop empty marks,
 * but it may not change a word, the account of a mention or where a link leads.
 */
export function adfText(doc: AdfDoc | null): string {
  if (!doc) return ''
  const out: string[] = []
  for (const node of doc.content) write(node, out)
  return plainText(out.join(''))
}

function write(node: AdfNode, out: string[]): void {
  const block = blocks.has(node.type)
  if (block) out.push('\n')
  if (node.type === 'text') {
    out.push(node.text ?? '')
    const href = node.marks?.find((mark) => mark.type === 'link')?.attrs?.href
    if (typeof href === 'string' && href !== node.text) out.push(` <${href}>`)
  } else if (node.type === 'hardBreak') out.push('\n')
  else if (node.type === 'mention') out.push(`@[${String(node.attrs?.id ?? '')}]`)
  else if (node.type === 'emoji') out.push(String(node.attrs?.text ?? node.attrs?.shortName ?? ''))
  else if (node.type === 'rule') out.push('----')
  else if (node.type === 'inlineCard' || node.type === 'blockCard')
    out.push(`<${String(node.attrs?.url ?? '')}>`)
  else if (node.type === 'date') out.push(String(node.attrs?.timestamp ?? ''))
  else if (node.type === 'status') out.push(`[${String(node.attrs?.text ?? '')}]`)
  else if (node.type === 'media')
    out.push(`[file ${String(node.attrs?.alt ?? node.attrs?.id ?? '')}]`)
  for (const child of node.content ?? []) write(child, out)
  if (block) out.push('\n')
}

/** Line ends, no-break and repeated spaces, trailing blanks and empty lines are no differences (facts: CRLF, TAB). */
export function plainText(text: string | null | undefined): string {
  return (text ?? '')
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\t\u00a0 ]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n+/g, '\n')
    .trim()
}
