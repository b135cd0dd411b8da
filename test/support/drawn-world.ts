import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Window } from 'happy-dom'
import { type ComponentChild, render } from 'preact'
import { expect, vi } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { startAgent } from '../../agent/serve.ts'
import { writeAgent } from '../../extension/settings.ts'
import { serve } from '../../extension/sync/service.ts'
import { pair } from './agent-process.ts'

/** A page in memory, with what our views ask of a browser's globals. */
export function openPage(): Window {
  const page = new Window({ url: 'http://localhost/sidepanel.html' })
  for (const name of [
    'document',
    'location',
    'history',
    'MutationObserver',
    'HTMLElement',
    'Element',
    'matchMedia',
    'getComputedStyle',
    'ResizeObserver',
    'IntersectionObserver',
    'innerHeight',
    'innerWidth',
  ] as const) {
    const value = (page as unknown as Record<string, unknown>)[name]
    vi.stubGlobal(
      name,
      typeof value === 'function' && name[0] !== name[0]?.toUpperCase() ? value.bind(page) : value,
    )
  }
  vi.stubGlobal('window', page)
  for (const name of ['addEventListener', 'removeEventListener'] as const)
    vi.stubGlobal(name, page[name].bind(page))
  const frame = (then: (at: number) => void) => setTimeout(() => then(performance.now()), 1)
  vi.stubGlobal('requestAnimationFrame', frame)
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  return page
}

/** The real agent in this process, with the sample's backup, paired with our own background. */
export async function openDrawnWorld(page: Window) {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-drawn-'))
  const sample = await writeSample(join(folder, 'sample'))
  const agent = await startAgent({
    folder: join(folder, 'agent'),
    port: 0,
    practicePort: 0,
    onCode: () => {},
  })
  const call = await pair({ url: agent.url, code: agent.pairingCode() } as never)
  await writeAgent({ address: agent.url, token: call.token, name: 'this machine' })
  serve()

  const get = async <T>(path: string): Promise<T> => {
    const answer = await call(`/api${path}`)
    expect(answer.status, path).toBe(200)
    return (await answer.json()) as T
  }
  return {
    agent,
    sample,
    folder,
    get,
    call: (method: string, path: string, body?: unknown) =>
      call(`/api${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    /** Draws what an address shows, with all that is folded opened, until it stands still; then calls back with it. */
    async draw<T>(what: ComponentChild, hash: string, look: (place: HTMLElement) => T): Promise<T> {
      page.location.hash = hash
      const place = page.document.createElement('div') as unknown as HTMLElement
      page.document.body.append(place as never)
      render(what, place)
      try {
        await still(page, place)
        return look(place)
      } finally {
        render(null, place)
        place.remove()
      }
    },
    async close() {
      await agent.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type DrawnWorld = Awaited<ReturnType<typeof openDrawnWorld>>

/** Milliseconds without any change after which a page has nothing more on its way. */
const stillMs = 250

async function still(page: Window, place: HTMLElement): Promise<void> {
  let before = ''
  let since = Date.now()
  const end = Date.now() + 30_000
  for (;;) {
    for (const one of place.querySelectorAll<HTMLDetailsElement>('details'))
      if (!one.open) {
        one.open = true
        one.dispatchEvent(new page.Event('toggle') as unknown as Event)
      }
    const now = place.textContent ?? ''
    const waits = now === '' || place.querySelector('.skeleton') !== null
    if (now !== before || waits) since = Date.now()
    if (!waits && Date.now() - since > stillMs) return
    if (Date.now() > end)
      throw new Error(`It never stands still: ${place.innerHTML.slice(0, 2_000)}`)
    before = now
    await new Promise((done) => setTimeout(done, 25))
  }
}
