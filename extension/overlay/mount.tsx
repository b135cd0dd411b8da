import { render } from 'preact'
import { OverlayModel } from '../models/overlay.ts'
import { Overlay } from './overlay.tsx'

export interface MountedOverlay {
  visit: (address: URL) => void
  remove: () => void
}

/** Shows the overlay in a container of its shadow root; the page itself is never touched. */
export function mountOverlay(container: HTMLElement, host: HTMLElement): MountedOverlay {
  const model = new OverlayModel()
  const root = document.documentElement
  const readMode = () => {
    host.dataset.mode = root.dataset.colorMode ?? ''
  }
  const watch = new MutationObserver(readMode)
  watch.observe(root, { attributeFilter: ['data-color-mode'] })
  readMode()
  render(<Overlay model={model} />, container)
  model.visit(new URL(location.href))
  return {
    visit: model.visit,
    remove: () => {
      watch.disconnect()
      render(null, container)
      model[Symbol.dispose]()
    },
  }
}
