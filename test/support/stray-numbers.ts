/** Numbers on these pages that lead to no list, each with the reason why there can be none. */
const honest: readonly [number: RegExp, why: string][] = [
  [/\d{1,2}:\d\d(:\d\d)?/g, 'is a time'],
  [/\b[A-Z][a-z]{2} \d{1,2}, \d{4}/g, 'is a day'],
  [/\b[\d,.]+ ?%/g, 'is a share'],
  [/\b[\d,.]+ (s|min|h|days?|hours?|minutes?|seconds?)\b/g, 'is a duration or an age'],
  [/\b[\d,.]+( items| requests)?\/(s|min|h)\b/g, 'is a rate'],
  [/\b[\d,.]+ (bytes|kB|KB|MB|GB|TB)\b/g, 'is a size'],
  [/\bJira [\d.]+( to [\d.]+)?|\d+\.\d+(\.\d+)?/g, 'is a version'],
  [/\b[A-Z][A-Z0-9_]*-\d+\b/g, 'is the key of an issue'],
  [/\b0\b/g, 'counts nothing'],
  [/\S+\.(zip|xml)\b/g, 'stands in the name of a file'],
  [
    /^The site has [\d,]+ .* that the source does not have: .*/s,
    'is the link beside it, told with names',
  ],
  [/\((build )?\d{5,}\)|UTC[+-][\d:]+/g, 'is a build or a time zone'],
  [/https?:\/\/\S+/g, 'stands in an address'],
  [/(^|\s)\/[\w.-]+\/\S*/g, 'stands in a path'],
  [
    /\b(User|Group|Comment|Work log|File|Attachment|Component|Version|Issue|IssueProperty|Account) [\w-]*\d+\b/g,
    'is an id',
  ],
  [/\b[\d,]+ characters|\(32,767 with its formatting\)/g, 'is the size of a text'],
  [
    /\b5,000 comments( or 2,000 files)?|150 issue types, 700 custom fields, 10,000 options/g,
    "is the site's own limit",
  ],
  [/at most the latest 4,000/g, 'is how much the agent keeps at most'],
  [
    /^Checks: [\d,]+ fine\b.*/g,
    'is what the checks had found when that run began: asked since, they answer anew',
  ],
  [/^with [\d,]+ rows?\.$/g, 'is the sum of the tables beside it, each of which opens its rows'],
  [/^[\d,]+ checks? found something that needs a look\.$/g, 'counts what is drawn right below'],
  [/\bAO_[0-9A-F]{6}_\w+/g, 'is the name of a table'],
  [
    /\b[\d,]+ entr(y|ies) of the checklist (is|are) not done\.$/g,
    'counts the checklist right below',
  ],
  [/^[\d,]* ?of [\d,]+ done$/g, 'counts the checklist right below'],
  [
    /^[\d,]+ checks? found something that nobody has accepted\b.*/g,
    'counts the checks and the checklist, which are drawn beside it',
  ],
  [/^[\d,]+ apps? with data waits? for your decision\b.*/g, 'counts the apps right below'],
  [/^Step \d of \d$/g, 'is a place in an order'],
  [/\bup to 2 levels below\b/g, 'is a depth of folders'],
  [/^All [\d,]+$/g, 'is what a choice is called: the sum below leads to its list'],
  [/^[\d,]+ (person|people) (has|have) no e-mail address\b.*/g, 'counts people in the table below'],
  [
    /(?<=^[\d,]+ )of [\d,]+ attachments looked for lies? in it\.$/g,
    'is the sum of those that lie in it and those that do not, which open below',
  ],
  [/^[\d,]+ lines?$/g, 'counts the lines right below'],
  [/^[\d,]+ gadgets? (was|were) to be on it\b/g, 'are parts of the dashboard that opens beside it'],
]

/** Where a number may stand that leads somewhere, or is no number of things. */
const leading = [
  'a[href], button, summary, time, option, bdi.name, svg, [aria-hidden="true"]',
  // The first cell of a check's row is what the thing is called.
  'table.lines tbody td:first-child, table.places tbody td:first-child',
  // A path, and a name in a list of items.
  'bdi[dir="ltr"], li.item > .stack > .clamped, ul.points > li > bdi',
  'table.rates td, li.check > .bar strong',
].join(', ')

/** What a check, a row of it, a folder that is tried, or a kind of names says: its numbers may be opened right below. */
const saying = 'li.check, table.places td, table.lines td, .box, section.names'

/** Whether what a text is part of opens a list of as many, right below it. */
function opensBelow(node: Node, number: string): boolean {
  let around = node.parentElement?.closest(saying)
  while (around) {
    for (const one of around.querySelectorAll('summary'))
      if (/\d[\d,]*/.exec(one.textContent ?? '')?.[0] === number) return true
    around = around.parentElement?.closest(saying)
  }
  return false
}

/** The texts with numbers on what is drawn that nobody can follow, with a word of where they stand. */
export function strayNumbers(place: HTMLElement): string[] {
  const found: string[] = []
  const walk = (node: Node) => {
    if (node.nodeType === 3) {
      const text = (node.textContent ?? '').trim()
      const rest = honest.reduce((left, [number]) => left.replace(number, ''), text)
      const numbers = [...rest.matchAll(/\d(?:[\d,]*\d)?/g)]
      if (numbers.some(([one]) => !opensBelow(node, one))) found.push(text)
      return
    }
    if (node.nodeType === 1 && (node as HTMLElement).matches(leading)) return
    for (const child of [...node.childNodes]) walk(child)
  }
  walk(place)
  return found
}
