import { useEffect, useRef } from 'preact/hooks'
import type { OverlayModel } from '../models/overlay.ts'
import { Drawer } from './drawer.tsx'
import { Mark } from './mark.tsx'
import { overlayWords } from './words.ts'

/** The pill at the lower right of the window, and the drawer that it opens. */
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
  const name = 'issue' in subject ? subject.issue : subject.project
  if (opened) return <Drawer model={model} name={name} pill={pill} />
  return (
    <button
      type="button"
      ref={button}
      class="pill"
      data-testid="landfall-pill"
      aria-label={overlayWords.label(name, pill.words)}
      onClick={() => {
        model.open.value = true
      }}
    >
      <Mark shape={pill.shape} />
      {pill.words}
    </button>
  )
}
