import type { SetupStep } from '../../../shared/setup.ts'
import { toHash } from '../../models/place.ts'
import type { SetupModel } from '../../models/setup.ts'
import { setupWords, stepWords } from '../../words-setup.ts'
import { Button } from '../parts.tsx'

/** Somebody else saved another setup since: which of the two is kept is for a person to say. */
export function Clash({ step, model }: { step: SetupStep; model: SetupModel }) {
  const parts = model.clash.value
  if (parts === null) return null
  return (
    <div class="box warn" role="alert">
      <strong>{setupWords.clash(parts.map((part) => setupWords.parts[part]).join(', '))}</strong>
      <span>{setupWords.clashText}</span>
      <div class="bar">
        <Button look="small" onClick={() => void model.keep('theirs', step)}>
          {setupWords.keepTheirs}
        </Button>
        <Button look="small" onClick={() => void model.keep('mine', step)}>
          {setupWords.keepMine}
        </Button>
      </div>
    </div>
  )
}

/** What keeps the setup from being saved, when it was typed at another step. */
export function Unsaved({
  id,
  step,
  model,
}: {
  id: string | null
  step: SetupStep
  model: SetupModel
}) {
  const elsewhere = model.wrong.value.find((one) => one.step !== step)
  if (!elsewhere || id === null || !model.dirty.value) return null
  return (
    <div class="box warn" role="alert">
      <strong>{elsewhere.sentence}</strong>
      <a href={toHash({ at: 'setup', id, step: elsewhere.step })}>
        {setupWords.wrongAt(stepWords[elsewhere.step].title)}
      </a>
    </div>
  )
}
