import { useModel } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { RepairVia, RepairView } from '../../shared/api-repair.ts'
import type { RepairModel } from '../models/repair.ts'
import { signedRepair } from '../models/repair-signed.ts'
import { repairWords as words } from '../words-repair.ts'
import { exact } from './format.ts'
import { Button, ProblemBox, Skeleton } from './parts.tsx'
import { Plans } from './repair-plans.tsx'

interface RepairBoxProps {
  /** The migration. */
  id: string
  /** The address of its site; null = not known, then there is no way through a page. */
  site: string | null
  items: () => Promise<number[]>
  /** How many there are in all. */
  total: number
  agentHere: boolean
  onClose: () => void
}

/** A repair of one item or of many: what would be written, a person's yes, what came of it, the way back. */
export function RepairBox({ id, site, items, total, agentHere, onClose }: RepairBoxProps) {
  const model = useModel(() => signedRepair({ id, items, ...(site === null ? {} : { site }) }))
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    title.current?.focus()
    model.look()
    return model.leave
  }, [])
  const away = agentHere ? null : words.away
  return (
    <section
      class="box stack repair"
      aria-label={words.title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div class="bar">
        <h2 tabIndex={-1} ref={title}>
          {words.title}
        </h2>
        <span class="push">
          <Button look="small" onClick={onClose}>
            {words.close}
          </Button>
        </span>
      </div>
      {model.problem.value && <ProblemBox problem={model.problem.value} onRetry={model.look} />}
      <Stage model={model} site={site} total={total} away={away} />
    </section>
  )
}

interface StageProps {
  model: RepairModel
  site: string | null
  total: number
  away: string | null
}

function Stage({ model, site, total, away }: StageProps) {
  const looked = model.looked.value
  switch (model.stage.value) {
    case 'looking':
      return (
        <>
          <p role="status">
            {words.looking} {looked && words.lookedAt(looked.done, looked.of)}
          </p>
          <Skeleton rows={2} />
        </>
      )
    case 'preview':
      return (
        <>
          {looked && looked.of < total && <p>{words.first(looked.of)}</p>}
          <Plans plans={model.plans.value} />
          <Confirm model={model} site={site} away={away} />
        </>
      )
    case 'working': {
      const view = model.view.value
      return (
        <>
          <progress
            value={view?.done ?? 0}
            max={Math.max(1, view?.total ?? 1)}
            aria-label={words.title}
          />
          <p role="status">
            {view && words.working(view.done, view.total)} <bdi>{view?.sentence}</bdi>
          </p>
          <div class="bar">
            <Button onClick={model.stop}>{words.stop}</Button>
          </div>
        </>
      )
    }
    case 'over':
      return <Over model={model} away={away} />
  }
}

/** How it is written, by whom, and exactly which requests: asked for each time. */
function Confirm({ model, site, away }: Omit<StageProps, 'total'>) {
  const id = useId()
  const possible = model.possible.value
  const facts = model.facts.value
  const page = model.via.value === 'page'
  const ways: [RepairVia, string][] = [['agent', words.vias.agent]]
  if (site !== null) ways.push(['page', words.panelPage])
  const choice = (
    <fieldset class="bar">
      <legend>{words.via}</legend>
      {ways.map(([way, label]) => (
        <label key={way}>
          <input
            type="radio"
            name={`${id}v`}
            checked={model.via.value === way}
            onChange={() => model.choose(way)}
          />{' '}
          {label}
        </label>
      ))}
    </fieldset>
  )
  if (possible.length === 0)
    return (
      <>
        {model.problem.value && choice}
        <div class="bar">
          {!model.problem.value && <p>{words.nothing}</p>}
          <Button onClick={model.look}>{words.look}</Button>
        </div>
      </>
    )
  const requests = possible.flatMap((one) => one.requests)
  const whyNot = away ?? (model.who.value.trim() === '' ? words.noWho : null)
  return (
    <>
      {facts?.tokenWrites === false && <p class="box warn">{words.tokenMayNot}</p>}
      {choice}
      <details open={page}>
        <summary>{words.requests(requests.length, facts?.site ?? '')}</summary>
        <ul class="quiet wrap">
          {requests.map((one, i) => (
            <li key={`${i} ${one}`}>{one}</li>
          ))}
        </ul>
      </details>
      <div class="field">
        <label for={id}>{words.who}</label>
        <input
          id={id}
          maxLength={200}
          value={model.who.value}
          aria-describedby={`${id}h`}
          onInput={(event) => {
            model.who.value = event.currentTarget.value
          }}
        />
        <span id={`${id}h`} class="quiet">
          {words.whoHint}
        </span>
      </div>
      <div class="bar">
        <Button look="main" whyNot={whyNot} onClick={model.confirm}>
          {page ? words.confirmPage(possible.length) : words.confirm(possible.length)}
        </Button>
        <Button onClick={model.look}>{words.look}</Button>
      </div>
    </>
  )
}

function Over({ model, away }: { model: RepairModel; away: string | null }) {
  const made = model.made.value
  const good = made.filter((one) => one.state === 'verified').length
  const undoable = made.filter((one) => one.undoable)
  const undo = (all: RepairView[]) => model.undo(all)
  return (
    <>
      <p role="status">{words.summary(good, made.length - good)}</p>
      <ul class="stack tight">
        {made.map((one) => (
          <Made key={one.n} one={one} whyNot={away} onUndo={() => undo([one])} />
        ))}
      </ul>
      <div class="bar">
        {undoable.length > 1 && (
          <Button whyNot={away} onClick={() => undo(undoable)}>
            {words.undoAll}
          </Button>
        )}
        <Button onClick={model.look}>{words.look}</Button>
      </div>
    </>
  )
}

interface MadeProps {
  one: RepairView
  whyNot: string | null
  onUndo: (() => void) | null
}

/** One repair: what became of it, who made it, why not, and the way back. */
export function Made({ one, whyNot, onUndo }: MadeProps) {
  const { label, state, who, at, problem, undoable, undoneBy } = one
  return (
    <li class="row item">
      <div class="stack tight">
        <span class="wrap">
          <bdi>{label}</bdi>: <strong>{words.states[state]}</strong>{' '}
          <span class="quiet">
            <bdi>{words.by(who)}</bdi>, {exact(at)}
          </span>
        </span>
        {undoneBy && state === 'undone' && (
          <span class="quiet">
            <bdi>{words.undone(undoneBy.who)}</bdi>
          </span>
        )}
        {problem && (
          <span class="wrap">
            <bdi>{problem.sentence}</bdi> <span class="quiet">{problem.hint}</span>
          </span>
        )}
      </div>
      {undoable && onUndo && (
        <Button look="small" whyNot={whyNot} onClick={onUndo}>
          {words.undo}
          <span class="hidden"> {label}</span>
        </Button>
      )}
    </li>
  )
}
