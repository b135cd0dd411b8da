/** The single file that touches browser.*: everything else asks for what it wants done. */
import { browser } from 'wxt/browser'
import { straight } from '../shared/straight.ts'

/** Who sent a message: one of our own pages, or our script in a page of the web with that origin. */
export interface Sender {
  own: boolean
  origin: string | null
  /** The tab that the message came from; null (or absent) where it came from none. */
  tabId?: number | null
}

/** Sends one message to the background and gives its answer, unparsed. Rejects when nobody listens. */
export function sendToBackground(message: unknown): Promise<unknown> {
  return browser.runtime.sendMessage(message)
}

/** Answers messages with what the handler resolves to; undefined means that the message was for others. */
export function onMessage(
  handler: (message: unknown, sender: Sender) => Promise<unknown> | undefined,
): void {
  browser.runtime.onMessage.addListener((message: unknown, from, answer) => {
    const url = from.url ?? ''
    const own = from.id === browser.runtime.id && url.startsWith(browser.runtime.getURL('/'))
    const origin = /^https?:/.test(url) ? new URL(url).origin : null
    const promise = handler(message, { own, origin, tabId: from.tab?.id ?? null })
    if (!promise) return undefined
    promise.then(answer)
    // Chromium keeps the channel open only for a literal true.
    return true
  })
}

/** False in a page's script once the extension behind it was updated, switched off or taken away. */
export function isAlive(): boolean {
  return browser.runtime?.id !== undefined
}

/** Calls back in a page's script when the person asks for the drawer; returns the way to stop. */
export function onToggle(callback: () => void): () => void {
  const listener = (message: unknown) => {
    if (message === toggle) callback()
  }
  browser.runtime.onMessage.addListener(listener)
  // Nothing is left to stop once the extension is gone.
  return () => browser.runtime?.onMessage?.removeListener(listener)
}
const toggle = 'landfall:toggle'

/** Answers, in a page's script, what the background asks of it; returns the way to stop. undefined: not for us. */
export function onAsked(handler: (message: unknown) => Promise<unknown> | undefined): () => void {
  const listener = (message: unknown, _from: unknown, answer: (value: unknown) => void) => {
    const promise = handler(message)
    if (!promise) return undefined
    void promise.then(answer)
    return true
  }
  browser.runtime.onMessage.addListener(listener as never)
  return () => browser.runtime?.onMessage?.removeListener(listener as never)
}

/** Asks our script in a tab, and gives its answer unparsed. Rejects when none is there. */
export function askTab(tabId: number, message: unknown): Promise<unknown> {
  return browser.tabs.sendMessage(tabId, message)
}

/** The tabs that show a page of this origin, the one in front first. */
export async function tabsOn(origin: string): Promise<number[]> {
  // Patterns know no ports: the addresses themselves tell.
  const { protocol, hostname } = new URL(origin)
  const tabs = await browser.tabs.query({ url: `${protocol}//${hostname}/*` })
  return tabs
    .filter(({ url }) => url !== undefined && new URL(url).origin === origin)
    .sort((a, b) => Number(b.active) - Number(a.active))
    .flatMap(({ id }) => id ?? [])
}

/** A value of the extension's local storage, which outlives the browser; undefined when absent. */
export async function readLocal(key: string): Promise<unknown> {
  return (await browser.storage.local.get(key))[key]
}

/** Writes a value of local storage; undefined removes it. */
export async function writeLocal(key: string, value: unknown): Promise<void> {
  if (value === undefined) await browser.storage.local.remove(key)
  else await browser.storage.local.set({ [key]: value })
}

/** Calls back with the new value when another page changes it; returns the way to stop. */
export function onLocalChange(key: string, callback: (value: unknown) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    if (area === 'local' && key in changes) callback(changes[key]?.newValue)
  }
  browser.storage.onChanged.addListener(listener)
  return () => browser.storage.onChanged.removeListener(listener)
}

/** Registers for being installed or updated, and for the browser's start. */
export function onWake(callback: () => void): void {
  browser.runtime.onInstalled.addListener(callback)
  browser.runtime.onStartup.addListener(callback)
}

/** Calls back on the named alarm; the listener must be registered while the worker starts. */
export function onAlarm(name: string, callback: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === name) callback()
  })
}

/** Makes sure that the named alarm comes every so many minutes; 0.5 is the least a packed extension gets. */
export async function keepAlarm(name: string, everyMinutes: number): Promise<void> {
  if (!(await browser.alarms.get(name)))
    await browser.alarms.create(name, { periodInMinutes: everyMinutes })
}

/** Shows a few characters on the extension's button, with a sentence on hover; '' shows none. */
export async function setBadge(text: string, colour: string, title: string): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ text }),
    browser.action.setBadgeBackgroundColor({ color: colour }),
    browser.action.setTitle({ title: straight(title) }),
  ])
}

/** Shows a notification; one with the same id is replaced. */
export async function notify(id: string, title: string, message: string): Promise<void> {
  const iconUrl = browser.runtime.getURL('/icon/128.png')
  const words = { title: straight(title), message: straight(message) }
  await browser.notifications.create(id, { type: 'basic', iconUrl, ...words })
}

/** Calls back with the notification's id when it is clicked, and takes the notification away. */
export function onNotificationClick(callback: (id: string) => void): void {
  browser.notifications.onClicked.addListener((id) => {
    callback(id)
    browser.notifications.clear(id)
  })
}

/** The dashboard's page, with the path in the type that the build lists as public. */
const dashboard = () => browser.runtime.getURL('/sidepanel.html')

/** Opens the dashboard at a place ("#/m/ID") in a tab; a tab that shows it already is used again. */
export async function openTab(hash: string): Promise<void> {
  const base: string = dashboard()
  const url = `${base}?tab${hash}`
  const tabs = await browser.tabs.query({ url: `${base}*` })
  const known = tabs.find((tab) => tab.id !== undefined)
  if (known?.id === undefined) await browser.tabs.create({ url })
  else {
    await browser.tabs.update(known.id, { url, active: true })
    // Its window may lie behind another one, or be minimised.
    if (known.windowId !== undefined)
      await browser.windows?.update(known.windowId, { focused: true })
  }
}

/** Where a place waits that the side panel is to show. */
export const summonsKey = 'summons'

/**
 * Opens the side panel; must be called straight from a click, or the browser refuses.
 * Where there is no side panel (or it refuses) the dashboard opens in a tab.
 */
export async function openSidePanel(windowId: number | null, hash: string): Promise<void> {
  try {
    // The panel has one address for all; where to go in it is left where it looks. Nothing may be waited for.
    if (hash !== '#/') void writeLocal(summonsKey, hash)
    if (browser.sidePanel && windowId !== null) await browser.sidePanel.open({ windowId })
    // Firefox has its own name for it, which the shared types leave out.
    else await (browser as unknown as SidebarBrowser).sidebarAction.open()
  } catch {
    await openTab(hash)
  }
}

interface SidebarBrowser {
  sidebarAction: { open(): Promise<void> }
}

/** A tab as far as we may see it: its address is told only of sites that we have a permission for. */
export interface TabSight {
  id: number | null
  windowId: number | null
  url: string | null
}
const sightOf = (
  tab: { id?: number | undefined; windowId?: number; url?: string | undefined } | undefined,
): TabSight => ({
  id: tab?.id ?? null,
  windowId: tab?.windowId ?? null,
  url: tab?.url ?? null,
})

/** Follows the tab that is in front in this page's window, and its address; returns the way to stop. */
export function followActiveTab(callback: (tab: TabSight) => void): () => void {
  let ended = false
  const look = async () => {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
    if (!ended) callback(sightOf(tab))
  }
  const listener = () => void look()
  browser.tabs.onActivated.addListener(listener)
  browser.tabs.onUpdated.addListener(listener)
  listener()
  return () => {
    ended = true
    browser.tabs.onActivated.removeListener(listener)
    browser.tabs.onUpdated.removeListener(listener)
  }
}

/** Calls back when the person presses the shortcut with this name. */
export function onShortcut(name: string, callback: (tab: TabSight) => void): void {
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === name) callback(sightOf(tab))
  })
}

/** Offers entries in the context menu of pages with such addresses, and calls back with the one chosen. */
export function offerMenu<Id extends string>(
  entries: Record<Id, string>,
  pages: string[],
  callback: (id: Id, tab: TabSight) => void,
): void {
  browser.runtime.onInstalled.addListener(() => {
    // An update keeps what the version before offered, and would complain about the same again.
    void browser.contextMenus.removeAll().then(() => {
      for (const [id, title] of Object.entries<string>(entries))
        browser.contextMenus.create({
          id,
          title,
          contexts: ['page', 'selection', 'link'],
          documentUrlPatterns: pages,
        })
    })
  })
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const id = String(info.menuItemId)
    if (Object.hasOwn(entries, id)) callback(id as Id, sightOf(tab))
  })
}

/** Asks the overlay in a tab to open or close its drawer. Rejects when none is there. */
export async function toggleDrawer(tabId: number): Promise<void> {
  await browser.tabs.sendMessage(tabId, toggle)
}

/** Keeps what the extension remembers (the agent's token) out of the reach of scripts in pages. */
export async function closeStorage(): Promise<void> {
  // Firefox has no such switch yet.
  await browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
}

/** The window this page is in: the side panel opens by window. */
export async function currentWindow(): Promise<number | null> {
  return (await browser.windows.getCurrent()).id ?? null
}

/** Opens the options page. */
export function openOptions(): Promise<void> {
  return browser.runtime.openOptionsPage()
}

/** Asks the person for leave to read pages at these patterns; must be called straight from a click. */
export const askForPages = (origins: string[]): Promise<boolean> =>
  browser.permissions.request({ origins })
export const mayReadPages = (origins: string[]): Promise<boolean> =>
  browser.permissions.contains({ origins })
export const dropPages = (origins: string[]): Promise<boolean> =>
  browser.permissions.remove({ origins })

/** Puts a script of ours into pages at these patterns from now on; none = into no page any more. */
export async function scriptPages(id: string, js: string, matches: string[]): Promise<void> {
  const known = await browser.scripting.getRegisteredContentScripts({ ids: [id] })
  if (known.length > 0) await browser.scripting.unregisterContentScripts({ ids: [id] })
  if (matches.length > 0)
    await browser.scripting.registerContentScripts([
      { id, js: [js], matches, runAt: 'document_idle' },
    ])
}

/** Remembers for as long as the browser runs; false where it was not remembered. */
export async function inSession(key: string): Promise<boolean> {
  return (await browser.storage.session.get(key))[key] === true
}
export const keepInSession = (key: string): Promise<void> =>
  browser.storage.session.set({ [key]: true })
