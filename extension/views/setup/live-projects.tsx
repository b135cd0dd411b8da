import { useModel } from '@preact/signals'
import type { SourceProject } from '../../../shared/source-projects.ts'
import type { SetupModel } from '../../models/setup.ts'
import { SourceProjectsModel } from '../../models/work.ts'
import { counted } from '../../words.ts'
import { liveWords } from '../../words-live.ts'
import { scopeWords } from '../../words-scope.ts'
import { setupWords } from '../../words-setup.ts'
import { Button, Empty, ProblemBox, Skeleton } from '../parts.tsx'
import { ChooseProjects } from './choose-projects.tsx'
import { Meter } from './meter.tsx'

interface LiveProjectsProps {
  id: string
  model: SetupModel
  /** The choice is with the agent: the reading may begin. */
  onRead: () => void
}

/** Which projects of a live source are to move, asked before any issue is read: only those are. */
export function LiveProjects({ id, model, onRead }: LiveProjectsProps) {
  const list = useModel(() => new SourceProjectsModel(id))
  const form = model.form.value
  const view = list.view.value
  if (!form) return null
  if (list.problem.value) return <ProblemBox problem={list.problem.value} onRetry={list.begin} />
  if (!view || (view.state !== 'done' && view.state !== 'failed' && view.projects.length === 0))
    return <Skeleton rows={4} />
  const { scope } = form
  const chosen = scope.projects && new Set(scope.projects)
  const toRead = view.projects.filter((one) => !one.archived && (chosen?.has(one.key) ?? true))
  const read = async () => {
    if (await model.save('inspection')) onRead()
  }
  return (
    <>
      {view.state === 'listing' && (
        <Meter
          title={liveWords.counting}
          done={view.counted}
          total={view.projects.length}
          words={liveWords.countedOf(view.counted, view.projects.length)}
          stop={liveWords.stopCounting}
          onStop={list.stop}
        />
      )}
      {view.problem && <ProblemBox problem={view.problem} onRetry={list.begin} />}
      {view.state === 'done' && view.projects.length === 0 && (
        <Empty title={liveWords.noProjects} text={liveWords.noProjectsText}>
          <Button look="small" onClick={list.begin}>
            {liveWords.lookAgain}
          </Button>
        </Empty>
      )}
      {view.projects.length > 0 && (
        <>
          <p class="quiet">{liveWords.chooseFirst}</p>
          <ChooseProjects
            projects={view.projects.map((one) => ({
              key: one.key,
              name: one.name,
              marks: one.archived ? [scopeWords.archivedMark] : [],
              detail: sizeOf(one),
              whyNot: one.archived ? liveWords.unread.archived : null,
            }))}
            chosen={scope.projects}
            onSet={(projects) => model.set({ scope: { ...scope, projects } })}
          />
          <div class="bar">
            <Button
              look="main"
              whyNot={
                toRead.length === 0
                  ? setupWords.whyNot.projects
                  : model.busy.value === null
                    ? null
                    : setupWords.saving
              }
              onClick={() => void read()}
            >
              {liveWords.readThese(toRead.length)}
            </Button>
            <Button look="small" onClick={list.begin}>
              {liveWords.lookAgain}
            </Button>
          </div>
        </>
      )}
    </>
  )
}

function sizeOf({ archived, issues, withFiles }: SourceProject): string {
  if (archived) return liveWords.unread.archived
  if (issues === null) return liveWords.uncounted
  return withFiles === null || withFiles === 0
    ? counted(issues, 'issue', 'issues')
    : liveWords.withFiles(issues, withFiles)
}
