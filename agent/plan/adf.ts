import type { AdfDoc, AdfNode, Reason } from '../../shared/plan.ts'

/**
 * What Jira Cloud takes in one text field is 32,767 characters. Nobody outside knows to the letter what it
 * counts, so our count is generous (see textLength) and stays below by this much more.
 */
export const textLimit = 32_000

export const doc = (content: AdfNode[]): AdfDoc => ({ type: 'doc', version: 1, content })
export const text = (value: string, ...marks: string[]): AdfNode =>
  marks.length > 0
    ? { type: 'text', text: value, marks: marks.map((type) => ({ type })) }
    : { type: 'text', text: value }
export const paragraph = (...content: AdfNode[]): AdfNode => ({ type: 'paragraph', content })

/** A line of Landfall's own before a text: who wrote it and when. */
export const headerLine = (line: string): AdfNode => paragraph(text(line, 'em'))

/** The text without what JSON may carry but Jira and XML refuse: control characters and lone surrogates. */
export function cleanText(value: string): string {
  return (
    value
      .toWellFormed()
      // toWellFormed leaves U+FFFD in place of a lone surrogate: a reader sees that something was there.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g, '')
      .replace(/\r\n?/g, '\n')
  )
}

/** Plain text as paragraphs: an empty line parts them, a line break becomes a hard break. Keeps every word. */
export function plainDoc(value: string): AdfDoc {
  const blocks = cleanText(value)
    .split(/\n[ \t]*\n+/)
    .filter((block) => block.trim() !== '')
  return doc(blocks.map((block) => paragraph(...lines(block))))
}

/** What a conversion of markup gives; mentions still carry the source's usernames. */
export interface Converted {
  doc: AdfDoc
  lost: Reason[]
}

/** The text as it was written, for when its markup is beyond us. why: the beginning of a sentence. */
export function plainInstead(wiki: string, why: string): Converted {
  const sentence = `${why}: the text stands as it was written, marks and all.`
  return { doc: plainDoc(wiki), lost: [{ code: 'markup-as-text', text: sentence }] }
}

function lines(block: string): AdfNode[] {
  return block
    .replace(/^\n+|\n+$/g, '')
    .split('\n')
    .flatMap((line, i): AdfNode[] => {
      const before: AdfNode[] = i > 0 ? [{ type: 'hardBreak' }] : []
      return line === '' ? before : [...before, text(line)]
    })
}

/** Characters of a node's text, as a generous count: two more for every block, the words of inline nodes too. */
export function textLength(node: AdfNode | AdfDoc): number {
  if (node.type === 'text') return ('text' in node ? node.text : undefined)?.length ?? 0
  const attrs = 'attrs' in node ? node.attrs : undefined
  let length = 2
  for (const name of ['text', 'shortName', 'url', 'title', 'alt'])
    if (typeof attrs?.[name] === 'string') length += attrs[name].length
  for (const child of node.content ?? []) length += textLength(child)
  return length
}

/** All words of a node, blocks on lines of their own. */
export function plainText(node: AdfNode | AdfDoc): string {
  if (node.type === 'text') return ('text' in node ? node.text : undefined) ?? ''
  if (node.type === 'hardBreak') return '\n'
  const attrs = 'attrs' in node ? node.attrs : undefined
  const own = typeof attrs?.text === 'string' ? attrs.text : ''
  const block = /^(paragraph|heading|codeBlock|tableRow|rule)$/.test(node.type)
  return own + (node.content ?? []).map(plainText).join('') + (block ? '\n' : '')
}
