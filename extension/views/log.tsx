import { useModel, useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { type LogLine, logLevels } from '../../shared/api.ts'
import type { DetailModel } from '../models/detail.ts'
import { LogWindowModel } from '../models/log-window.ts'
import { logWords } from '../words-watch.ts'
import { exact } from './format.ts'
import { Button, ProblemBox, Skeleton } from './parts.tsx'
import { useSight } from './sight.ts'

/** Height of a line in px, as watch.css draws it. */
const height = 20

/** The log as it grows, by a window: filtered, searched, paused; it stays at its end while a person is there. */
export function Log({ id, detail }: { id: string; detail: DetailModel }) {
  const model = useModel(() => new LogWindowModel(id, detail.changed))
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useSignal(true)
  const total = model.total.value
  const toEnd = () => {
    atEnd.value = true
    box.current?.scrollTo({ top: box.current.scrollHeight })
  }
  useEffect(() => {
    if (atEnd.value && !model.paused.value) toEnd()
  }, [total])
  return (
    <section class="stack tight">
      <div class="bar">
        <h2>{logWords.title}</h2>
        <span class="quiet" role="status">
          {total === null ? '' : logWords.lines(total)}
          {model.unseen.value > 0 && `, ${logWords.unseen(model.unseen.value)}`}
        </span>
      </div>
      <Tools model={model} />
      {model.problem.value ? (
        <ProblemBox problem={model.problem.value} onRetry={model.reload} />
      ) : total === null ? (
        <Skeleton />
      ) : total === 0 ? (
        <p class="quiet">
          {model.text.value === '' && model.level.value === 'info' ? logWords.empty : logWords.none}
        </p>
      ) : (
        <>
          <section
            ref={box}
            class="log-box"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
            tabIndex={0}
            aria-label={logWords.region}
            onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
              atEnd.value = scrollTop + clientHeight >= scrollHeight - height
            }}
          >
            <Lines model={model} total={total} box={box} />
          </section>
          {!atEnd.value && (
            <div>
              <Button look="small" onClick={toEnd}>
                {logWords.newest}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  )
}

function Tools({ model }: { model: LogWindowModel }) {
  const id = useId()
  const paused = model.paused.value
  return (
    <div class="bar tools">
      <div class="field search">
        <label for={id} class="hidden">
          {logWords.search}
        </label>
        <input
          id={id}
          type="search"
          maxLength={200}
          placeholder={logWords.searchHint}
          value={model.text.value}
          onInput={(event) => model.filter({ text: event.currentTarget.value })}
        />
      </div>
      <span class="bar">
        <label for={`${id}l`} class="quiet">
          {logWords.level}
        </label>
        <select
          id={`${id}l`}
          value={model.level.value}
          onChange={(event) => {
            const level = logLevels.find((one) => one === event.currentTarget.value)
            if (level) model.filter({ level })
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
        {paused ? logWords.goOn : logWords.pause}
      </Button>
    </div>
  )
}

interface LinesProps {
  model: LogWindowModel
  total: number
  box: { current: HTMLElement | null }
}

function Lines({ model, total, box }: LinesProps) {
  const list = useRef<HTMLOListElement>(null)
  useSight(list, total, height, model.see, box)
  return (
    <ol ref={list} class="log-lines" style={{ height: `${total * height}px` }}>
      {model.lines.value.map(({ index, line }) => (
        <li
          key={index}
          class={line?.level ?? ''}
          aria-setsize={total}
          aria-posinset={index + 1}
          style={{ transform: `translateY(${index * height}px)` }}
        >
          {line === null ? logWords.asking : <Line line={line} />}
        </li>
      ))}
    </ol>
  )
}

function Line({ line }: { line: LogLine }) {
  return (
    <>
      <time title={exact(line.at)} dateTime={new Date(line.at).toISOString()}>
        {new Date(line.at).toLocaleTimeString('en', { hour12: false })}
      </time>{' '}
      {line.level.toUpperCase().padEnd(5)} {line.project === null ? '' : `${line.project} `}
      {line.phase.replace('stage:', '')}:{' '}
      <bdi title={line.text.slice(0, 2000)}>{line.text.slice(0, 2000)}</bdi>
    </>
  )
}
