import type { Counts, CountsByKind } from '../../shared/report.ts'
import { bom, type Cell, csvLines } from './csv.ts'
import { type Facts, kindEntries, onTheWay } from './facts.ts'
import { kindWords } from './findings.ts'

export const countColumns = [
  'source',
  'verified',
  'verifiedWithLoss',
  'different',
  'leftOut',
  'failed',
  'onTheWay',
]
export const attentionColumns = [
  'Problem',
  'Kind',
  'Verdict',
  'Items',
  'Items that need them',
  'What to do',
  'Trying again alone can help',
  'Example',
  'Code',
  'Accepted by',
  'Accepted because',
]

/** One line a kind. */
export const summaryCsv = (facts: Facts): string =>
  csvLines([['kind', ...countColumns], ...kindLines(facts.kinds)])

/** One line a project and kind; an empty project stands for what belongs to no one project. */
export const projectsCsv = (facts: Facts): string =>
  csvLines([
    ['project', 'projectName', 'kind', ...countColumns],
    ...kindLines(facts.shared.kinds).map((line) => ['', '', ...line]),
    ...facts.projects.flatMap(({ key, name, kinds }) =>
      kindLines(kinds).map((line) => [key, name, ...line]),
    ),
  ])

const kindLines = (kinds: CountsByKind): Cell[][] =>
  kindEntries(kinds).map(([kind, counts]) => [kind, ...countCells(counts)])

const countCells = (counts: Counts): Cell[] => [
  counts.source,
  counts.verified,
  counts.verifiedWithLoss,
  counts.different,
  counts.leftOut,
  counts.failed,
  onTheWay(counts),
]

/** One line a cause; for people, so with the mark that Excel wants. */
export const attentionCsv = (facts: Facts): string =>
  bom +
  csvLines([
    attentionColumns,
    ...facts.findings.map((one) => [
      one.varies ? `For one of them: ${one.text}` : one.text,
      kindWords[one.kind][1],
      verdictWords[one.verdict],
      one.items,
      one.dependents,
      one.hint,
      one.again ? 'yes' : 'no',
      one.example,
      one.code,
      one.accepted?.who ?? '',
      one.accepted?.note ?? '',
    ]),
  ])

export const verdictWords = {
  verified: 'verified',
  different: 'different',
  leftOut: 'left out',
  failed: 'failed',
} as const
