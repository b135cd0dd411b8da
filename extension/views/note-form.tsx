import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { Note } from '../../shared/api-checks.ts'
import { noteWords } from '../words-checks.ts'
import { Button, When } from './parts.tsx'

interface NoteFormProps {
  title: string
  yes: string
  /** The name of the last time. */
  who: string
  onSay: (why: { note: string; who: string }) => void
  onCancel: () => void
}

/** A decision of a person: why, and who. */
export function NoteForm({ title, yes, who, onSay, onCancel }: NoteFormProps) {
  const note = useSignal('')
  const name = useSignal(who)
  const first = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  useLayoutEffect(() => first.current?.focus(), [])
  const whyNot =
    note.value.trim() === '' ? noteWords.noNote : name.value.trim() === '' ? noteWords.noWho : null
  const say = () => {
    if (whyNot === null) onSay({ note: note.value.trim(), who: name.value.trim() })
  }
  return (
    // No form element: this also stands inside the stepper's form, and forms do not nest.
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it, as Cancel does.
    <div
      class="stack tight note"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
      }}
    >
      <strong id={`${id}t`}>{title}</strong>
      <div class="field">
        <label for={id}>{noteWords.note}</label>
        <textarea
          id={id}
          ref={first}
          rows={2}
          dir="auto"
          maxLength={2000}
          value={note.value}
          aria-describedby={`${id}t ${id}h`}
          onInput={(event) => {
            note.value = event.currentTarget.value
          }}
        />
        <span id={`${id}h`} class="quiet">
          {noteWords.noteHint}
        </span>
      </div>
      <div class="field">
        <label for={`${id}w`}>{noteWords.who}</label>
        <input
          id={`${id}w`}
          maxLength={200}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            say()
          }}
        />
      </div>
      <div class="bar">
        <Button look="main" whyNot={whyNot} onClick={say}>
          {yes}
        </Button>
        <Button onClick={onCancel}>{noteWords.cancel}</Button>
        {whyNot !== null && (
          <span class="quiet" aria-hidden="true">
            {whyNot}
          </span>
        )}
      </div>
    </div>
  )
}

interface SaidProps {
  note: Note
  title: string
  back: string
  now: number
  whyNot: string | null
  onBack: () => void
}

/** A decision that stands: who, when, why, and the way back. */
export function Said({ note, title, back, now, whyNot, onBack }: SaidProps) {
  return (
    <div class="said bar">
      <span class="grow">
        <bdi>{title}</bdi> <bdi>{note.note}</bdi>{' '}
        <span class="quiet">
          <When at={note.at} now={now} />
        </span>
      </span>
      <Button look="small" whyNot={whyNot} onClick={onBack}>
        {back}
      </Button>
    </div>
  )
}
