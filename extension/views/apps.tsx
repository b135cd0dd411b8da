import { useModel } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { AppView } from '../../shared/api-apps.ts'
import type { Verdict } from '../../shared/status.ts'
import { sortApps } from '../models/app-order.ts'
import { AppsModel } from '../models/apps.ts'
import type { DetailModel } from '../models/detail.ts'
import { appsWords } from '../words-apps.ts'
import { AppActs, AppOutcome, Decision, ViewLogs } from './app-acts.tsx'
import {
  AppCounts,
  AppLegend,
  AppLink,
  AppStatusTip,
  Contact,
  Percent,
  pathText,
} from './app-marks.tsx'
import { AppPage } from './app-page.tsx'
import { Titles } from './four-cells.tsx'
import { Empty, Skeleton, When } from './parts.tsx'

interface AppsProps {
  id: string
  detail: DetailModel
  now: number
  agentHere: boolean
  /** The one that is looked at; null for all. */
  app: string | null
  /** Which of its records are looked at; null for all. */
  verdict: Verdict | null
}

/** The apps of a migration: how far each is and what can be done about it; or all about one of them. */
export function Apps({ id, detail, now, agentHere, app, verdict }: AppsProps) {
  const model = useModel(() => new AppsModel(id, detail.changed))
  const view = model.view.value
  if (view === undefined || (view === null && !model.asked.value))
    return model.away.value ? (
      <Empty title={appsWords.unheard} text={appsWords.unheardText} />
    ) : model.problem.value ? (
      <AppOutcome model={model} />
    ) : (
      <Skeleton />
    )
  if (view === null) return <Empty title={appsWords.notYet} text={appsWords.notYetText} />
  const shared = { id, model, now, agentHere }
  if (app !== null)
    return (
      <AppPage
        {...shared}
        app={view.apps.find(({ key }) => key === app) ?? null}
        verdict={verdict}
      />
    )
  const { own, quiet, system } = sortApps(view)
  return (
    <div class="stack">
      <h2>{appsWords.progress}</h2>
      <AppOutcome model={model} />
      {view.undecided > 0 && (
        <div class="box warn">
          <strong>{appsWords.undecided(view.undecided)}</strong>
          <span>{appsWords.undecidedHint}</span>
        </div>
      )}
      {own.length === 0 ? (
        <Empty
          title={view.apps.length === 0 ? appsWords.none : appsWords.noneOwn}
          text={view.apps.length === 0 ? appsWords.noneText : appsWords.onlyFolded}
        />
      ) : (
        <>
          <AppTable apps={own} {...shared} />
          <p class="quiet">{appsWords.rerunLimits}</p>
          <p class="quiet">{appsWords.vendorAll}</p>
          <AppLegend />
        </>
      )}
      <Folded title={appsWords.quietApps(quiet.length)} apps={quiet} id={id} />
      <Folded title={appsWords.system(system.length)} apps={system} id={id} />
    </div>
  )
}

interface SharedProps {
  id: string
  model: AppsModel
  now: number
  agentHere: boolean
}

function AppTable({ apps, ...shared }: SharedProps & { apps: AppView[] }) {
  return (
    <table class="cards apps" aria-label={appsWords.progress}>
      <Titles titles={appsWords.columns} />
      <tbody>
        {apps.map((app) => (
          <AppRow key={app.key} app={app} {...shared} />
        ))}
      </tbody>
    </table>
  )
}

function AppRow({ app, id, now, ...acts }: SharedProps & { app: AppView }) {
  const props = { app, ...acts }
  const [, decision, path, status, progress, update, logs, actions] = appsWords.columns
  return (
    <tr>
      <td class="block app-name">
        <AppLink id={id} app={app} />
        <Contact app={app} />
      </td>
      <Cell label={decision}>
        <Decision {...props} />
      </Cell>
      <Cell label={path}>
        <span class="wrap">{pathText(app)}</span>
      </Cell>
      <Cell label={status}>
        <AppStatusTip id={id} app={app} />
        {app.message !== '' && (
          <bdi class="quiet said-last" title={app.message.slice(0, 2000)}>
            {app.message}
          </bdi>
        )}
      </Cell>
      <Cell label={progress}>
        {app.firstStartedAt === null ? (
          <span class="quiet">{appsWords.never}</span>
        ) : (
          <Percent app={app} />
        )}
        <AppCounts id={id} app={app} />
      </Cell>
      <Cell label={update}>
        {app.updatedAt === null ? (
          <span class="quiet">{appsWords.never}</span>
        ) : (
          <When at={app.updatedAt} now={now} />
        )}
      </Cell>
      <Cell label={logs}>
        <ViewLogs {...props} />
      </Cell>
      <Cell label={actions}>
        <AppActs {...props} />
      </Cell>
    </tr>
  )
}

function Cell({ label, children }: { label: string | undefined; children: ComponentChildren }) {
  return (
    <td data-label={label}>
      <span class="stack tight">{children}</span>
    </td>
  )
}

/** Apps that ask for nothing, folded away; their names lead to what they left. */
function Folded({ title, apps, id }: { title: string; apps: AppView[]; id: string }) {
  if (apps.length === 0) return null
  return (
    <details class="legend">
      <summary>{title}</summary>
      <ul class="folded">
        {apps.map((app) => (
          <li key={app.key}>
            <AppLink id={id} app={app} />
          </li>
        ))}
      </ul>
    </details>
  )
}
