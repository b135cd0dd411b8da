import { type Purpose, type SetupStep, stepsOf } from '../../../shared/setup.ts'
import { toHash } from '../../models/place.ts'
import type { SetupModel } from '../../models/setup.ts'
import { stepFrom, stepNumber } from '../../models/setup-form.ts'
import { setupWords, stepWords } from '../../words-setup.ts'

interface RailProps {
  id: string | null
  step: SetupStep
  model: SetupModel
}

/** All steps, each a link: at the left where there is room, as numbers in a line where there is not. */
export function Rail({ id, step, model }: RailProps) {
  const reached = model.view.value?.step
  const purpose = model.form.value?.purpose ?? 'production'
  const wrong = new Set(model.wrong.value.map((one) => one.step))
  return (
    <nav class="rail" aria-label={setupWords.steps}>
      <ol>
        {stepsOf(purpose).map((one) => {
          const n = stepNumber(one, purpose)
          // A setup that is done has been through all of them.
          const done =
            reached === null || (reached !== undefined && n < stepNumber(reached, purpose))
          const inside = (
            <>
              <span class="disc" aria-hidden="true">
                {wrong.has(one) ? '!' : done && one !== step ? '✓' : n}
              </span>
              <span class="words">{stepWords[one].title}</span>
            </>
          )
          return (
            <li key={one} class={done ? 'done' : ''}>
              {id === null ? (
                <span
                  class="stop"
                  aria-current={one === step ? 'step' : undefined}
                  title={one === step ? undefined : setupWords.nameFirst}
                >
                  {inside}
                </span>
              ) : (
                <a
                  class="stop"
                  href={toHash({ at: 'setup', id, step: one })}
                  aria-current={one === step ? 'step' : undefined}
                  title={stepWords[one].title}
                >
                  {inside}
                </a>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

interface BackProps {
  id: string | null
  step: SetupStep
  purpose: Purpose
}

/** The way to the step before. */
export function Back({ id, step, purpose }: BackProps) {
  const before = stepFrom(step, -1, purpose)
  return id === null || before === null ? null : (
    <a class="button" href={toHash({ at: 'setup', id, step: before })}>
      {setupWords.back}
    </a>
  )
}
