import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { MigrationView } from '../../shared/api.ts'
import { type DeedsModel, deedsFor } from '../models/deeds.ts'
import { rowHindrance } from '../models/row-deeds.ts'
import { type Deed, deleteWords, doneWords, undo } from '../words-acts.ts'
import { deedNumberWords, diskWordsOf, onSiteWords } from '../words-deeds.ts'
import { deedWord, questionWords } from '../words-status.ts'
import { Button, ProblemBox } from './parts.tsx'
import { SetupDeeds } from './setup-deeds.tsx'

interface DeedButtonsProps {
  row: MigrationView
  model: DeedsModel
  agentHere: boolean
  /** Only these, as in the popup; all that make sense when left out. */
  only?: Deed[]
  small?: boolean
}

/** What can be done to a migration; a button that cannot be pressed says why. */
export function DeedButtons({ row, model, agentHere, only, small = false }: DeedButtonsProps) {
  const deeds = deedsFor(row).filter((deed) => only?.includes(deed) ?? true)
  const busy = model.busy.value?.id === row.id ? model.busy.value.deed : null
  const away = deeds.filter((deed) => clearsAway.includes(deed))
  const button = (deed: Deed, i: number) => (
    <Button
      key={deed}
      look={small ? 'small' : deed === 'delete' ? 'danger' : i === 0 ? 'main' : ''}
      whyNot={busy === null ? rowHindrance(row, deed, agentHere) : doneWords[busy]}
      onClick={() => model.start(row, deed)}
    >
      {deedWord(row, deed, row.status !== 'saved')}
    </Button>
  )
  return (
    <div class="bar">
      {deeds.filter((deed) => !away.includes(deed)).map(button)}
      {!only && <SetupDeeds row={row} model={model} agentHere={agentHere} />}
      {away.map((deed) => button(deed, -1))}
    </div>
  )
}

/** What takes a migration out of sight stands last, where no hand in a hurry falls on it. */
const clearsAway: readonly Deed[] = ['archive', 'unarchive', 'delete']

/** Where somebody is who went on while a deed was done: another menu, a question, something to type in. */
const goingOn = '[role=menu], dialog, input, textarea, select'

/** What came of the last deed, with undo where there is one, and the question before stop and delete. */
export function DeedOutcome({ model }: { model: DeedsModel }) {
  const done = model.done.value
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // What the person stood on is gone from the list: they go on from here, unless they do already elsewhere.
    if (done && clearsAway.includes(done.deed) && !document.activeElement?.closest(goingOn))
      (box.current?.querySelector('button') ?? box.current)?.focus({ preventScroll: true })
  }, [done])
  const back: Deed | null =
    done?.deed === 'archive' ? 'unarchive' : done?.deed === 'unarchive' ? 'archive' : null
  return (
    <>
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      <div role="status">
        {done && (
          <div class="box good bar" ref={box} tabIndex={-1}>
            <span>{doneWords[done.deed]}</span>
            {back && (
              <Button look="small" onClick={() => model.start(done.row, back)}>
                {undo}
              </Button>
            )}
          </div>
        )}
      </div>
      {model.asking.value && <Question asked={model.asking.value} model={model} />}
    </>
  )
}

/** Stop and delete are asked about: what ends or goes, and what stays on the site. */
function Question({ asked, model }: { asked: Asked; model: DeedsModel }) {
  const { row, deed } = asked
  const dialog = useRef<HTMLDialogElement>(null)
  const typed = useSignal('')
  const id = useId()
  const site = row.site.url ?? deedNumberWords.practice
  const own = questionWords(row)
  const words = own[deed]
  const harmless = deed === 'delete' && row.status === 'saved'
  const text =
    deed === 'stop' ? own.stop.text(site) : harmless ? own.delete.plan : own.delete.ran(site)
  const mustType = deed === 'delete' && !harmless
  const whyNot =
    model.numbers.value === null
      ? deedNumberWords.asking
      : mustType && typed.value.trim().toLowerCase() !== deleteWords.word
        ? deleteWords.typed
        : null
  useEffect(() => {
    dialog.current?.showModal()
    // A hasty Enter ends nothing and deletes nothing.
    if (!mustType) dialog.current?.querySelector<HTMLElement>('.keep button')?.focus()
  }, [])
  useEffect(() => {
    const again = setInterval(model.recount, recountMs)
    // The page behind is another one then.
    addEventListener('hashchange', model.cancel)
    return () => {
      clearInterval(again)
      removeEventListener('hashchange', model.cancel)
    }
  }, [model])
  return (
    <dialog ref={dialog} aria-labelledby={`${id}t`} onClose={model.cancel}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (whyNot === null) model.confirm()
        }}
      >
        <h2 id={`${id}t`}>{words.title(isolated(row.name))}</h2>
        <p>{text}</p>
        <Numbers told={model.numbers.value} site={site} deed={deed} said={harmless} />
        {mustType && (
          <div class="field">
            <label for={id}>{deleteWords.typed}</label>
            <input
              id={id}
              autocomplete="off"
              value={typed.value}
              onInput={(event) => {
                typed.value = event.currentTarget.value
              }}
            />
          </div>
        )}
        <div class="bar">
          <Button look="danger" type="submit" whyNot={whyNot} onClick={() => {}}>
            {words.yes}
          </Button>
          <span class="keep">
            <Button onClick={() => dialog.current?.close()}>{words.no}</Button>
          </span>
        </div>
      </form>
    </dialog>
  )
}

/** As often as the page behind asks for its numbers, so that the two agree. Milliseconds. */
const recountMs = 2_000

/** A name inside a sentence, with its own direction of writing, and no longer than a person reads. */
const isolated = (name: string): string => `\u2068${name.slice(0, 200)}\u2069`

interface NumbersProps {
  told: Told
  site: string
  deed: Asked['deed']
  /** The question says already that nothing was written. */
  said: boolean
}

/** What is on the site and on the disk, in numbers; said aloud once they are there, and not with each that follows. */
function Numbers({ told, site, deed, said }: NumbersProps) {
  const words = told === 'failed' || told === null ? null : onSiteWords(told)
  const disk = told === 'failed' || told === null || deed === 'stop' ? null : diskWordsOf(told)
  const heard = useSignal(false)
  useEffect(() => {
    if (told === null) return
    const later = setTimeout(() => {
      heard.value = true
    }, recountMs / 2)
    return () => clearTimeout(later)
  }, [told === null])
  return (
    <div role="status" aria-live={heard.value ? 'off' : 'polite'}>
      {told === null && <p class="quiet">{deedNumberWords.asking}</p>}
      {told === 'failed' && <p>{deedNumberWords.failed}</p>}
      {told !== null && told !== 'failed' && (
        <>
          <p>
            {words !== null
              ? deedNumberWords.stays(words, site)
              : !said && deedNumberWords.nothing(site)}{' '}
            {told.waiting > 0 && deedNumberWords.waiting(told.waiting)}
          </p>
          {disk !== null && <p>{deedNumberWords.goes(disk)}</p>}
        </>
      )}
    </div>
  )
}
type Told = DeedsModel['numbers']['value']
type Asked = NonNullable<DeedsModel['asking']['value']>
