import type { Counts } from '../../shared/report.ts'
import type { MigrationStatus } from '../../shared/status.ts'
import { wasHeld } from '../../shared/worked.ts'
import type { NewMigration } from '../ledger/migrations.ts'
import { afterTable, checklistTable } from './after-html.ts'
import { appsTable } from './apps-html.ts'
import { type Facts, onTheWay } from './facts.ts'
import { style } from './html-style.ts'
import { attentionTable, kindTable, leftOutTable, lossTable, projectTable } from './html-tables.ts'
import { duration, escaped, marks, name, number, plural, sentenceOf, time } from './html-text.ts'
import { limitsSection } from './limits-html.ts'
import { sourceLabel } from './source-label.ts'
import { troubled } from './strangers.ts'

/** The report that a manager reads: one file without scripts, as pieces to write one after the other. */
export function* reportHtml(facts: Facts): Generator<string> {
  const { migration } = facts
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escaped(migration.name)} · Landfall report</title><style>${style}</style></head><body>
<header><p class="quiet">Landfall report</p>
<div><h1>${name(migration.name)}</h1> ${lozenge(migration.status)}</div>
${migration.reason ? `<p>${name(migration.reason)}</p>` : ''}</header><main>\n`
  yield* summary(facts)
  yield* projectTable(facts)
  yield* kindTable(facts)
  yield* attentionTable(facts)
  yield* appsTable(facts.apps)
  yield* afterTable(facts.after)
  yield* checklistTable(facts.after)
  yield* leftOutTable(facts)
  yield* lossTable(facts)
  yield limitsSection
  yield fileList
  yield `</main><footer><p>Written ${time(facts.writtenAt)} by Landfall from its ledger. Migration ${escaped(migration.id)}.</p></footer></body></html>\n`
}

const lozenges: Record<MigrationStatus, [string, string]> = {
  saved: ['○', 'grey'],
  running: ['▸', 'accent'],
  finished: ['✓', 'good'],
  incomplete: ['!', 'warn'],
  failed: ['✗', 'bad'],
}

function lozenge(status: MigrationStatus): string {
  const [shape, tone] = lozenges[status]
  return `<span class="lozenge ${tone}"><span aria-hidden="true">${shape}</span> ${status.charAt(0).toUpperCase()}${status.slice(1)}</span>`
}

/** The four numbers, what they mean, and what was moved from where to where. */
function* summary(facts: Facts): Generator<string> {
  const { migration, totals } = facts
  yield `<section><h2>${plural(totals.source, 'item', 'items')} of the source</h2>`
  yield bar(totals)
  yield `<ul class="four">${(['verified', 'different', 'leftOut', 'failed'] as const)
    .map((verdict) => {
      const { mark, word, tone } = marks[verdict]
      return `<li><strong class="${tone}"><span aria-hidden="true">${mark}</span> ${number(totals[verdict])}</strong>${word}<small>${under(verdict, totals)}</small></li>`
    })
    .join('')}</ul>`
  yield `<p>${meaning(facts)}</p>`
  const issues = facts.kinds.issue
  if (issues)
    yield `<p>Among them ${plural(issues.source, 'issue', 'issues')}: ${sentenceOf(issues)}.</p>`
  const source = JSON.parse(migration.sourceJson) as NewMigration['source']
  yield `<dl class="facts">
<dt>Source</dt><dd>${name(sourceLabel(source.path))}${migration.sourceVersion ? ` (Jira ${escaped(migration.sourceVersion)})` : ''}</dd>
<dt>Site</dt><dd>${migration.siteUrl ? name(migration.siteUrl) : '–'}${practice(migration.siteJson) ? ' (practice site)' : ''}</dd>
<dt>Issue keys</dt><dd>${keys(facts)}</dd>
<dt>Started</dt><dd>${time(migration.startedAt)}</dd>
<dt>Ended</dt><dd>${time(migration.finishedAt)}</dd>
<dt>Worked</dt><dd>${worked(migration)} in ${plural(migration.runs, 'run', 'runs')}, ${plural(migration.requests, 'request', 'requests')} to the site</dd>
</dl></section>\n`
}

/** How long it worked, and where it was held or ran several times, of how long from its start to its end. */
function worked({ workedMs, startedAt, finishedAt }: Facts['migration']): string {
  const whole = startedAt === null || finishedAt === null ? workedMs : finishedAt - startedAt
  return wasHeld(whole, workedMs)
    ? `${duration(workedMs)} of the ${duration(whole)} from start to end`
    : duration(workedMs)
}

const practice = (siteJson: string) =>
  (JSON.parse(siteJson) as { kind: string }).kind === 'practice'

function keys(facts: Facts): string {
  if (!facts.kinds.issue) return 'No issues were to be moved.'
  return facts.keysPreserved
    ? '<span class="good"><span aria-hidden="true">✓</span> Kept</span>: every issue that was moved has the key it had.'
    : '<span class="bad"><span aria-hidden="true">✗</span> Not proven for all</span>: see what needs attention.'
}

function under(verdict: keyof typeof marks, totals: Counts): string {
  if (verdict === 'verified')
    return totals.verifiedWithLoss
      ? `${number(totals.verifiedWithLoss)} with an announced loss`
      : 'read back and equal'
  if (verdict === 'different') return 'read back, not equal'
  return verdict === 'leftOut' ? 'announced before the run' : 'did not arrive'
}

/** The four numbers in a sentence for who reads nothing else. */
function meaning(facts: Facts): string {
  const { totals } = facts
  const waiting = onTheWay(totals)
  if (waiting)
    return `${plural(waiting, 'item is', 'items are')} still on the way: this report shows how far things are.`
  if (!totals.source) return 'Nothing has been planned yet.'
  if (!totals.failed && !totals.different)
    return totals.leftOut
      ? 'All that the plan promised was read back from the site and is equal. The rest was left out, as announced.'
      : 'Every item of the source was read back from the site and is equal to what the plan promised.'
  const accepted = troubled(facts.findings.filter((one) => one.accepted))
  const open = totals.failed + totals.different - accepted
  const aside = accepted ? ` ${plural(accepted, 'other is', 'others are')} accepted;` : ''
  return `${plural(open, 'item needs', 'items need')} attention;${aside} all others were read back and are equal to what the plan promised, or were left out as announced.`
}

/** Widths are the shares; a share too small to see still gets its two pixels from the style sheet. */
const bar = (totals: Counts) =>
  `<div class="bar" aria-hidden="true">${(['verified', 'different', 'leftOut', 'failed'] as const)
    .filter((verdict) => totals[verdict] > 0)
    .map(
      (verdict) =>
        `<span class="${marks[verdict].tone}" style="width:${((totals[verdict] / totals.source) * 100).toFixed(3)}%"></span>`,
    )
    .join('')}</div>`

const fileList = `<section><h2>Where the details are</h2><dl class="facts">
<dt>requires-attention.csv</dt><dd>the causes above, for a spreadsheet</dd>
<dt>items.csv</dt><dd>every item of the source with its verdict, its differences and its reason</dd>
<dt>mappings.csv</dt><dd>who became whom, and which name which, as it was planned</dd>
<dt>pre-report.html</dt><dd>what was said before the run; only where something was planned</dd>
<dt>strangers.csv</dt><dd>what the site has beyond the source, where another program migrated</dd>
<dt>repairs.csv</dt><dd>what was put right on the site afterwards, by whom, before and after</dd>
<dt>apps.csv</dt><dd>each app with data, what was decided about it and what became of it</dd>
<dt>after-checks.csv, after-places.csv</dt><dd>what the checks after the migration found, and every place of it</dd>
<dt>checklist.csv</dt><dd>each project's checklist and sign-off, with who and when</dd>
<dt>summary.csv, summary-by-project.csv</dt><dd>the numbers above</dd>
<dt>id-mappings.csv</dt><dd>which id of the source became which id of the site, for scripts</dd>
<dt>errors.log</dt><dd>warnings and errors in the order in which they came</dd>
<dt>run.json</dt><dd>all numbers, findings and times for scripts</dd>
<dt>README.txt</dt><dd>each file and each column explained</dd>
</dl></section>\n`
