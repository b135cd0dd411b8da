import { useModel } from '@preact/signals'
import { PreviewModel } from '../../models/work.ts'
import { reviewWords } from '../../words-setup.ts'
import { Button, Empty, ProblemBox, Skeleton, Trouble } from '../parts.tsx'
import { WillDo } from './fixed.tsx'
import { Meter } from './meter.tsx'
import { Numbers } from './numbers.tsx'
import { ReadAge } from './read-age.tsx'
import type { StepProps } from './setup.tsx'

/** What a run will do, from a plan made dry. */
export function ReviewStep({ id, model, now }: StepProps & { now: number }) {
  const work = useModel(() => new PreviewModel(id))
  const view = work.view.value
  return (
    <>
      <WillDo model={model} />
      {model.form.value?.from === 'datacenter' && (
        <ReadAge id={id} model={model} now={now} onRead={work.look} />
      )}
      <Trouble problem={work.problem.value} at={work.at.value} onRetry={work.look} />
      {!view && !work.problem.value && <Skeleton rows={4} />}
      {view?.state === 'planning' && (
        <Meter
          title={reviewWords.planning}
          done={view.progress?.items ?? 0}
          total={view.progress?.total ?? 0}
          words={
            view.progress ? reviewWords.progress(view.progress.items, view.progress.total) : ''
          }
          stop={reviewWords.stop}
          onStop={work.stop}
        />
      )}
      {view?.state === 'failed' && view.problem && (
        <ProblemBox problem={view.problem} onRetry={work.begin} />
      )}
      {view?.state === 'stopped' && (
        <Empty title={reviewWords.stopped} text={reviewWords.stoppedText}>
          <Button look="small" onClick={work.begin}>
            {reviewWords.again}
          </Button>
        </Empty>
      )}
      {view?.outdated && (
        <p class="box warn" role="status">
          {reviewWords.outdated}
        </p>
      )}
      {view?.preview && <Numbers id={id} preview={view.preview} now={now} />}
      {view?.state === 'done' && (
        <div>
          <Button look="small" onClick={work.begin}>
            {reviewWords.again}
          </Button>
        </div>
      )}
    </>
  )
}
