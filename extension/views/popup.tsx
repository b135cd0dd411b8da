import { useModel } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { MigrationView } from '../../shared/api.ts'
import type { Needs } from '../cache/questions.ts'
import { KnownAppsModel } from '../models/apps.ts'
import { ClockModel } from '../models/clock.ts'
import { DeedsModel } from '../models/deeds.ts'
import { DoorsModel } from '../models/doors.ts'
import { MigrationsModel } from '../models/migrations.ts'
import { itemsHash, type Place, toHash } from '../models/place.ts'
import { agentWords, listWords, popupWords } from '../words.ts'
import { AgentAway, AgentLine, Pairing } from './agent.tsx'
import { AppsBrief } from './apps-brief.tsx'
import { BriefNumbers, ProgressBar } from './bars.tsx'
import { DeedButtons, DeedOutcome } from './deeds.tsx'
import { clock } from './format.ts'
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
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    // The places of its links are in the dashboard's page; the popup has none.
    const follow = (event: Event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link?.hash.startsWith('#/')) return
      event.preventDefault()
      doors.openTab(link.hash)
    }
    const page = main.current
    page?.addEventListener('click', follow)
    return () => page?.removeEventListener('click', follow)
  }, [model.reach.value?.state === 'unpaired'])
  const reach = model.reach.value
  const go = (place: Place) => doors.openTab(toHash(place))
  if (reach?.state === 'unpaired')
    return (
      <main class="popup">
        <Head model={model} />
        <Pairing address={model.agent.value?.address ?? null} />
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
    <main class="popup" ref={main}>
      <Head model={model} title />
      <NeedsYou needs={model.needs.value} onGo={go} />
      <DeedOutcome model={deeds} />
      {shown === undefined || (rows.length === 0 && !reach) ? (
        <Skeleton />
      ) : rows.length === 0 && reach?.state === 'here' ? (
        <Empty title={listWords.empty} text={listWords.emptyText} />
      ) : (
        <ul class={reach?.state === 'away' ? 'stale' : ''}>
          {rows.map((row) => (
            <li key={row.id}>
              {row.status === 'running' ? (
                <Running
                  row={row}
                  deeds={deeds}
                  here={model.agentHere.value}
                  asOf={model.asOf.value}
                  onGo={go}
                />
              ) : (
                <Ended row={row} now={clock.now.value} asOf={model.asOf.value} onGo={go} />
              )}
              <AppsBrief
                view={known.apps.value?.get(row.id)}
                outOfSight={model.asOf.value !== null}
                name={row.name}
                onOpen={() => go({ at: 'migration', id: row.id, tab: 'apps', after: null })}
              />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <p class="quiet">
          <a href={toHash({ at: 'list', archived: false })}>{popupWords.more(more)}</a>
        </p>
      )}
      <div class="bar">
        <Button onClick={() => go({ at: 'new' })}>{popupWords.newMigration}</Button>
        <span class="push">
          <Button look="main" onClick={doors.openPanel}>
            {popupWords.openPanel}
          </Button>
        </span>
      </div>
      {/* Last, so that nothing moves under a hand when it comes or goes. */}
      <AgentAway model={model} brief />
    </main>
  )
}

/** @param title where nothing else is the page's title, the brand is it */
function Head({ model, title = false }: { model: MigrationsModel; title?: boolean }) {
  return (
    <header class="bar">
      {title ? (
        <h1 class="brand">
          <Brand />
        </h1>
      ) : (
        <Brand />
      )}
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
      ? { at: 'list', archived: false, ask: { needs: true } }
      : {
          at: 'migration',
          id: needs.only.id,
          tab: needs.only.tab,
          after: null,
        }
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
  asOf: number | null
  onGo: Go
}

function Running({ row, deeds, here, asOf, onGo }: RunningProps) {
  return (
    <div class="card stack tight">
      <div class="row">
        <span class="name" title={row.name}>
          {row.name}
        </span>
        <Lozenge row={row} asOf={asOf} brief />
      </div>
      <p class="quiet" title={asOf === null ? undefined : agentWords.asOf(clock(asOf))}>
        <bdi>{row.reason ?? row.progress.sentence}</bdi>
      </p>
      <ProgressBar row={row} linked asOf={asOf} />
      <div class="bar">
        <DeedButtons row={row} model={deeds} agentHere={here} only={['pause', 'resume']} small />
        <span class="push">
          <OpenButton row={row} onGo={onGo} />
        </span>
      </div>
    </div>
  )
}

interface EndedProps {
  row: MigrationView
  now: number
  asOf: number | null
  onGo: Go
}

/** One that does not run: a line, and its numbers. */
function Ended({ row, now, asOf, onGo }: EndedProps) {
  return (
    <div class="row">
      <span class="name" title={row.name}>
        {row.name}
      </span>
      <Lozenge row={row} asOf={asOf} brief />
      <div class="bar numbers quiet">
        <When at={row.changedAt} now={now} />
        {row.status !== 'saved' && row.totals.source > 0 && (
          <BriefNumbers counts={row.totals} href={(verdict) => itemsHash(row.id, { verdict })} />
        )}
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
