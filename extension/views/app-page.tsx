import { useEffect, useRef } from 'preact/hooks'
import type { AppView } from '../../shared/api-apps.ts'
import type { Verdict } from '../../shared/status.ts'
import { hasData } from '../models/app-order.ts'
import type { AppsModel } from '../models/apps.ts'
import { codeOfApp } from '../models/explain.ts'
import { toHash } from '../models/place.ts'
import { appActWords, appPageWords, appStatusWords, appsWords } from '../words-apps.ts'
import { AppActs, AppOutcome, Decision, ViewLogs } from './app-acts.tsx'
import { HandlerForm } from './app-handler.tsx'
import { AppLog } from './app-log.tsx'
import { AppCounts, AppLozenge, Contact, Percent, pathText } from './app-marks.tsx'
import { AppRecords } from './app-records.tsx'
import { Facts, Trace } from './app-trace.tsx'
import { Explain } from './explain.tsx'
import { exact } from './format.ts'
import { Empty, When } from './parts.tsx'

interface AppPageProps {
  id: string
  /** null: the source has no such app. */
  app: AppView | null
  model: AppsModel
  now: number
  agentHere: boolean
  /** Which of its records are shown; null for all. */
  verdict: Verdict | null
}

/** All about one app: how it stands, what was found of it, its own handler, and its log as it grows. */
export function AppPage({ id, app, model, now, agentHere, verdict }: AppPageProps) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [app?.key])
  const back = (
    <a href={toHash({ at: 'migration', id, tab: 'apps', after: null })}>‹ {appsWords.backToAll}</a>
  )
  if (app === null)
    return (
      <Empty title={appsWords.gone} text={appsWords.goneText}>
        {back}
      </Empty>
    )
  const acts = { app, model, agentHere }
  const explained = codeOfApp(app)
  return (
    <div class="stack">
      {back}
      <div class="bar">
        <h2 ref={title} tabIndex={-1} class="wrap long">
          <bdi>{app.name}</bdi>
        </h2>
        <AppLozenge status={app.status} />
      </div>
      <p>
        {appStatusWords[app.status].meaning}{' '}
        {explained && <Explain code={explained} of={app.name} look="link" />}
      </p>
      <AppOutcome model={model} />
      {!app.system && hasData(app) && (
        <div class="bar">
          <Decision {...acts} />
          <ViewLogs {...acts} />
          <AppActs {...acts} />
        </div>
      )}
      <p class="quiet">{appActWords.logHint}</p>
      <State id={id} app={app} now={now} />
      {app.counts.source > 0 && (
        <AppRecords
          key={app.key}
          id={id}
          appKey={app.key}
          verdict={verdict}
          changed={model.changed}
        />
      )}
      <h3>{appPageWords.found}</h3>
      <Trace id={id} app={app} />
      {!app.system && hasData(app) && <HandlerForm key={app.key} {...acts} />}
      {app.log === null && (
        <AppLog key={app.key} id={id} appKey={app.key} changed={model.changed} />
      )}
    </div>
  )
}

function State({ id, app, now }: { id: string; app: AppView; now: number }) {
  const when = (at: number | null) => (at === null ? null : <When at={at} now={now} />)
  return (
    <Facts
      facts={[
        [appPageWords.vendor, <bdi key="v">{app.vendor ?? appPageWords.unknown}</bdi>],
        ['', <Contact key="c" app={app} />],
        ['', app.version === null ? null : <bdi key="n">{appsWords.version(app.version)}</bdi>],
        [appPageWords.path, pathText(app)],
        [appsWords.columns[4] ?? '', app.firstStartedAt === null ? null : <Percent app={app} />],
        [
          appPageWords.records,
          app.counts.source === 0 ? null : <AppCounts key="r" id={id} app={app} />,
        ],
        [appPageWords.message, app.message === '' ? null : <bdi key="m">{app.message}</bdi>],
        [appPageWords.started, when(app.firstStartedAt)],
        [appsWords.columns[5] ?? '', when(app.updatedAt)],
        [
          appPageWords.rerunUntil,
          app.rerunUntil === null ? null : <time key="u">{exact(app.rerunUntil)}</time>,
        ],
        [appPageWords.settled, when(app.settledAt)],
        [appPageWords.transfer, app.transferId],
      ]}
    />
  )
}
