import { useModel } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { ProjectVerdictView } from '../../../shared/api.ts'
import type { OverlayModel } from '../../models/overlay.ts'
import { type ItemsAsk, moved } from '../../models/place.ts'
import { ProjectPageModel } from '../../models/project-page.ts'
import { count, kindTitle, verdictWords } from '../../words.ts'
import { Mark, shapeOf } from '../mark.tsx'
import { Marked } from '../pages/marked.tsx'
import { ProblemText } from '../problem.tsx'
import { overlayWords } from '../words.ts'
import { Checklist } from './checklist.tsx'
import { Checks } from './checks.tsx'
import { projectWords } from './words.ts'

const verdicts = ['verified', 'different', 'leftOut', 'failed'] as const

/** What is known of a project: how far it is, its verdicts, what the checks found, and what is to be done. */
export function ProjectBody({ model, view }: { model: OverlayModel; view: ProjectVerdictView }) {
  const { project, projectKey, migration } = view
  if (project === null) return <p>{overlayWords.unknownProject}</p>
  const open: Open = migration && ((ask) => model.openItems(migration.id, ask))
  const ofProject: Open = open && ((ask) => open({ project: projectKey, ...ask }))
  return (
    <>
      <Progress model={model} project={project} open={open} />
      <VerdictBar totals={project.totals} open={ofProject} />
      <Marked model={model} />
      <After key={projectKey} model={model} projectKey={projectKey} />
      <details>
        <summary>{projectWords.kinds}</summary>
        <ul>
          {view.kinds.map(({ kind, counts }) => {
            const ofKind: Open = ofProject && ((ask) => ofProject({ kind, ...ask }))
            return (
              <li key={kind}>
                <p>
                  <strong>{kindTitle(kind)}</strong>{' '}
                  <Listed open={ofKind} ask={{}} of={kindTitle(kind)}>
                    {count(counts.source)}
                  </Listed>
                </p>
                <Four counts={counts} open={ofKind} of={kindTitle(kind)} />
              </li>
            )
          })}
        </ul>
      </details>
    </>
  )
}

/** Opens the list behind a number on the dashboard; null where no migration is known. */
type Open = ((ask: ItemsAsk) => void) | null

interface ListedProps {
  open: Open
  ask: ItemsAsk
  /** What the number counts, for those who hear it. */
  of?: string
  children: ComponentChildren
}

/** A number that opens its list. */
function Listed({ open, ask, of, children }: ListedProps) {
  if (!open) return <span class="quiet">{children}</span>
  return (
    <button type="button" class="link" title={projectWords.list} onClick={() => open(ask)}>
      {children}
      <span class="hidden">
        {of !== undefined && ` ${of}`}, {projectWords.list}
      </span>
    </button>
  )
}

type Project = NonNullable<ProjectVerdictView['project']>

const ways = ['people', 'issues', 'files'] as const
/** People belong to no one project. */
const listOf = {
  people: () => moved('user'),
  issues: (key: string) => moved('issue', key),
  files: (key: string) => moved('attachment', key),
}
interface Shown {
  open: Open
}
/** While it runs, the numbers are asked for so often; after so many times without a change it does not run. */
const lookAgainMs = 5000
const mostIdle = 6

/** People, issues and files each have their own way; a bar stands there until it is gone. */
function Progress({
  model,
  project,
  open: openList,
}: Shown & { model: OverlayModel; project: Project }) {
  const parts = ways.filter((part) => project[part].done < project[part].total)
  const done = parts.map((part) => project[part].done).join(' ')
  const open = parts.length > 0
  // Each change begins the count anew, so that what is stopped is left in peace.
  useEffect(() => {
    let idle = 0
    const timer = setInterval(() => {
      if (document.hidden) return
      idle += 1
      if (idle <= mostIdle) model.again()
    }, lookAgainMs)
    if (!open) clearInterval(timer)
    return () => clearInterval(timer)
  }, [model, done, open])
  if (!open) return null
  return (
    <section class="group" data-testid="landfall-progress">
      <h3>{projectWords.progress}</h3>
      {parts.map((part) => {
        const { done, total } = project[part]
        return (
          <div key={part} class="way">
            <span>{projectWords[part]}</span>
            <progress aria-label={projectWords[part]} max={total} value={done} />
            <Listed open={openList} ask={listOf[part](project.key)} of={projectWords[part]}>
              {projectWords.of(done, total)}
            </Listed>
          </div>
        )
      })}
    </section>
  )
}

function VerdictBar({ totals, open }: Shown & { totals: Project['totals'] }) {
  if (totals.source === 0) return null
  const { verified, different, leftOut, failed } = totals
  return (
    <section class="group">
      <h3>{projectWords.verdicts}</h3>
      <div
        class="bar"
        role="img"
        aria-label={projectWords.bar(verified, different, leftOut, failed)}
      >
        {verdicts
          .filter((verdict) => totals[verdict] > 0)
          .map((verdict) => (
            <i key={verdict} class={shapeOf[verdict]} style={{ flexGrow: totals[verdict] }} />
          ))}
      </div>
      <Four counts={totals} open={open} />
    </section>
  )
}

interface FourProps extends Shown {
  counts: Project['totals']
  of?: string
}

function Four({ counts, open, of }: FourProps) {
  return (
    <p class="four">
      {verdicts.map((verdict) =>
        counts[verdict] === 0 ? null : (
          <span key={verdict}>
            <Mark shape={shapeOf[verdict]} />
            <Listed open={open} ask={{ verdict }} {...(of === undefined ? {} : { of })}>
              {count(counts[verdict])} {verdictWords[verdict]}
            </Listed>
          </span>
        ),
      )}
    </p>
  )
}

/** Checks and checklist are asked for once somebody looks. */
function After({ model, projectKey }: { model: OverlayModel; projectKey: string }) {
  const own = useModel(() => new ProjectPageModel(projectKey, model.at))
  useEffect(() => {
    own.reload()
    return own.leave
  }, [own])
  const page = own.page.value
  const problem = own.problem.value
  return (
    <>
      {problem && <ProblemText problem={problem} />}
      {page === null && !problem && <p class="quiet">{projectWords.loading}</p>}
      {page && <Checks model={own} after={page.after} />}
      {page && <Checklist model={own} view={page.checklist} />}
    </>
  )
}
