import type { ReadonlySignal } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import { itemsHash, moved, toHash } from '../models/place.ts'
import { agentWords } from '../words.ts'
import { sortWords, tableWords, timeWords } from '../words-list.ts'
import { stepWords } from '../words-setup.ts'
import { FourNumbers, ProgressBar } from './bars.tsx'
import { clock, middle } from './format.ts'
import { Lozenge, lozengeWord, meaningNow } from './marks.tsx'
import { When } from './parts.tsx'
import type { OpenMenu } from './row-menu.tsx'

interface ListRowProps {
  row: MigrationView
  index: number
  top: number
  now: number
  asOf: number | null
  chosen: ReadonlySignal<ReadonlySet<string>>
  menu: ReadonlySignal<OpenMenu | null>
  acts: RowActs
}

/** What a row can do; the same for all of them. */
export interface RowActs {
  choose: (id: string, on: boolean, through: boolean) => void
  menu: (row: MigrationView, button: HTMLElement) => void
  explain: () => void
}

/**
 * One migration: a line of the table, or a card where it is narrow; the same cells in the same order. It reads
 * signals and gets the same functions each time, so it is drawn again only when something of its own changed.
 */
export function ListRow({ row, index, top, now, asOf, menu, acts, ...props }: ListRowProps) {
  const chosen = props.chosen.value.has(row.id)
  const menuOpen = menu.value?.row.id === row.id
  const meaning = meaningNow(row, asOf)
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
          onClick={(event) => acts.choose(row.id, event.currentTarget.checked, event.shiftKey)}
        />
      </td>
      <td class="title">
        <a dir="auto" href={hrefOf(row)} title={row.name.slice(0, 500)}>
          {row.name.slice(0, 300)}
        </a>
        {row.setup && <span class="tag">{tableWords.purpose[row.setup.purpose]}</span>}
      </td>
      <td class="state">
        <button
          type="button"
          class="tip"
          data-tip={meaning}
          aria-label={tableWords.explain(lozengeWord(row, asOf, true), meaning)}
          onClick={acts.explain}
        >
          <Lozenge row={row} asOf={asOf} brief untitled />
        </button>
        <Now row={row} asOf={asOf} />
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
          <ProgressBar row={row} linked asOf={asOf} />
        ) : (
          row.status !== 'saved' &&
          row.totals.source > 0 && (
            <FourNumbers
              counts={row.totals}
              href={(verdict) => itemsHash(row.id, { verdict })}
              brief
            />
          )
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
          onClick={(event) => acts.menu(row, event.currentTarget)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            acts.menu(row, event.currentTarget)
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
function Now({ row, asOf }: Pick<ListRowProps, 'row' | 'asOf'>) {
  if (row.needsAttention > 0 && row.status !== 'running')
    return (
      <a class="now" href={toHash({ at: 'migration', id: row.id, tab: 'attention', after: null })}>
        {tableWords.needs(row.needsAttention)}
      </a>
    )
  const { appsInNeed = 0 } = row
  if (appsInNeed > 0 && row.status !== 'running')
    return (
      <a class="now" href={toHash({ at: 'migration', id: row.id, tab: 'apps', after: null })}>
        {tableWords.apps(appsInNeed)}
      </a>
    )
  const text = row.setup?.step
    ? tableWords.draftNow(stepWords[row.setup.step].title)
    : (row.problem?.sentence ?? row.reason ?? row.progress.sentence)
  if (asOf !== null && row.status === 'running')
    return (
      <span class="now quiet" title={text}>
        {agentWords.asOf(clock(asOf))}
      </span>
    )
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
          <Behind row={row} href={itemsHash(row.id, moved('project'))}>
            {tableWords.projects(row.projects)}
          </Behind>
          <Behind row={row} href={itemsHash(row.id, moved('issue'))}>
            {tableWords.issues(row.issues)}
          </Behind>
        </>
      ) : (
        <span>{tableWords.never}</span>
      )}
    </td>
  )
}

interface BehindProps {
  row: MigrationView
  href: string
  children: string
}

/** A number that leads to what it counts; before a run nothing is counted yet, only found. */
export function Behind({ row, href, children }: BehindProps) {
  return row.status === 'saved' ? <span>{children}</span> : <a href={href}>{children}</a>
}

interface TimeProps {
  name: 'started' | 'finished' | 'changed'
  at: number | null
  now: number
}

function Time({ name, at, now }: TimeProps) {
  return (
    <td class={`time ${name} quiet`} data-label={sortWords[name]} data-short={timeWords[name]}>
      {at === null ? <span>{tableWords.notYet}</span> : <When at={at} now={now} />}
    </td>
  )
}
