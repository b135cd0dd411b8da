import type { OverlayModel } from '../models/overlay.ts'
import type { OverlayAnswer } from '../sync/overlay-calls.ts'
import { IssueActions } from './issue/actions.tsx'
import { IssueBody } from './issue/body.tsx'
import { Mark } from './mark.tsx'
import { PageBody } from './pages/body.tsx'
import { ProblemText } from './problem.tsx'
import { ProjectBody } from './project/body.tsx'
import { overlayWords } from './words.ts'

/** All that is known of the screen, in the drawer and in the side panel: the verdict, and what is behind it. */
export function Answer({ model }: { model: OverlayModel }) {
  const answer = model.answer.value
  const pill = model.pill.value
  const migration = migrationOf(answer)
  if (answer === null) return <p class="quiet">{overlayWords.asking}</p>
  return (
    <>
      {pill && (
        <p class="verdict" role="status">
          <Mark shape={pill.shape} /> <strong>{pill.words}</strong>
        </p>
      )}
      {migration && (
        <p class="quiet">
          <bdi>{overlayWords.from(migration.name)}</bdi>
        </p>
      )}
      <Body model={model} answer={answer} />
    </>
  )
}

function Body({ model, answer }: { model: OverlayModel; answer: OverlayAnswer }) {
  switch (answer.state) {
    case 'off':
      return <p>{overlayWords.off}</p>
    case 'problem':
      return <ProblemText problem={answer.problem} />
    case 'issue':
      return <IssueBody key={answer.view.issueKey} model={model} view={answer.view} />
    case 'project':
      return <ProjectBody model={model} view={answer.view} />
    default:
      return <PageBody model={model} answer={answer} />
  }
}

/** What can be done about it: what the kind of page offers, and always to ask again and to see it all. */
export function Actions({ model }: { model: OverlayModel }) {
  const answer = model.answer.value
  const migration = migrationOf(answer)
  return (
    <>
      {answer?.state === 'issue' && <IssueActions model={model} view={answer.view} />}
      {model.orphaned.value ? (
        <button type="button" class="main" onClick={() => location.reload()}>
          {overlayWords.reload}
        </button>
      ) : (
        <button type="button" onClick={model.again} disabled={model.asking.value}>
          {overlayWords.again}
        </button>
      )}
      {migration && (
        <button type="button" class="main" onClick={() => model.openMigration(migration.id)}>
          {overlayWords.open}
        </button>
      )}
    </>
  )
}

function migrationOf(answer: OverlayAnswer | null): { id: string; name: string } | null {
  return answer && 'view' in answer ? answer.view.migration : null
}
