import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumBin, type ExtensionBrowser, picture, startChromium } from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { lookAtScreen } from '../support/look.ts'
import { everything } from '../support/scenes.ts'

describe.runIf(chromiumBin)('what comes after a migration, in the side panel', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent

  beforeAll(async () => {
    agent = await startFakeAgent()
    agent.show(everything)
    browser = await startChromium()
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
  })

  /** Opens the tab and fails the test when anything of a shown text runs. */
  async function open(path: string, width = 360) {
    const page = await browser.open(path, { width, height: 640 })
    const ran: string[] = []
    page.on('pageerror', (error) => ran.push(String(error)))
    page.on('dialog', (dialog) => {
      ran.push(dialog.message())
      void dialog.dismiss()
    })
    return { page, ran }
  }
  const legacy = 'sidepanel.html#/m/legacy/after'

  test.each([
    ['after', legacy, 'Former User stands in 1,204 places'],
    ['after-never', 'sidepanel.html#/m/hr/after', 'Not checked yet'],
  ])('%s reads well at every width, in light and dark', async (name, path, text) => {
    const faults = await lookAtScreen(browser, [name, path, text], {
      prepare: async (page) => {
        await page.getByText('is not signed off').first().waitFor()
        if (name !== 'after') return
        await page.getByText('Where: 1,204 places').click()
        await page.getByText('whoever it was').waitFor()
        await page.getByText('1 missing').click()
        await page.getByText('whoever it was').nth(1).waitFor()
        await page.getByRole('button', { name: 'Sign off …' }).click()
      },
    })
    expect(faults).toEqual([])
  })

  test('each number of checks leads to them, and back to all', async () => {
    const { page } = await open(legacy)
    await page.getByText('Former User stands in 1,204 places').waitFor()
    const picks = page.locator('.box .pick')
    const numbers = (await picks.allInnerTexts()).map((text) => Number.parseInt(text, 10))
    expect(numbers.length).toBeGreaterThan(1)
    for (const [i, n] of numbers.entries()) {
      await picks.nth(i).click()
      await expect.poll(() => page.locator('li.check').count()).toBe(n)
      await picks.nth(i).click()
    }
    await page.getByText('Former User stands in 1,204 places').waitFor()
    await page.close()
  })

  test('opens a place on the site, and follows no other address', async () => {
    const { page, ran } = await open(legacy)
    await page.getByText('Where: 1,204 places').click()
    const link = page.getByRole('link', { name: /^PAY-12/ })
    expect(await link.getAttribute('href')).toBe('https://acme.atlassian.net/browse/PAY-12')
    expect(await link.getAttribute('rel')).toContain('noopener')
    const hostile = page.getByRole('row').filter({ hasText: 'Role member: <script>' })
    expect(await hostile.getByRole('link').count()).toBe(0)
    expect(ran).toEqual([])
    await page.close()
  })

  test('asks all checks, shows how far it is, and stops', async () => {
    const { page } = await open('sidepanel.html#/m/hr/after')
    await page.getByRole('button', { name: 'Run the checks' }).click()
    await page.getByText('Reading the issues of PAY: 4,200 so far.').waitFor()
    const bar = page.getByRole('progressbar', { name: 'Checks are running' })
    expect(await bar.getAttribute('aria-valuenow')).toBe('2')
    await picture(page, 'after-running-360-light')
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: 'Run all checks' }).waitFor()
    expect(agent.asked).toContain('DELETE /api/migrations/hr/after/run')
    await page.close()
  })

  test('accepts what a check found with a note, by keyboard, and takes that back', async () => {
    const { page } = await open(legacy)
    const check = page.getByRole('listitem').filter({ hasText: 'Former User stands' })
    await check.getByRole('button', { name: /^Accept/ }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('They left years ago.')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Dalia')
    await page.keyboard.press('Enter')
    await check.getByText('Accepted by Dalia:').waitFor()
    await page.getByText('1 check found something').first().waitFor()
    await check.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('2 checks found something').first().waitFor()
    await page.close()
  })

  test('ticks an entry, signs the project off and withdraws that, each with a name', async () => {
    const { page } = await open(legacy)
    const list = page.getByRole('region', { name: 'Checklist and sign-off' })
    await list.getByText('3 of 10 done').waitFor()
    await list.getByRole('checkbox', { name: 'Post-migration report' }).focus()
    await page.keyboard.press('Space')
    const name = list.getByLabel('Your name')
    if (await name.isVisible().catch(() => false)) {
      await name.fill('Dalia')
      await page.keyboard.press('Enter')
    }
    await list.getByText('4 of 10 done').waitFor()
    await list.getByRole('button', { name: 'Sign off …' }).click()
    await name.fill('Dalia')
    await list.getByLabel('Note (may stay empty)').fill('Looked at with the team.')
    await list.getByRole('button', { name: 'Sign off', exact: true }).click()
    await list.getByText('is signed off by Dalia.').waitFor()
    await list.getByText('Looked at with the team.').waitFor()
    await picture(page, 'after-signed-360-light')
    await list.getByRole('button', { name: 'Withdraw …' }).click()
    await list.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await list.getByText('is not signed off').waitFor()
    await page.close()
  })

  test('keeps the project of the checklist in the address', async () => {
    const { page } = await open(legacy)
    const choice = page.getByLabel('Project', { exact: true })
    await choice.waitFor()
    const keys = await choice
      .locator('option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))
    await choice.selectOption(keys.at(-1) ?? '')
    await page.waitForURL(`**/after?project=${keys.at(-1)}`)
    await page.reload()
    await page.getByText(`${keys.at(-1)} is not signed off`).waitFor()
    await page.close()
  })
})
