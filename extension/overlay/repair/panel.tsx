import { useModel } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { RepairPart, RepairPlan, RepairView } from '../../../shared/api-repair.ts'
import { RepairModel } from '../../models/repair.ts'
import { kindWords } from '../../words.ts'
import { repairWords as words } from '../../words-repair.ts'
import { ProblemText } from '../problem.tsx'

interface PanelProps {
  id: string
  items: () => Promise<number[]>
  site?: string
  onClose: (changed: boolean) => void
}

/** A repair over the drawer: what would be written, the person's yes, what came of it, the way back. */
export function RepairPanel({ id, items, site, onClose }: PanelProps) {
  const model = useModel(
    () =>
      new RepairModel({
        id,
        items,
        ...(site === undefined ? {} : { site }),
      }),
  )
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    title.current?.focus()
    model.look()
    return model.leave
  }, [])
  const stage = model.stage.value
  const close = () => onClose(stage === 'over')
  return (
    <section
      class="repair"
      role="dialog"
      aria-label={words.title}
      data-testid="landfall-repair"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <header>
        <h2 tabIndex={-1} ref={title}>
          {words.title}
        </h2>
        <button type="button" onClick={close}>
          {words.close}
        </button>
      </header>
      <div class="body">
        {model.problem.value && <ProblemText problem={model.problem.value} />}
        <Stage model={model} />
      </div>
    </section>
  )
}

function Stage({ model }: { model: RepairModel }) {
  switch (model.stage.value) {
    case 'looking':
      return (
        <p role="status" class="quiet">
          {words.looking}
        </p>
      )
    case 'preview':
      return <Preview model={model} />
    case 'working': {
      const view = model.view.value
      return (
        <>
          <p role="status">
            {view && words.working(view.done, view.total)} <bdi>{view?.sentence}</bdi>
          </p>
          <button type="button" onClick={model.stop}>
            {words.stop}
          </button>
        </>
      )
    }
    case 'over':
      return <Over model={model} />
  }
}

function Preview({ model }: { model: RepairModel }) {
  const plans = model.plans.value
  const possible = model.possible.value
  const requests = possible.flatMap((one) => one.requests)
  const facts = model.facts.value
  return (
    <>
      {facts?.tokenWrites === false && <p class="notice">{words.tokenMayNot}</p>}
      <ul>
        {plans.map((plan) => (
          <Plan key={plan.seq} plan={plan} />
        ))}
      </ul>
      {possible.length === 0 && !model.problem.value && <p>{words.nothing}</p>}
      {(possible.length > 0 || model.problem.value) && (
        <>
          <fieldset>
            <legend>{words.via}</legend>
            {(['agent', 'page'] as const).map((way) => (
              <label key={way}>
                <input
                  type="radio"
                  name="landfall-via"
                  checked={model.via.value === way}
                  onChange={() => model.choose(way)}
                />{' '}
                {words.vias[way]}
              </label>
            ))}
          </fieldset>
          <details open={model.via.value === 'page'} hidden={requests.length === 0}>
            <summary>{words.requests(requests.length, facts?.site ?? '')}</summary>
            <ul class="quiet">
              {requests.map((one) => (
                <li>{one}</li>
              ))}
            </ul>
          </details>
        </>
      )}
      <p class="row">
        {possible.length > 0 && (
          <button type="button" class="main" disabled={model.busy.value} onClick={model.confirm}>
            {model.via.value === 'page'
              ? words.confirmPage(possible.length)
              : words.confirm(possible.length)}
          </button>
        )}
        <button type="button" onClick={model.look}>
          {words.look}
        </button>
      </p>
    </>
  )
}

function Plan({ plan }: { plan: RepairPlan }) {
  return (
    <li>
      <p>
        <span class="quiet">{kindWords[plan.kind][0]}</span> <bdi>{plan.label}</bdi>:{' '}
        <strong>{words.outlook(plan)}</strong>
      </p>
      {plan.why && <p class="said">{plan.why}</p>}
      {plan.parts.map((part) => (
        <Part key={part.field} part={part} />
      ))}
    </li>
  )
}

/** Whether a text may be higher than its box: then it is reached, and scrolled, by keyboard. */
const scrolls = (text: string) => text.length > 200 || text.split('\n').length > 8

/** Before and after; where a person changed it, all three: source, as migrated, now. */
function Part({ part }: { part: RepairPart }) {
  const { field, act, source, migrated, now, after, why, changed } = part
  const sides: [string, string][] = changed
    ? [
        [words.source, source],
        [words.migrated, migrated],
        [words.now, now],
      ]
    : [
        [words.now, now],
        [after === null ? words.source : words.after, after ?? source],
      ]
  return (
    <div class="group" data-testid="landfall-part">
      <p class="quiet">
        {field}:{after !== null && act !== null && ` ${words.acts[act]}.`}
        {changed && ` ${words.changedBy(changed.who, when(changed.at))}`}
      </p>
      <div class="pair">
        {sides.map(([label, text]) => (
          <div class="side" key={label}>
            <span class="quiet">{label}</span>
            <p class="said" tabIndex={scrolls(text) ? 0 : undefined}>
              {text || words.empty}
            </p>
          </div>
        ))}
      </div>
      {why && <p class="said">{why}</p>}
    </div>
  )
}

const when = (at: number | null) => (at === null ? null : new Date(at).toLocaleString())

function Over({ model }: { model: RepairModel }) {
  const made = model.made.value
  const good = made.filter((one) => one.state === 'verified').length
  return (
    <>
      <p role="status">{words.summary(good, made.length - good)}</p>
      <ul>
        {made.map((one) => (
          <Made key={one.n} one={one} model={model} />
        ))}
      </ul>
      <p class="row">
        <button type="button" onClick={model.look}>
          {words.look}
        </button>
      </p>
    </>
  )
}

function Made({ one, model }: { one: RepairView; model: RepairModel }) {
  return (
    <li>
      <p>
        <bdi>{one.label}</bdi>: <strong>{words.states[one.state]}</strong>
      </p>
      {one.problem && <ProblemText problem={one.problem} />}
      {one.undoable && (
        <p class="row">
          <button type="button" disabled={model.busy.value} onClick={() => model.undo([one])}>
            {words.undo}
          </button>
        </p>
      )}
    </li>
  )
}
