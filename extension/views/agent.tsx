import { useModel } from '@preact/signals'
import { useId } from 'preact/hooks'
import { DoorsModel } from '../models/doors.ts'
import type { MigrationsModel } from '../models/migrations.ts'
import { PairingModel } from '../models/pairing.ts'
import { agentWords, pairWords } from '../words.ts'
import { generalWords } from '../words-acts.ts'
import { clock, exact } from './format.ts'
import { type OldAnswers, oldestOf } from './old-answers.ts'
import { Button, ProblemBox, StartCommand } from './parts.tsx'

/** One line: which agent, and whether it answers. */
export function AgentLine({ model }: { model: MigrationsModel }) {
  const reach = model.reach.value
  const words =
    reach === undefined || reach === null
      ? agentWords.asking
      : reach.state === 'here'
        ? agentWords.here(model.agent.value?.name ?? '')
        : reach.state === 'away'
          ? agentWords.away
          : agentWords.unpaired
  return (
    <span class="agent push" role="status">
      <span class={`dot ${reach?.state ?? ''}`} />
      <bdi title={words}>{words}</bdi>
    </span>
  )
}

interface AgentAwayProps {
  model: MigrationsModel
  brief?: boolean
  /** Answers on the page that could not be had anew. */
  old?: OldAnswers
}
const noAnswers: OldAnswers = new Map()

/** Two clock times a minute apart look alike; so much older is worth a word of its own. */
const olderByMs = 60_000

/** The agent does not answer: since when the list is old, and the one command that starts it. */
export function AgentAway({ model, brief = false, old = noAnswers }: AgentAwayProps) {
  const doors = useModel(DoorsModel)
  const reach = model.reach.value
  if (reach?.state !== 'away' && old.size === 0) return null
  // An agent that answers nonsense is not helped by starting it.
  if (reach?.problem && reach.problem.code !== 'agent-away')
    return <ProblemBox problem={reach.problem} onRetry={model.pull} />
  const oldest = oldestOf(old)
  const at = reach?.at ?? oldest
  return (
    <div class="box warn" role="alert">
      <div class="dock-words">
        <strong>
          {agentWords.awayTitle}
          {at !== null && (
            <span class="quiet" title={exact(at)}>
              {` ${agentWords.asOf(clock(at))}`}
            </span>
          )}
        </strong>
        {oldest !== null && at !== null && oldest < at - olderByMs && (
          <span title={exact(oldest)}>{agentWords.older(clock(oldest))}</span>
        )}
        <span class={brief ? 'hidden' : undefined}>{agentWords.awayText}</span>
      </div>
      <StartCommand address={model.agent.value?.address ?? null} />
      {!brief && <span class="quiet">{agentWords.sameFolder}</span>}
      <div class="bar">
        <Button look="small" onClick={model.pull}>
          {generalWords.retry}
        </Button>
        <Button look="small" onClick={doors.openOptions}>
          {agentWords.elsewhere}
        </Button>
      </div>
    </div>
  )
}

/** The agent listens elsewhere when another program has its usual port. */
function Elsewhere() {
  const doors = useModel(DoorsModel)
  return (
    <p class="quiet">
      {pairWords.elsewhere}{' '}
      <Button look="small" onClick={doors.openOptions}>
        {pairWords.toOptions}
      </Button>
    </p>
  )
}

/** First use: one field for the code, and where to find it. */
export function Pairing({ address }: { address: string | null }) {
  const model = useModel(PairingModel)
  const id = useId()
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        model.submit()
      }}
    >
      <h1>{pairWords.title}</h1>
      <p>{pairWords.text}</p>
      <div class="field">
        <label for={id}>{pairWords.label}</label>
        <input
          id={id}
          autocomplete="off"
          spellcheck={false}
          placeholder={pairWords.placeholder}
          value={model.code.value}
          onInput={(event) => {
            model.code.value = event.currentTarget.value
          }}
        />
      </div>
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      {model.problem.value?.code === 'agent-away' && <StartCommand address={address} />}
      <div>
        <Button
          type="submit"
          look="main"
          whyNot={model.busy.value ? pairWords.busy : null}
          onClick={() => {}}
        >
          {pairWords.submit}
        </Button>
      </div>
      <Elsewhere />
    </form>
  )
}
