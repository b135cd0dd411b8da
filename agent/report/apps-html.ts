import type { AppStatus } from '../../shared/app-status.ts'
import type { AppFacts } from './apps.ts'
import { capital, escaped, name, number, time } from './html-text.ts'

/** Each status has a mark and a word: colour never says it alone. */
const marks: Record<AppStatus, [string, string]> = {
  ready: ['○', 'grey'],
  'in progress': ['▸', 'accent'],
  success: ['✓', 'good'],
  incomplete: ['!', 'warn'],
  failed: ['✗', 'bad'],
  'timed out': ['✗', 'bad'],
  canceling: ['▸', 'warn'],
  canceled: ['–', 'grey'],
}

const head = (title: string, caption: string, heads: readonly string[], room = '') =>
  `<section${room && ` class="${room}"`}><h2>${title}</h2><div class="scroll" role="region" aria-label="${title}" tabindex="0"><table><caption>${caption}</caption><thead><tr>${heads
    .map((word) =>
      word.startsWith('n:')
        ? `<th scope="col" class="n">${word.slice(2)}</th>`
        : `<th scope="col">${word}</th>`,
    )
    .join('')}</tr></thead><tbody>\n`
const end = '</tbody></table></div></section>\n'
const first = (app: AppFacts) =>
  `<th scope="row">${name(app.name)}${app.name === app.key ? '' : `<div class="quiet">${escaped(app.key)}</div>`}</th>`
const way = ({ path, decision }: AppFacts) =>
  decision === 'not needed' ? '–' : path ? escaped(path) : 'No automated path'
const decided = ({ decision }: AppFacts) =>
  decision === null ? '<span class="warn">! Undecided</span>' : capital(decision)

/** What became of the data of apps; nothing where the source has none. */
export function* appsTable(apps: readonly AppFacts[]): Generator<string> {
  if (!apps.length) return
  yield head(
    'Apps',
    'The data of apps, counted in rows of the source and apart from the items',
    [
      'App',
      'Decision',
      'Path',
      'Status',
      'n:Items',
      'n:Verified',
      'n:Different',
      'n:Left out',
      'n:Failed',
      'Last update',
    ],
    'apps',
  )
  for (const app of apps) {
    const [mark, tone] = marks[app.status]
    const { source, verified, different, leftOut, failed } = app.counts
    const status =
      app.decision === null || app.decision === 'not needed'
        ? '–'
        : `<span class="${tone} nowrap"><span aria-hidden="true">${mark}</span> ${capital(app.status)}</span>${app.message ? `<div class="quiet">${name(app.message)}</div>` : ''}`
    const cells = [source, verified, different, leftOut, failed]
      .map((n) => `<td class="n${n ? '' : ' nil'}">${number(n)}</td>`)
      .join('')
    yield `<tr>${first(app)}<td>${decided(app)}</td><td>${way(app)}</td><td>${status}</td>${cells}<td class="nowrap">${time(app.updatedAt)}</td></tr>\n`
  }
  yield end
}

/** What is planned for the data of apps; nothing where the source has none. */
export function* appsPlanned(apps: readonly AppFacts[]): Generator<string> {
  if (!apps.length) return
  yield head('Apps', 'What happens to the data of apps, after the items were read back', [
    'App',
    'Decision',
    'How its data moves',
  ])
  for (const app of apps)
    yield `<tr>${first(app)}<td>${decided(app)}</td><td>${app.decision === null ? `Stays behind until somebody decides; possible: ${way(app)}` : app.decision === 'not needed' ? 'Stays behind, as decided' : way(app)}</td></tr>\n`
  yield end
}
