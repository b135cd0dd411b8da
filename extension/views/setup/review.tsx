import { useModel } from '@preact/signals'
import type { Preview } from '../../../shared/api-setup-views.ts'
import { PreviewModel } from '../../models/work.ts'
import { count, kindTitle } from '../../words.ts'
import { reviewWords } from '../../words-setup.ts'
import { Button, Empty, ProblemBox, Skeleton, Trouble } from '../parts.tsx'
import { range } from '../sizes.ts'
import { WillDo } from './fixed.tsx'
import { Meter } from './meter.tsx'
import { NumberTable } from './number-table.tsx'
import type { StepProps } from './setup.tsx'

/** What a run will do, from a plan made dry. */
export function ReviewStep({ id, model }: StepProps) {
  const work = useModel(() => new PreviewModel(id))
  const view = work.view.value
  return (
    <>
      <WillDo model={model} />
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
      {view?.preview && <Numbers preview={view.preview} />}
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

function Numbers({ preview }: { preview: Preview }) {
  const { kinds, losses, leftOut, requests, estimate, perProject } = preview
  const sum = (of: 'planned' | 'leftOut') => kinds.reduce((total, one) => total + one[of], 0)
  return (
    <>
      <div class="box good">
        <strong>{reviewWords.sum(sum('planned'), sum('leftOut'))}</strong>
        <span>
          {reviewWords.requests(requests)}, {reviewWords.takes(range(estimate.low, estimate.high))}
        </span>
      </div>
      <Reasons title={reviewWords.leftOut} text="" none={reviewWords.noLeftOut} reasons={leftOut} />
      <Reasons
        title={reviewWords.losses}
        text={reviewWords.lossesText}
        none={reviewWords.noLosses}
        reasons={losses}
      />
      <NumberTable
        title={reviewWords.kinds}
        columns={reviewWords.kindColumns}
        rows={kinds
          .filter((one) => one.planned + one.leftOut > 0)
          .map((one) => ({
            key: one.kind,
            head: kindTitle(one.kind),
            numbers: [one.planned, one.leftOut],
          }))}
      />
      <NumberTable
        title={reviewWords.projects}
        columns={reviewWords.projectColumns}
        rows={perProject.map((one) => ({
          key: one.key,
          head: (
            <>
              <strong>{one.key}</strong> <bdi>{one.name}</bdi>
            </>
          ),
          numbers: [one.issues, one.files, one.items, one.withLoss, one.leftOut, one.requests],
        }))}
      />
    </>
  )
}

interface ReasonsProps {
  title: string
  text: string
  none: string
  reasons: Preview['losses']
}

/** Reasons as sentences, biggest first. */
function Reasons({ title, text, none, reasons }: ReasonsProps) {
  return (
    <section class="stack tight">
      <h2>{title}</h2>
      {reasons.length === 0 ? (
        <p class="quiet">{none}</p>
      ) : (
        <>
          {text !== '' && <p class="quiet">{text}</p>}
          <ul class="reasons">
            {reasons
              .toSorted((a, b) => b.items - a.items)
              .map((one) => (
                <li key={`${one.kind} ${one.code} ${one.text}`}>
                  <span class="number">{count(one.items)}</span>
                  <span class="grow">
                    {kindTitle(one.kind)}: <bdi>{one.text}</bdi>
                    {one.example !== '' && (
                      <span class="quiet line">
                        <bdi>{reviewWords.example(one.example)}</bdi>
                      </span>
                    )}
                  </span>
                </li>
              ))}
          </ul>
        </>
      )}
    </section>
  )
}
