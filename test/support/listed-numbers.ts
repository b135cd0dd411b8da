/** Numbers in the sentences of checks that open no list, each with the reason why there can be none. */
const honest: readonly [number: RegExp, why: string][] = [
  [/"[^"]*"/g, 'stands in a name'],
  [/\b[\d,.]+ (bytes|kB|MB|GB|TB)\b/g, 'is a size'],
  [/\b[\d,]+ days?\b/g, 'is an age'],
  [/UTC[+-][\d:]+/g, 'is a time zone'],
  [/\bJira [\d.]+( to \d+)?|\(build \d+\)|\(\d+ to \d+\)/g, 'is a version'],
  [/\b[A-Z][A-Z0-9_]*-\d+\b/g, 'is the key of an issue'],
  [/https?:\/\/\S+|\/rest\/\S+/g, 'is an address'],
  [/\b5,000 comments( or 2,000 files)?/g, "is the site's own limit"],
  [/150 issue types, 700 custom fields, 10,000 options/g, "is the site's own limit"],
  [/\b[\d,]+ seats? (is|are) left/g, 'counts seats, which nobody has: they have no names'],
  [/\b0 \w+/g, 'counts nothing'],
]

/** The numbers of a sentence that no list of these lengths stands behind. */
export function unlisted(sentence: string, lengths: readonly number[]): number[] {
  const rest = honest.reduce((text, [number]) => text.replace(number, ''), sentence)
  return [...rest.matchAll(/\d[\d,]*/g)]
    .map(([text]) => Number(text.replaceAll(',', '')))
    .filter((n) => !lengths.includes(n))
}
