import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core'
import type { browser } from 'wxt/browser'
import { must } from '../../shared/assert.ts'
import { built, withOpenOverlay } from './opened-extension.ts'

declare global {
  /** In functions that are evaluated inside the extension. */
  var chrome: typeof browser
}

const root = resolve(import.meta.dirname, '../..')
/** Another build can be looked at, while this one is made anew. */
const extension = process.env.LANDFALL_EXTENSION ?? join(root, '.output/chrome-mv3')
export const artifacts = join(root, 'test/.artifacts')

/** The system's Chromium; null where there is none, and then the browser tests are left out aloud. */
export const chromiumBin: string | null =
  process.env.CHROMIUM_BIN ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : null)

export interface ExtensionBrowser {
  context: BrowserContext
  worker: Worker
  /** chrome-extension://ID */
  base: string
  open: (path: string, size?: { width: number; height: number }) => Promise<Page>
  close: () => Promise<void>
  /** kill -9 of this browser, which has a `profile`, and waits until it is gone. */
  kill: () => Promise<void>
}

/**
 * Starts Chromium with the built extension. `sitePort` leads every *.atlassian.net to that https port here.
 * Each flag is needed: playwright passes --disable-extensions, which the -except form undoes;
 * certificate errors are ignored for the whole browser, for a per-page setting misses the worker's fetches.
 * The overlay's shadow root is opened for the test, unless it is to be looked at `asShipped`. A `profile` is the
 * test's own folder: what the browser keeps is there when it is started again with it.
 */
export async function startChromium(
  sitePort?: number,
  options: { asShipped?: boolean; profile?: string } = {},
): Promise<ExtensionBrowser> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'landfall-chromium-'))
  const loaded = options.asShipped ? built(extension) : withOpenOverlay(extension, profile)
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--ignore-certificate-errors',
    `--disable-extensions-except=${loaded}`,
    `--load-extension=${loaded}`,
  ]
  if (sitePort !== undefined)
    args.push(
      `--host-resolver-rules=MAP *.atlassian.net 127.0.0.1:${sitePort}`,
      // The site here stands for one on the internet, for which the loopback rules are stricter.
      `--ip-address-space-overrides=127.0.0.1:${sitePort}=public`,
    )
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: must(chromiumBin, 'Chromium is needed for this test.'),
    headless: true,
    args,
    timezoneId: 'UTC',
  })
  // A missing text is a failure, not a reason to wait for half a minute.
  context.setDefaultTimeout(8000)
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const base = must(/^chrome-extension:\/\/[a-p]+/.exec(worker.url()), worker.url())[0]
  return {
    context,
    worker,
    base,
    open: async (path, size = { width: 1200, height: 800 }) => {
      const page = await context.newPage()
      await page.setViewportSize(size)
      await page.goto(/^https?:/.test(path) ? path : `${base}/${path}`)
      return page
    },
    close: async () => {
      await context.close()
      if (options.profile === undefined)
        rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
    kill: async () => {
      const gone = new Promise((resolve) => context.once('close', resolve))
      process.kill(ownerOf(must(options.profile, 'A profile outlives the browser.')), 'SIGKILL')
      await gone
    },
  }
}

/** The id of the process that has this profile open: its lock is a link to HOST-ID. */
function ownerOf(profile: string): number {
  const lock = readlinkSync(join(profile, 'SingletonLock'))
  return Number(must(/-(\d+)$/.exec(lock)?.[1], lock))
}

/** A picture of the page for people to look at; never compared, so none is taken where nobody looks. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.CI) return
  mkdirSync(artifacts, { recursive: true })
  await page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: true })
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/**
 * What axe finds on the page by all its rules, open shadow roots included, as short lines. On a page of a site only
 * WCAG 2.2 AA is asked about: how that page is built is not ours.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const own = page.url().startsWith('chrome-extension:')
  const rules = own ? {} : { runOnly: ['wcag2a', 'wcag21a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }
  // Evaluated as a string: a script tag would be refused by the extension's own policy.
  await page.evaluate(axeSource)
  const found = await page.evaluate(`axe.run(document, ${JSON.stringify(rules)})
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary)))`)
  return found as string[]
}
