import { useModel } from '@preact/signals'
import { useId } from 'preact/hooks'
import { OptionsModel, type Preferences, themes } from '../models/options.ts'
import { optionWords } from '../words-acts.ts'
import { Brand } from './marks.tsx'
import { Button, Skeleton } from './parts.tsx'

/** The options: where the agent is, and what the person prefers. */
export function Options() {
  const model = useModel(OptionsModel)
  const agent = model.agent.value
  const preferences = model.preferences.value
  return (
    <main class="panel narrow">
      <Brand />
      <h1>{optionWords.title}</h1>
      {!agent || !preferences ? (
        <Skeleton />
      ) : (
        <>
          <AgentPart model={model} address={agent.address} />
          <div class="bar">
            <span>
              {agent.token === null ? optionWords.notPaired : optionWords.pairedWith(agent.name)}
            </span>
            {agent.token !== null && <Button onClick={model.unpair}>{optionWords.unpair}</Button>}
          </div>
          <PreferencesPart preferences={preferences} onSet={model.set} />
        </>
      )}
    </main>
  )
}

function AgentPart({ model, address }: { model: OptionsModel; address: string }) {
  const id = useId()
  const wrong = model.wrongAddress.value
  return (
    <form
      class="field"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        model.setAddress(String(new FormData(event.currentTarget).get('address') ?? ''))
      }}
    >
      <label for={id}>{optionWords.address}</label>
      <div class="bar">
        <input
          id={id}
          name="address"
          style={{ width: '260px' }}
          defaultValue={address}
          spellcheck={false}
          aria-describedby={`${id}h`}
          aria-invalid={wrong !== null}
        />
        <Button type="submit" onClick={() => {}}>
          {optionWords.save}
        </Button>
        <span role="status">{model.saved.value ? optionWords.saved : ''}</span>
      </div>
      <span id={`${id}h`} class={wrong === null ? 'quiet' : 'wrong'}>
        {wrong ?? optionWords.addressHint}
      </span>
    </form>
  )
}

interface PreferencesProps {
  preferences: Preferences
  onSet: (change: Partial<Preferences>) => void
}

function PreferencesPart({ preferences, onSet }: PreferencesProps) {
  return (
    <>
      <fieldset class="stack tight">
        <legend>{optionWords.theme}</legend>
        {themes.map((theme) => (
          <label class="choice" key={theme}>
            <input
              type="radio"
              name="theme"
              checked={preferences.theme === theme}
              onChange={() => onSet({ theme })}
            />
            {optionWords.themes[theme]}
          </label>
        ))}
      </fieldset>
      <Switch
        label={optionWords.overlay}
        hint={optionWords.overlayHint}
        on={preferences.overlay}
        onChange={(overlay) => onSet({ overlay })}
      />
      <Switch
        label={optionWords.notifications}
        hint={optionWords.notificationsHint}
        on={preferences.notifications}
        onChange={(notifications) => onSet({ notifications })}
      />
    </>
  )
}

interface SwitchProps {
  label: string
  hint: string
  on: boolean
  onChange: (on: boolean) => void
}

function Switch({ label, hint, on, onChange }: SwitchProps) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        <p class="quiet">{hint}</p>
      </span>
    </label>
  )
}
