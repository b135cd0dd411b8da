import { useModel, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { LogLine } from '../../shared/api.ts'
import type { DetailModel } from '../models/detail.ts'
import { LogWindowModel } from '../models/log-window.ts'
import { lineKey, standing } from '../models/told.ts'
import { logWords } from '../words-watch.ts'
import { LineHead, LogLines, LogTools, lineHeight } from './log-parts.tsx'
import { Button, Skeleton, Trouble } from './parts.tsx'
import { Told } from './told.tsx'

/** The log as it grows, by a window: filtered, searched, paused; it stays at its end while a person is there. */
export function Log({ id, detail }: { id: string; detail: DetailModel }) {
  const model = useModel(() => new LogWindowModel(id, detail.changed))
  const box = useRef<HTMLElement>(null)
  const atEnd = useSignal(true)
  const total = model.total.value
  const still = standing(detail.detail.value?.timeline ?? [])
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
      <LogTools
        label={logWords.search}
        hint={logWords.searchHint}
        text={model.text.value}
        level={model.level.value}
        paused={model.paused.value}
        onText={(text) => model.filter({ text })}
        onLevel={(level) => model.filter({ level })}
        onPause={model.setPaused}
      />
      <Trouble
        problem={model.problem.value}
        at={total === null ? null : undefined}
        onRetry={model.reload}
      />
      {total === null ? (
        !model.problem.value && <Skeleton />
      ) : total === 0 ? (
        <p class="quiet">
          {model.text.value === '' && model.level.value === 'info' ? logWords.empty : logWords.none}
        </p>
      ) : (
        <>
          <LogLines
            box={box}
            label={logWords.region}
            total={total}
            lines={model.lines.value.map(({ index, line }) => ({
              index,
              level: line?.level ?? null,
              content: line === null ? logWords.asking : <Line id={id} line={line} still={still} />,
            }))}
            onSee={model.see}
            onScroll={({ scrollTop, clientHeight, scrollHeight }) => {
              atEnd.value = scrollTop + clientHeight >= scrollHeight - lineHeight
            }}
          />
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

/** What people do has a phase of its own; who it was stands in the text, and need not be whoever reads. */
const phaseOf = ({ phase }: LogLine): string =>
  phase === 'stage:you' ? logWords.person : phase.replace('stage:', '')

interface LineProps {
  id: string
  line: LogLine
  /** The lines whose numbers are those of the lists. */
  still: ReadonlySet<string>
}

function Line({ id, line, still }: LineProps) {
  const text = line.text.slice(0, 2000)
  return (
    <>
      <LineHead at={line.at} level={line.level} />
      {line.project === null ? '' : `${line.project} `}
      {phaseOf(line)}:{' '}
      <bdi title={text}>{still.has(lineKey(line)) ? <Told id={id} text={text} /> : text}</bdi>
    </>
  )
}
