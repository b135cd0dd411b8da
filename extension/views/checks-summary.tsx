import type { CheckStatus, ChecksView } from '../../shared/api-checks.ts'
import type { ChecksModel } from '../models/checks.ts'
import { checkWords } from '../words-checks.ts'
import { Asking } from './asking.tsx'
import { Button } from './parts.tsx'
import { StatusPicks } from './status-picks.tsx'

interface SummaryProps {
  view: ChecksView
  model: ChecksModel
  only: CheckStatus | null
  onOnly: (status: CheckStatus | null) => void
}

/** Whether a run may begin, how many of each, and the button that asks all of them. */
export function ChecksSummary({ view, model, only, onOnly }: SummaryProps) {
  const { checks, running, progress, blocks } = view
  const errors = checks.filter((one) => one.status === 'error' && !one.overridden)
  const asked = checks.some((one) => one.status !== 'pending')
  return (
    <div class={`box ${blocks ? 'bad' : running || !asked ? '' : 'good'}`}>
      <strong role="status">
        {running
          ? (progress?.sentence ?? checkWords.running)
          : blocks
            ? checkWords.blocks(
                errors.length,
                errors.some((one) => one.canOverride),
              )
            : asked && checkWords.free}
      </strong>
      {running && progress && (
        <Asking
          label={checkWords.running}
          done={progress.done}
          total={progress.total}
          words={checkWords.progress(progress.done, progress.total)}
        />
      )}
      <div class="bar">
        <StatusPicks checks={checks} only={only} onOnly={onOnly} />
        <span class="push">
          {running ? (
            <Button look="small" onClick={model.stop}>
              {checkWords.stop}
            </Button>
          ) : (
            <Button look="small" onClick={() => model.run([])}>
              {checkWords.runAll}
            </Button>
          )}
        </span>
      </div>
    </div>
  )
}
