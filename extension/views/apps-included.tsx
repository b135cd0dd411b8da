import { useModel } from '@preact/signals'
import { sortApps } from '../models/app-order.ts'
import { AppsModel } from '../models/apps.ts'
import type { DetailModel } from '../models/detail.ts'
import { toHash } from '../models/place.ts'
import { appActWords, appsWords, decisionWords } from '../words-apps.ts'
import { AppOutcome, ViewLogs } from './app-acts.tsx'
import { AppCounts, AppItems, AppLink, AppStatusTip, Percent, Uncounted } from './app-marks.tsx'
import { Titles } from './four-cells.tsx'
import { Skeleton } from './parts.tsx'

interface AppsIncludedProps {
  id: string
  detail: DetailModel
  agentHere: boolean
}

/** The apps among what a migration includes, each with its items, progress, verdicts and log. Nothing where none has data. */
export function AppsIncluded({ id, detail, agentHere }: AppsIncludedProps) {
  const model = useModel(() => new AppsModel(id, detail.changed))
  const view = model.view.value
  const own = view ? sortApps(view).own : []
  // Nobody has told them yet: none is not what that means.
  const unknown = !view && !model.away.value && (model.problem.value !== null || !model.asked.value)
  if (own.length === 0 && !unknown) return null
  if (unknown)
    return (
      <section class="stack tight">
        <h2>{appsWords.title}</h2>
        {model.problem.value === null ? <Skeleton rows={2} /> : <AppOutcome model={model} />}
      </section>
    )
  const [, decision, items, status, progress, verdicts, logs] = appsWords.includes
  return (
    <section class="stack tight">
      <h2>{appsWords.title}</h2>
      <AppOutcome model={model} />
      <table class="cards apps-included" aria-label={appsWords.title}>
        <Titles titles={appsWords.includes} />
        <tbody>
          {own.map((app) => (
            <tr key={app.key}>
              <td class="block app-name">
                <AppLink id={id} app={app} />
              </td>
              <td data-label={decision}>{decisionWords[app.decision ?? 'none']}</td>
              <td data-label={items}>
                <AppItems id={id} app={app} />
              </td>
              <td data-label={status}>
                <AppStatusTip id={id} app={app} />
              </td>
              <td data-label={progress}>
                {app.firstStartedAt === null ? (
                  <span class="quiet">{appsWords.never}</span>
                ) : (
                  <Percent app={app} />
                )}
              </td>
              <td data-label={verdicts}>
                {app.counts.source === 0 ? (
                  <Uncounted app={app} />
                ) : (
                  <AppCounts id={id} app={app} />
                )}
              </td>
              <td data-label={logs}>
                <ViewLogs app={app} model={model} agentHere={agentHere} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{appActWords.logHint}</p>
      <p>
        <a href={toHash({ at: 'migration', id, tab: 'apps', after: null })}>{appsWords.all}</a>
      </p>
    </section>
  )
}
