import { type ReadonlySignal, useModel, useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { AppLogLine } from '../../shared/api-apps.ts'
import { AppLogModel } from '../models/app-log.ts'
import { appLogWords } from '../words-apps.ts'
import { LineHead, LogLines, LogTools } from './log-parts.tsx'
import { Button, Skeleton, Trouble } from './parts.tsx'

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
      <LogTools
        label={appLogWords.search}
        hint={appLogWords.searchHint}
        text={model.text.value}
        level={model.level.value}
        paused={model.paused.value}
        onText={model.search}
        onLevel={model.setLevel}
        onPause={model.setPaused}
      />
      <Trouble
        problem={model.problem.value}
        at={lines === null ? null : undefined}
        onRetry={model.reload}
      />
      {lines === null ? (
        !model.problem.value && <Skeleton />
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

/** Only the lines in sight are drawn: there may be 4,000. */
function Lines({ lines }: { lines: AppLogLine[] }) {
  const box = useRef<HTMLElement>(null)
  const sight = useSignal({ from: 0, to: 0 })
  const { from, to } = sight.value
  return (
    <LogLines
      box={box}
      short
      label={appLogWords.region}
      total={lines.length}
      lines={lines.slice(from, to).map((line, i) => ({
        index: from + i,
        level: line.level,
        content: <Line line={line} />,
      }))}
      onSee={(from, to) => {
        if (from !== sight.value.from || to !== sight.value.to) sight.value = { from, to }
      }}
    />
  )
}

function Line({ line: { at, level, event, message } }: { line: AppLogLine }) {
  return (
    <>
      <LineHead at={at} level={level} />
      {event}: <bdi title={message}>{message}</bdi>
    </>
  )
}
