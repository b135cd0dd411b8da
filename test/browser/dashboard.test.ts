import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { code, type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { everything, incomplete, migration, running } from '../support/scenes.ts'

const draft = migration({
  id: 'draft',
  name: 'Spring wave',
  setup: { purpose: 'production', step: 'people', missing: ['token'] },
})

describe.runIf(chromiumBin)('the dashboard', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent
  let other: FakeAgent
  const names = (page: Page) => page.locator('.migration-rows .title a').allInnerTexts()
  const menu = (page: Page, name: string) =>
    page.getByRole('button', { name: `Actions for ${name}` })

  beforeAll(async () => {
    agent = await startFakeAgent()
    other = await startFakeAgent()
    browser = await startChromium()
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
    agent.show([...everything, draft])
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
    await other?.close()
  })

  test('is searched, filtered and sorted, and the address holds it', async () => {
    const page = await browser.open('sidepanel.html')
    await expect.poll(() => names(page)).toContain('HR archive')
    expect((await names(page)).slice(0, 2).sort()).toEqual(['Payments to acme', 'Service desk'])
    await page.getByRole('button', { name: 'Name', exact: true }).click()
    await expect.poll(() => names(page)).toHaveLength(7)
    const byName = await names(page)
    expect(byName.slice(0, 3)).toEqual(['HR archive', 'Legacy apps', 'Payments to acme'])
    await page.getByRole('button', { name: 'Name', exact: true }).click()
    await expect.poll(() => names(page)).toEqual(byName.toReversed())
    await page.getByRole('button', { name: /^Running \d/ }).click()
    await expect.poll(() => names(page)).toEqual(['Service desk', 'Payments to acme'])
    await page.getByLabel('Search').fill('pay ACME')
    await expect.poll(() => names(page)).toEqual(['Payments to acme'])
    await page.reload()
    await expect.poll(() => names(page)).toEqual(['Payments to acme'])
    await page.getByLabel('Search').fill('nothing like it')
    await page.getByRole('button', { name: 'Clear search and filter' }).click()
    await expect.poll(() => names(page)).toHaveLength(7)
    await page.close()
  })

  test('has a menu for each row that the keyboard reaches, and says why not', async () => {
    const page = await browser.open('sidepanel.html')
    await menu(page, 'HR archive').focus()
    await page.keyboard.press('Enter')
    const items = page.getByRole('menuitem')
    expect(await items.count()).toBe(9)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('View details')
    expect(await page.getByRole('menuitem', { name: 'Pause' }).innerText()).toContain(
      'It is not running.',
    )
    expect(await accessibilityFaults(page)).toEqual([])
    await picture(page, 'menu-1200-light')
    await page.keyboard.press('End')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Delete')
    await page.keyboard.press('Escape')
    expect(await items.count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Actions for HR archive',
    )
    await menu(page, 'Spring wave').click()
    expect(await page.getByRole('menuitem', { name: /^Run/ }).innerText()).toContain(
      'lacks the site’s token',
    )
    await page.keyboard.press('Escape')
    await menu(page, 'HR archive').click()
    await page.keyboard.press('c')
    await page.keyboard.press('Enter')
    await expect.poll(() => agent.asked).toContain('POST /api/migrations/hr/copy')
    await page.close()
  })

  test('shows only what needs you, and the popup leads there', async () => {
    const page = await browser.open('sidepanel.html')
    await page.getByRole('button', { name: /^Needs you 2$/ }).click()
    await expect.poll(async () => (await names(page)).length).toBe(2)
    expect(page.url()).toContain('needs=1')
    await page.reload()
    await expect.poll(async () => (await names(page)).length).toBe(2)
    const popup = await browser.open('popup.html', { width: 360, height: 560 })
    await popup.getByRole('button', { name: '4 things need you' }).click()
    await page.waitForURL(/\?tab#\/\?needs=1$/)
    await popup.getByRole('link', { name: '7 failed' }).click()
    await page.getByRole('heading', { name: 'Items, failed' }).waitFor()
    await popup.getByRole('link', { name: '41,203', exact: true }).click()
    await page.waitForURL(/only=settled/)
    await page.getByRole('heading', { name: /^Items, / }).waitFor()
    await popup.close()
    await page.close()
  })

  test('leaves no keyboard in the void: after an archive it stands on Undo', async () => {
    const page = await browser.open('sidepanel.html')
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await menu(page, 'HR archive').click()
    await page.getByRole('menuitem', { name: 'Archive' }).press('Enter')
    await page.getByText('Archived.', { exact: true }).waitFor()
    await expect.poll(focused).toBe('Undo')
    await page.keyboard.press('Enter')
    await expect.poll(() => names(page)).toContain('HR archive')
    // A question stands on what changes nothing, and cannot be answered before it has counted.
    await menu(page, 'Payments to acme').click()
    await page.getByRole('menuitem', { name: 'Stop', exact: true }).press('Enter')
    await page.getByRole('dialog').waitFor()
    await expect.poll(focused).toBe('Keep running')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(agent.asked).not.toContain('POST /api/migrations/pay/stop')
    await page.close()
  })

  test('keeps its columns under their heads, and its menu in the window, at any width', async () => {
    for (const width of [800, 1000, 1099, 1200]) {
      const page = await browser.open('sidepanel.html', { width, height: 640 })
      await menu(page, 'HR archive').waitFor()
      const gaps = await page.evaluate(() => {
        const left = (cell: string) =>
          document.querySelector(`.migration-rows ${cell}`)?.getBoundingClientRect().left ?? -1
        const head = (cell: string) =>
          document.querySelector(`thead ${cell}`)?.getBoundingClientRect().left ?? -2
        const cells = ['.title', '.state', '.far', '.started', '.finished', '.changed']
        return cells.map((cell) => Math.round(Math.abs(left(cell) - head(cell))))
      })
      expect(gaps, `${width}`).toEqual([0, 0, 0, 0, 0, 0])
      const button = await menu(page, 'HR archive').boundingBox()
      expect((button?.x ?? width) + (button?.width ?? 0), `${width}`).toBeLessThanOrEqual(width)
      await page.close()
    }
  })

  test('tells each status in words, on focus and in a legend', async () => {
    const page = await browser.open('sidepanel.html')
    const word = page.getByRole('button', { name: /^Incomplete: Your migration has finished, but/ })
    await word.first().focus()
    await word.first().click()
    await page.locator('.legend dd').first().waitFor()
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('What the statuses mean')
    const lacks = page.getByRole('button', {
      name: 'Saved: It is saved. To be run it still lacks the site’s token.',
    })
    await lacks.waitFor()
    expect(await page.locator('.legend dd').allInnerTexts()).toHaveLength(5)
    await picture(page, 'legend-1200-light')
    await page.close()
  })

  test('archives many at once, tells which it left and why, and takes it back', async () => {
    const page = await browser.open('sidepanel.html', { width: 1200, height: 800 })
    const second = await browser.open('sidepanel.html', { width: 360, height: 640 })
    await page.getByLabel('Choose HR archive').check()
    await page.getByLabel('Choose Legacy apps').check()
    await page.getByLabel('Choose Payments to acme').check()
    await page.getByRole('button', { name: 'Archive', exact: true }).click()
    await page.getByText('2 migrations archived.').waitFor()
    await page.getByText('Stop it first: it is running.').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Undo')
    await picture(page, 'bulk-1200-light')
    expect(await accessibilityFaults(page)).toEqual([])
    await expect.poll(() => names(second)).not.toContain('HR archive')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => names(second)).toContain('HR archive')
    await page.close()
    await second.close()
  })

  test('follows a log of 100,000 lines, and finds what is in it', async () => {
    const page = await browser.open('sidepanel.html#/m/pay/logs')
    await page.getByText('100,003 lines').waitFor()
    await page.getByText('Sent PAY-100000').waitFor()
    expect(await page.locator('.log-lines li').count()).toBeLessThan(80)
    await page.getByLabel('Lines of the log').focus()
    await page.keyboard.press('Home')
    await page.getByText('Opened the backup').waitFor()
    await page.getByRole('button', { name: 'To the newest line' }).click()
    await page.getByText('Sent PAY-100000').waitFor()
    await page.getByLabel('Search the log').fill('PAY-4242')
    await page.getByText('11 lines').waitFor()
    await page.getByLabel('Search the log').fill('')
    await page.getByLabel('Show').selectOption('Warnings and errors')
    await page.getByText(/^20\d lines/).waitFor()
    await page.close()
  })

  test('draws how fast it goes, moment by moment', async () => {
    const page = await browser.open('sidepanel.html#/m/pay/progress', { width: 360, height: 640 })
    const moment = page.getByRole('slider', { name: 'Point in time' })
    await moment.focus()
    await page.keyboard.press('Home')
    await page.getByText(/^13:52:03: \d+ items\/s/).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await picture(page, `progress-360-${colorScheme}`)
      expect(await accessibilityFaults(page)).toEqual([])
    }
    // About half of the rate limit looks like about half: the chart goes to all of it.
    const share = await page.locator('.chart.share polyline').getAttribute('points')
    const highest = Math.min(...(share ?? '').split(' ').map((one) => Number(one.split(',')[1])))
    expect(highest).toBeGreaterThan(50)
    expect(highest).toBeLessThan(70)
    await page.close()
  })

  test('gives reports while a run goes on, and says why there is none yet', async () => {
    const page = await browser.open('sidepanel.html#/m/pay/logs', { width: 360, height: 640 })
    await page.getByText('each file tells how far things are').waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download Summary' }).click()
    expect((await saved).suggestedFilename()).toBe('landfall-Payments-to-acme-summary.csv')
    const planned = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download Pre-migration report of the run' }).click()
    expect((await planned).suggestedFilename()).toMatch(/planned-report\.html$/)
    expect(agent.asked).toContain('GET /api/migrations/pay/report/pre-report.html')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await picture(page, `reports-360-${colorScheme}`)
      expect(await accessibilityFaults(page)).toEqual([])
    }
    await page.goto(`${browser.base}/sidepanel.html#/m/draft/logs`)
    await page.locator('p').getByText('There is nothing to report before it has run.').waitFor()
    const report = page.getByRole('button', { name: 'Download Pre-migration report', exact: true })
    await expect.poll(() => report.getAttribute('aria-disabled')).toBe('true')
    await report.focus()
    await page.getByText('run them first, on the tab Checks').first().waitFor()
    await page.close()
  })

  test('leads from a history that is too long to the whole log', async () => {
    const page = await browser.open('sidepanel.html#/m/legacy')
    await page.getByText('1,234 older stages are left out.').waitFor()
    await page.getByRole('link', { name: 'The whole log' }).click()
    await page.getByLabel('Search the log').waitFor()
    await page.close()
  })

  test('moves nothing for who wants nothing to move', async () => {
    const page = await browser.open('sidepanel.html#/m/pay/includes')
    await page.getByText('People & Culture').waitFor()
    const moving = () =>
      page.evaluate(() => {
        document.body.append(
          Object.assign(document.createElement('div'), { className: 'skeleton' }),
        )
        return document.getAnimations().length
      })
    expect(await moving()).toBeGreaterThan(0)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await moving()).toBe(0)
    for (const place of ['', '#/m/pay/progress', '#/m/pay/logs', '#/m/legacy/attention']) {
      await page.goto(`${browser.base}/sidepanel.html${place}`)
      await page.getByText('Landfall', { exact: true }).waitFor()
      expect(await moving(), place).toBe(0)
    }
    await page.close()
  })

  test('opens the items behind every number of what it includes', async () => {
    const page = await browser.open('sidepanel.html#/m/legacy/includes')
    const cells = page.locator('td.number')
    await cells.first().waitFor()
    for (const text of await cells.allInnerTexts())
      if (/[1-9]/.test(text)) expect(text.trim()).not.toBe('')
    const bare = await cells.evaluateAll(
      (all) =>
        all.filter((cell) => /[1-9]/.test(cell.textContent ?? '') && !cell.querySelector('a'))
          .length,
    )
    expect(bare).toBe(0)
    // So do the numbers of the list, the head and the overview.
    const list = await browser.open('sidepanel.html')
    const row = list.locator('.migration-row', { hasText: 'Legacy apps' })
    await row.getByRole('link', { name: '3 projects' }).waitFor()
    await row.getByRole('link', { name: '7 failed' }).click()
    await list.getByRole('heading', { name: 'Items, failed' }).waitFor()
    await list.goto(`${browser.base}/sidepanel.html#/m/pay`)
    await list.getByRole('link', { name: '58,910 issues' }).waitFor()
    await list.getByRole('link', { name: '41,203', exact: true }).click()
    await list.getByRole('heading', { name: /^Items, / }).waitFor()
    await list.close()
    const before = agent.asked.length
    await page.getByRole('link', { name: '5 with a loss' }).click()
    await page
      .getByRole('heading', { name: 'Comments, verified, with an announced loss' })
      .waitFor()
    // The page that was closed may have asked for its own once more.
    const asked = () => agent.asked.slice(before).filter((one) => one.includes('/items'))
    await expect.poll(() => asked().some((one) => one.includes('only=loss'))).toBe(true)
    await page.close()
  })

  test('asks several agents, one at a time', async () => {
    const options = await browser.open('options.html')
    const list = await browser.open('sidepanel.html')
    await expect.poll(() => names(list)).toContain('HR archive')
    other.show([migration({ id: 'far', name: 'On the other agent' })])
    await options.getByRole('button', { name: 'Add an agent' }).click()
    await options.getByRole('textbox', { name: 'Name' }).last().fill('Rehearsals')
    await options.getByLabel('Address', { exact: true }).last().fill('http://10.0.0.1:1')
    await options.getByRole('button', { name: 'Add an agent' }).click()
    await options.getByText('this machine only').last().waitFor()
    await options.getByLabel('Address', { exact: true }).last().fill(other.address)
    await options.getByRole('button', { name: 'Add an agent' }).click()
    await list.getByText('Pair this browser with the agent').waitFor()
    await options.getByLabel('Pairing code').fill(code)
    await options.keyboard.press('Enter')
    await expect.poll(() => names(list)).toEqual(['On the other agent'])
    await picture(options, 'agents-1200-light')
    expect(await accessibilityFaults(options)).toEqual([])
    // What the first one says now is news of another house.
    agent.show([{ ...running, name: 'Late news' }])
    await options.getByRole('button', { name: /^Use this one/ }).click()
    await expect.poll(() => names(list)).toContain('HR archive')
    await expect.poll(() => names(list)).not.toContain('On the other agent')
    await options.close()
    await list.close()
  })

  test('tells only of what a person wants to hear', async () => {
    const options = await browser.open('options.html')
    await options.getByRole('checkbox', { name: /^Incomplete/ }).uncheck()
    await options.getByRole('checkbox', { name: /^Waiting/ }).focus()
    const list = await browser.open('sidepanel.html')
    await expect.poll(() => names(list)).toContain('Legacy apps')
    const notified = () =>
      browser.worker.evaluate(async () => Object.keys(await chrome.notifications.getAll()))
    agent.show([
      { ...incomplete, status: 'running', id: 'legacy' },
      { ...draft, id: 'draft', status: 'failed', setup: undefined },
    ])
    await expect.poll(notified).toContain('draft')
    agent.show([{ ...incomplete, id: 'legacy' }])
    await expect.poll(async () => (await names(list)).length).toBeGreaterThan(0)
    await options.getByLabel('Compact').check()
    await expect
      .poll(() => list.evaluate(() => document.documentElement.dataset.density))
      .toBe('compact')
    await picture(list, 'compact-1200-light')
    await options.getByRole('button', { name: 'Clear' }).click()
    await options.getByText('Cleared, and asked for again.').waitFor()
    await expect.poll(() => names(list)).toContain('HR archive')
    await options.close()
    await list.close()
  })
})
