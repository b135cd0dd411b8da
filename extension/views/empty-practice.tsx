import { useModel } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { PracticeModel } from '../models/practice.ts'
import { practiceWords as words } from '../words-practice.ts'
import { Button, ProblemBox, Skeleton } from './parts.tsx'

interface EmptyPracticeProps {
  /** The migration that wants it empty; null = one that is not saved yet, whose form says it is a rehearsal. */
  id: string | null
  /** Called once it is empty, to ask again what it stood in the way of. */
  onEmptied?: () => void
}

/** Takes everything off the practice site, after a question that says what goes. Nothing for a real site. */
export function EmptyPractice({ id, onEmptied }: EmptyPracticeProps) {
  const model = useModel(() => new PracticeModel(id))
  if (id !== null && model.row.value?.site.kind !== 'practice') return null
  return (
    <>
      <div>
        <Button look="small" onClick={model.ask}>
          {words.open}
        </Button>
      </div>
      <div role="status">{model.done.value && <p class="box good">{words.done}</p>}</div>
      {model.asking.value && <Question model={model} onEmptied={onEmptied} />}
    </>
  )
}

function Question({
  model,
  onEmptied,
}: {
  model: PracticeModel
  onEmptied: (() => void) | undefined
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const keep = useRef<HTMLSpanElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
    // What cannot be undone is not what a hasty Enter does.
    keep.current?.querySelector('button')?.focus()
  }, [])
  const view = model.view.value
  const problem = model.problem.value
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={model.keep}>
      <div class="stack">
        <h2 id={id}>{words.title}</h2>
        {problem && <ProblemBox problem={problem} onRetry={model.look} />}
        {!view && !problem && <Skeleton rows={2} />}
        {view && (
          <>
            <p class="wrap">
              <bdi>
                {view.projects.length === 0
                  ? words.nothing
                  : words.what(
                      view.projects.map(({ key }) => key),
                      view.issues,
                    )}
              </bdi>
            </p>
            {view.migrations.length > 0 && (
              <p class="wrap">
                <bdi>{words.by(view.migrations.map((name) => `“${name.slice(0, 80)}”`))}</bdi>
              </p>
            )}
            <p>{words.stays}</p>
            {view.whyNot && (
              <p class="box warn wrap" role="alert">
                <bdi>{view.whyNot}</bdi>
              </p>
            )}
          </>
        )}
        <div class="bar">
          <Button
            look="danger"
            whyNot={view ? (model.busy.value ? words.emptying : view.whyNot) : words.asking}
            onClick={() =>
              void model.empty().then((done) => {
                if (done) onEmptied?.()
              })
            }
          >
            {words.yes}
          </Button>
          <span ref={keep}>
            <Button onClick={() => dialog.current?.close()}>{words.no}</Button>
          </span>
        </div>
      </div>
    </dialog>
  )
}
