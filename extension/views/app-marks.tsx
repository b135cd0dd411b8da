import type { AppView } from '../../shared/api-apps.ts'
import { type AppStatus, appStatuses } from '../../shared/app-status.ts'
import type { Verdict } from '../../shared/status.ts'
import { hasData } from '../models/app-order.ts'
import { toHash } from '../models/place.ts'
import { count, verdictWords } from '../words.ts'
import { appStatusWords, appsWords } from '../words-apps.ts'
import { Shape, VerdictMark } from './marks.tsx'

/** Shape and colour (that of the migration's status that means the same) of each status. */
const looks: Record<AppStatus, [shape: Parameters<typeof Shape>[0]['shape'], colour: string]> = {
  ready: ['ring', 'saved'],
  'in progress': ['play', 'running'],
  success: ['tick', 'finished'],
  incomplete: ['warning', 'incomplete'],
  failed: ['cross', 'failed'],
  'timed out': ['clock', 'failed'],
  canceling: ['dots', 'incomplete'],
  canceled: ['dash', 'saved'],
}

/** An app migration's status as word and shape. */
export function AppLozenge({ status }: { status: AppStatus }) {
  const [shape, colour] = looks[status]
  return (
    <span class={`lozenge ${colour}`}>
      <Shape shape={shape} />
      {appStatusWords[status].word}
    </span>
  )
}

/** The same in a table: its meaning shows on hover and on focus, and it leads to all about the app. */
export function AppStatusTip({ id, app }: { id: string; app: AppView }) {
  const { word, meaning } = appStatusWords[app.status]
  return (
    <a
      class="tip"
      href={hrefOfApp(id, app)}
      data-tip={meaning}
      aria-label={appsWords.explain(word, meaning)}
    >
      <AppLozenge status={app.status} />
    </a>
  )
}

/** Each status with its meaning. */
export function AppLegend() {
  return (
    <details class="legend">
      <summary>{appsWords.legend}</summary>
      <dl>
        {appStatuses.flatMap((status) => [
          <dt key={status}>
            <AppLozenge status={status} />
          </dt>,
          <dd key={`${status} meaning`}>{appStatusWords[status].meaning}</dd>,
        ])}
      </dl>
    </details>
  )
}

/** How an app's data would move, in words. */
export function pathText(app: AppView): string {
  if (app.paths.length > 0) return app.paths.join(', then ')
  if (app.decision === 'not needed') return appsWords.notMoved
  return hasData(app) ? appsWords.noPath : appsWords.noData
}

const four: readonly Verdict[] = ['verified', 'different', 'leftOut', 'failed']

/** What became of an app's records, each number leading to them; nothing before it began. */
export function AppCounts({ id, app }: { id: string; app: AppView }) {
  const { counts } = app
  if (counts.source === 0) return null
  return (
    <span class="numbers quiet">
      {four
        .filter((verdict) => counts[verdict] > 0)
        .map((verdict) => (
          <span key={verdict}>
            <VerdictMark verdict={verdict} />{' '}
            <a href={hrefOfApp(id, app, verdict)}>
              {count(counts[verdict])} {verdictWords[verdict]}
            </a>
          </span>
        ))}
    </span>
  )
}

/** Instead of numbers: it has not begun, or its handler tells none. */
export function Uncounted({ app }: { app: AppView }) {
  const words = app.firstStartedAt === null ? appsWords.never : appsWords.untold
  return <span class="quiet">{words}</span>
}

/** How many rows of the source its data is, which leads to its records; known once it began. */
export function AppItems({ id, app }: { id: string; app: AppView }) {
  if (app.counts.source === 0) return <Uncounted app={app} />
  return <a href={hrefOfApp(id, app)}>{count(app.counts.source)}</a>
}

/** Where the vendor is reached; only an address of the web becomes a link. */
export function Contact({ app }: { app: AppView }) {
  const { contact, vendor } = app
  if (contact === null || !/^https?:\/\//i.test(contact))
    return <span class="quiet">{appsWords.noContact}</span>
  return (
    <a href={contact} target="_blank" rel="noreferrer">
      <bdi>{appsWords.contact(vendor)}</bdi>
      <span aria-hidden="true"> ↗</span>
    </a>
  )
}

/** How far the app's handler or our own path says it is. */
export function Percent({ app }: { app: AppView }) {
  return (
    <span class="share">
      {appsWords.percent(Math.floor(app.percent))}
      <span class="meter" aria-hidden="true">
        <span
          class={app.status === 'success' ? 'verified' : ''}
          style={{ width: `${app.percent}%` }}
        />
      </span>
    </span>
  )
}

const hrefOfApp = (id: string, app: AppView, verdict: Verdict | null = null): string =>
  toHash({ at: 'migration', id, tab: 'apps', after: null, app: app.key, verdict })

/** An app's name, which leads to all about it. */
export function AppLink({ id, app }: { id: string; app: AppView }) {
  return (
    <a class="name-of" href={hrefOfApp(id, app)} title={app.name.slice(0, 500)}>
      <bdi>{app.name}</bdi>
    </a>
  )
}
