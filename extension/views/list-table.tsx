import { type Signal, useModel, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { MigrationView } from '../../shared/api.ts'
import type { ListModel } from '../models/list.ts'
import type { ListAsk, SortKey } from '../models/list-ask.ts'
import { MediaModel } from '../models/media.ts'
import { listWords } from '../words.ts'
import { type RowDeed, sortWords, tableWords } from '../words-list.ts'
import { ListRow, type RowActs } from './list-row.tsx'
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
  asOf: number | null
  onAsk: (ask: ListAsk) => void
  onDeed: (row: MigrationView, deed: RowDeed) => void
  onExplain: () => void
}

/** The migrations that fit: as high as all of them, but with the rows in sight only. */
export function ListTable({ model, ask, now, agentHere, stale, asOf, ...acts }: ListTableProps) {
  const menu = useSignal<OpenMenu | null>(null)
  return (
    <>
      <table
        class={`migrations ${stale ? 'stale' : ''}`}
        aria-label={listWords.title}
        aria-rowcount={model.total.value + 1}
      >
        <Head model={model} ask={ask} onAsk={acts.onAsk} />
        <Body model={model} menu={menu} now={now} asOf={asOf} onExplain={acts.onExplain} />
      </table>
      <Menu model={model} menu={menu} agentHere={agentHere} onDeed={acts.onDeed} />
    </>
  )
}

type MenuSignal = Signal<OpenMenu | null>
interface BodyProps {
  model: ListModel
  menu: MenuSignal
  now: number
  asOf: number | null
  onExplain: () => void
}

/** Drawn anew with every step of a scroll, so it holds nothing but the rows. */
function Body({ model, menu, now, asOf, onExplain }: BodyProps) {
  const media = useModel(MediaModel)
  const body = useRef<HTMLTableSectionElement>(null)
  const total = model.total.value
  const height = heights[media.density.value][media.narrow.value ? 'card' : 'line']
  useSight(body, total, height, model.see)
  // The same functions for all rows and times: a row with nothing new is not drawn again.
  const explain = useRef(onExplain)
  explain.current = onExplain
  const acts = useMemo<RowActs>(
    () => ({
      choose: model.choose,
      menu: (row, button) => {
        menu.value = menu.value?.row.id === row.id ? null : { row, button }
      },
      explain: () => explain.current(),
    }),
    [model, menu],
  )
  return (
    <tbody
      ref={body}
      class="migration-rows"
      style={{ height: `${total * height}px`, '--line-height': `${height}px` }}
    >
      {model.rows.value.map(({ id, row, index }) =>
        row === null ? null : (
          <ListRow
            key={id}
            row={row}
            index={index}
            top={index * height}
            now={now}
            asOf={asOf}
            chosen={model.chosen}
            menu={menu}
            acts={acts}
          />
        ),
      )}
    </tbody>
  )
}

interface MenuProps extends Pick<ListTableProps, 'model' | 'agentHere' | 'onDeed'> {
  menu: MenuSignal
}

/** The menu of one row, over the others; it follows its row's changes while that is in sight. */
function Menu({ model, menu, agentHere, onDeed }: MenuProps) {
  const open = menu.value
  if (!open) return null
  const row = model.rows.value.find((one) => one.id === open.row.id)?.row ?? open.row
  return (
    <RowMenu
      row={row}
      button={open.button}
      agentHere={agentHere}
      onDeed={onDeed}
      onClose={() => {
        menu.value = null
      }}
    />
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
  const all = model.total.value
  const picked = model.chosen.value
  const chosen =
    picked.size === 0 ? 0 : (model.ids.value?.filter((id) => picked.has(id)).length ?? 0)
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
            disabled={!model.isWhole.value}
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
