import { useModel } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import type { Needs } from '../cache/questions.ts'
import { KnownAppsModel } from '../models/apps.ts'
import { ClockModel } from '../models/clock.ts'
import { DeedsModel } from '../models/deeds.ts'
import { DoorsModel } from '../models/doors.ts'
import { MigrationsModel } from '../models/migrations.ts'
import { type Place, toHash } from '../models/place.ts'
import { listWords, popupWords } from '../words.ts'
import { AgentAway, AgentLine, Pairing } from './agent.tsx'
import { AppsBrief } from './apps-brief.tsx'
import { BriefNumbers, ProgressBar } from './bars.tsx'
import { DeedButtons, DeedOutcome } from './deeds.tsx'
import { Brand, Lozenge } from './marks.tsx'
import { Button, Empty, Skeleton, When } from './parts.tsx'

/** More than these would push the footer out of sight; the side panel has them all. */
const mostRows = 6

/** The popup: what runs, what needs you, and the ways on. */
export function Popup() {
  const model = useModel(MigrationsModel)
  const doors = useModel(DoorsModel)
  const deeds = useModel(DeedsModel)
  const clock = useModel(ClockModel)
  const known = useModel(KnownAppsModel)
  const reach = model.reach.value
  const go = (place: Place) => doors.openTab(toHash(place))
  if (reach?.state === 'unpaired')
    return (
      <main class="popup">
        <Head model={model} />
        <Pairing />
        <div>
          <Button look="small" onClick={doors.openOptions}>
            {listWords.options}
          </Button>
        </div>
      </main>
    )
  const shown = model.recent.value
  const rows = shown?.slice(0, mostRows) ?? []
  const more = (model.counts.value?.inUse ?? rows.length) - rows.length
  return (
    <main class="popup">
      <Head model={model} />
      <AgentAway model={model} />
      <NeedsYou needs={model.needs.value} onGo={go} />
      <DeedOutcome model={deeds} />
      {shown === undefined || reach === null ? (
        <Skeleton />
      ) : rows.length === 0 && reach?.state === 'here' ? (
        <Empty title={listWords.empty} text={listWords.emptyText} />
      ) : (
        <ul class={reach?.state === 'away' ? 'stale' : ''}>
          {rows.map((row) => (
            <li key={row.id}>
              {row.status === 'running' ? (
                <Running row={row} deeds={deeds} here={model.agentHere.value} onGo={go} />
              ) : (
                <Ended row={row} now={clock.now.value} onGo={go} />
              )}
              <AppsBrief
                view={known.apps.value?.get(row.id)}
                name={row.name}
                onOpen={() => go({ at: 'migration', id: row.id, tab: 'apps', after: null })}
              />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p class="quiet">{popupWords.more(more)}</p>}
      <div class="bar">
        <Button onClick={() => go({ at: 'new' })}>{popupWords.newMigration}</Button>
        <span class="push">
          <Button look="main" onClick={doors.openPanel}>
            {popupWords.openPanel}
          </Button>
        </span>
      </div>
    </main>
  )
}

function Head({ model }: { model: MigrationsModel }) {
  return (
    <header class="bar">
      <Brand />
      <AgentLine model={model} />
    </header>
  )
}

type Go = (place: Place) => void

/** What needs a person, where there is anything: one migration's page, or the list when several do. */
function NeedsYou({ needs, onGo }: { needs: Needs | undefined; onGo: Go }) {
  if (!needs || needs.things === 0) return null
  const place: Place =
    needs.only === null
      ? { at: 'list', archived: false }
      : { at: 'migration', id: needs.only, tab: 'attention', after: null }
  return (
    <button type="button" class="needs" onClick={() => onGo(place)}>
      {popupWords.needYou(needs.things)}
      <span aria-hidden="true">›</span>
    </button>
  )
}

interface RunningProps {
  row: MigrationView
  deeds: DeedsModel
  here: boolean
  onGo: Go
}

function Running({ row, deeds, here, onGo }: RunningProps) {
  return (
    <div class="card stack tight">
      <div class="row">
        <span class="name" title={row.name}>
          {row.name}
        </span>
        <Lozenge row={row} brief />
      </div>
      <p class="quiet">{row.reason ?? row.progress.sentence}</p>
      <ProgressBar row={row} />
      <div class="bar">
        <DeedButtons row={row} model={deeds} agentHere={here} only={['pause', 'resume']} small />
        <span class="push">
          <OpenButton row={row} onGo={onGo} />
        </span>
      </div>
    </div>
  )
}

function Ended({ row, now, onGo }: { row: MigrationView; now: number; onGo: Go }) {
  return (
    <div class="row">
      <span class="name" title={row.name}>
        {row.name}
      </span>
      <Lozenge row={row} brief />
      <div class="bar numbers quiet">
        <When at={row.changedAt} now={now} />
        {row.status !== 'saved' && row.totals.source > 0 && <BriefNumbers counts={row.totals} />}
      </div>
      <OpenButton row={row} onGo={onGo} />
    </div>
  )
}

function OpenButton({ row, onGo }: { row: MigrationView; onGo: Go }) {
  return (
    <Button
      look="small"
      onClick={() => onGo({ at: 'migration', id: row.id, tab: 'overview', after: null })}
    >
      {popupWords.open}
      <span class="hidden">{row.name}</span>
    </Button>
  )
}
