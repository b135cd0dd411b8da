import { useModel } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import { appsInNeed } from '../models/app-order.ts'
import { KnownAppsModel } from '../models/apps.ts'
import type { DeedsModel } from '../models/deeds.ts'
import { DetailModel } from '../models/detail.ts'
import type { MigrationsModel } from '../models/migrations.ts'
import { itemsHash, type Place, tabs, toHash } from '../models/place.ts'
import { detailWords, listWords } from '../words.ts'
import { includesTab } from '../words-status.ts'
import { AfterTab } from './after-tab.tsx'
import { Apps } from './apps.tsx'
import { AppsIncluded } from './apps-included.tsx'
import { Attention } from './attention.tsx'
import { FourNumbers, ProgressBar } from './bars.tsx'
import { Checks } from './checks.tsx'
import { DeedButtons } from './deeds.tsx'
import { Includes } from './includes.tsx'
import { Logs } from './logs.tsx'
import { Lozenge } from './marks.tsx'
import { Overview } from './overview.tsx'
import { ProblemBox, Skeleton, Trouble } from './parts.tsx'
import { Progress } from './progress.tsx'
import { Told } from './told.tsx'

interface DetailProps {
  model: MigrationsModel
  deeds: DeedsModel
  now: number
  place: Extract<Place, { at: 'migration' }>
}

/** One migration: is it going well, what needs me, when is it done; then the tabs. */
export function Detail({ model, deeds, now, place }: DetailProps) {
  const { id, tab } = place
  const one = useModel(() => new DetailModel(id))
  const apps = useModel(KnownAppsModel).apps.value?.get(id)
  const needyApps = apps ? appsInNeed(apps) : 0
  const row = one.row.value
  const detail = one.detail.value
  const stale = model.reach.value?.state === 'away'
  if (row === undefined || (row === null && !one.whole.value)) return <Skeleton rows={2} />
  if (row === null)
    return (
      <section class="stack">
        <h1 tabIndex={-1}>{detailWords.gone}</h1>
        <p>{detailWords.goneText}</p>
        <Back />
      </section>
    )
  return (
    <article class="stack">
      <Back />
      <Head row={row} stale={stale} asOf={model.asOf.value} />
      <DeedButtons row={row} model={deeds} agentHere={model.agentHere.value} />
      <nav class="tabs" aria-label={row.name}>
        {tabs.map((one) => (
          <a
            key={one}
            href={toHash({ at: 'migration', id, tab: one, after: null })}
            aria-current={one === tab ? 'page' : undefined}
          >
            {one === 'includes' ? includesTab(row) : detailWords.tabs[one]}
            {one === 'apps' && needyApps > 0 && ` (${needyApps})`}
            {one === 'attention' && row.needsAttention > 0 && ` (${row.needsAttention})`}
          </a>
        ))}
      </nav>
      <Trouble problem={one.problem.value} at={detail ? undefined : null} onRetry={one.reload} />
      <div class={stale ? 'stale' : ''}>
        {tab === 'checks' ? (
          <Checks
            key={place.only ?? ''}
            id={id}
            now={now}
            only={place.only ?? null}
            changed={one.changed.value}
          />
        ) : tab === 'after' ? (
          <AfterTab
            key={place.only ?? ''}
            id={id}
            detail={one}
            now={now}
            agentHere={model.agentHere.value}
            project={place.project ?? null}
            only={place.only ?? null}
          />
        ) : tab === 'apps' ? (
          <Apps
            id={id}
            detail={one}
            now={now}
            agentHere={model.agentHere.value}
            app={place.app ?? null}
            verdict={place.verdict ?? null}
          />
        ) : tab === 'logs' ? (
          <Logs row={row} detail={one} />
        ) : tab === 'progress' ? (
          <Progress id={id} detail={one} />
        ) : tab === 'overview' ? (
          <Overview row={row} detail={detail ?? null} now={now} model={model} />
        ) : !detail ? (
          !one.problem.value && <Skeleton />
        ) : tab === 'includes' ? (
          <div class="stack">
            <Includes detail={detail} />
            <AppsIncluded id={id} detail={one} agentHere={model.agentHere.value} />
          </div>
        ) : (
          <Attention detail={detail} now={now} agentHere={model.agentHere.value} />
        )}
      </div>
    </article>
  )
}

function Back() {
  return <a href={toHash({ at: 'list', archived: false })}>‹ {listWords.back}</a>
}

interface HeadProps {
  row: MigrationView
  stale: boolean
  asOf: number | null
}

/** Title, status, the sentence of the moment, and how far it is. */
export function Head({ row, stale, asOf }: HeadProps) {
  const running = row.status === 'running'
  return (
    <div class={`stack ${stale ? 'stale' : ''}`}>
      <div class="bar">
        <h1 tabIndex={-1}>
          <bdi>{row.name}</bdi>
        </h1>
        <Lozenge row={row} asOf={asOf} />
      </div>
      {row.problem ? (
        <ProblemBox problem={row.problem} />
      ) : (
        <p>
          <bdi>
            <Told id={row.id} text={row.reason ?? row.progress.sentence} />
          </bdi>
        </p>
      )}
      {running && <ProgressBar row={row} linked asOf={asOf} />}
      {row.totals.source > 0 && row.status !== 'saved' && (
        <FourNumbers
          counts={row.totals}
          href={(verdict) => itemsHash(row.id, { verdict })}
          lossHref={itemsHash(row.id, { verdict: 'verified', only: 'loss' })}
        />
      )}
    </div>
  )
}
