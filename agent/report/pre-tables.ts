import type { ForecastCount } from '../../shared/forecast.ts'
import { kinds } from '../../shared/plan.ts'
import { kindWords } from './findings.ts'
import { capital, escaped, name, number, time } from './html-text.ts'
import type { PreCheck, PreFacts } from './pre.ts'
import { totalOf } from './pre-html.ts'

const marks = {
  error: ['✗', 'bad', 'Error'],
  incomplete: ['?', 'warn', 'Incomplete'],
  warning: ['!', 'warn', 'Warning'],
  success: ['✓', 'good', 'Success'],
  pending: ['·', 'grey', 'Not asked'],
} as const

/** The checks that a person should look at, the gravest first. */
export function* openChecks({ checks }: PreFacts): Generator<string> {
  const open = checks.filter((check) => check.status !== 'success')
  if (!open.length) {
    yield '<section><h2>Checks to look at</h2><p>None: no check found anything to do.</p></section>\n'
    return
  }
  yield* table('Checks to look at', 'The gravest first', ['Result', 'Check', 'Found', 'n:Concerns'])
  for (const check of open) yield row(checkCells(check))
  yield end
}

/** The checks that found nothing to do, for the record. */
export function* quietChecks({ checks }: PreFacts): Generator<string> {
  const quiet = checks.filter((check) => check.status === 'success')
  if (!quiet.length) return
  yield* table('Checks that found nothing to do', 'For the record', ['Check', 'Found'])
  for (const { title, sentence } of quiet)
    yield row([`<th scope="row">${escaped(title)}</th>`, `<td>${name(sentence)}</td>`])
  yield end
}

function checkCells(check: PreCheck): string[] {
  const [mark, tone, word] = marks[check.status]
  const aside =
    check.note === null
      ? ''
      : `<div class="quiet">Overridden by ${name(check.who ?? '')} on ${time(check.notedAt)}: ${name(check.note)}</div>`
  const hint = check.hint ? `<div class="quiet">${name(check.hint)}</div>` : ''
  return [
    `<td class="${tone} nowrap"><span aria-hidden="true">${mark}</span> ${word}</td>`,
    `<th scope="row">${escaped(check.title)}<div class="quiet">${escaped(check.group)}</div></th>`,
    `<td>${name(check.sentence)}${hint}${aside}</td>`,
    `<td class="n${check.offenders ? '' : ' nil'}">${number(check.offenders)}</td>`,
  ]
}

/** Reasons why items stay, or what moved ones do not keep. */
export function* reasonTable({ forecast }: PreFacts, what: 'left out' | 'loss'): Generator<string> {
  const rows = forecast.reasons.filter((one) => one.what === what)
  const title =
    what === 'loss' ? 'What will arrive, but not in full' : 'What will not move, and why'
  if (!rows.length) {
    yield `<section><h2>${title}</h2><p>Nothing.</p></section>\n`
    return
  }
  const caption =
    what === 'loss'
      ? 'An item can have several losses'
      : 'Counted as left out, each with this reason'
  yield* table(title, caption, [what === 'loss' ? 'Loss' : 'Reason', 'Kind', 'n:Items'])
  for (const { text, varies, code, example, kind, items } of rows)
    yield row([
      `<td>${varies ? '<span class="quiet">For one of them:</span> ' : ''}${name(text)}<div class="quiet">for example ${name(example)} · ${escaped(code)}</div></td>`,
      `<td class="nowrap">${escaped(kindWords[kind][1])}</td>`,
      `<td class="n">${number(items)}</td>`,
    ])
  yield end
}

/** A row a project, and one for what belongs to no one project. */
export function* forecastProjects({ forecast }: PreFacts): Generator<string> {
  yield* table('By project', 'What hangs on the issues of each project', countHeads('Project'))
  const keys = Object.keys(forecast.projects).filter(Boolean).sort()
  for (const key of keys) {
    const project = forecast.projects[key]
    if (!project) continue
    const first = `${escaped(key)} <span class="quiet">${name(project.name)}</span>`
    yield row([`<th scope="row">${first}</th>`, ...countCells(totalOf(project.kinds))])
  }
  const shared = forecast.projects['']
  if (shared)
    yield row([
      '<th scope="row">No one project <span class="quiet">people, statuses and the like</span></th>',
      ...countCells(totalOf(shared.kinds)),
    ])
  yield `</tbody><tfoot>${row(['<th scope="row">All</th>', ...countCells(totalOf(forecast.kinds))])}</tfoot></table></div></section>\n`
}

/** A row a kind. */
export function* forecastKinds({ forecast }: PreFacts): Generator<string> {
  yield* table('By kind', 'All items of the source', countHeads('Kind'))
  for (const kind of kinds) {
    const counts = forecast.kinds[kind]
    if (counts)
      yield row([
        `<th scope="row">${escaped(capital(kindWords[kind][1]))}</th>`,
        ...countCells(counts),
      ])
  }
  yield end
}

const countHeads = (first: string) => [
  first,
  'n:Items',
  'n:Will move',
  'n:of which with a loss',
  'n:Left out',
]

const countCells = ({ moved, withLoss, leftOut }: ForecastCount) =>
  [moved + leftOut, moved, withLoss, leftOut].map(
    (n) => `<td class="n${n ? '' : ' nil'}">${number(n)}</td>`,
  )

export const row = (cells: string[]) => `<tr>${cells.join('')}</tr>\n`
export const end = '</tbody></table></div></section>\n'

/** heads: "n:" before a word sets its column as numbers. room: its columns are equally wide. */
export function* table(
  title: string,
  caption: string,
  heads: readonly string[],
  room: '' | 'even' = '',
): Generator<string> {
  const cells = heads
    .map((head) =>
      head.startsWith('n:')
        ? `<th scope="col" class="n">${head.slice(2)}</th>`
        : `<th scope="col">${head}</th>`,
    )
    .join('')
  yield `<section${room && ` class="${room}"`}><h2>${title}</h2><div class="scroll" role="region" aria-label="${title}" tabindex="0"><table><caption>${caption}</caption><thead><tr>${cells}</tr></thead><tbody>\n`
}
