import { useModel, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import {
  type CheckStatus,
  type ChecksView,
  type CheckView,
  checkGroups,
} from '../../shared/api-checks.ts'
import { ChecksModel } from '../models/checks.ts'
import { codeOfCheck } from '../models/explain.ts'
import { checkWords } from '../words-checks.ts'
import { EmptyPractice } from './empty-practice.tsx'
import { Explain } from './explain.tsx'
import { Shape } from './marks.tsx'
import { NoteForm, Said } from './note-form.tsx'
import { Offenders } from './offenders.tsx'
import { Button, Empty, ProblemBox, Skeleton, When } from './parts.tsx'

interface ChecksProps {
  id: string
  now: number
  /** What to ask at once: all, or those that were never asked. */
  begin?: 'all' | 'new' | null
}

/** What was asked before a run, by group: shape and word, what was found, how to mend it, whom it concerns. */
export function Checks({ id, now, begin = null }: ChecksProps) {
  const model = useModel(() => new ChecksModel(id))
  const view = model.view.value
  const loaded = view !== null
  useEffect(() => {
    const current = model.view.value
    if (begin === null || !current || current.running) return
    if (begin === 'all') return model.run([])
    const never = current.checks.filter((one) => one.status === 'pending')
    if (never.length > 0 || current.checks.length === 0) model.run(never.map((one) => one.key))
  }, [loaded])
  if (!view)
    return model.problem.value ? (
      <ProblemBox problem={model.problem.value} onRetry={model.reload} />
    ) : (
      <Skeleton rows={5} />
    )
  // Bad news first: what is in order is folded away at the end.
  const fine = view.checks.filter((one) => one.status === 'success')
  const found = view.checks.filter((one) => one.status !== 'success')
  const shared = { id, model, running: view.running, now }
  return (
    <div class="stack">
      {model.problem.value && <ProblemBox problem={model.problem.value} onRetry={model.reload} />}
      <Summary view={view} onRun={() => model.run([])} />
      {view.checks.length === 0 && !view.running && (
        <Empty title={checkWords.none} text={checkWords.noneText} />
      )}
      <Groups checks={found} {...shared} />
      {fine.length > 0 && (
        <details>
          <summary>{checkWords.fine(fine.length)}</summary>
          <div class="stack">
            <Groups checks={fine} {...shared} />
          </div>
        </details>
      )}
    </div>
  )
}

interface SharedProps {
  id: string
  model: ChecksModel
  running: boolean
  now: number
}

/** Checks under the names of their groups, the worst of each group first. */
function Groups({ checks, ...shared }: SharedProps & { checks: CheckView[] }) {
  return (
    <>
      {checkGroups.map((group) => {
        const own = checks.filter((one) => one.group === group)
        return (
          own.length > 0 && (
            <section class="stack tight" key={group}>
              <h2>{checkWords.groups[group]}</h2>
              <ul>
                {own.toSorted(worstFirst).map((one) => (
                  <Check key={one.key} check={one} {...shared} />
                ))}
              </ul>
            </section>
          )
        )
      })}
    </>
  )
}

/** The worst first. */
export const checkOrder: CheckStatus[] = ['error', 'incomplete', 'warning', 'pending', 'success']
const worstFirst = (a: CheckView, b: CheckView) =>
  checkOrder.indexOf(a.status) - checkOrder.indexOf(b.status)

/** Whether a run may begin, how many of each, and the button that asks all of them. */
function Summary({ view, onRun }: { view: ChecksView; onRun: () => void }) {
  const { checks, running, blocks } = view
  const asked = checks.some((one) => one.status !== 'pending')
  const errors = checks.filter((one) => one.status === 'error' && !one.overridden).length
  return (
    <div class={`box ${blocks ? 'bad' : running || !asked ? '' : 'good'}`}>
      <strong role="status">
        {running
          ? checkWords.running
          : blocks
            ? checkWords.blocks(errors)
            : asked && checkWords.free}
      </strong>
      <div class="bar">
        <span class="numbers">
          {checkOrder.map((status) => {
            const n = checks.filter((one) => one.status === status).length
            return (
              n > 0 && (
                <span key={status}>
                  {n} <CheckLabel status={status} />
                </span>
              )
            )
          })}
        </span>
        <span class="push">
          <Button look="small" whyNot={running ? checkWords.running : null} onClick={onRun}>
            {checkWords.runAll}
          </Button>
        </span>
      </div>
    </div>
  )
}

const shapes = {
  success: ['tick', 'verified'],
  warning: ['warning', 'different'],
  error: ['cross', 'failed'],
  incomplete: ['clock', 'leftOut'],
  pending: ['dots', ''],
} as const satisfies Record<CheckStatus, readonly [string, string]>

/** Shape and word of a check's status, its meaning on hover. */
export function CheckLabel({
  status,
  meanings = checkWords.meanings,
}: {
  status: CheckStatus
  meanings?: Record<CheckStatus, string>
}) {
  const [shape, kind] = shapes[status]
  return (
    <span class="verdict" title={meanings[status]}>
      <Shape shape={shape} kind={kind} /> {checkWords.statuses[status]}
    </span>
  )
}

function Check({ id, check, model, running, now }: SharedProps & { check: CheckView }) {
  const asking = useSignal(false)
  const { key, title, status, sentence, hint, offenders, at, canOverride, overridden } = check
  const busy = running ? checkWords.running : null
  const explained = codeOfCheck(key, status)
  return (
    <li class={`check ${status}`}>
      <div class="bar">
        <CheckLabel status={status} />
        <strong class="grow">{title}</strong>
        <span class="quiet">
          {at !== null && (
            <>
              {checkWords.asked} <When at={at} now={now} />
            </>
          )}
        </span>
        <Button look="small" whyNot={busy} onClick={() => model.run([key])}>
          {checkWords.askWords[status]}
          <span class="hidden"> {title}</span>
        </Button>
        {explained && <Explain code={explained} of={title} />}
      </div>
      {sentence !== '' && (
        <p>
          <bdi>{sentence}</bdi>
        </p>
      )}
      {hint !== '' && <p class="quiet">{hint}</p>}
      {offenders > 0 && <Offenders id={id} checkKey={key} title={title} offenders={offenders} />}
      {key === 'project-taken' && status === 'error' && (
        <EmptyPractice id={id} onEmptied={() => model.run([key])} />
      )}
      {overridden ? (
        <Said
          note={overridden}
          title={checkWords.overridden(overridden.who)}
          back={checkWords.takeBack}
          now={now}
          whyNot={busy}
          onBack={() => void model.override(key, null)}
        />
      ) : asking.value ? (
        <NoteForm
          title={checkWords.overrideTitle}
          yes={checkWords.override}
          who={model.who.value}
          onSay={(why) =>
            void model.override(key, why).then((done) => {
              if (done) asking.value = false
            })
          }
          onCancel={() => {
            asking.value = false
          }}
        />
      ) : (
        status === 'error' && (
          <div class="bar">
            <Button
              look="small"
              whyNot={canOverride ? busy : checkWords.cannot}
              onClick={() => {
                asking.value = true
              }}
            >
              {checkWords.override} …<span class="hidden"> {title}</span>
            </Button>
            {!canOverride && <span class="quiet">{checkWords.cannot}</span>}
          </div>
        )
      )}
    </li>
  )
}
