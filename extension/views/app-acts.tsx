import { useEffect, useId, useRef } from 'preact/hooks'
import { type AppDecision, type AppView, appDecisions } from '../../shared/api-apps.ts'
import type { AppsModel } from '../models/apps.ts'
import { whyNot } from '../words-acts.ts'
import { appActWords, appsWords, cancelAppWords, decisionWords } from '../words-apps.ts'
import { Contact } from './app-marks.tsx'
import { ago, exact } from './format.ts'
import { Button, ProblemBox } from './parts.tsx'

export interface AppActProps {
  app: AppView
  model: AppsModel
  agentHere: boolean
}

/** Why nothing at all can be done to this app now; null when something can. */
const held = ({ app, model, agentHere }: AppActProps): string | null =>
  agentHere ? (model.busy.value === app.key ? appActWords.working : null) : whyNot.away

/** The log as a file; disabled, with the reason, where there is none. */
export function ViewLogs(props: AppActProps) {
  const { app, model } = props
  return (
    <Button look="small" whyNot={held(props) ?? app.log} onClick={() => model.saveLog(app)}>
      {appActWords.log}
      <span class="hidden"> {app.name}</span>
    </Button>
  )
}

/** Re-run and cancel; one that cannot be pressed says why, and a re-run until when it can be. */
export function AppActs(props: AppActProps) {
  const { app, model } = props
  const until = app.rerun === null ? app.rerunUntil : null
  return (
    <span class="bar">
      <Button look="small" whyNot={held(props) ?? app.rerun} onClick={() => model.rerun(app)}>
        {appActWords.rerun}
        <span class="hidden"> {app.name}</span>
      </Button>
      <Button look="small" whyNot={held(props) ?? app.cancel} onClick={() => model.askCancel(app)}>
        {appActWords.cancel}
        <span class="hidden"> {app.name}</span>
      </Button>
      {until && <span class="quiet">{appActWords.until(exact(until))}</span>}
    </span>
  )
}

/** What a person says of an app; once its migration has begun, what was said. */
export function Decision(props: AppActProps) {
  const { app, model } = props
  const hint = useId()
  if (app.status !== 'ready' || app.system)
    return <span title={appsWords.fixed}>{decisionWords[app.decision ?? 'none']}</span>
  const away = props.agentHere ? null : whyNot.away
  const choose = (chosen: string) => {
    const decision: AppDecision | null = appDecisions.find((one) => one === chosen) ?? null
    void model.decide(app.key, { decision })
  }
  return (
    <>
      {/* It stays while the agent is away: what has the focus, or is under a hand, is not taken from there. */}
      <select
        aria-label={appsWords.decision(app.name)}
        aria-disabled={away !== null}
        aria-describedby={away === null ? undefined : hint}
        title={away ?? undefined}
        class={app.decision === null ? 'undecided' : ''}
        value={app.decision ?? 'none'}
        onChange={(event) => {
          if (away === null) choose(event.currentTarget.value)
          else event.currentTarget.value = app.decision ?? 'none'
        }}
      >
        {(['none', ...appDecisions] as const).map((one) => (
          <option key={one} value={one}>
            {decisionWords[one]}
          </option>
        ))}
      </select>
      {away !== null && (
        <span id={hint} class="hidden">
          {away}
        </span>
      )}
    </>
  )
}

/** What came of the last deed, and the question before a cancel. */
export function AppOutcome({ model }: { model: AppsModel }) {
  const done = model.done.value
  const problem = model.away.value ? null : model.problem.value
  return (
    <>
      {problem && <ProblemBox problem={problem} onRetry={model.reload} />}
      <div role="status">
        {done && (
          <p class="box good wrap">
            <bdi>
              {done.deed === 'rerun'
                ? appActWords.rerunning(done.app.name)
                : appActWords.canceling(done.app.name)}
            </bdi>
          </p>
        )}
      </div>
      {model.asking.value && <CancelQuestion app={model.asking.value} model={model} />}
    </>
  )
}

/** Cancel cannot be reversed: what is recommended is said first. */
function CancelQuestion({ app, model }: { app: AppView; model: AppsModel }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const sign = app.updatedAt === null ? null : ago(app.updatedAt, Date.now())
  const keep = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    // What cannot be undone is not what a hasty Enter does.
    keep.current?.querySelector('button')?.focus()
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={model.keepGoing}>
      <div class="stack">
        <h2 id={id} class="wrap long">
          <bdi>{cancelAppWords.title(app.name)}</bdi>
        </h2>
        <p>{cancelAppWords.text}</p>
        <p>
          {app.firstStartedAt === null || sign === null
            ? cancelAppWords.begins
            : cancelAppWords.now(Math.floor(app.percent), sign)}
        </p>
        <div class="stack tight">
          <p>{cancelAppWords.recommend}</p>
          <ul class="points">
            {cancelAppWords.recommendations.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <div class="bar">
            <Contact app={app} />
            <ViewLogs app={app} model={model} agentHere={!model.away.value} />
          </div>
        </div>
        <div class="bar">
          <Button look="danger" onClick={model.confirmCancel}>
            {cancelAppWords.yes}
          </Button>
          <span ref={keep}>
            <Button onClick={() => dialog.current?.close()}>{cancelAppWords.no}</Button>
          </span>
        </div>
      </div>
    </dialog>
  )
}
