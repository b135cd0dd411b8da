/** Numbers on these pages that lead to no list, each with the reason why there can be none. */
const honest: readonly [number: RegExp, why: string][] = [
  [/\d{1,2}:\d\d(:\d\d)?/g, 'is a time'],
  [/\b[A-Z][a-z]{2} \d{1,2}, \d{4}/g, 'is a day'],
  [/\b[\d,.]+ ?%/g, 'is a share'],
  [/\b[\d,.]+ (s|min|h|days?|hours?|minutes?|seconds?)\b/g, 'is a duration or an age'],
  [/\b[\d,.]+\/(s|min|h)\b/g, 'is a rate'],
  [/\b[\d,.]+ (bytes|kB|KB|MB|GB|TB)\b/g, 'is a size'],
  [/\bJira [\d.]+|\d+\.\d+(\.\d+)?/g, 'is a version'],
  [/\b[A-Z][A-Z0-9_]*-\d+\b/g, 'is the key of an issue'],
  [/\b0\b/g, 'counts nothing'],
  [/\S+\.(zip|xml)\b/g, 'stands in the name of a file'],
  [
    /^The site has [\d,]+ .* that the source does not have: .*/s,
    'is the link beside it, told with names',
  ],
  [/\(\d{5,}\)|UTC[+-][\d:]+/g, 'is a build or a time zone'],
  [
    /\b1 things? that the site needs\b/g,
    'made, or made and taken away, by a run; they are no items',
  ],
]

/** Where a number may stand that leads somewhere, or is no number of things. */
const leading = 'a[href], button, summary, time, option, bdi.name, svg, [aria-hidden="true"]'

/** The texts with numbers on what is drawn that nobody can follow, with a word of where they stand. */
export function strayNumbers(place: HTMLElement): string[] {
  const found: string[] = []
  const walk = (node: Node) => {
    if (node.nodeType === 3) {
      const text = (node.textContent ?? '').trim()
      const rest = honest.reduce((left, [number]) => left.replace(number, ''), text)
      if (/\d/.test(rest)) found.push(text)
      return
    }
    if (node.nodeType === 1 && (node as HTMLElement).matches(leading)) return
    for (const child of [...node.childNodes]) walk(child)
  }
  walk(place)
  return found
}
