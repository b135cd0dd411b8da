import { useEffect, useRef } from 'preact/hooks'
import type { OverlayModel } from '../models/overlay.ts'
import { Drawer } from './drawer.tsx'
import { Mark } from './mark.tsx'
import { overlayWords, subjectName } from './words.ts'

/** The pill in a corner of the window, and the drawer that it opens. */
export function Overlay({ model }: { model: OverlayModel }) {
  const pill = model.pill.value
  const subject = model.subject.value
  const button = useRef<HTMLButtonElement>(null)
  const opened = model.open.value
  const before = useRef(opened)
  useEffect(() => {
    // Focus comes back to where it went in.
    if (before.current && !opened) button.current?.focus()
    before.current = opened
  }, [opened])
  if (!pill || !subject) return null
  const name = subjectName(subject)
  if (opened) return <Drawer model={model} name={name} />
  return (
    <button
      type="button"
      ref={button}
      class={`pill ${model.pillAt.value}`}
      data-testid="landfall-pill"
      aria-label={overlayWords.label(name, pill.words)}
      aria-haspopup="dialog"
      onClick={model.toggle}
    >
      <Mark shape={pill.shape} />
      {pill.words}
    </button>
  )
}
