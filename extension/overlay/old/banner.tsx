import { signal } from '@preact/signals'
import { render } from 'preact'
import { call } from '../../sync/calls.ts'
import type { PagesCalls } from '../../sync/pages-calls.ts'
import { verdictWords } from '../../words.ts'
import { bannerWords } from '../../words-old-servers.ts'
import { watchAddress } from '../address.ts'
import { createHost } from '../host.ts'
import { Mark, shapeOf } from '../mark.tsx'

type Moved = NonNullable<PagesCalls['moved']['answer']>

/** Says on a page of an old server where its issue or project is now, until the signal. */
export function mountBanner(until: AbortSignal): void {
  const host = createHost()
  const shown = signal<Moved | null>(null)
  let asked = 0
  async function ask(address: URL): Promise<void> {
    asked += 1
    const own = asked
    shown.value = null
    try {
      const got = await call('moved', { address: address.href })
      if (own === asked) shown.value = got
    } catch {
      // An old page is read without Landfall as well: an agent that is away is no news here.
    }
  }
  const close = () => {
    shown.value = null
    void call('closeMoved', null)
  }
  watchAddress(until, (address) => {
    host.keep()
    void ask(address)
  })
  render(<Banner shown={shown} onClose={close} />, host.container)
  void ask(new URL(location.href))
  until.addEventListener('abort', () => {
    render(null, host.container)
    host.remove()
  })
}

function Banner({ shown, onClose }: { shown: { value: Moved | null }; onClose: () => void }) {
  const moved = shown.value
  if (!moved?.url) return null
  return (
    <section class="pill moved" aria-label={bannerWords.label} data-testid="landfall-moved">
      <p>
        <strong>{bannerWords.title(moved.subject)}</strong>{' '}
        {moved.verdict === null ? (
          bannerWords.onTheWay
        ) : (
          <>
            <Mark shape={shapeOf[moved.verdict]} /> {verdictWords[moved.verdict]}
          </>
        )}
      </p>
      <p>
        <a href={moved.url} rel="noopener noreferrer">
          {bannerWords.open(moved.url)}
        </a>
      </p>
      <button type="button" onClick={onClose}>
        {bannerWords.close}
      </button>
    </section>
  )
}
