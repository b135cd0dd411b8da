import { useModel } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { SetupModel } from '../../models/setup.ts'
import { InspectionModel } from '../../models/work.ts'
import { liveWords } from '../../words-live.ts'
import { setupWords } from '../../words-setup.ts'
import { inspectionWords } from '../../words-source.ts'
import { Button, When } from '../parts.tsx'
import { Reading } from './reading.tsx'

interface ReadAgeProps {
  id: string
  model: SetupModel
  now: number
  /** It was read again: what was worked out from the reading before is about something else. */
  onRead?: () => void
}

/** People go on working in a Jira that runs: how old what was read is, and the way to read it again. */
export function ReadAge({ id, model, now, onRead }: ReadAgeProps) {
  const { current: seen } = useRef({ reading: false })
  const work = useModel(
    () =>
      new InspectionModel(id, {
        begins: false,
        onView: ({ state }) => {
          if (state === 'done' && seen.reading) onRead?.()
          seen.reading = state === 'reading'
        },
      }),
  )
  const at = work.view.value?.inspection?.exportedAt ?? null
  if (at === null) return <Reading work={work} live />
  const fixed = model.view.value?.fixed.includes('source') ?? false
  return (
    <div class="box warn">
      <strong>
        {liveWords.read} <When at={at} now={now} />
      </strong>
      <span>{liveWords.since}</span>
      <div class="bar">
        <Button look="small" whyNot={fixed ? setupWords.fixed : null} onClick={work.begin}>
          {inspectionWords.again}
        </Button>
      </div>
    </div>
  )
}
