import { useModel } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import {
  appNotices,
  densities,
  OptionsModel,
  type OverlayFeature,
  type Preferences,
  pillPlaces,
  runNotices,
  themes,
} from '../models/options.ts'
import { optionWords } from '../words-acts.ts'
import { featureWords, pillWords } from '../words-overlay.ts'
import { agentsWords, noticeKindWords, settingWords } from '../words-watch.ts'
import { AgentsPart } from './agents.tsx'
import { Brand } from './marks.tsx'
import { OldServersPart } from './old-servers.tsx'
import { Button, ProblemBox, Skeleton } from './parts.tsx'
import { size } from './sizes.ts'

/** The options: which agents, what to be told of, what to lay over the site, how it looks. */
export function Options() {
  const model = useModel(OptionsModel)
  const preferences = model.preferences.value
  return (
    <main class="panel narrow options">
      <Brand />
      <h1>{optionWords.title}</h1>
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      <div role="status">
        {model.done.value && (
          <div class="box good">
            {model.done.value === 'saved' ? agentsWords.saved : settingWords.cleared}
          </div>
        )}
      </div>
      {!model.agent.value || !preferences ? (
        <Skeleton />
      ) : (
        <>
          <AgentsPart key={model.agent.value.address} model={model} agent={model.agent.value} />
          <NoticesPart preferences={preferences} onSet={model.set} />
          <OverlayPart preferences={preferences} onSet={model.set} />
          <OldServersPart />
          <LookPart preferences={preferences} onSet={model.set} />
          <CachePart model={model} />
        </>
      )}
    </main>
  )
}

interface PartProps {
  preferences: Preferences
  onSet: (change: Partial<Preferences>) => void
}

function NoticesPart({ preferences, onSet }: PartProps) {
  const { notifications, notify } = preferences
  const switches = (kinds: readonly (keyof typeof notify)[]) =>
    kinds.map((kind) => (
      <Switch
        key={kind}
        label={noticeKindWords[kind][0]}
        hint={noticeKindWords[kind][1]}
        on={notify[kind]}
        dead={!notifications}
        onChange={(on) => onSet({ notify: { ...notify, [kind]: on } })}
      />
    ))
  return (
    <fieldset class="card stack tight">
      <legend>{settingWords.notices}</legend>
      <Switch
        label={optionWords.notifications}
        hint={optionWords.notificationsHint}
        on={notifications}
        onChange={(on) => onSet({ notifications: on })}
      />
      <div class="stack tight inner">{switches(runNotices)}</div>
      <h3>{settingWords.appNotices}</h3>
      <div class="stack tight inner">{switches(appNotices)}</div>
    </fieldset>
  )
}

function OverlayPart({ preferences, onSet }: PartProps) {
  const { overlay, overlayOn } = preferences
  return (
    <fieldset class="card stack tight">
      <legend>{settingWords.overlay}</legend>
      <Switch
        label={optionWords.overlay}
        hint={optionWords.overlayHint}
        on={overlay}
        onChange={(on) => onSet({ overlay: on })}
      />
      <div class="stack tight inner">
        {(Object.keys(featureWords) as OverlayFeature[]).map((feature) => (
          <Switch
            key={feature}
            label={featureWords[feature][0]}
            hint={featureWords[feature][1]}
            on={overlayOn[feature]}
            dead={!overlay}
            onChange={(on) => onSet({ overlayOn: { ...overlayOn, [feature]: on } })}
          />
        ))}
      </div>
      <div class="inner">
        <Choice
          name="pill"
          legend={pillWords.legend}
          all={pillPlaces}
          words={pillWords.places}
          value={preferences.pillAt}
          onPick={(pillAt) => onSet({ pillAt })}
        />
      </div>
    </fieldset>
  )
}

function LookPart({ preferences, onSet }: PartProps) {
  return (
    <div class="card bar looks">
      <Choice
        name="theme"
        legend={optionWords.theme}
        all={themes}
        words={optionWords.themes}
        value={preferences.theme}
        onPick={(theme) => onSet({ theme })}
      />
      <Choice
        name="density"
        legend={settingWords.density}
        all={densities}
        words={settingWords.densities}
        value={preferences.density}
        onPick={(density) => onSet({ density })}
      />
    </div>
  )
}

interface ChoiceProps<T extends string> {
  name: string
  legend: string
  all: readonly T[]
  words: Record<T, string>
  value: T
  onPick: (value: T) => void
}

function Choice<T extends string>({ name, legend, all, words, value, onPick }: ChoiceProps<T>) {
  return (
    <fieldset class="stack tight">
      <legend>{legend}</legend>
      {all.map((one) => (
        <label class="choice" key={one}>
          <input type="radio" name={name} checked={value === one} onChange={() => onPick(one)} />
          {words[one]}
        </label>
      ))}
    </fieldset>
  )
}

function CachePart({ model }: { model: OptionsModel }) {
  const counts = model.counts.value
  const rows = (counts?.inUse ?? 0) + (counts?.archived ?? 0)
  const bytes = model.bytes.value
  return (
    <section class="card stack tight">
      <h2>{settingWords.cache}</h2>
      <p class="quiet">
        {bytes === null
          ? settingWords.cacheTextOnly(rows)
          : settingWords.cacheText(rows, size(bytes))}
      </p>
      <div>
        <Button onClick={model.clear}>{settingWords.clear}</Button>
      </div>
    </section>
  )
}

interface SwitchProps {
  label: string
  hint: ComponentChildren
  on: boolean
  /** The switch above it is off, so this one has no effect. */
  dead?: boolean
  onChange: (on: boolean) => void
}

function Switch({ label, hint, on, dead = false, onChange }: SwitchProps) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={on}
        disabled={dead}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        <p class="quiet">{hint}</p>
      </span>
    </label>
  )
}
