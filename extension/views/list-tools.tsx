import { useEffect, useId, useRef } from 'preact/hooks'
import type { MigrationView } from '../../shared/api.ts'
import { type MigrationStatus, migrationStatuses } from '../../shared/status.ts'
import type { BulkModel } from '../models/bulk.ts'
import { type ListAsk, sortKeys } from '../models/list-ask.ts'
import { toHash } from '../models/place.ts'
import { count, statusWords } from '../words.ts'
import { generalWords, undo } from '../words-acts.ts'
import { bulkWords, sortWords, tableWords } from '../words-list.ts'
import { StatusLozenge } from './marks.tsx'
import { Button } from './parts.tsx'

interface ToolsProps {
  ask: ListAsk
  counts: Record<MigrationStatus, number> | undefined
  needy: number | undefined
  onAsk: (ask: ListAsk) => void
}

/** Search, the statuses to show, and (where there are no columns) what to sort by. */
export function Tools({ ask, counts, needy, onAsk }: ToolsProps) {
  const id = useId()
  const { statuses = [] } = ask
  const turn = (status: MigrationStatus) =>
    statuses.includes(status) ? statuses.filter((one) => one !== status) : [...statuses, status]
  return (
    <div class="bar tools">
      <div class="field search">
        <label for={id} class="hidden">
          {tableWords.search}
        </label>
        <input
          id={id}
          type="search"
          placeholder={tableWords.searchHint}
          value={ask.search ?? ''}
          onInput={(event) => onAsk({ ...ask, search: event.currentTarget.value })}
        />
      </div>
      <fieldset class="bar chips">
        <legend class="hidden">{tableWords.status}</legend>
        <button
          type="button"
          class="chip"
          aria-pressed={ask.needs === true}
          title={tableWords.needsMeaning}
          onClick={() => onAsk({ ...ask, needs: !ask.needs })}
        >
          {tableWords.needsYou} <span class="quiet">{count(needy ?? 0)}</span>
        </button>
        {migrationStatuses.map((status) => (
          <button
            key={status}
            type="button"
            class="chip"
            aria-pressed={statuses.includes(status)}
            title={statusWords[status].meaning}
            onClick={() => onAsk({ ...ask, statuses: turn(status) })}
          >
            {statusWords[status].word} <span class="quiet">{count(counts?.[status] ?? 0)}</span>
          </button>
        ))}
      </fieldset>
      <SortPick ask={ask} onAsk={onAsk} />
    </div>
  )
}

function SortPick({ ask, onAsk }: Pick<ToolsProps, 'ask' | 'onAsk'>) {
  const id = useId()
  const { sort = 'recent', turned = false } = ask
  return (
    <div class="bar narrow-only sorting">
      <label for={id} class="quiet">
        {tableWords.sortBy}
      </label>
      <select
        id={id}
        value={sort}
        onChange={(event) => {
          const picked = sortKeys.find((key) => key === event.currentTarget.value)
          if (picked) onAsk({ ...ask, sort: picked, turned: false })
        }}
      >
        {sortKeys.map((key) => (
          <option key={key} value={key}>
            {sortWords[key]}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="button small"
        aria-pressed={turned}
        aria-label={tableWords.turn}
        title={tableWords.turn}
        onClick={() => onAsk({ ...ask, turned: !turned })}
      >
        <span aria-hidden="true">⇅</span>
      </button>
    </div>
  )
}

interface ShelvesProps {
  archived: boolean
  counts: { inUse: number; archived: number } | undefined
}

/** Those in use, or those archived. */
export function Shelves({ archived, counts }: ShelvesProps) {
  return (
    <nav class="tabs" aria-label={tableWords.shelf}>
      <a
        href={toHash({ at: 'list', archived: false })}
        aria-current={archived ? undefined : 'page'}
      >
        {tableWords.inUse(counts?.inUse ?? 0)}
      </a>
      <a href={toHash({ at: 'list', archived: true })} aria-current={archived ? 'page' : undefined}>
        {tableWords.archived(counts?.archived ?? 0)}
      </a>
    </nav>
  )
}

/** Brings the legend before the eyes, and a keyboard or a reader to it; whoever asked may be far down the list. */
export function showLegend(): void {
  const summary = document.querySelector<HTMLElement>('.legend > summary')
  summary?.scrollIntoView({ block: 'nearest' })
  summary?.focus()
}

/** Each status with its meaning. */
export function Legend({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  return (
    <details
      class="legend"
      open={open}
      onToggle={(event) => {
        if (event.currentTarget.open !== open) onOpen(event.currentTarget.open)
      }}
    >
      <summary>{tableWords.legend}</summary>
      <dl>
        {migrationStatuses.flatMap((status) => [
          <dt key={status}>
            <StatusLozenge status={status} />
          </dt>,
          <dd key={`${status} meaning`}>{statusWords[status].meaning}</dd>,
        ])}
      </dl>
    </details>
  )
}

interface BulkBarProps {
  model: BulkModel
  chosen: string[]
  archived: boolean
  agentHere: boolean
  onLetGo: () => void
}

/** What can be done to all that are chosen, how far it is, and what came of it. */
export function BulkBar({ model, chosen, archived, agentHere, onLetGo }: BulkBarProps) {
  const busy = model.busy.value
  const deed = archived ? 'unarchive' : 'archive'
  return (
    <div role="status">
      {(chosen.length > 0 || busy) && (
        <div class="box bar">
          <span>
            {busy ? bulkWords.busy(busy.done, busy.all) : bulkWords.chosen(chosen.length)}
          </span>
          <Button
            look="small"
            whyNot={busy ? bulkWords.busy(busy.done, busy.all) : null}
            onClick={() => {
              model.start(chosen, deed, agentHere)
              onLetGo()
            }}
          >
            {bulkWords[deed]}
          </Button>
          {busy ? (
            <Button look="small" onClick={model.stop}>
              {bulkWords.stop}
            </Button>
          ) : (
            <Button look="small" onClick={onLetGo}>
              {bulkWords.letGo}
            </Button>
          )}
        </div>
      )}
      <Outcome model={model} agentHere={agentHere} />
    </div>
  )
}

function Outcome({ model, agentHere }: Pick<BulkBarProps, 'model' | 'agentHere'>) {
  const came = model.outcome.value
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The button that was pressed is gone with what was chosen: a keyboard goes on from here.
    if (came && (document.activeElement ?? document.body) === document.body)
      box.current?.querySelector('button')?.focus({ preventScroll: true })
  }, [came])
  if (!came) return null
  const { deed, done, refused } = came
  const words = deed === 'archive' ? bulkWords.archived : bulkWords.unarchived
  const back = deed === 'archive' ? 'unarchive' : 'archive'
  return (
    <div ref={box} class={`box ${refused.length > 0 ? 'warn' : 'good'}`}>
      <div class="bar">
        <span>{words(done.length)}</span>
        {done.length > 0 && (
          <Button
            look="small"
            onClick={() =>
              model.start(
                done.map((row) => row.id),
                back,
                agentHere,
              )
            }
          >
            {undo}
          </Button>
        )}
        <Button look="small" onClick={model.dismiss}>
          {generalWords.close}
        </Button>
      </div>
      {refused.length > 0 && (
        <>
          <span>{bulkWords.refused(refused.length)}</span>
          <Refused refused={refused.slice(0, mostRefused)} />
          {refused.length > mostRefused && (
            <details>
              <summary>{bulkWords.moreRefused(refused.length - mostRefused)}</summary>
              <Refused refused={refused.slice(mostRefused)} />
            </details>
          )}
        </>
      )}
    </div>
  )
}

/** More than a person reads at a glance; the rest is folded away. */
const mostRefused = 20

function Refused({ refused }: { refused: readonly { row: MigrationView; why: string }[] }) {
  return (
    <ul>
      {refused.map(({ row, why }) => (
        <li key={row.id} class="quiet">
          <bdi>{row.name.slice(0, 200)}</bdi>: {why}
        </li>
      ))}
    </ul>
  )
}
