import type { MigrationView } from '../../shared/api.ts'
import type { MigrationStatus, Verdict } from '../../shared/status.ts'
import { activityWords, agentWords, pauseWords, statusWords, verdictWords } from '../words.ts'
import { statusOf, wasWords } from '../words-status.ts'
import { clock } from './format.ts'

const shapes = {
  tick: 'M2.5 7.5 6 11l6-8',
  notEqual: 'M2 5h10M2 9h10M9.5 2l-5 10',
  dash: 'M2.5 7h9',
  cross: 'm3 3 8 8m0-8-8 8',
  ring: 'M7 2.5a4.5 4.5 0 1 0 .01 0z',
  play: 'M4 2.5 11.5 7 4 11.5z',
  warning: 'M7 2 13 12H1zM7 6v2.5M7 10.4v.1',
  clock: 'M7 1.5a5.5 5.5 0 1 0 .01 0zM7 4v3l2 1.5',
  dots: 'M3 7h.01M7 7h.01M11 7h.01',
} as const

/** One shape, drawn in the colour of its kind. */
export function Shape({ shape, kind = '', dot = false }: ShapeProps) {
  return (
    <svg class={`mark ${kind}`} viewBox="0 0 14 14" aria-hidden="true">
      <path
        d={shapes[shape]}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      {dot && <circle cx="12" cy="12" r="2" fill="currentColor" />}
    </svg>
  )
}
interface ShapeProps {
  shape: keyof typeof shapes
  kind?: string
  dot?: boolean
}

const verdictShapes: Record<Verdict, keyof typeof shapes> = {
  verified: 'tick',
  different: 'notEqual',
  leftOut: 'dash',
  failed: 'cross',
}

/** The verdict's shape; the word stands beside it or, where it does not, in `label`. */
export function VerdictMark({ verdict, loss = false }: { verdict: Verdict; loss?: boolean }) {
  return <Shape shape={verdictShapes[verdict]} kind={verdict} dot={loss} />
}

/** The mark of what has no verdict yet. */
export function WaitingMark() {
  return <Shape shape="dots" />
}

/** Shape and word of a verdict. */
export function VerdictLabel({ verdict, loss = false }: { verdict: Verdict; loss?: boolean }) {
  return (
    <span class={`verdict ${verdict}`}>
      <VerdictMark verdict={verdict} loss={loss} /> {verdictWords[verdict]}
    </span>
  )
}

const statusShapes: Record<MigrationStatus, keyof typeof shapes> = {
  saved: 'ring',
  running: 'play',
  finished: 'tick',
  incomplete: 'warning',
  failed: 'cross',
}

/**
 * The migration's status as word and shape; a clock and, unless `brief`, the reason when it waits. Of what ran when
 * the agent was heard last nobody knows whether it still does, and so it says.
 */
export function Lozenge({ row, asOf = null, brief = false, untitled = false }: LozengeProps) {
  const held = row.activity === 'paused' || row.activity === 'stopping'
  const waits = row.status === 'running' && (held || asOf !== null)
  return (
    <span
      class={`lozenge ${row.status}`}
      title={untitled || asOf !== null ? undefined : statusOf(row).meaning}
    >
      <Shape shape={waits ? 'clock' : statusShapes[row.status]} />
      {lozengeWord(row, asOf, brief)}
    </span>
  )
}

interface LozengeProps {
  row: MigrationView
  /** When this was heard, while nobody knows what is so now. */
  asOf?: number | null
  brief?: boolean
  /** What stands around it says what it means. */
  untitled?: boolean
}

/** What a lozenge says; what has it for its face is to be named so as well. */
export function lozengeWord(row: MigrationView, asOf: number | null, brief: boolean): string {
  const { status, activity, pausedBy } = row
  if (status !== 'running') return statusWords[status].word
  const held = activity === 'paused' || activity === 'stopping'
  if (asOf !== null) {
    const was = wasWords(held ? activityWords[activity] : statusWords.running.word)
    return brief ? was : `${was}, ${agentWords.asOf(clock(asOf))}`
  }
  if (!held) return statusWords.running.word
  const reasons = activity === 'paused' && !brief ? pausedBy.slice(0, 1) : []
  return [activityWords[activity], ...reasons.map((reason) => pauseWords[reason])].join(': ')
}

/** What its status means, as far as anybody knows just now. */
export const meaningNow = (row: MigrationView, asOf: number | null): string =>
  row.status === 'running' && asOf !== null ? lozengeWord(row, asOf, false) : statusOf(row).meaning

/** A status as the legend shows it. */
export function StatusLozenge({ status }: { status: MigrationStatus }) {
  return (
    <span class={`lozenge ${status}`}>
      <Shape shape={statusShapes[status]} />
      {statusWords[status].word}
    </span>
  )
}

/** The product's mark and name. */
export function Brand() {
  return (
    <span class="brand">
      <svg width="18" height="18" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#0c5fd6" />
        <path d="M6 23h20" stroke="#fff" stroke-width="3" stroke-linecap="round" />
        <path
          d="m10 13 5 5 8-10"
          fill="none"
          stroke="#fff"
          stroke-width="3"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      </svg>
      Landfall
    </span>
  )
}
