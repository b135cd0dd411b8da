import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { must } from '../../shared/assert.ts'
import { withOpenOverlay } from './opened-extension.ts'

const root = resolve(import.meta.dirname, '../..')
/** Another build can be looked at, while this one is made anew. */
const extension = process.env.LANDFALL_FIREFOX_EXTENSION ?? join(root, '.output/firefox-mv3')
const artifacts = join(root, 'test/.artifacts')

/** FIREFOX_BIN, not FIREFOX: build tools put a word of their own into that one. */
export const firefoxBin: string | null =
  process.env.FIREFOX_BIN ??
  ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path)) ??
  null

/** Fixes the address of the extension's pages, which Firefox else makes up for each profile. */
const uuid = '6f5d7a3e-1c1b-4c62-9a53-2f0f6b1d4e11'
const addonId = 'landfall@landfall.dev'

/** How long a page may take, beside two other files on a slow machine, to show what is to be used. */
const patienceMs = 20_000

export interface FirefoxBrowser {
  /** moz-extension://UUID */
  base: string
  /** Opens an address and waits until it has loaded. */
  go: (url: string) => Promise<void>
  /** What the expression gives in the page; promises are awaited; plain JSON only. */
  evaluate: <T>(expression: string) => Promise<T>
  /**
   * Clicks the element that the expression gives. Waits for it as a person does, until it is there and can be
   * pressed; found and clicked in one breath, so that nothing can take its place between.
   */
  click: (element: string) => Promise<void>
  /** Gives a field its value, and says so with the event that its view listens to; waits like click. */
  fill: (element: string, value: string, event?: 'input' | 'change') => Promise<void>
  /** Uses this agent, and waits until a page has its answer. */
  pair: (agent: { address: string; token: string }) => Promise<void>
  picture: (name: string) => Promise<void>
  /** The size of the page's window, in CSS px. */
  size: (width: number, height: number) => Promise<void>
  close: () => Promise<void>
}

/**
 * Starts Firefox with the built extension and speaks WebDriver BiDi to it: no driver program needed.
 * System access lets it open moz-extension:// pages; `sitePort` leads every https address there.
 */
export async function startFirefox(sitePort?: number): Promise<FirefoxBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'landfall-firefox-'))
  const path = withOpenOverlay(extension, profile)
  const prefs: Record<string, unknown> = {
    'extensions.webextensions.uuids': JSON.stringify({ [addonId]: uuid }),
    ...(sitePort === undefined
      ? {}
      : {
          'network.dns.forceResolve': '127.0.0.1',
          'network.socket.forcePort': `443=${sitePort}`,
        }),
  }
  writeFileSync(
    join(profile, 'user.js'),
    Object.entries(prefs)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
      .join(''),
  )
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0']
  const child = spawn(
    must(firefoxBin, 'Firefox is needed for this test.'),
    [...args, '--remote-allow-system-access', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const socket = new WebSocket(`${await listeningAt(child)}/session`)
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  const send = commands(socket)
  await send('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } })
  await send('webExtension.install', { extensionData: { type: 'path', path } })
  const tree = (await send('browsingContext.getTree', {})) as { contexts: { context: string }[] }
  const context = must(tree.contexts[0], 'Firefox has no tab.').context
  const base = `moz-extension://${uuid}`
  const go = async (url: string) => {
    await send('browsingContext.navigate', { context, url, wait: 'complete' })
  }
  const evaluate = async <T>(expression: string) => {
    // As JSON, for BiDi's own form of objects is made for debuggers.
    const wrapped = `Promise.resolve(${expression}).then((x) => JSON.stringify(x ?? null))`
    const target = { context }
    const answer = (await send('script.evaluate', {
      expression: wrapped,
      target,
      awaitPromise: true,
    })) as Evaluated
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text)
    return JSON.parse(answer.result.value) as T
  }
  const whenThere = async (element: string, deed: string) => {
    const done = await evaluate<boolean>(`new Promise((done) => {
      const until = Date.now() + ${patienceMs}
      const look = () => {
        const it = ${element}
        const ready = it && !it.disabled && it.ariaDisabled !== 'true'
        if (ready) { ${deed} }
        if (ready || Date.now() > until) done(Boolean(ready))
        else setTimeout(look, 50)
      }
      look()
    })`)
    if (!done) throw new Error(`Within ${patienceMs} ms the page had nothing to use at ${element}`)
  }
  return {
    base,
    go,
    evaluate,
    click: (element) => whenThere(element, 'it.click()'),
    fill: (element, value, event = 'input') =>
      whenThere(
        element,
        `it.value = ${JSON.stringify(value)}; it.dispatchEvent(new Event('${event}', { bubbles: true }))`,
      ),
    pair: async ({ address, token }) => {
      await go(`${base}/popup.html`)
      const known = JSON.stringify({ address, token, name: 'this machine' })
      await evaluate(`browser.storage.local.set({ agent: ${known} })`)
      await evaluate(`new Promise((done) => {
        const look = () =>
          document.querySelector('.agent .dot.here') ? done(true) : setTimeout(look, 50)
        look()
      })`)
    },
    size: async (width, height) => {
      await send('browsingContext.setViewport', { context, viewport: { width, height } })
    },
    picture: async (name) => {
      const { data } = (await send('browsingContext.captureScreenshot', {
        context,
        origin: 'document',
      })) as { data: string }
      mkdirSync(artifacts, { recursive: true })
      writeFileSync(join(artifacts, `${name}.png`), Buffer.from(data, 'base64'))
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      socket.close()
      child.kill('SIGTERM')
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

type Evaluated =
  | { type: 'success'; result: { value: string } }
  | { type: 'exception'; exceptionDetails: { text: string } }

function listeningAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += String(chunk)
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said)
      if (found?.[1]) resolve(found[1])
    })
    child.once('exit', (code) => reject(new Error(`Firefox ended with ${code}:\n${said}`)))
  })
}

/** BiDi's requests and answers over one socket, matched by number. */
function commands(socket: WebSocket) {
  let last = 0
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  return (method: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, (answer) => {
        waiting.delete(id)
        if (answer.type === 'success') resolve(answer.result)
        else reject(new Error(`${method}: ${answer.error} ${answer.message}`))
      })
      socket.send(JSON.stringify({ id, method, params }))
    })
}
interface Answer {
  id?: number
  type: string
  result?: unknown
  error?: string
  message?: string
}
