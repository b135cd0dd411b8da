import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { MigrationView } from '../../shared/api.ts'
import { type DeedsModel, deedsFor } from '../models/deeds.ts'
import { rowHindrance } from '../models/row-deeds.ts'
import { listWords } from '../words.ts'
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

/** What came of the last deed, with undo where there is one, and the question before stop and delete. */
export function DeedOutcome({ model }: { model: DeedsModel }) {
  const done = model.done.value
  const back: Deed | null =
    done?.deed === 'archive' ? 'unarchive' : done?.deed === 'unarchive' ? 'archive' : null
  return (
    <>
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      <div role="status">
        {done && (
          <div class="box good bar">
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
  const site = row.site.url ?? listWords.practice
  const own = questionWords(row)
  const words = own[deed]
  const harmless = deed === 'delete' && row.status === 'saved'
  const text =
    deed === 'stop' ? own.stop.text(site) : harmless ? own.delete.plan : own.delete.ran(site)
  const mustType = deed === 'delete' && !harmless
  const ready = !mustType || typed.value.trim().toLowerCase() === deleteWords.word
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} aria-labelledby={`${id}t`} onClose={model.cancel}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) model.confirm()
        }}
      >
        <h2 id={`${id}t`}>{words.title(row.name)}</h2>
        <p>{text}</p>
        <Numbers told={model.numbers.value} site={site} deed={deed} />
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
          <Button
            look="danger"
            type="submit"
            whyNot={ready ? null : deleteWords.typed}
            onClick={() => {}}
          >
            {words.yes}
          </Button>
          <Button onClick={() => dialog.current?.close()}>{words.no}</Button>
        </div>
      </form>
    </dialog>
  )
}

/** What is on the site and on the disk, in numbers; said aloud once they are there. */
function Numbers({ told, site, deed }: { told: Told; site: string; deed: Asked['deed'] }) {
  const words = told === 'failed' || told === null ? null : onSiteWords(told)
  const disk = told === 'failed' || told === null || deed === 'stop' ? null : diskWordsOf(told)
  return (
    <div role="status">
      {told === null && <p class="quiet">{deedNumberWords.asking}</p>}
      {told === 'failed' && <p>{deedNumberWords.failed}</p>}
      {told !== null && told !== 'failed' && (
        <>
          <p>
            {words === null ? deedNumberWords.nothing(site) : deedNumberWords.stays(words, site)}{' '}
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
