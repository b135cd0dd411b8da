import type { CheckResult, ShownCheck } from './check.ts'

const n = (count: number) => count.toLocaleString('en')
const marks = {
  success: '✓',
  warning: '!',
  error: '✗',
  incomplete: '?',
  pending: '·',
} as const

/** So many offenders are named under a check on a terminal. */
const named = 3

/** What check found, for a terminal: the checks that say something, then what will not survive, then the estimate. */
export function checkText(result: CheckResult): string {
  const telling = result.checks.filter((check) => check.status !== 'success')
  const { success, incomplete } = result.counts
  const unasked = incomplete ? ` ${n(incomplete)} could not be asked.` : ''
  const announced = result.announced.map(
    (row) => `  ${n(row.items)} x ${row.kind}, ${row.what}: ${row.text}`,
  )
  const [best, worst] = result.estimatedSeconds
  const requests = result.requests.writes + result.requests.reads
  return [
    `${n(success)} of ${n(result.checks.length)} checks found nothing to do.${unasked}`,
    ...telling.filter((check) => check.status !== 'incomplete').map(checkLines),
    ...unaskedLines(telling.filter((check) => check.status === 'incomplete')),
    '',
    ...(announced.length
      ? ['What will not survive, and why:', ...announced]
      : ['Everything in this backup can be moved as it is.']),
    '',
    `About ${n(requests)} requests: ${duration(best)} to ${duration(worst)} on a Jira Cloud site.`,
  ].join('\n')
}

/** Checks that say the same are named together: without a site, those are many. */
function unaskedLines(checks: ShownCheck[]): string[] {
  const groups = Map.groupBy(checks, ({ sentence, hint }) =>
    `    ${sentence}\n    ${hint}`.trimEnd(),
  )
  return [...groups].map(([said, list]) =>
    ['', ...list.map(({ title, key }) => `  ${marks.incomplete} ${title} (${key})`), said].join(
      '\n',
    ),
  )
}

function checkLines({ status, title, key, sentence, hint, offenders, first }: ShownCheck): string {
  const some = first.slice(0, named).map((one) => `      ${one.subject}: ${one.detail}`)
  const more = offenders - some.length
  return [
    '',
    `  ${marks[status]} ${title} (${key})`,
    `    ${sentence}`,
    ...some,
    ...(some.length && more > 0 ? [`      and ${n(more)} more`] : []),
    ...(hint ? [`    ${hint}`] : []),
  ].join('\n')
}

/** In the biggest unit that leaves at least one, rounded up: nobody plans an evening by seconds. */
function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} min`
  return `${(seconds / 3_600).toFixed(1)} h`
}
