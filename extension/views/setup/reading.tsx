import type { InspectionView } from '../../../shared/api-setup-views.ts'
import type { InspectionModel } from '../../models/work.ts'
import { count } from '../../words.ts'
import { liveWords } from '../../words-live.ts'
import { inspectionWords } from '../../words-source.ts'
import { Button, Empty, ProblemBox, Skeleton, Trouble } from '../parts.tsx'
import { size } from '../sizes.ts'
import { Meter } from './meter.tsx'

type Progress = NonNullable<InspectionView['progress']>

interface ReadingProps {
  work: InspectionModel
  live: boolean
  /** Which projects are read is chosen beside it: that begins the reading, too. */
  chooses?: boolean
}

/** How far the reading of the source is, or why there is nothing to show of it yet, with the way on. */
export function Reading({ work, live, chooses = false }: ReadingProps) {
  const view = work.view.value
  return (
    <>
      <Trouble problem={work.problem.value} at={work.at.value} onRetry={work.look} />
      {!view && !work.problem.value && <Skeleton rows={4} />}
      {view?.state === 'reading' && (
        <Meter
          title={live ? liveWords.reading : inspectionWords.reading}
          done={view.progress?.bytes ?? 0}
          total={view.progress?.totalBytes ?? 0}
          words={progressWords(view.progress)}
          stop={inspectionWords.stop}
          onStop={work.stop}
        />
      )}
      {view?.state === 'failed' && view.problem && (
        <ProblemBox problem={view.problem} onRetry={work.begin} />
      )}
      {!chooses && view?.state === 'none' && (
        <Empty title={inspectionWords.notBegun} text={inspectionWords.notBegunText}>
          <Button look="small" onClick={work.begin}>
            {inspectionWords.begin}
          </Button>
        </Empty>
      )}
      {!chooses && view?.state === 'stopped' && (
        <Empty title={inspectionWords.stopped} text={stoppedWords(view)}>
          <Button look="small" onClick={work.begin}>
            {view.halted ? liveWords.goOn : inspectionWords.again}
          </Button>
        </Empty>
      )}
    </>
  )
}

/** How far it came, and whether a new reading goes on from there. */
function stoppedWords({ progress, halted }: InspectionView): string {
  if (halted) return `${liveWords.halted(halted.read, halted.total)}.`
  return inspectionWords.stoppedText(progress && howFar(progress))
}

/** How far it is; of a source that does not answer, what is waited for. */
const progressWords = (progress: InspectionView['progress']): string =>
  progress ? (progress.waiting ?? howFar(progress)) : ''

function howFar({ bytes, totalBytes, rows, unit }: Progress): string {
  return unit === 'issues'
    ? liveWords.progress(count(bytes), count(totalBytes), count(rows))
    : inspectionWords.progress(size(bytes), size(totalBytes), rows)
}
