import { Problem } from '../../../shared/problem.ts'
import {
  attributeSpaces,
  contentLines,
  resolve,
  type Strictness,
  withoutNonCharacters,
} from './value.ts'

const HINT =
  'Make a new backup, or repair the file at that place; Jira itself would refuse it as it is.'
const COMMENT_END = Buffer.from('-->')
const CDATA_END = Buffer.from(']]>')

/**
 * The buffer that a scanner stands on, and the steps that every XML scanner needs. Each step takes a
 * position and gives the one after it, or -1 when the buffer ends before.
 */
export class Cursor implements Strictness {
  buf: Buffer = Buffer.alloc(0)
  /** Line feeds seen up to the end of the buffer. */
  lines = 0
  illegal = 0
  /** Where the scanner is, for the line of an error. */
  at = 0
  /** What the scanner is in, for an error. */
  inside = ''
  readonly label: string
  #text: string | null = null
  #nextAmp = -2
  #nextLess = -2

  constructor(label: string) {
    this.label = label
  }

  /** Puts the scanner on another buffer that starts with what was not consumed of the last. */
  stand(buf: Buffer): void {
    this.buf = buf
    this.#text = null
    this.#nextAmp = -2
    this.#nextLess = -2
  }

  lineOf(position: number): number {
    let after = 0
    for (let i = position; i < this.buf.length; i++) if (this.buf[i] === 10) after++
    return this.lines - after + 1
  }

  refuse(what: string, where = this.at): never {
    const inside = this.inside === '' ? '' : ` in ${this.inside}`
    throw new Problem(
      'source-unreadable',
      `${this.label} is not well-formed XML: ${what}${inside}, line ${this.lineOf(where)}.`,
      { hint: HINT },
    )
  }

  skipSpace(i: number): number {
    for (;;) {
      const c = this.buf[i]
      if (c === 32 || c === 10 || c === 13 || c === 9) i++
      else return i
    }
  }

  nameEnd(i: number): number {
    for (; i < this.buf.length; i++) {
      const c = this.buf[i] as number
      if (c === 61 || c === 62 || c === 47 || c <= 32) return i
      if (c === 60 || c === 34 || c === 39 || c === 38) this.refuse('a name that cannot be one', i)
    }
    return -1
  }

  /** Whether there is an '&' in the range; each '&' of the buffer is searched once. */
  ampIn(from: number, to: number): boolean {
    if (this.#nextAmp !== -1 && this.#nextAmp < from) this.#nextAmp = this.buf.indexOf(38, from)
    return this.#nextAmp !== -1 && this.#nextAmp < to
  }

  /** The place of a '<' in the range, or -1; each '<' of the buffer is searched once. */
  lessIn(from: number, to: number): number {
    if (this.#nextLess !== -1 && this.#nextLess < from) this.#nextLess = this.buf.indexOf(60, from)
    return this.#nextLess < to ? this.#nextLess : -1
  }

  /** A range of plain ASCII. One native call a buffer, not one a value. */
  plainText(from: number, to: number): string {
    this.#text ??= this.buf.toString('latin1', 0, this.buf.length)
    return this.#text.substring(from, to)
  }

  attributeText(from: number, to: number): string {
    let value = this.buf.toString('utf8', from, to)
    if (/[\t\n\r]/.test(value)) value = attributeSpaces(value)
    value = withoutNonCharacters(value, this)
    return value.includes('&') ? resolve(value, this) : value
  }

  contentText(from: number, to: number, references: boolean): string {
    const value = withoutNonCharacters(contentLines(this.buf.toString('utf8', from, to)), this)
    return references && value.includes('&') ? resolve(value, this) : value
  }

  /** After the end tag at i, which must carry this name. */
  endTag(i: number, name: string): number {
    const close = this.buf.indexOf(62, i)
    if (close === -1) return -1
    const found = this.buf.toString('latin1', i + 2, close).trimEnd()
    if (found !== name) this.refuse(`</${found.slice(0, 80)}> where </${name}> is due`, i)
    return close + 1
  }

  /** After the comment or processing instruction at i. */
  aside(i: number): number {
    if (this.buf[i + 1] === 63) {
      const close = this.buf.indexOf('?>', i)
      return close === -1 ? -1 : close + 2
    }
    if (i + 4 > this.buf.length) return -1
    if (this.buf.toString('latin1', i, i + 4) !== '<!--')
      this.refuse('a declaration out of place', i)
    const close = this.buf.indexOf(COMMENT_END, i + 4)
    return close === -1 ? -1 : close + 3
  }

  /** After the '>' of the tag that i is in; quotes may hold '>' and '/>'. */
  tagEnd(i: number): number {
    for (let quote = 0; i < this.buf.length; i++) {
      const c = this.buf[i] as number
      if (quote !== 0) {
        if (c === quote) quote = 0
        else if (c === 60) this.refuse("a '<' in the value of an attribute", i)
      } else if (c === 34 || c === 39) quote = c
      else if (c === 62) return i + 1
      else if (c === 60) this.refuse("a '<' inside of a tag", i)
    }
    return -1
  }

  /** The attributes of a start tag: for the few that are not rows. */
  attributes(from: number, to: number): Map<string, string> {
    const found = new Map<string, string>()
    const tag = this.buf.toString('utf8', from, to)
    for (const m of tag.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
      found.set(m[1] as string, resolve(m[2] ?? m[3] ?? '', this))
    return found
  }

  /**
   * An element's text from after its start tag to after its end tag: texts and CDATA sections joined,
   * elements below it passed over. keep = false checks the form only.
   */
  content(i: number, name: string, keep: boolean): { after: number; text: string } {
    const open = [name]
    let text = ''
    const cut = { after: -1, text }
    while (open.length > 0) {
      const less = this.buf.indexOf(60, i)
      if (less === -1 || less + 1 >= this.buf.length) return cut
      this.at = i
      const own = keep && open.length === 1
      if (less > i && (own || this.ampIn(i, less))) {
        const piece = this.contentText(i, less, true)
        if (own) text += piece
      }
      i = less
      const c = this.buf[i + 1]
      if (c === 47) {
        i = this.endTag(i, open.at(-1) as string)
        open.pop()
      } else if (c === 33 && i + 9 > this.buf.length) return cut
      else if (c === 33 && this.buf.toString('latin1', i, i + 9) === '<![CDATA[') {
        const close = this.buf.indexOf(CDATA_END, i + 9)
        if (close === -1) return cut
        if (own) text += this.contentText(i + 9, close, false)
        i = close + 3
      } else if (c === 33 || c === 63) i = this.aside(i)
      else {
        const end = this.nameEnd(i + 1)
        if (end === -1) return cut
        const inner = this.buf.toString('latin1', i + 1, end)
        i = this.tagEnd(end)
        if (i !== -1 && this.buf[i - 2] !== 47) open.push(inner)
      }
      if (i === -1) return cut
    }
    return { after: i, text }
  }
}
