import { useModel, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AfterView } from '../../shared/api-after.ts'
import type { CheckStatus } from '../../shared/api-checks.ts'
import { AfterModel } from '../models/after.ts'
import type { DetailModel } from '../models/detail.ts'
import { afterMeanings, afterCheckWords as words } from '../words-after-checks.ts'
import { Checklist } from './after-checklist.tsx'
import { AfterChecks } from './after-checks.tsx'
import { Asking } from './asking.tsx'
import { Button, ProblemBox, Skeleton, Trouble } from './parts.tsx'
import { StatusPicks } from './status-picks.tsx'

interface AfterTabProps {
  id: string
  detail: DetailModel
  now: number
  agentHere: boolean
  /** The project whose checklist is looked at; null = the first. */
  project: string | null
  /** Only checks with this answer are shown at first; null: all. */
  only: CheckStatus | null
}

/** What is not right on the site once a migration has ended, and the checklist by project up to its sign-off. */
export function AfterTab({ id, detail, now, agentHere, project, only: first }: AfterTabProps) {
  const model = useModel(() => new AfterModel(id))
  const only = useSignal<CheckStatus | null>(first)
  const view = model.view.value
  const changed = detail.changed.value
  // Another window, or the command line, may have asked them; the row changes when that is over.
  useEffect(() => {
    if (changed !== undefined && model.view.value && !model.view.value.running) model.follow()
  }, [changed])
  const problem = model.problem.value
  if (!view)
    return problem ? <ProblemBox problem={problem} onRetry={model.reload} /> : <Skeleton rows={5} />
  const whyNot = agentHere ? null : words.away
  return (
    <div class="stack">
      <Trouble problem={problem} onRetry={model.reload} />
      <Summary
        view={view}
        model={model}
        whyNot={whyNot}
        only={only.value}
        onOnly={(status) => {
          only.value = status
        }}
        endedAt={detail.row.value?.finishedAt ?? null}
      />
      <div class="after-columns">
        <section class="stack" aria-labelledby="after-checks">
          <h2 id="after-checks">{words.title}</h2>
          <AfterChecks
            id={id}
            view={view}
            only={only.value}
            model={model}
            now={now}
            whyNot={whyNot}
          />
        </section>
        <Checklist
          id={id}
          projects={detail.detail.value?.projects ?? null}
          project={project}
          checks={view.checks}
          ended={model.ended.value}
          now={now}
          whyNot={whyNot}
        />
      </div>
    </div>
  )
}

interface SummaryProps {
  view: AfterView
  model: AfterModel
  /** Only checks of this status are shown below; null: all. */
  only: CheckStatus | null
  onOnly: (status: CheckStatus | null) => void
  whyNot: string | null
  /** When the last run ended: what was asked before says nothing of it. */
  endedAt: number | null
}

/** How many checks found what, how far an asking is, and the button that asks all or stops it. */
function Summary({ view, model, only, onOnly, whyNot, endedAt }: SummaryProps) {
  const { checks, running, sentence, done, total, open } = view
  const asked = checks.some((one) => one.status !== 'pending')
  const old = checks.some((one) => one.at !== null && endedAt !== null && one.at < endedAt)
  const look = running || !asked ? '' : open > 0 ? 'warn' : 'good'
  return (
    <div class={`box ${look}`}>
      <strong role="status">
        {running
          ? (sentence ?? words.running)
          : asked
            ? open > 0
              ? words.open(open)
              : words.clean
            : words.never}
      </strong>
      {!asked && !running && <span>{words.neverText}</span>}
      {asked && old && !running && <span>{words.old}</span>}
      {running && (
        <Asking
          label={words.busy}
          done={done}
          total={total}
          words={`${words.progress(done, total)} · ${words.running}`}
        />
      )}
      <div class="bar">
        {asked && (
          <StatusPicks checks={checks} only={only} onOnly={onOnly} meanings={afterMeanings} />
        )}
        <span class="push">
          {running ? (
            <Button look="small" whyNot={whyNot} onClick={model.stop}>
              {words.stop}
            </Button>
          ) : (
            <Button look={asked ? 'small' : 'main'} whyNot={whyNot} onClick={() => model.run([])}>
              {asked ? words.runAll : words.runFirst}
            </Button>
          )}
        </span>
      </div>
    </div>
  )
}
