import type { ComponentChildren } from 'preact'
import type { SetupView } from '../../../shared/api-setup.ts'
import type { SetupModel } from '../../models/setup.ts'
import { setupWords } from '../../words-setup.ts'
import { Button } from '../parts.tsx'
import { Told } from '../told.tsx'

interface FixedProps {
  part: SetupView['fixed'][number]
  model: SetupModel
}

const isFixed = ({ part, model }: FixedProps) => model.view.value?.fixed.includes(part) ?? false

interface FixedNoteProps extends FixedProps {
  /** What of the part can be changed nevertheless. */
  but?: string
}

/** Says of a part that it can no longer be changed, with the way on; nothing where it can. */
export function FixedNote({ but, ...of }: FixedNoteProps) {
  const { model } = of
  if (!isFixed(of)) return null
  return (
    <div class="box">
      <span>
        {setupWords.fixed} {but}
      </span>
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
  )
}

/** Fields of a part that are shown as they are once it can no longer be changed. What is only read stays outside. */
export function Locked({ children, ...of }: FixedProps & { children: ComponentChildren }) {
  return (
    <fieldset class="stack" disabled={isFixed(of)}>
      {children}
    </fieldset>
  )
}

/** A part all of whose fields change it: the note, and the fields. */
export function Fixed({ children, ...of }: FixedProps & { children: ComponentChildren }) {
  return (
    <>
      <FixedNote {...of} />
      <Locked {...of}>{children}</Locked>
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
