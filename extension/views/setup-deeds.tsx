import type { MigrationView } from '../../shared/api.ts'
import type { DeedsModel } from '../models/deeds.ts'
import { toHash } from '../models/place.ts'
import { rowHindrance } from '../models/row-deeds.ts'
import { setupWords } from '../words-setup.ts'
import { Button } from './parts.tsx'

interface SetupDeedsProps {
  row: MigrationView
  model: DeedsModel
  agentHere: boolean
}

/** The ways into the stepper: on with a draft, a change of what is saved, or a copy, which opens prefilled. */
export function SetupDeeds({ row, model, agentHere }: SetupDeedsProps) {
  const open = (id: string, step: NonNullable<MigrationView['setup']>['step']) => {
    location.hash = toHash({ at: 'setup', id, step: step ?? 'name' })
  }
  const step = row.setup?.step ?? null
  return (
    <>
      <Button
        look={step === null ? '' : 'main'}
        whyNot={rowHindrance(row, 'edit', agentHere)}
        onClick={() => open(row.id, step)}
      >
        {step === null ? setupWords.edit : setupWords.goOn}
      </Button>
      <Button
        whyNot={model.copying.value ? setupWords.copying : rowHindrance(row, 'copy', agentHere)}
        onClick={() => model.copy(row, (id) => open(id, 'name'))}
      >
        {setupWords.copyShort}
      </Button>
    </>
  )
}
