import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { whyNot } from '../words-acts.ts'
import { appActWords, appPageWords, appsWords } from '../words-apps.ts'
import type { AppActProps } from './app-acts.tsx'
import { Button } from './parts.tsx'

const leastSecret = 16
const mostHours = 14 * 24

/** What is set before an app begins: a handler of its vendor, and how long it may take in all. */
export function HandlerForm(props: AppActProps) {
  const { app, model, agentHere } = props
  const busy = model.busy.value === app.key ? appActWords.working : null
  const fixed = app.status === 'ready' ? null : appsWords.fixed
  const held = agentHere ? (fixed ?? busy) : whyNot.away
  return (
    <details class="legend">
      <summary>{appPageWords.handler}</summary>
      <div class="stack narrow">
        <p class="quiet">{appPageWords.handlerHint}</p>
        {app.handler === null ? (
          <NewHandler {...props} held={held} />
        ) : (
          <div class="bar">
            <bdi class="wrap">{appPageWords.inUse(app.handler)}</bdi>
            <Button look="small" whyNot={held} onClick={() => void model.setHandler(app.key, null)}>
              {appPageWords.remove}
            </Button>
          </div>
        )}
        <Allowed {...props} held={held} />
      </div>
    </details>
  )
}

type HeldProps = AppActProps & { held: string | null }

function NewHandler({ app, model, held }: HeldProps) {
  const url = useSignal('')
  const secret = useSignal('')
  const signs = useSignal(false)
  const incomplete =
    url.value.trim() === ''
      ? appPageWords.needUrl
      : secret.value.trim().length < leastSecret
        ? appPageWords.needSecret
        : null
  const use = () => {
    const handler = { url: url.value, secret: secret.value, promisesSigns: signs.value }
    void model.setHandler(app.key, handler).then((done) => {
      if (done) secret.value = ''
    })
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if ((held ?? incomplete) === null) use()
      }}
    >
      <Field label={appPageWords.url} hint={appPageWords.urlHint}>
        {(id) => (
          <input
            {...id}
            type="url"
            value={url.value}
            onInput={(event) => {
              url.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <Field label={appPageWords.secret} hint={appPageWords.secretHint}>
        {(id) => (
          <input
            {...id}
            type="password"
            autocomplete="off"
            value={secret.value}
            onInput={(event) => {
              secret.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <label class="choice">
        <input
          type="checkbox"
          checked={signs.value}
          onChange={(event) => {
            signs.value = event.currentTarget.checked
          }}
        />
        {appPageWords.signs}
      </label>
      <div>
        <Button type="submit" whyNot={held ?? incomplete} onClick={() => {}}>
          {appPageWords.use}
        </Button>
      </div>
    </form>
  )
}

function Allowed({ app, model, held }: HeldProps) {
  const typed = useSignal<string | null>(null)
  const hours = typed.value ?? String(app.allowedHours)
  const n = Number(hours)
  const wrong = Number.isInteger(n) && n >= 1 && n <= mostHours ? null : appPageWords.needHours
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if ((held ?? wrong) === null)
          void model.decide(app.key, { decision: app.decision, allowedHours: n }).then((done) => {
            if (done) typed.value = null
          })
      }}
    >
      <Field label={appPageWords.allowed} hint={appPageWords.allowedHint}>
        {(id) => (
          <input
            {...id}
            type="number"
            min={1}
            max={mostHours}
            value={hours}
            onInput={(event) => {
              typed.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <div>
        <Button type="submit" whyNot={held ?? wrong} onClick={() => {}}>
          {appPageWords.saveAllowed}
        </Button>
      </div>
    </form>
  )
}

interface FieldProps {
  label: string
  hint: string
  children: (named: { id: string; 'aria-describedby': string }) => ComponentChildren
}

function Field({ label, hint, children }: FieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}h` })}
      <span id={`${id}h`} class="quiet">
        {hint}
      </span>
    </div>
  )
}
