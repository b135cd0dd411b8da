/** All the texts of a value: a text itself, or what its "text" parts and other strings hold. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(texts)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => (name === 'type' ? [] : texts(part)))
}

/** Words begin and end where a letter or a digit meets something else. */
const edge = '[\\p{L}\\p{N}_]'

/**
 * SQL's says(text, words): 1 where each of the words stands in the text, which is plain or JSON (an Atlassian
 * document, say); a * at the end of a word finds what begins with it. Jira's own search also knows other forms
 * of a word.
 */
export function says(text: unknown, words: unknown): number {
  if (typeof text !== 'string' || typeof words !== 'string') return 0
  const all = read(text).join('\n').toLowerCase()
  const wanted = words.toLowerCase().match(/[\p{L}\p{N}_*]+/gu) ?? []
  const there = (word: string) => {
    const open = word.endsWith('*')
    const letters = open ? word.slice(0, -1) : word
    return new RegExp(`(?<!${edge})${letters}${open ? '' : `(?!${edge})`}`, 'u').test(all)
  }
  return wanted.length > 0 && wanted.every(there) ? 1 : 0
}

function read(text: string): string[] {
  if (!/^[{[]/.test(text)) return [text]
  try {
    return texts(JSON.parse(text))
  } catch {
    return [text]
  }
}
