import type { MigrationView } from '../../shared/api.ts'
import { toHash } from '../models/place.ts'
import { statusWords } from '../words.ts'
import { sortWords, tableWords } from '../words-list.ts'
import { stepWords } from '../words-setup.ts'
import { FourNumbers, ProgressBar } from './bars.tsx'
import { middle } from './format.ts'
import { Lozenge } from './marks.tsx'
import { When } from './parts.tsx'

interface ListRowProps {
  row: MigrationView
  index: number
  top: number
  now: number
  chosen: boolean
  menuOpen: boolean
  onChoose: (on: boolean, through: boolean) => void
  onMenu: (button: HTMLElement) => void
  onExplain: () => void
}

/** One migration: a line of the table, or a card where it is narrow; the same cells in the same order. */
export function ListRow(props: ListRowProps) {
  const { row, index, top, now, chosen, menuOpen, onChoose, onMenu, onExplain } = props
  const { word, meaning } = statusWords[row.status]
  return (
    <tr
      class={`migration-row ${chosen ? 'chosen' : ''}`}
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)` }}
    >
      <td class="check">
        <input
          type="checkbox"
          aria-label={tableWords.choose(row.name)}
          checked={chosen}
          onClick={(event) => onChoose(event.currentTarget.checked, event.shiftKey)}
        />
      </td>
      <td class="title">
        <a href={hrefOf(row)} title={row.name.slice(0, 500)}>
          <bdi>{row.name.slice(0, 300)}</bdi>
        </a>
        {row.setup && <span class="tag">{tableWords.purpose[row.setup.purpose]}</span>}
      </td>
      <td class="state">
        <button
          type="button"
          class="tip"
          data-tip={meaning}
          aria-label={tableWords.explain(word, meaning)}
          onClick={onExplain}
        >
          <Lozenge row={row} brief untitled />
        </button>
        <Now row={row} />
      </td>
      <td class="route quiet">
        <span title={row.source.label}>
          <bdi>{middle(row.source.label, 34)}</bdi>
        </span>
        <span title={row.site.url ?? ''}>
          {tableWords.to} <bdi>{siteName(row)}</bdi>
        </span>
      </td>
      <Size row={row} />
      <td class="far">
        {row.status === 'running' ? (
          <ProgressBar row={row} />
        ) : (
          row.status !== 'saved' &&
          row.totals.source > 0 && <FourNumbers counts={row.totals} brief />
        )}
      </td>
      <Time name="started" at={row.startedAt} now={now} />
      <Time name="finished" at={row.finishedAt} now={now} />
      <Time name="changed" at={row.changedAt} now={now} />
      <td class="more">
        <button
          type="button"
          class="button small"
          aria-haspopup="menu"
          aria-expanded={menuOpen}
          aria-label={tableWords.actions(row.name)}
          onClick={(event) => onMenu(event.currentTarget)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            onMenu(event.currentTarget)
          }}
        >
          <span aria-hidden="true">•••</span>
        </button>
      </td>
    </tr>
  )
}

/** A draft goes on where it was left. */
function hrefOf({ id, setup }: MigrationView): string {
  if (setup?.step) return toHash({ at: 'setup', id, step: setup.step })
  return toHash({ at: 'migration', id, tab: 'overview', after: null })
}

function siteName({ site }: MigrationView): string {
  if (site.kind === 'practice') return tableWords.practice
  return site.url === null || site.url === '' ? tableWords.never : new URL(site.url).host
}

/** What goes on now, or why it ended as it did; what needs a person before all else. */
function Now({ row }: { row: MigrationView }) {
  if (row.needsAttention > 0 && row.status !== 'running')
    return (
      <a class="now" href={toHash({ at: 'migration', id: row.id, tab: 'attention', after: null })}>
        {tableWords.needs(row.needsAttention)}
      </a>
    )
  const text = row.setup?.step
    ? tableWords.draftNow(stepWords[row.setup.step].title)
    : (row.problem?.sentence ?? row.reason ?? row.progress.sentence)
  return (
    <span class="now quiet" title={text}>
      <bdi>{text}</bdi>
    </span>
  )
}

function Size({ row }: { row: MigrationView }) {
  const known = row.projects > 0 || row.issues > 0
  return (
    <td class="size quiet" title={known ? undefined : tableWords.sized}>
      {known ? (
        <>
          <span>{tableWords.projects(row.projects)}</span>
          <span>{tableWords.issues(row.issues)}</span>
        </>
      ) : (
        <span>{tableWords.never}</span>
      )}
    </td>
  )
}

interface TimeProps {
  name: 'started' | 'finished' | 'changed'
  at: number | null
  now: number
}

function Time({ name, at, now }: TimeProps) {
  return (
    <td class={`time ${name} quiet`} data-label={sortWords[name]}>
      {at === null ? <span>{tableWords.notYet}</span> : <When at={at} now={now} />}
    </td>
  )
}
