import { useEffect, useRef } from 'preact/hooks'
import type { OverlayModel } from '../models/overlay.ts'
import { Actions, Answer } from './answer.tsx'
import { overlayWords } from './words.ts'

interface DrawerProps {
  model: OverlayModel
  name: string
}

/** The drawer: its title, what is known of the screen, what can be done. Esc closes it. */
export function Drawer({ model, name }: DrawerProps) {
  const title = useRef<HTMLHeadingElement>(null)
  const close = () => {
    model.open.value = false
  }
  useEffect(() => title.current?.focus(), [])
  // Jira's one-letter shortcuts must not fire while a person reads or chooses here.
  const own = (event: KeyboardEvent) => event.stopPropagation()
  return (
    <section
      class="drawer"
      role="dialog"
      aria-label={overlayWords.title(name)}
      data-testid="landfall-drawer"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
        own(event)
      }}
      onKeyPress={own}
      onKeyUp={own}
    >
      <header>
        <h2 tabIndex={-1} ref={title}>
          {overlayWords.title(name)}
        </h2>
        <button type="button" onClick={close}>
          {overlayWords.close}
        </button>
      </header>
      <div class="body">
        <Answer model={model} />
      </div>
      <footer>
        <Actions model={model} />
      </footer>
    </section>
  )
}
