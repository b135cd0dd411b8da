import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { checklistWords as words } from '../words-after-checks.ts'
import { Button } from './parts.tsx'

interface SignFormProps {
  title: string
  yes: string
  /** The name of the last time. */
  who: string
  withNote?: boolean
  onSay: (said: { note: string; who: string }) => void
  onCancel: () => void
}

/** A tick or a sign-off: who, and a note where there is something to say. */
export function SignForm({ title, yes, who, withNote = true, onSay, onCancel }: SignFormProps) {
  const note = useSignal('')
  const name = useSignal(who)
  const first = useRef<HTMLInputElement>(null)
  const id = useId()
  useLayoutEffect(() => first.current?.focus(), [])
  const whyNot = name.value.trim() === '' ? words.noWho : null
  return (
    <form
      class="stack tight note"
      onSubmit={(event) => {
        event.preventDefault()
        if (whyNot === null) onSay({ note: note.value.trim(), who: name.value.trim() })
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
      }}
    >
      <strong id={`${id}t`} class="wrap">
        {title}
      </strong>
      <div class="field">
        <label for={`${id}w`}>{words.who}</label>
        <input
          id={`${id}w`}
          ref={first}
          maxLength={200}
          value={name.value}
          aria-describedby={`${id}t ${id}h`}
          onInput={(event) => {
            name.value = event.currentTarget.value
          }}
        />
        <span id={`${id}h`} class="quiet">
          {words.whoHint}
        </span>
      </div>
      {withNote && (
        <div class="field">
          <label for={id}>{words.note}</label>
          <textarea
            id={id}
            rows={2}
            dir="auto"
            maxLength={2000}
            value={note.value}
            onInput={(event) => {
              note.value = event.currentTarget.value
            }}
          />
        </div>
      )}
      <div class="bar">
        <Button type="submit" look="main" whyNot={whyNot} onClick={() => undefined}>
          {yes}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
        {whyNot !== null && (
          <span class="quiet" aria-hidden="true">
            {whyNot}
          </span>
        )}
      </div>
    </form>
  )
}
