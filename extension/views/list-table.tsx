import { useModel, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { MigrationView } from '../../shared/api.ts'
import type { ListModel } from '../models/list.ts'
import type { ListAsk, SortKey } from '../models/list-ask.ts'
import { MediaModel } from '../models/media.ts'
import { listWords } from '../words.ts'
import { type RowDeed, sortWords, tableWords } from '../words-list.ts'
import { ListRow } from './list-row.tsx'
import { type OpenMenu, RowMenu } from './row-menu.tsx'
import { useSight } from './sight.ts'

/** Heights in px, as list.css draws them: rows of one height can be found without measuring any. */
const heights = { roomy: { line: 64, card: 200 }, compact: { line: 48, card: 176 } }

interface ListTableProps {
  model: ListModel
  ask: ListAsk
  now: number
  agentHere: boolean
  stale: boolean
  onAsk: (ask: ListAsk) => void
  onDeed: (row: MigrationView, deed: RowDeed) => void
  onExplain: () => void
}

/** The migrations that fit: as high as all of them, but with the rows in sight only. */
export function ListTable(props: ListTableProps) {
  const { model, ask, now, agentHere, stale, onAsk, onDeed, onExplain } = props
  const media = useModel(MediaModel)
  const body = useRef<HTMLTableSectionElement>(null)
  const menu = useSignal<OpenMenu | null>(null)
  const ids = model.ids.value ?? []
  const height = heights[media.density.value][media.narrow.value ? 'card' : 'line']
  useSight(body, ids.length, height, model.see)
  const open = menu.value
  const openRow = model.rows.value.find((one) => one.id === open?.row.id)?.row ?? open?.row
  return (
    <>
      <table
        class={`migrations ${stale ? 'stale' : ''}`}
        aria-label={listWords.title}
        aria-rowcount={ids.length + 1}
      >
        <Head model={model} ask={ask} onAsk={onAsk} />
        <tbody
          ref={body}
          class="migration-rows"
          style={{ height: `${ids.length * height}px`, '--line-height': `${height}px` }}
        >
          {model.rows.value.map(({ id, row, index }) =>
            row === null ? null : (
              <ListRow
                key={id}
                row={row}
                index={index}
                top={index * height}
                now={now}
                chosen={model.chosen.value.has(id)}
                menuOpen={open?.row.id === id}
                onChoose={(on, through) => model.choose(id, on, through)}
                onMenu={(button) => {
                  menu.value = open?.row.id === id ? null : { row, button }
                }}
                onExplain={onExplain}
              />
            ),
          )}
        </tbody>
      </table>
      {open && openRow && (
        <RowMenu
          row={openRow}
          button={open.button}
          agentHere={agentHere}
          onDeed={onDeed}
          onClose={() => {
            menu.value = null
          }}
        />
      )}
    </>
  )
}

/** The columns, and by which of them the rows can be sorted, in their order. */
const columns: [className: string, sorts: SortKey[]][] = [
  ['title', ['name']],
  ['state', ['status']],
  ['route', ['source', 'site']],
  ['size', ['issues']],
  ['far', ['progress']],
  ['time started', ['started']],
  ['time finished', ['finished']],
  ['time changed', ['changed']],
]

type HeadProps = Pick<ListTableProps, 'model' | 'ask' | 'onAsk'>

function Head({ model, ask, onAsk }: HeadProps) {
  const all = model.ids.value?.length ?? 0
  const chosen = model.ids.value?.filter((id) => model.chosen.value.has(id)).length ?? 0
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = chosen > 0 && chosen < all
  }, [chosen, all])
  return (
    <thead>
      <tr class="migration-row migration-heads" aria-rowindex={1}>
        <th scope="col" class="check">
          <input
            type="checkbox"
            ref={box}
            aria-label={tableWords.chooseAll(all)}
            title={tableWords.chooseAll(all)}
            checked={all > 0 && chosen === all}
            onChange={(event) => model.chooseAll(event.currentTarget.checked)}
          />
          <span class="quiet narrow-words" aria-hidden="true">
            {tableWords.chooseAll(all)}
          </span>
        </th>
        {columns.map(([className, sorts]) => (
          <th
            key={className}
            scope="col"
            class={className}
            aria-sort={sorts.includes(ask.sort ?? 'recent') ? direction(ask) : undefined}
          >
            {sorts.map((key) => (
              <SortButton key={key} by={key} ask={ask} onAsk={onAsk} />
            ))}
          </th>
        ))}
        <th scope="col" class="more">
          <span class="hidden">{tableWords.actionsTitle}</span>
        </th>
      </tr>
    </thead>
  )
}

/** Of these columns the greatest (the newest) comes first by itself. */
const greatestFirst: SortKey[] = ['issues', 'started', 'finished', 'changed']
const direction = ({ sort = 'recent', turned = false }: ListAsk) =>
  greatestFirst.includes(sort) === turned ? 'ascending' : 'descending'

interface SortButtonProps {
  by: SortKey
  ask: ListAsk
  onAsk: (ask: ListAsk) => void
}

/** Sorts by the column, then the other way round, then as the rows come by themselves. */
function SortButton({ by, ask, onAsk }: SortButtonProps) {
  const { sort, turned, ...rest } = ask
  const on = sort === by
  const next: ListAsk = !on ? { ...rest, sort: by } : !turned ? { ...ask, turned: true } : rest
  return (
    <button type="button" class={`sort ${on ? 'on' : ''}`} onClick={() => onAsk(next)}>
      {sortWords[by]}
      <span aria-hidden="true">{on ? (direction(ask) === 'ascending' ? ' ↑' : ' ↓') : ''}</span>
    </button>
  )
}
