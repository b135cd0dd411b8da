import type { Mapping } from '../../shared/mapping.ts'
import { kindWords } from './findings.ts'
import { capital, escaped, name, number } from './html-text.ts'
import { howWords, type MappingFacts } from './mappings.ts'
import type { PreFacts } from './pre.ts'
import { end, row, table } from './pre-tables.ts'

const hows = ['email', 'choice', 'used', 'new', 'renamed', 'text', 'leftOut'] as const

/** Who becomes whom, and which status, type, priority or field what: a table for each kind. */
export function* mappingTables({ mappings, forecast }: PreFacts): Generator<string> {
  if (mappings.length === 0) {
    // Nothing was planned, or an earlier Landfall planned it.
    if (Object.keys(forecast.kinds).length === 0) return
    yield '<section><h2>Who becomes whom</h2><p>Not known yet: it is told once the checks have been asked and the site has answered.</p></section>\n'
    return
  }
  for (const facts of mappings) yield* kindTable(facts)
}

function* kindTable({ kind, counts, total, first }: MappingFacts): Generator<string> {
  const title = `Mapping of ${kindWords[kind][1]}`
  const said = hows
    .flatMap((how) => (counts[how] ? [`${number(counts[how])} ${howWords[how]}`] : []))
    .join(' · ')
  const more =
    total > first.length
      ? `; the first ${number(first.length)} of ${number(total)}, all of them are in mappings.csv`
      : ''
  yield* table(title, `${said}${more}`, ['At the source', 'On the site', 'How'], 'even')
  for (const one of first) yield row(cells(one))
  yield end
}

const cells = (one: Mapping): string[] => [
  `<th scope="row">${name(one.name)}${one.kind === 'user' ? quiet(one.sourceId) : ''}</th>`,
  `<td>${one.siteName === null ? '<span class="quiet">–</span>' : name(one.siteName)}${one.siteId === null ? '' : quiet(one.siteId)}</td>`,
  `<td>${escaped(capital(howWords[one.how]))}${one.why ? `<div class="quiet">${name(one.why)}</div>` : ''}</td>`,
]

const quiet = (text: string) => `<div class="quiet">${name(text)}</div>`
