import { estimateSeconds, type ForecastCount, requestsOf } from '../../shared/forecast.ts'
import type { Kind } from '../../shared/plan.ts'
import { siteOf } from '../ledger/drafts.ts'
import { appsPlanned } from './apps-html.ts'
import { style } from './html-style.ts'
import { duration, escaped, name, number, plural, time } from './html-text.ts'
import { limitsSection } from './limits-html.ts'
import type { PreFacts } from './pre.ts'
import { mappingTables } from './pre-mappings.ts'
import { scopeFacts } from './pre-scope.ts'
import {
  forecastKinds,
  forecastProjects,
  openChecks,
  quietChecks,
  reasonTable,
} from './pre-tables.ts'

/** The report before a run: one file without scripts, as pieces to write one after the other. */
export function* preHtml(facts: PreFacts): Generator<string> {
  const { migration } = facts
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escaped(migration.name)} · Landfall report before the run</title><style>${style}</style></head><body>
<header><p class="quiet">Landfall report before the run${facts.frozen ? ', as it was planned' : ', as the latest checks say'}</p>
<div><h1>${name(migration.name)}</h1> ${lozenge(facts)}</div></header><main>\n`
  yield* summary(facts)
  yield* openChecks(facts)
  yield* reasonTable(facts, 'left out')
  yield* reasonTable(facts, 'loss')
  yield* forecastProjects(facts)
  yield* forecastKinds(facts)
  yield* appsPlanned(facts.apps)
  yield* mappingTables(facts)
  yield* quietChecks(facts)
  yield limitsSection
  yield `</main><footer><p>Counted ${time(facts.countedAt)}, written ${time(facts.writtenAt)} by Landfall from the plan, without writing anything to the site. Migration ${escaped(migration.id)}.</p></footer></body></html>\n`
}

/** What of the checks stands between now and a run. */
const blocking = ({ checks }: PreFacts) =>
  checks.filter((one) => one.status === 'error' && one.note === null)

function lozenge(facts: PreFacts): string {
  const show = (tone: string, mark: string, words: string) =>
    `<span class="lozenge ${tone}"><span aria-hidden="true">${mark}</span> ${words}</span>`
  if (blocking(facts).length) return show('bad', '✗', 'Blocked')
  const open = facts.checks.filter((one) => one.status !== 'success' && one.status !== 'error')
  return open.length ? show('warn', '!', 'Can run') : show('good', '✓', 'Ready')
}

/** Sum over all kinds. */
export function totalOf(kinds: Partial<Record<Kind, ForecastCount>>): ForecastCount {
  const total = { moved: 0, withLoss: 0, leftOut: 0 }
  for (const count of Object.values(kinds)) {
    total.moved += count.moved
    total.withLoss += count.withLoss
    total.leftOut += count.leftOut
  }
  return total
}

function* summary(facts: PreFacts): Generator<string> {
  const { forecast, checks, migration } = facts
  const { moved, withLoss, leftOut } = totalOf(forecast.kinds)
  const all = moved + leftOut
  const attention = checks.filter((one) => one.status !== 'success').length
  const box = (tone: string, mark: string, n: number, word: string, under: string) =>
    `<li><strong class="${tone}"><span aria-hidden="true">${mark}</span> ${number(n)}</strong>${word}<small>${under}</small></li>`
  const part = (tone: string, n: number) =>
    n ? `<span class="${tone}" style="width:${((n / all) * 100).toFixed(3)}%"></span>` : ''
  yield `<section><h2>${plural(all, 'item', 'items')} of the source</h2>
<div class="bar" aria-hidden="true">${part('good', moved - withLoss)}${part('warn', withLoss)}${part('grey', leftOut)}</div>
<ul class="four">${box('good', '✓', moved - withLoss, 'Will move in full', 'read back and compared')}${box('warn', '≈', withLoss, 'Will move with a loss', 'each named below')}${box('grey', '–', leftOut, 'Left out', 'each with its reason')}${box(blocking(facts).length ? 'bad' : attention ? 'warn' : 'good', '!', attention, 'Checks to look at', `of ${plural(checks.length, 'check', 'checks')}`)}</ul>`
  yield `<dl class="facts">
${scopeFacts(facts)}
${estimate(facts, siteOf(migration).kind === 'practice')}
</dl></section>\n`
}

/** The arithmetic behind the estimate, in one sentence, with its range. */
function estimate({ forecast }: PreFacts, practice: boolean): string {
  const { writes, reads } = requestsOf(forecast)
  const [best, worst] = estimateSeconds(forecast).map((seconds) => duration(seconds * 1000))
  return `<dt>Requests</dt><dd>about ${number(writes)} to write, ${number(reads)} to read and compare<div class="quiet">Counted from the plan: what is asked of the site before, what is written, and what is read back. Trying again after a refusal or an outage comes on top.</div></dd>
<dt>Time</dt><dd>${best === worst ? `about ${best}` : `${best} to ${worst}`}${practice ? ' on a Jira Cloud site; the practice site on this machine is faster' : ''}<div class="quiet">from 60 requests a second to each kind of thing (the pace that leaves the site usable) down to half of it${practice ? '' : answering(forecast)}</div></dd>`
}

/** Where it was measured, how long the site takes to answer counts, too. */
const answering = ({ latencyMs }: PreFacts['forecast']): string =>
  latencyMs
    ? `; the site answered within ${number(latencyMs)} ms, and writes may take three times that`
    : ''
