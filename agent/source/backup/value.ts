/** From the characters of the file to the value that Jira wrote. */

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What of XML 1.0's Char production a JavaScript string can violate once bytes below 0x20 are gone. */
const ILLEGAL = /[\ufffe\uffff]/g

/** Counts what was kept out, and how a reference that XML does not know is refused. */
export interface Strictness {
  illegal: number
  /** Must throw. */
  refuse(what: string): never
}

/** Resolves character references. A reference to a character that XML forbids is dropped and counted. */
export function resolve(text: string, strict: Strictness): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+);|#(\d+);|([a-z]+);)?/g, (whole, hex, decimal, name) => {
    if (name !== undefined && named[name] !== undefined) return named[name]
    if (hex === undefined && decimal === undefined)
      return strict.refuse(
        whole === '&' ? "an '&' that starts no character reference" : `the unknown entity ${whole}`,
      )
    const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16)
    if (legal(code)) return String.fromCodePoint(code)
    strict.illegal++
    return ''
  })
}

/** Keeps U+FFFE and U+FFFF out of a text, and counts them. */
export function withoutNonCharacters(text: string, strict: Strictness): string {
  return text.replace(ILLEGAL, () => {
    strict.illegal++
    return ''
  })
}

/** XML's normalisation of an attribute: each raw line break or tab is one space. */
export function attributeSpaces(text: string): string {
  return text.replace(/\r\n|[\t\n\r]/g, ' ')
}

/** XML's normalisation of content: every line ends with one line feed. */
export function contentLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

function legal(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13
  return (
    code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
  )
}
