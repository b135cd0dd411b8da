import { useModel, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { BulkModel } from '../models/bulk.ts'
import { ClockModel } from '../models/clock.ts'
import { DeedsModel } from '../models/deeds.ts'
import { DoorsModel } from '../models/doors.ts'
import { MigrationsModel } from '../models/migrations.ts'
import { helpHash, toHash } from '../models/place.ts'
import { SummonsModel } from '../models/summons.ts'
import { PlaceModel } from '../models/where.ts'
import { listWords } from '../words.ts'
import { helpWords } from '../words-help.ts'
import { AgentLine, Pairing } from './agent.tsx'
import { AwayDock } from './away-dock.tsx'
import { Beside } from './beside.tsx'
import { DeedOutcome } from './deeds.tsx'
import { Detail } from './detail.tsx'
import { Help } from './help.tsx'
import { Here, HereBar } from './here.tsx'
import { Items } from './items.tsx'
import { List } from './list.tsx'
import { Brand } from './marks.tsx'
import { type OldAnswers, OldAnswersContext } from './old-answers.ts'
import { Button } from './parts.tsx'
import { Planned } from './planned.tsx'
import { Setup } from './setup/setup.tsx'
import { SourceRows } from './source-rows.tsx'
import { Strangers } from './strangers.tsx'

/** The dashboard, in the side panel and in a tab: list, one migration, its items, a new one. */
export function Panel() {
  const model = useModel(MigrationsModel)
  const where = useModel(PlaceModel)
  const deeds = useModel(DeedsModel)
  const bulk = useModel(BulkModel)
  const clock = useModel(ClockModel)
  useModel(SummonsModel)
  const doors = useModel(DoorsModel)
  const old = useSignal<OldAnswers>(new Map())
  const place = where.place.value
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  // A search, here or in the guide, or another order of the list is the same room.
  const room =
    place.at === 'migration'
      ? `${place.id}/${place.tab}`
      : place.at === 'list'
        ? String(place.archived)
        : toHash(place.at === 'help' ? { at: 'help', code: place.code } : place)
  useEffect(() => {
    deeds.dismiss()
    // A keyboard or a reader starts at the title of the new place, but not on opening the page.
    const opening = first.current
    first.current = false
    return opening || !main.current ? undefined : focusTitle(main.current)
  }, [room])
  const shared = { model, deeds, now: clock.now.value }
  return (
    <main class="panel" ref={main}>
      <header class="bar">
        <Brand />
        <AgentLine model={model} />
        <a
          class="button small"
          href={helpHash()}
          aria-current={place.at === 'help' ? 'page' : undefined}
        >
          {helpWords.open}
        </a>
        <Button look="small" onClick={doors.openOptions}>
          {listWords.options}
        </Button>
      </header>
      {place.at === 'help' ? (
        <Help code={place.code} ask={place.ask ?? ''} where={where} />
      ) : model.reach.value?.state === 'unpaired' ? (
        <div class="narrow">
          <Pairing address={model.agent.value?.address ?? null} />
        </div>
      ) : (
        <OldAnswersContext value={old}>
          <DeedOutcome model={deeds} />
          {place.at === 'here' && <Here />}
          {place.at === 'list' && <HereBar />}
          {place.at === 'list' && (
            <List
              key={String(place.archived)}
              {...shared}
              bulk={bulk}
              place={place}
              where={where}
            />
          )}
          {place.at === 'new' && <Setup id={null} step="name" now={shared.now} onGo={where.go} />}
          {place.at === 'setup' && (
            <Setup
              key={place.id}
              id={place.id}
              step={place.step}
              now={shared.now}
              onGo={where.go}
            />
          )}
          {place.at === 'migration' && <Detail key={place.id} {...shared} place={place} />}
          {place.at === 'planned' && <Planned key={toHash(place)} place={place} onGo={where.go} />}
          {place.at === 'strangers' && <Strangers key={toHash(place)} place={place} />}
          {place.at === 'beside' && <Beside key={toHash(place)} place={place} />}
          {place.at === 'items' && <Items key={toHash(place)} place={place} onGo={where.go} />}
          {place.at === 'source' && <SourceRows key={toHash(place)} place={place} />}
          <AwayDock model={model} />
        </OldAnswersContext>
      )}
    </main>
  )
}

/** Moves the focus to the title as soon as there is one: a place may still be reading its rows. */
function focusTitle(main: HTMLElement): () => void {
  const found = () => {
    const title = main.querySelector<HTMLElement>('h1')
    title?.focus()
    return title !== null
  }
  const watch = new MutationObserver(() => {
    if (found()) watch.disconnect()
  })
  if (!found()) watch.observe(main, { childList: true, subtree: true })
  return () => watch.disconnect()
}
