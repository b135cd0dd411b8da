import type { InspectionView } from '../../../shared/api-setup-views.ts'
import type { InspectionModel } from '../../models/work.ts'
import { count } from '../../words.ts'
import { liveWords } from '../../words-live.ts'
import { inspectionWords } from '../../words-source.ts'
import { Button, Empty, ProblemBox, Skeleton, Trouble } from '../parts.tsx'
import { size } from '../sizes.ts'
import { Meter } from './meter.tsx'

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
      {!chooses && (view?.state === 'none' || view?.state === 'stopped') && (
        <Empty
          title={view.state === 'none' ? inspectionWords.notBegun : inspectionWords.stopped}
          text={inspectionWords.notBegunText}
        >
          <Button look="small" onClick={work.begin}>
            {inspectionWords.begin}
          </Button>
        </Empty>
      )}
    </>
  )
}

/** How far it is; of a source that does not answer, what is waited for. */
function progressWords(progress: InspectionView['progress']): string {
  if (!progress) return ''
  const { bytes, totalBytes, rows, unit, waiting } = progress
  if (waiting) return waiting
  return unit === 'issues'
    ? liveWords.progress(count(bytes), count(totalBytes), count(rows))
    : inspectionWords.progress(size(bytes), size(totalBytes), rows)
}
