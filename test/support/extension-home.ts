import { vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'

/** What the extension did to its button and to the screen, for tests without a browser. */
export const seen = {
  badge: { text: '', title: '' },
  notified: [] as { id: string; title: string; message: string }[],
}

/**
 * The browser's API in memory: WXT's fake one, with the two parts that it leaves out recorded in `seen`.
 * To be given to vi.mock('wxt/browser').
 */
export function fakeHome() {
  const action = {
    setBadgeText: vi.fn(async ({ text }: { text: string }) => {
      seen.badge.text = text
    }),
    setBadgeBackgroundColor: vi.fn(async () => {}),
    setTitle: vi.fn(async ({ title }: { title: string }) => {
      seen.badge.title = title
    }),
  }
  const create = vi.fn(async (id: string, said: { title: string; message: string }) => {
    seen.notified.push({ id, title: said.title, message: said.message })
    return id
  })
  const notifications = Object.assign(Object.create(fakeBrowser.notifications), { create })
  const getURL = (path: string) => `chrome-extension://test${path}`
  const runtime = Object.assign(Object.create(fakeBrowser.runtime), { getURL, id: 'test' })
  return { browser: { ...fakeBrowser, action, notifications, runtime } }
}
