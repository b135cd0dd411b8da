import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { AgentSettings, OptionsModel } from '../models/options.ts'
import { optionWords } from '../words-acts.ts'
import { agentsWords } from '../words-watch.ts'
import { Pairing } from './agent.tsx'
import { Button } from './parts.tsx'

interface AgentsPartProps {
  model: OptionsModel
  agent: AgentSettings
}

/** The agents that this browser knows: the one in use, the others, and one to be added. */
export function AgentsPart({ model, agent }: AgentsPartProps) {
  const adding = useSignal(false)
  const others = model.others.value
  return (
    <section class="card stack">
      <h2>{agentsWords.title}</h2>
      <p class="quiet">{agentsWords.hint}</p>
      <AgentForm
        key={agent.address}
        agent={agent}
        wrong={adding.value ? null : model.wrongAddress.value}
        submit={agentsWords.save}
        onSubmit={model.change}
      />
      {agent.token === null ? (
        <div class="box warn">
          <Pairing address={agent.address} />
        </div>
      ) : (
        <div class="bar">
          <span>{optionWords.pairedWith(agent.name)}</span>
          <Button look="small" onClick={model.unpair}>
            {optionWords.unpair}
          </Button>
        </div>
      )}
      {others.length > 0 && (
        <div class="stack tight">
          <h3>{agentsWords.others}</h3>
          <ul>
            {others.map((one) => (
              <Other key={one.address} agent={one} model={model} />
            ))}
          </ul>
        </div>
      )}
      {adding.value ? (
        <AgentForm
          agent={{ name: agentsWords.newName(others.length + 2), address: '' }}
          wrong={model.wrongAddress.value}
          submit={agentsWords.add}
          onSubmit={model.add}
        />
      ) : (
        <div>
          <Button
            onClick={() => {
              adding.value = true
            }}
          >
            {agentsWords.add}
          </Button>
        </div>
      )}
    </section>
  )
}

function Other({ agent, model }: AgentsPartProps) {
  return (
    <li class="row">
      <span>
        <bdi>{agent.name}</bdi>{' '}
        <span class="quiet">
          {agent.address}, {agent.token === null ? agentsWords.notPaired : agentsWords.paired}
        </span>
      </span>
      <span class="bar">
        <Button look="small" onClick={() => model.use(agent.address)}>
          {agentsWords.use}
          <span class="hidden">: {agent.name}</span>
        </Button>
        <Button look="small" onClick={() => model.forget(agent.address)}>
          {agentsWords.forget}
          <span class="hidden"> {agent.name}</span>
        </Button>
      </span>
    </li>
  )
}

interface AgentFormProps {
  agent: Pick<AgentSettings, 'name' | 'address'>
  wrong: string | null
  submit: string
  onSubmit: (name: string, address: string) => void
}

function AgentForm({ agent, wrong, submit, onSubmit }: AgentFormProps) {
  const id = useId()
  return (
    <form
      class="bar agent-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const typed = new FormData(event.currentTarget)
        onSubmit(String(typed.get('name') ?? ''), String(typed.get('address') ?? ''))
      }}
    >
      <div class="field">
        <label for={`${id}n`}>{agentsWords.name}</label>
        <input id={`${id}n`} name="name" defaultValue={agent.name} maxLength={100} />
      </div>
      <div class="field">
        <label for={id}>{agentsWords.address}</label>
        <input
          id={id}
          name="address"
          defaultValue={agent.address}
          placeholder="http://127.0.0.1:4747"
          spellcheck={false}
          aria-describedby={`${id}h`}
          aria-invalid={wrong !== null}
        />
      </div>
      <Button type="submit" onClick={() => {}}>
        {submit}
      </Button>
      <p id={`${id}h`} class={wrong === null ? 'quiet' : 'wrong'}>
        {wrong ?? agentsWords.addressHint}
      </p>
    </form>
  )
}
