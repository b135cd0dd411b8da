import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LinksWorld, linksId, linksWorld } from '../repair/links-world.ts'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'

const patience = { timeout: 30_000 }

describe.runIf(chromiumBin)('links to the old server', () => {
  let world: LinksWorld
  let browser: ExtensionBrowser

  beforeAll(async () => {
    world = await linksWorld()
    browser = await startChromium()
    await browser.worker.evaluate(
      ([address, token]) => chrome.storage.local.set({ agent: { address, token, name: 'here' } }),
      [world.agent.url, world.api.token] as const,
    )
    const panel = await browser.open('sidepanel.html')
    await panel.getByText('Links').first().waitFor(patience)
    await panel.close()
  })
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  const described = async (key: string) =>
    JSON.stringify((await world.issue(key)).fields.description)
  const pictures = async (page: Page, name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await picture(page, `${name}-${colorScheme}`)
      expect(await accessibilityFaults(page), `${name} ${colorScheme}`).toEqual([])
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  test('are rewritten from the drawer by keyboard, and put back', async () => {
    const before = await described('PAY-5')
    const page = await browser.open(`${world.site.url}/browse/PAY-5`)
    await page.locator('[data-testid=landfall-pill]').click(patience)
    const drawer = page.locator('[data-testid=landfall-drawer]')
    await drawer.getByRole('tab', { name: 'Original' }).click(patience)
    await drawer.getByRole('button', { name: 'Rewrite these links…' }).focus(patience)
    await page.keyboard.press('Enter')
    const panel = page.locator('[data-testid=landfall-repair]')
    await panel.getByText('will be repaired').first().waitFor(patience)
    await pictures(page, 'repair-links-drawer-preview')
    expect(await described('PAY-5')).toBe(before)
    await panel.getByRole('button', { name: /^Repair \d item/ }).focus()
    await page.keyboard.press('Enter')
    await panel.getByText(/repaired and read back\./).waitFor(patience)
    expect(await described('PAY-5')).not.toContain(`${world.box.url}/browse`)
    for (const undo of [0, 1]) {
      await panel.getByRole('button', { name: 'Undo' }).first().focus()
      await page.keyboard.press('Enter')
      await expect
        .poll(() => panel.getByText('undone', { exact: true }).count(), patience)
        .toBe(undo + 1)
    }
    expect(await described('PAY-5')).toBe(before)
    await page.close()
  })

  test('are rewritten from the places of the check, one or many', async () => {
    await world.ask('POST', `/api/migrations/${linksId}/after/run`, { keys: ['texts'] })
    const page = await browser.open(`sidepanel.html#/m/${linksId}/after`)
    const places = page.locator('details', { hasText: /places?/ }).first()
    await places.locator('summary').first().click(patience)
    await page.getByRole('button', { name: 'Rewrite these links… PAY-6' }).first().waitFor(patience)
    for (const width of [360, 1200]) {
      await page.setViewportSize({ width, height: 900 })
      await pictures(page, `repair-links-places-${width}`)
    }
    await page.getByRole('button', { name: 'Rewrite the links of these issues…' }).click()
    await page.getByText('will be repaired').first().waitFor(patience)
    await page.setViewportSize({ width: 360, height: 900 })
    await pictures(page, 'repair-links-many')
    await page.getByLabel('Your name').fill('Mia')
    await page.getByRole('button', { name: /^Repair \d items/ }).click()
    await page.getByText(/repaired and read back\./).waitFor(patience)
    expect(await described('PAY-6')).not.toContain(world.box.url)
  })
})
