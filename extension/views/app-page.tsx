import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { AppTrace, AppView } from '../../shared/api-apps.ts'
import type { Verdict } from '../../shared/status.ts'
import { hasData } from '../models/app-order.ts'
import type { AppsModel } from '../models/apps.ts'
import { toHash } from '../models/place.ts'
import { count } from '../words.ts'
import { appActWords, appPageWords, appStatusWords, appsWords } from '../words-apps.ts'
import { AppActs, AppOutcome, Decision, ViewLogs } from './app-acts.tsx'
import { HandlerForm } from './app-handler.tsx'
import { AppLog } from './app-log.tsx'
import { AppCounts, AppLozenge, Contact, Percent, pathText } from './app-marks.tsx'
import { AppRecords } from './app-records.tsx'
import { Empty, When } from './parts.tsx'
import { size } from './sizes.ts'

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
  return (
    <div class="stack">
      {back}
      <div class="bar">
        <h2 ref={title} tabIndex={-1} class="wrap long">
          <bdi>{app.name}</bdi>
        </h2>
        <AppLozenge status={app.status} />
      </div>
      <p>{appStatusWords[app.status].meaning}</p>
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
      <Trace trace={app.trace} />
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
        [appPageWords.settled, when(app.settledAt)],
        [appPageWords.transfer, app.transferId],
      ]}
    />
  )
}

/** So many of a kind are shown; an app with hundreds of tables is not read line by line. */
const most = 20

function Trace({ trace }: { trace: AppTrace }) {
  const list = (parts: string[]) =>
    parts.length === 0 ? null : (
      <ul>
        {parts.slice(0, most).map((part) => (
          <li key={part}>
            <bdi>{part}</bdi>
          </li>
        ))}
        {parts.length > most && <li class="quiet">{appPageWords.more(parts.length - most)}</li>}
      </ul>
    )
  const { tables, properties, fields, workflows, dashboards, filters, issues, projects } = trace
  const used = issues + projects === 0 ? null : appPageWords.used(issues, projects)
  const facts: Fact[] = [
    [appPageWords.usedBy, used],
    [
      appPageWords.tables,
      list(tables.map(({ name, rows, bytes }) => appPageWords.table(name, rows, sizeOf(bytes)))),
    ],
    [
      appPageWords.properties,
      list(properties.map((one) => appPageWords.property(one.entity, one.count))),
    ],
    [appPageWords.fields, list(fields.map((one) => appPageWords.field(one.name, one.issues)))],
    [appPageWords.workflows, list(workflows)],
    [appPageWords.dashboards, list(dashboards)],
    [appPageWords.filters, filters === 0 ? null : count(filters)],
  ]
  return facts.every(([, value]) => value === null) ? (
    <p class="quiet">{appPageWords.nothing}</p>
  ) : (
    <Facts facts={facts} />
  )
}

/** A table of two rows is small, but not nothing. */
const sizeOf = (bytes: number): string => (bytes < 1000 ? appPageWords.tiny : size(bytes))

type Fact = [term: string, value: ComponentChildren]

/** Terms with their values; what has no value is left out, and a value without a term goes on with the one before. */
function Facts({ facts }: { facts: Fact[] }) {
  const shown = facts.filter(([, value]) => value !== null)
  return (
    <dl class="facts">
      {shown.flatMap(([term, value], i) => [
        ...(term === '' ? [] : [<dt key={term}>{term}</dt>]),
        <dd key={`${term}${i}:`} class={term === '' ? 'goes-on' : ''}>
          {value}
        </dd>,
      ])}
    </dl>
  )
}
