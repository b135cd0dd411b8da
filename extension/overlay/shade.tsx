import { type ComponentChildren, render } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import style from './overlay.css?inline'

/** Shows parts of the overlay in a page of our own, in a shadow root so that the styles of both keep apart. */
export function Shade({ children }: { children: ComponentChildren }) {
  const host = useRef<HTMLDivElement>(null)
  const container = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const shadow = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const sheet = document.createElement('style')
    sheet.textContent = style
    const inner = document.createElement('div')
    inner.className = 'here'
    shadow.replaceChildren(sheet, inner)
    container.current = inner
    return () => {
      render(null, inner)
      container.current = null
    }
  }, [])
  useEffect(() => {
    if (container.current) render(children, container.current)
  })
  return <div class="shade" ref={host} />
}
