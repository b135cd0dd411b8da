import { useModel, useSignal, useSignalEffect } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import type { BulkModel } from '../models/bulk.ts'
import type { DeedsModel } from '../models/deeds.ts'
import { ListModel } from '../models/list.ts'
import type { ListAsk } from '../models/list-ask.ts'
import type { MigrationsModel } from '../models/migrations.ts'
import { type Place, toHash } from '../models/place.ts'
import type { PlaceModel } from '../models/where.ts'
import { listWords, popupWords } from '../words.ts'
import { type RowDeed, tableWords } from '../words-list.ts'
import { ListTable } from './list-table.tsx'
import { BulkBar, Legend, Shelves, showLegend, Tools } from './list-tools.tsx'
import { Button, Empty, Skeleton } from './parts.tsx'

interface ListProps {
  model: MigrationsModel
  deeds: DeedsModel
  /** It outlives the list: what was begun goes on, and is told when one comes back. */
  bulk: BulkModel
  now: number
  place: Extract<Place, { at: 'list' }>
  where: PlaceModel
}

/** All migrations in use, or all archived ones: searched, filtered, sorted, and what can be done to them. */
export function List({ model, deeds, bulk, now, place, where }: ListProps) {
  const { archived } = place
  const given = place.ask ?? {}
  const ask = useSignal<ListAsk>(given)
  // Back and forward change the address under our hands.
  if (JSON.stringify(given) !== JSON.stringify(settled(ask.value))) ask.value = given
  const list = useModel(() => new ListModel(archived, ask))
  const legend = useSignal(false)
  useSignalEffect(() => {
    // Another search shows other rows: what was chosen before is out of sight, so it is let go.
    if (ask.value) list.chooseAll(false)
  })
  const turn = (next: ListAsk) => {
    ask.value = next
    where.turn({ at: 'list', archived, ...(isPlain(settled(next)) ? {} : { ask: settled(next) }) })
  }
  const ids = list.ids.value
  const away = model.reach.value?.state === 'away'
  const waiting = ids === undefined || (model.reach.value === null && ids.length === 0)
  const counts = model.counts.value
  const shelf = archived ? counts?.archived : counts?.inUse
  const deed = (row: MigrationView, what: RowDeed) => {
    if (what === 'details') where.go({ at: 'migration', id: row.id, tab: 'overview', after: null })
    else if (what === 'edit') where.go({ at: 'setup', id: row.id, step: row.setup?.step ?? 'name' })
    else if (what === 'copy') deeds.copy(row, (id) => where.go({ at: 'setup', id, step: 'name' }))
    else deeds.start(row, what)
  }
  return (
    <section class="stack">
      <div class="bar">
        <h1 tabIndex={-1}>{archived ? listWords.archivedTitle : listWords.title}</h1>
        <a class="button main push" href={toHash({ at: 'new' })}>
          {popupWords.newMigration}
        </a>
      </div>
      <Shelves archived={archived} counts={counts} />
      {waiting ? (
        <Skeleton />
      ) : shelf === 0 && ids.length === 0 ? (
        !away && <Nothing archived={archived} />
      ) : (
        <>
          <Tools ask={ask.value} counts={list.counts.value} needy={list.needy.value} onAsk={turn} />
          <Legend
            open={legend.value}
            onOpen={(open) => {
              legend.value = open
            }}
          />
          <BulkBar
            model={bulk}
            chosen={ids.filter((id) => list.chosen.value.has(id))}
            archived={archived}
            agentHere={model.agentHere.value}
            onLetGo={() => list.chooseAll(false)}
          />
          {ids.length === 0 ? (
            <Empty title={tableWords.noFit} text={tableWords.noFitText}>
              <Button onClick={() => turn({})}>{tableWords.clear}</Button>
            </Empty>
          ) : (
            <ListTable
              model={list}
              ask={ask.value}
              now={now}
              agentHere={model.agentHere.value}
              stale={away}
              asOf={model.asOf.value}
              onAsk={turn}
              onDeed={deed}
              onExplain={() => {
                legend.value = true
                showLegend()
              }}
            />
          )}
        </>
      )}
    </section>
  )
}

function Nothing({ archived }: { archived: boolean }) {
  return (
    <Empty
      title={archived ? listWords.emptyArchived : listWords.empty}
      text={archived ? listWords.emptyArchivedText : listWords.emptyText}
    />
  )
}

/** Without what says nothing, as the address gives it back. */
function settled({ search, statuses, needs, sort, turned }: ListAsk): ListAsk {
  return {
    ...(search ? { search } : {}),
    ...(statuses && statuses.length > 0 ? { statuses } : {}),
    ...(needs ? { needs } : {}),
    ...(sort && sort !== 'recent' ? { sort } : {}),
    ...(turned ? { turned } : {}),
  }
}
const isPlain = (ask: ListAsk): boolean => Object.keys(ask).length === 0
