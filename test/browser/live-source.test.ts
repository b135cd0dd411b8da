import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromiumBin, type ExtensionBrowser, picture, startChromium } from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { lookAt } from '../support/look.ts'
import { everything, migration } from '../support/scenes.ts'
import { atStep, nextStep } from '../support/stepper.ts'

/** Two busy cores take their time; what is waited for is a state, never a while. */
const patience = { timeout: 20_000 }
const at = (id: string) => `sidepanel.html#/migration/${id}/edit/source`

describe.runIf(chromiumBin)('a Jira that runs, as a source', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent

  async function open(path: string, width = 360): Promise<Page> {
    const page = await browser.open(path, { width, height: 900 })
    page.setDefaultTimeout(patience.timeout)
    return page
  }
  const pick = (page: Page) => page.getByRole('radio', { name: /^A live Data Center/ }).check()
  async function fill(page: Page, secret: string) {
    await page.getByLabel('Address of Jira').fill('https://jira.acme.com/jira/browse/PAY-1')
    await page.getByLabel('Personal access token').fill(secret)
    await page.getByRole('button', { name: 'Test the connection' }).click()
  }
  /** Light and dark, at all widths: what is wrong with how it looks now. */
  beforeAll(async () => {
    agent = await startFakeAgent()
    browser = await startChromium()
    agent.show([
      ...everything,
      migration({ id: 'one' }),
      migration({ id: 'two' }),
      migration({ id: 'three' }),
      migration({ id: 'four' }),
      migration({ id: 'five' }),
    ])
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
  })
  afterEach(async ({ task }) => {
    const [, ...pages] = browser.context.pages()
    // What a person would have seen when it went wrong.
    if (task.result?.state === 'fail')
      for (const [i, page] of pages.entries()) await picture(page, `live-failed-${i}`)
    await Promise.all(pages.map((page) => page.close()))
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
  })

  test('is asked at once who it is, with what it will not show; its name is text', async () => {
    const page = await open(at('one'))
    const ran: string[] = []
    page.on('dialog', (dialog) => {
      ran.push(dialog.message())
      void dialog.dismiss()
    })
    await pick(page)
    expect(await lookAt(page, 'live-empty')).toEqual([])
    await fill(page, 'good')
    await page.getByText('It is read as Fred \ufffd<script>alert(1)</script> Flintstone.').waitFor()
    await page.getByText('212 projects and 1,234,567 issues').waitFor()
    await page.getByText('does not administer Jira').waitFor()
    await page.getByText('Jira before 8.14 has no tokens').click()
    expect(await lookAt(page, 'live-tested')).toEqual([])
    expect(ran).toEqual([])
  })

  test('that refuses the token says so, and what to do now', async () => {
    const page = await open(at('one'))
    await pick(page)
    await fill(page, 'bad')
    await page.getByText('jira.acme.com does not accept the token.').waitFor()
    expect(await lookAt(page, 'live-refused')).toEqual([])
  })

  test('is asked for its projects before it is read, and reads those that are chosen', async () => {
    const page = await open(at('three'))
    await pick(page)
    await page.getByLabel('Address of Jira').fill('https://jira.acme.com')
    await page.getByLabel('Personal access token').fill('good')
    await nextStep(page)
    await atStep(page, 'Inspection')
    await page.getByRole('button', { name: 'Read the issues of these 3' }).waitFor()
    await page.getByRole('radio', { name: 'Chosen ones' }).check()
    const read = page.getByRole('button', { name: /^Read the issues/ })
    expect(await read.getAttribute('aria-disabled'), 'none is chosen yet').toBe('true')
    await page.getByLabel('Search projects').fill('pay')
    await page.getByRole('checkbox', { name: /PAY/ }).check()
    await page.getByLabel('Search projects').fill('')
    // An archived one can be reached, says why not, and stays as it is.
    const old = page.getByRole('checkbox', { name: /OLD/ })
    await old.focus()
    await page.keyboard.press('Space')
    expect(await old.isChecked()).toBe(false)
    await page.getByText('Archived: Jira gives its issues to nobody.').waitFor()
    expect(await lookAt(page, 'live-projects')).toEqual([])
    await page.setViewportSize({ width: 360, height: 900 })
    await page.getByRole('button', { name: 'Read the issues of this project' }).click()
    await page.getByText('What was found').waitFor()
    await page.getByRole('button', { name: 'Choose other projects' }).click()
    await read.waitFor()
    for (const step of ['Site', 'Scope']) {
      await nextStep(page)
      await atStep(page, step)
      if (step === 'Site') await page.getByRole('radio', { name: /^Practice site/ }).check()
    }
    const archived = page.getByRole('checkbox', { name: /Move archived projects/ })
    expect([await archived.isChecked(), await archived.getAttribute('aria-disabled')]).toEqual([
      ...[false, 'true'],
    ])
    await page.getByText('gives the issues of archived projects to nobody').waitFor()
    await page.getByText('1 project, 58,910 issues').waitFor()
    await page.getByRole('checkbox', { name: /HR/ }).check()
    await page.getByText('Chosen, but not read yet: HR.').waitFor()
    await page.getByText('1 project, 58,910 issues').waitFor()
    expect(await lookAt(page, 'live-scope')).toEqual([])
  })

  test('of which this account sees nothing says so', async () => {
    const page = await open(at('four'))
    await pick(page)
    await page.getByLabel('Address of Jira').fill('https://jira.acme.com')
    await page.getByLabel('Personal access token').fill('good')
    await page.getByText('Jira before 8.14 has no tokens').click()
    await page.getByLabel('User name').fill('nobody')
    await nextStep(page)
    await page.getByText('This account sees no project').waitFor()
    expect(await lookAt(page, 'live-no-projects')).toEqual([])
  })

  test('whose reading was halted is gone on with, or read from the beginning', async () => {
    const page = await open(at('five'))
    await pick(page)
    await page.getByLabel('Address of Jira').fill('https://jira.acme.com')
    await page.getByLabel('Personal access token').fill('good')
    await page.getByText('Jira before 8.14 has no tokens').click()
    await page.getByLabel('User name').fill('slow')
    await nextStep(page)
    await page.getByRole('button', { name: 'Read the issues of these 3' }).click()
    await page.getByRole('button', { name: 'Stop reading' }).click()
    await page.getByText('Reading was halted at 12,300 of 58,910 issues').waitFor()
    expect(await lookAt(page, 'live-halted')).toEqual([])
    await page.getByRole('button', { name: 'Go on reading' }).click()
    await page.getByRole('button', { name: 'Stop reading' }).click()
    await page.getByRole('button', { name: 'Choose other projects' }).click()
    await page.getByRole('radio', { name: 'All 4' }).waitFor()
    await page.getByRole('button', { name: 'Read from the beginning' }).click()
    await page.getByRole('button', { name: 'Stop reading' }).waitFor()
    expect(agent.asked.some((path) => path.endsWith('inspect?anew=true'))).toBe(true)
  })

  test('takes an address and a token by keyboard, and the browser keeps no token', async () => {
    const page = await open(at('two'))
    await atStep(page, 'Source')
    await page.getByRole('radio', { name: /^A backup/ }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('not an address at all')
    await page.getByText('is not the address of a Jira').first().waitFor()
    await page.getByLabel('Address of Jira').fill('')
    await page.keyboard.type('jira.acme.com')
    await page.keyboard.press('Tab')
    await page.keyboard.type('very-secret-token')
    const kept = () =>
      browser.worker.evaluate(async () => JSON.stringify(await chrome.storage.local.get(null)))
    await expect.poll(kept, patience).toContain('jira.acme.com')
    expect(await kept()).not.toContain('very-secret-token')
    await nextStep(page)
    await atStep(page, 'Inspection')
    await page
      .getByText('Counting the issues of each project')
      .or(page.getByText('All 4'))
      .first()
      .waitFor()
    await page.goBack()
    await atStep(page, 'Source')
    await page.getByText('The agent has one. Leave this empty to keep it.').waitFor()
    expect(await page.getByLabel('Personal access token').inputValue()).toBe('')
    expect(await kept()).not.toContain('very-secret-token')
  })
})
