import { purposes } from '../../../shared/setup.ts'
import type { SetupModel } from '../../models/setup.ts'
import { nameWords } from '../../words-setup.ts'
import { Choices, TextField } from './fields.tsx'
import { WillDo } from './fixed.tsx'

/** What it is called, and whether it is a test. */
export function NameStep({ model }: { model: SetupModel }) {
  const form = model.form.value
  if (!form) return null
  const done = model.view.value !== null && model.view.value.step === null
  // What wrote to a site has not found it filled, and the other way round.
  const fixed = model.view.value?.fixed.includes('site') ?? false
  const offered = purposes.filter(
    (one) => !fixed || (one === 'verify') === (form.purpose === 'verify'),
  )
  return (
    <>
      {done && <WillDo model={model} />}
      <TextField
        label={nameWords.name}
        hint={nameWords.nameHint}
        value={form.name}
        onInput={(name) => model.set({ name })}
      />
      <Choices
        legend={nameWords.purpose}
        name="purpose"
        value={form.purpose}
        choices={offered.map((one) => [one, ...nameWords.purposes[one]] as const)}
        onPick={(purpose) => model.set({ purpose })}
      />
    </>
  )
}
