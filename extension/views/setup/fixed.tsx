import type { ComponentChildren } from 'preact'
import type { SetupView } from '../../../shared/api-setup.ts'
import type { SetupModel } from '../../models/setup.ts'
import { setupWords } from '../../words-setup.ts'
import { Button } from '../parts.tsx'
import { Told } from '../told.tsx'

interface FixedProps {
  part: SetupView['fixed'][number]
  model: SetupModel
  children: ComponentChildren
}

/** Fields of a part that can no longer be changed are shown as they are, with the way on. */
export function Fixed({ part, model, children }: FixedProps) {
  const fixed = model.view.value?.fixed.includes(part) ?? false
  return (
    <>
      {fixed && (
        <div class="box">
          <span>{setupWords.fixed}</span>
          <div class="bar">
            <Button
              look="small"
              whyNot={model.busy.value === null ? null : setupWords.copying}
              onClick={model.copy}
            >
              {setupWords.copy}
            </Button>
          </div>
        </div>
      )}
      <fieldset class="stack" disabled={fixed}>
        {children}
      </fieldset>
    </>
  )
}

/** What a run that begins now will do, as the agent says it. */
export function WillDo({ model }: { model: SetupModel }) {
  const view = model.view.value
  if (!view || view.willDo.length === 0) return null
  return (
    <div class="box">
      <strong>{setupWords.willDo}</strong>
      <ul class="points">
        {view.willDo.map((sentence) => (
          <li key={sentence}>
            <Told id={view.id} text={sentence} />
          </li>
        ))}
      </ul>
    </div>
  )
}
