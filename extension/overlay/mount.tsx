import { effect } from '@preact/signals'
import { render } from 'preact'
import { OverlayModel } from '../models/overlay.ts'
import { onToggle } from '../platform.ts'
import { watchAddress } from './address.ts'
import { createHost } from './host.ts'
import { lookAtIssue } from './issue/sight.ts'
import { keyCollector } from './marks/collect.ts'
import { layMarks } from './marks/layer.tsx'
import { Overlay } from './overlay.tsx'
import { servePageRequests } from './repair/page.ts'

/** Lays the overlay over the page until the signal; the page itself is never touched. */
export function mountOverlay(signal: AbortSignal): void {
  const host = createHost()
  const model = new OverlayModel({ look: lookAtIssue, collect: keyCollector(signal) })
  // Once the extension is gone nothing can be asked: only the sentence that says so stays.
  const watching = new AbortController()
  const quiet = onToggle(() => {
    if (model.pill.value) model.toggle()
  })
  servePageRequests(signal)
  const stop = effect(() => {
    if (model.orphaned.value) watching.abort()
  })
  watchAddress(AbortSignal.any([signal, watching.signal]), (address) => {
    host.keep()
    model.visit(address)
  })
  document.addEventListener('visibilitychange', model.cameBack, {
    signal: AbortSignal.any([signal, watching.signal]),
  })
  render(<Overlay model={model} />, host.container)
  layMarks(host.container, model, signal)
  model.visit(new URL(location.href))
  signal.addEventListener('abort', () => {
    stop()
    quiet()
    render(null, host.container)
    model[Symbol.dispose]()
    host.remove()
  })
}
