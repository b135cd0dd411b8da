import type { Counts } from '../../shared/report.ts'
import { type Facts, kindEntries, onTheWay } from './facts.ts'
import { announcedHint, type Finding, kindWords } from './findings.ts'
import { capital, escaped, marks, name, number, time } from './html-text.ts'

const columns: readonly (readonly [string, (counts: Counts) => number])[] = [
  ['Items', (counts) => counts.source],
  ['Verified', (counts) => counts.verified],
  ['of which with a loss', (counts) => counts.verifiedWithLoss],
  ['Different', (counts) => counts.different],
  ['Left out', (counts) => counts.leftOut],
  ['Failed', (counts) => counts.failed],
  ['On the way', onTheWay],
]

/** A row a project, and one for what belongs to no one project. */
export function* projectTable(facts: Facts): Generator<string> {
  const table = countsTable(facts)
  yield table.head('By project', 'Each project with all that hangs on its issues', 'Project')
  for (const { key, name: projectName, counts } of facts.projects)
    yield table.row(`${escaped(key)} <span class="quiet">${name(projectName)}</span>`, counts)
  if (facts.shared.counts.source)
    yield table.row(
      'No one project <span class="quiet">people, statuses and the like</span>',
      facts.shared.counts,
    )
  yield table.foot
}

/** A row a kind. */
export function* kindTable(facts: Facts): Generator<string> {
  const table = countsTable(facts)
  yield table.head('By kind', 'All items of the source', 'Kind')
  for (const [kind, counts] of kindEntries(facts.kinds))
    yield table.row(escaped(capital(kindWords[kind][1])), counts)
  yield table.foot
}

function countsTable(facts: Facts) {
  // Of a run that is over nothing is on the way: no column for it then.
  const shown = onTheWay(facts.totals) ? columns : columns.slice(0, -1)
  const cells = (counts: Counts) =>
    shown
      .map(([, count]) => count(counts))
      .map((n) => `<td class="n${n === 0 ? ' nil' : ''}">${number(n)}</td>`)
      .join('')
  const heads = shown.map(([word]) => `<th scope="col" class="n">${word}</th>`).join('')
  const row = (first: string, counts: Counts) =>
    `<tr><th scope="row">${first}</th>${cells(counts)}</tr>\n`
  return {
    head: (title: string, caption: string, first: string) =>
      `<section><h2>${title}</h2><div class="scroll" role="region" aria-label="${title}" tabindex="0"><table><caption>${caption}</caption><thead><tr><th scope="col">${first}</th>${heads}</tr></thead><tbody>\n`,
    row,
    foot: `</tbody><tfoot>${row('All', facts.totals)}</tfoot></table></div></section>\n`,
  }
}

/** What failed or differs, by cause. */
export function* attentionTable(facts: Facts): Generator<string> {
  const rows = facts.findings.filter((one) => one.verdict !== 'leftOut')
  yield '<section><h2>What needs attention</h2>'
  if (!rows.length) {
    yield '<p>Nothing: no item failed, and none is different.</p></section>\n'
    return
  }
  yield '<table><caption>By cause, the gravest first</caption><thead><tr><th scope="col">Verdict</th><th scope="col">Cause</th><th scope="col" class="n">Items</th><th scope="col">What to do</th></tr></thead><tbody>\n'
  for (const one of rows) {
    const { mark, word, tone } = marks[one.verdict]
    yield `<tr><td class="${tone} nowrap"><span aria-hidden="true">${mark}</span> ${word}</td>${causeCells(one)}<td>${name(one.hint)}${accepted(one)}</td></tr>\n`
  }
  yield '</tbody></table></section>\n'
}

const accepted = ({ accepted: answer }: Finding): string =>
  answer
    ? `<div class="quiet">Accepted by ${name(answer.who)} on ${time(answer.at)}: ${name(answer.note)}</div>`
    : ''

/** What the plan left out, by reason. */
export function* leftOutTable(facts: Facts): Generator<string> {
  const rows = facts.findings.filter((one) => one.verdict === 'leftOut')
  if (!rows.length) return
  yield `<section><h2>What was left out, as announced</h2><p>${announcedHint}</p>`
  yield '<table><caption>By reason</caption><thead><tr><th scope="col">Reason</th><th scope="col" class="n">Items</th></tr></thead><tbody>\n'
  for (const one of rows) yield `<tr>${causeCells(one, accepted(one))}</tr>\n`
  yield '</tbody></table></section>\n'
}

const causeCells = (one: Finding, more = ''): string =>
  `<td>${sentence(one)}${one.verdict === 'leftOut' && one.hint !== announcedHint ? ` ${name(one.hint)}` : ''}<div class="quiet">for example ${name(one.example)} · ${escaped(one.code)}</div>${more}</td>${sizeCell(one)}`

/** What has the cause itself, and what failed because that is not there. */
function sizeCell({ items, kind, dependents }: Finding): string {
  const under = (words: string) => `<div class="quiet">${escaped(words)}</div>`
  const needs = dependents === 1 ? 'item that needs it' : 'items that need it'
  if (!items) return `<td class="n">${number(dependents)}${under(needs)}</td>`
  const more = dependents ? under(`and ${number(dependents)} ${needs}`) : ''
  return `<td class="n">${number(items)}${under(kindWords[kind][items === 1 ? 0 : 1])}${more}</td>`
}

/** The sentence of all, or that of one where they differ in the names they mention. */
const sentence = ({ text, varies }: { text: string; varies: boolean }): string =>
  `${varies ? '<span class="quiet">For one of them:</span> ' : ''}${name(text)}`

/** What the plan could not promise in full, by code. */
export function* lossTable(facts: Facts): Generator<string> {
  yield '<section><h2>Losses announced before the run</h2>'
  if (!facts.losses.length) {
    yield '<p>None: the plan promised every moved item in full.</p></section>\n'
    return
  }
  yield '<table><caption>These items arrive, but not in full; an item can have several losses</caption><thead><tr><th scope="col">Loss</th><th scope="col">Kind</th><th scope="col" class="n">Items</th></tr></thead><tbody>\n'
  for (const { code, kind, text, varies, items } of facts.losses)
    yield `<tr><td>${sentence({ text, varies })}<div class="quiet">${escaped(code)}</div></td><td class="nowrap">${escaped(kindWords[kind][1])}</td><td class="n">${number(items)}</td></tr>\n`
  yield '</tbody></table></section>\n'
}
