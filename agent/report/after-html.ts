import type { CheckStatus } from '../../shared/api-checks.ts'
import type { AfterCheckRow } from '../ledger/after.ts'
import type { AfterFacts, ProjectChecklist } from './after.ts'
import { escaped, name, number, plural, time } from './html-text.ts'

/** Each status has a mark and a word: colour never says it alone. */
const marks: Record<CheckStatus, [mark: string, word: string, tone: string]> = {
  success: ['✓', 'Success', 'good'],
  warning: ['!', 'Warning', 'warn'],
  error: ['✗', 'Error', 'bad'],
  incomplete: ['–', 'Incomplete', 'grey'],
  pending: ['○', 'Not asked', 'grey'],
}

/** What the checks after the migration found, and who accepted it. */
export function* afterTable({ checks }: AfterFacts): Generator<string> {
  yield '<section><h2>Checks after the migration</h2>'
  if (!checks.length) {
    yield '<p>None was asked yet. They read the site, and compare people, names, counts, files, links, boards and who may see what with the source.</p></section>\n'
    return
  }
  yield '<table><caption>What needs a person first; after-places.csv has every place</caption><thead><tr><th scope="col">Status</th><th scope="col">Check</th><th scope="col" class="n">Places</th><th scope="col">What to do</th></tr></thead><tbody>\n'
  for (const one of checks) {
    const [mark, word, tone] = marks[one.status]
    yield `<tr><td class="${tone} nowrap"><span aria-hidden="true">${mark}</span> ${word}</td><td>${escaped(one.title)}<div>${name(one.sentence)}</div><div class="quiet">asked ${time(one.at)}</div></td><td class="n">${number(one.places)}</td><td>${name(one.hint)}${accepted(one)}</td></tr>\n`
  }
  yield '</tbody></table></section>\n'
}

const accepted = ({ note, who, notedAt }: AfterCheckRow): string =>
  note === null
    ? ''
    : `<div class="quiet">Accepted by ${name(who ?? '')} on ${time(notedAt)}: ${name(note)}</div>`

/** How far each project's checklist is, and who signed the project off. */
export function* checklistTable({ projects }: AfterFacts): Generator<string> {
  if (!projects.length) return
  yield '<section><h2>Checklist and sign-off</h2><table><caption>checklist.csv has every entry</caption><thead><tr><th scope="col">Project</th><th scope="col">Checklist</th><th scope="col">Sign-off</th></tr></thead><tbody>\n'
  for (const one of projects)
    yield `<tr><th scope="row">${escaped(one.key)} <span class="quiet">${name(one.name)}</span></th><td>${progress(one)}</td><td>${signOff(one)}</td></tr>\n`
  yield '</tbody></table></section>\n'
}

function progress({ entries }: ProjectChecklist): string {
  const open = entries.filter((one) => !one.done)
  const done = `${number(entries.length - open.length)} of ${plural(entries.length, 'entry', 'entries')} done`
  const left = open.map((one) => escaped(one.title)).join(', ')
  return left ? `${done}<div class="quiet">open: ${left}</div>` : done
}

function signOff({ signedOff, warning }: ProjectChecklist): string {
  const said = signedOff
    ? `<span class="good"><span aria-hidden="true">✓</span> Signed off</span> by ${name(signedOff.who)} on ${time(signedOff.at)}${signedOff.note ? `<div>${name(signedOff.note)}</div>` : ''}`
    : 'Not signed off'
  return warning ? `${said}<div class="quiet">${name(warning)}</div>` : said
}
