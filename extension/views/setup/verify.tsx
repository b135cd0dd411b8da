import type { SetupModel } from '../../models/setup.ts'
import { verifyWords } from '../../words-verify.ts'
import { WillDo } from './fixed.tsx'
import { Mappings } from './mappings.tsx'

/** Where a verification finds which item became which; nothing where something is moved. */
export function MappingsField({ model }: { model: SetupModel }) {
  const form = model.form.value
  if (form?.purpose !== 'verify') return null
  return <Mappings model={model} />
}

/** What a verification will do: there is no plan of writing to show. */
export function VerifyReview({ model }: { model: SetupModel }) {
  return (
    <>
      <WillDo model={model} />
      <div class="box good">
        <strong>{verifyWords.nothingWritten}</strong>
        <span>{verifyWords.nothingText}</span>
      </div>
      <p>{verifyWords.compared}</p>
      <p>{verifyWords.told}</p>
    </>
  )
}
