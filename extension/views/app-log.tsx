import { type ReadonlySignal, useModel, useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { logLevels } from '../../shared/api.ts'
import type { AppLogLine } from '../../shared/api-apps.ts'
import { AppLogModel } from '../models/app-log.ts'
import { appLogWords } from '../words-apps.ts'
import { logWords } from '../words-watch.ts'
import { exact } from './format.ts'
import { Button, ProblemBox, Skeleton } from './parts.tsx'
import { useSight } from './sight.ts'

/** Height of a line in px, as watch.css draws it. */
const height = 20

interface AppLogProps {
  id: string
  appKey: string
  changed: ReadonlySignal<number | undefined>
}

/** The log of one app as it grows, newest first: filtered, searched, paused, with the older events on demand. */
export function AppLog({ id, appKey, changed }: AppLogProps) {
  const model = useModel(() => new AppLogModel(id, appKey, changed))
  const lines = model.lines.value
  const filtered = model.text.value !== '' || model.level.value !== 'info'
  return (
    <section class="stack tight">
      <div class="bar">
        <h3>{appLogWords.title}</h3>
        <span class="quiet" role="status">
          {lines === null ? '' : `${appLogWords.events(lines.length)}. ${appLogWords.order}.`}
        </span>
      </div>
      <Tools model={model} />
      {model.problem.value ? (
        <ProblemBox problem={model.problem.value} onRetry={model.reload} />
      ) : lines === null ? (
        <Skeleton />
      ) : lines.length === 0 ? (
        <p class="quiet">{filtered ? appLogWords.none : appLogWords.empty}</p>
      ) : (
        <Lines lines={lines} />
      )}
      <div class="bar">
        {model.next.value !== null && (
          <Button look="small" onClick={model.older}>
            {appLogWords.older}
          </Button>
        )}
        {model.omitted.value > 0 && (
          <span class="quiet">{appLogWords.omitted(model.omitted.value)}</span>
        )}
      </div>
    </section>
  )
}

function Tools({ model }: { model: AppLogModel }) {
  const id = useId()
  const paused = model.paused.value
  return (
    <div class="bar tools">
      <div class="field search">
        <label for={id} class="hidden">
          {appLogWords.search}
        </label>
        <input
          id={id}
          type="search"
          maxLength={200}
          placeholder={appLogWords.searchHint}
          value={model.text.value}
          onInput={(event) => model.search(event.currentTarget.value)}
        />
      </div>
      <span class="bar">
        <label for={`${id}l`} class="quiet">
          {appLogWords.level}
        </label>
        <select
          id={`${id}l`}
          value={model.level.value}
          onChange={(event) => {
            const level = logLevels.find((one) => one === event.currentTarget.value)
            if (level) model.setLevel(level)
          }}
        >
          {logLevels.map((level) => (
            <option key={level} value={level}>
              {logWords.levels[level]}
            </option>
          ))}
        </select>
      </span>
      <Button onClick={() => model.setPaused(!paused)}>
        {paused ? appLogWords.goOn : appLogWords.pause}
      </Button>
    </div>
  )
}

/** Only the lines in sight are drawn: there may be 4,000. */
function Lines({ lines }: { lines: AppLogLine[] }) {
  const box = useRef<HTMLElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const sight = useSignal({ from: 0, to: 0 })
  const see = (from: number, to: number) => {
    if (from !== sight.value.from || to !== sight.value.to) sight.value = { from, to }
  }
  useSight(list, lines.length, height, see, box)
  const { from, to } = sight.value
  return (
    <section
      ref={box}
      class="log-box short"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label={appLogWords.region}
    >
      <ol ref={list} class="log-lines" style={{ height: `${lines.length * height}px` }}>
        {lines.slice(from, to).map((line, i) => (
          <li
            key={line.n}
            class={line.level}
            aria-setsize={lines.length}
            aria-posinset={from + i + 1}
            style={{ transform: `translateY(${(from + i) * height}px)` }}
          >
            <Line line={line} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Line({ line: { at, level, event, message } }: { line: AppLogLine }) {
  return (
    <>
      <time title={exact(at)} dateTime={new Date(at).toISOString()}>
        {new Date(at).toLocaleTimeString('en', { hour12: false })}
      </time>{' '}
      {level.toUpperCase().padEnd(5)} {event}: <bdi title={message}>{message}</bdi>
    </>
  )
}
