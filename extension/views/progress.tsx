import { useModel, useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { DetailModel } from '../models/detail.ts'
import { ProgressModel, type Speed } from '../models/progress.ts'
import { activityWords, pauseWords } from '../words.ts'
import { progressWords } from '../words-watch.ts'
import { exact } from './format.ts'
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
  return (
    <div class="stack">
      <Chart speeds={speeds} of="items" at={at} onPick={pick} />
      <Chart speeds={speeds} of="requests" at={at} onPick={pick} />
      <Chart speeds={speeds} of="share" at={at} onPick={pick} />
      <div class="bar quiet times">
        <span>{clock(speeds[0]?.at ?? 0)}</span>
        {speeds.some(({ held }) => held.length > 0) && <span>{progressWords.heldNote}</span>}
        <span class="push">{clock(speeds[last]?.at ?? 0)}</span>
      </div>
      <div class="field">
        <label for={id}>{progressWords.moment}</label>
        <input
          id={id}
          type="range"
          min={0}
          max={last}
          value={at}
          aria-valuetext={now ? told(now) : ''}
          onInput={(event) => pick(event.currentTarget.valueAsNumber)}
        />
        <p class="quiet" title={now ? exact(now.at) : ''}>
          {now ? told(now) : ''}
        </p>
      </div>
      <Stages speeds={speeds} />
    </div>
  )
}

const clock = (at: number) => new Date(at).toLocaleTimeString('en', { hour12: false })
const number = (n: number) => (n >= 10 ? Math.round(n).toLocaleString('en') : n.toFixed(1))
const percent = (n: number) => `${number(n)}%`
const heldBy = ({ held }: Speed) => held.map((reason) => pauseWords[reason]).join(', ')

function told(speed: Speed): string {
  const words = progressWords.at(
    clock(speed.at),
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
  const [from, to] = [speeds[0]?.at ?? 0, speeds.at(-1)?.at ?? 0]
  const x = (time: number) => (to <= from ? wide : (wide * (time - from)) / (to - from))
  const y = (value: number) => high - (value / most) * (high - 4) - 1
  const line = speeds.map((speed) => `${x(speed.at).toFixed(1)},${y(speed[of]).toFixed(1)}`)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const here = x(speeds[at]?.at ?? from)
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
          const time = from + ((event.clientX - box.left) / Math.max(1, box.width)) * (to - from)
          onPick(nearest(speeds, time))
        }}
        onPointerLeave={() => onPick(speeds.length - 1)}
      >
        {speeds.map((speed, i) =>
          speed.held.length === 0 ? null : (
            <rect
              key={speed.at}
              class="held"
              x={x(speeds[i - 1]?.at ?? speed.at)}
              width={Math.max(2, x(speed.at) - x(speeds[i - 1]?.at ?? speed.at))}
              y={0}
              height={high}
            />
          ),
        )}
        <polygon points={`0,${high} ${line.join(' ')} ${wide},${high}`} class="area" />
        <polyline points={line.join(' ')} class="curve" />
        <line x1={here} x2={here} y1={0} y2={high} class="here" />
      </svg>
    </figure>
  )
}

function nearest(speeds: readonly Speed[], time: number): number {
  let best = 0
  for (const [i, { at }] of speeds.entries())
    if (Math.abs(at - time) < Math.abs((speeds[best]?.at ?? 0) - time)) best = i
  return best
}

/** The same by stage, for those who read rather than look. */
function Stages({ speeds }: { speeds: Speed[] }) {
  const spans: Speed[][] = []
  for (const speed of speeds) {
    const span = spans.at(-1)
    if (span?.[0]?.activity === speed.activity) span.push(speed)
    else spans.push([speed])
  }
  const mean = (span: Speed[], of: ChartProps['of']) =>
    number(span.reduce((sum, speed) => sum + speed[of], 0) / span.length)
  return (
    <details>
      <summary>{progressWords.table}</summary>
      <div class="scroll">
        <table>
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
                <td>{progressWords.span(clock(span[0]?.at ?? 0), clock(span.at(-1)?.at ?? 0))}</td>
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
