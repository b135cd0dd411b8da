import { useModel, useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { DetailModel } from '../models/detail.ts'
import { axisOf, meanOf, ProgressModel, type Speed } from '../models/progress.ts'
import { activityWords, pauseWords } from '../words.ts'
import { progressWords } from '../words-watch.ts'
import { dayOfYear, exact, timeOfDay } from './format.ts'
import { Empty, ProblemBox, Skeleton } from './parts.tsx'

/** How fast a run went over its time: a chart, the moment under the pointer in words, and as a table. */
export function Progress({ id, detail }: { id: string; detail: DetailModel }) {
  const model = useModel(() => new ProgressModel(id, detail.changed))
  const speeds = model.speeds.value
  if (model.problem.value && speeds === null)
    return <ProblemBox problem={model.problem.value} onRetry={model.reload} />
  if (speeds === null) return <Skeleton />
  if (speeds.length === 0) return <Empty title={progressWords.none} text={progressWords.noneText} />
  return <Charts speeds={speeds} />
}

function Charts({ speeds }: { speeds: Speed[] }) {
  const id = useId()
  const picked = useSignal<number | null>(null)
  const last = speeds.length - 1
  const at = Math.min(picked.value ?? last, last)
  const pick = (n: number) => {
    picked.value = n >= last ? null : Math.max(0, n)
  }
  const now = speeds[at]
  const when = clockFor(speeds)
  const said = now ? told(now, when) : ''
  return (
    <div class="stack">
      <Chart speeds={speeds} of="items" at={at} onPick={pick} />
      <Chart speeds={speeds} of="requests" at={at} onPick={pick} />
      <Chart speeds={speeds} of="share" at={at} onPick={pick} />
      <div class="bar quiet times">
        <span>{when(speeds[0]?.from ?? 0)}</span>
        {speeds.some(({ held }) => held.length > 0) && <span>{progressWords.heldNote}</span>}
        {speeds.some(({ breaks }) => breaks) && <span>{progressWords.breakNote}</span>}
        <span class="push">{when(speeds[last]?.at ?? 0)}</span>
      </div>
      <div class="field">
        <label for={id}>{progressWords.moment}</label>
        <input
          id={id}
          type="range"
          min={0}
          max={last}
          value={at}
          aria-valuetext={said}
          onInput={(event) => pick(event.currentTarget.valueAsNumber)}
        />
        <p class="quiet" title={now ? exact(now.at) : ''}>
          {said}
        </p>
      </div>
      <Stages speeds={speeds} when={when} />
    </div>
  )
}

type When = (at: number) => string

/** The time of the day, with the day where these are not all of one. */
function clockFor(speeds: readonly Speed[]): When {
  const days = new Set(speeds.flatMap(({ from, at }) => [dayOfYear(from), dayOfYear(at)]))
  return days.size > 1 ? (at) => `${dayOfYear(at)}, ${timeOfDay(at)}` : timeOfDay
}

const number = (n: number) => (n >= 10 ? Math.round(n).toLocaleString('en') : n.toFixed(1))
const percent = (n: number) => `${number(n)}%`
const heldBy = ({ held }: Speed) => held.map((reason) => pauseWords[reason]).join(', ')

function told(speed: Speed, when: When): string {
  const words = progressWords.at(
    when(speed.at),
    number(speed.items),
    number(speed.requests),
    percent(speed.share),
    activityWords[speed.activity],
  )
  return speed.held.length === 0 ? words : `${words}. ${progressWords.held(heldBy(speed))}`
}

/** The chart's own units; it is stretched to the width there is. */
const wide = 1000
const high = 120

interface ChartProps {
  speeds: Speed[]
  of: 'items' | 'requests' | 'share'
  at: number
  onPick: (n: number) => void
}

function Chart({ speeds, of, at, onPick }: ChartProps) {
  const values = speeds.map((speed) => speed[of])
  const most = Math.max(...values, 0.1)
  // A share is one of the whole: 4 % must not look like all of it.
  const top = of === 'share' ? Math.max(100, most) : most
  const axis = axisOf(speeds)
  const x = (share: number) => wide * share
  const y = (value: number) => high - (value / top) * (high - 4) - 1
  const mean = meanOf(speeds, of)
  const here = x(axis[at]?.end ?? 1)
  return (
    <figure class={`chart ${of}`}>
      <figcaption class="bar">
        <strong>{progressWords[of]}</strong>
        <span class="quiet push">
          {of === 'share'
            ? progressWords.mostShare(percent(most), percent(mean))
            : `${progressWords.most(number(most))}, ${progressWords.mean(number(mean))}`}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${wide} ${high}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          onPick(nearest(axis, (event.clientX - box.left) / Math.max(1, box.width)))
        }}
        onPointerLeave={() => onPick(speeds.length - 1)}
      >
        {heldSpans(speeds).map(([first, last]) => {
          const from = x(axis[first]?.begin ?? 0)
          const width = Math.max(2, x(axis[last]?.end ?? 0) - from)
          return <rect key={first} class="held" x={from} width={width} y={0} height={high} />
        })}
        {segments(speeds).map(([first, last]) => {
          const points = speeds.slice(first, last + 1).flatMap((speed, i) => {
            const { begin, end } = axis[first + i] ?? { begin: 0, end: 0 }
            const level = y(speed[of]).toFixed(1)
            // The first one has nothing before it: it stands as long as it went on.
            return i === 0
              ? [`${x(begin).toFixed(1)},${level}`, `${x(end).toFixed(1)},${level}`]
              : [`${x(end).toFixed(1)},${level}`]
          })
          const [from, to] = [x(axis[first]?.begin ?? 0), x(axis[last]?.end ?? 1)]
          return (
            <g key={first}>
              <polygon points={`${from},${high} ${points.join(' ')} ${to},${high}`} class="area" />
              <polyline points={points.join(' ')} class="curve" />
              {first > 0 && <line x1={from} x2={from} y1={0} y2={high} class="break" />}
              {last < speeds.length - 1 && <line x1={to} x2={to} y1={0} y2={high} class="break" />}
            </g>
          )
        })}
        <line x1={here} x2={here} y1={0} y2={high} class="here" />
      </svg>
    </figure>
  )
}

type Span = [first: number, last: number]

/** The ways of each run: between two of them nothing ran. */
const segments = (speeds: readonly Speed[]): Span[] => spansOf(speeds, (speed) => speed.breaks)

/** Where it was held, each time as one. */
const heldSpans = (speeds: readonly Speed[]): Span[] =>
  spansOf(
    speeds,
    (speed, before) => speed.breaks || speed.held.length > 0 !== before.held.length > 0,
  ).filter(([first]) => (speeds[first]?.held.length ?? 0) > 0)

function spansOf(
  speeds: readonly Speed[],
  begins: (speed: Speed, before: Speed) => boolean,
): Span[] {
  const spans: Span[] = []
  for (const [i, speed] of speeds.entries()) {
    const before = speeds[i - 1]
    const span = spans.at(-1)
    if (span && before && !begins(speed, before)) span[1] = i
    else spans.push([i, i])
  }
  return spans
}

function nearest(axis: readonly { end: number }[], share: number): number {
  let best = 0
  for (const [i, { end }] of axis.entries())
    if (Math.abs(end - share) < Math.abs((axis[best]?.end ?? 0) - share)) best = i
  return best
}

/** The same by stage, for those who read rather than look. */
function Stages({ speeds, when }: { speeds: Speed[]; when: When }) {
  const spans = spansOf(
    speeds,
    (speed, before) => speed.breaks || speed.activity !== before.activity,
  ).map(([first, last]) => speeds.slice(first, last + 1))
  const mean = (span: Speed[], of: ChartProps['of']) => number(meanOf(span, of))
  return (
    <details>
      <summary>{progressWords.table}</summary>
      <div class="scroll">
        <table class="rates">
          <thead>
            <tr>
              {progressWords.columns.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {spans.map((span) => (
              <tr key={span[0]?.at}>
                <td>{progressWords.span(when(span[0]?.from ?? 0), when(span.at(-1)?.at ?? 0))}</td>
                <td>{activityWords[span[0]?.activity ?? 'idle']}</td>
                <td>{mean(span, 'items')}</td>
                <td>{mean(span, 'requests')}</td>
                <td>{mean(span, 'share')}%</td>
                <td>{[...new Set(span.map(heldBy))].filter(Boolean).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
