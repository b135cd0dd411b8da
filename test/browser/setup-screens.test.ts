import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { lookAtScreen, type Screen } from '../support/look.ts'
import { everything, migration } from '../support/scenes.ts'

/** Two busy cores take their time; what is waited for is a state, never a while. */
const patience = { timeout: 20_000 }
const step = (id: string, name: string) => `sidepanel.html#/migration/${id}/edit/${name}`
/** Each screen: where it is, and what must be on it. */
const screens: Screen[] = [
  ['setup-new', 'sidepanel.html#/new', 'Give the migration a name.'],
  ['setup-name', step('saved', 'name'), 'A rehearsal'],
  ['setup-name-ran', step('legacy', 'name'), 'What a run that begins now will do'],
  ['setup-source', step('saved', 'source'), 'jira-2026-11-22.zip'],
  ['setup-site-fixed', step('legacy', 'site'), 'E-mail address and token can still be changed'],
  ['setup-source-fixed', step('legacy', 'source'), 'After a run the folder stays'],
  ['setup-inspection', step('saved', 'inspection'), 'The time zone is a guess'],
  ['source-rows', 'sidepanel.html#/m/saved/source?list=comment', 'PAY-12', [320, 360, 1400]],
  [
    'source-none',
    'sidepanel.html#/m/saved/source?list=vote',
    'The source holds nothing of this',
    [360],
  ],
  ['setup-site', step('saved', 'site'), 'A Jira Cloud site in a box'],
  ['setup-scope', step('saved', 'scope'), 'Move archived projects, too'],
  ['setup-people', step('saved', 'people'), 'invalid e-mail address'],
  [
    'setup-collisions',
    step('saved', 'collisions'),
    'on the site already and used as the site has it',
  ],
  ['setup-checks', step('fresh', 'checks'), 'Texts are short enough'],
  ['setup-review', step('saved', 'review'), '61,220 to write, 59,390 to read and compare'],
  ['planned', 'sidepanel.html#/migration/saved/planned?what=leftOut', 'קרול'],
  ['planned-loss', 'sidepanel.html#/migration/saved/planned?what=loss&kind=comment', 'PAY-3'],
  ['checks', 'sidepanel.html#/m/hr/checks', 'The site did not answer within 15 s.'],
  ['attention', 'sidepanel.html#/m/legacy/attention', 'S0 - outage <b>now</b>'],
]

describe.runIf(chromiumBin)('setting a migration up', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent

  /** Everything that can be opened on a screen is looked at, too. */
  const look = (screen: Screen) =>
    lookAtScreen(browser, screen, {
      prepare: (page) =>
        page.evaluate(() => {
          for (const one of document.querySelectorAll('details')) one.open = true
        }),
    })
  /** A new step takes the focus to its title; a hand is slower than that. */
  const focused = (page: Page) =>
    expect.poll(() => page.evaluate(() => document.activeElement?.tagName), patience).toBe('H1')
  const next = (page: Page) => page.getByRole('button', { name: 'Next' })
  const title = (page: Page, name: string) =>
    page.getByRole('heading', { name, level: 1 }).waitFor()

  beforeAll(async () => {
    agent = await startFakeAgent()
    browser = await startChromium()
    agent.show([
      ...everything,
      migration({ id: 'saved' }),
      migration({ id: 'fresh' }),
      migration({ id: 'slow', name: 'slow' }),
    ])
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
  })
  afterEach(async ({ task }) => {
    // What a person would have seen when it went wrong.
    if (task.result?.state === 'fail')
      for (const [i, page] of browser.context.pages().entries())
        await picture(page, `setup-failed-${i}`)
    await Promise.all(
      browser.context
        .pages()
        .slice(1)
        .map((page) => page.close()),
    )
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
  })

  test.each(screens)('%s fits, is readable, and runs no text as code', async (...screen) => {
    expect(await look(screen)).toEqual([])
  })

  test('goes from the name to the review by keyboard, and begins a run', async () => {
    const page = await browser.open('sidepanel.html#/new', { width: 360, height: 640 })
    page.setDefaultTimeout(patience.timeout)
    await title(page, 'Name')
    expect(await next(page).getAttribute('aria-disabled')).toBe('true')
    await page.getByLabel('Name', { exact: true }).fill('By keyboard')
    await page.keyboard.press('Enter')
    await title(page, 'Source')
    await focused(page)
    await page.getByRole('radio', { name: /jira-2026-11-22/ }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await title(page, 'Inspection')
    await focused(page)
    await page.getByText('The time zone is a guess').waitFor()
    await next(page).focus()
    await page.keyboard.press('Enter')
    await title(page, 'Site')
    await focused(page)
    await page.getByLabel('Practice site').focus()
    await page.keyboard.press('Space')
    for (const name of ['Scope', 'People', 'Name conflicts', 'Checks']) {
      await next(page).focus()
      await page.keyboard.press('Enter')
      await title(page, name)
      await focused(page)
    }
    await page.getByText('2 checks found nothing').click()
    await page.getByText('No app has fields here.').waitFor()
    await next(page).focus()
    await page.keyboard.press('Enter')
    await title(page, 'Review')
    await page.getByText('61,220 to write, 59,390 to read and compare').waitFor()
    const run = page.getByRole('button', { name: 'Save and run' })
    await page.getByText('A check blocks the run').first().waitFor()
    expect(await run.getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await title(page, 'By keyboard')
    await page.close()
  })

  test('comes back as it was when it is closed in the middle, but never with a token', async () => {
    const page = await browser.open(step('saved', 'site'))
    await page.getByRole('radio', { name: /^Jira Cloud site/ }).check()
    await page.getByLabel('Address', { exact: true }).fill('https://acme')
    await page.getByLabel('E-mail address').fill('not one')
    await page.getByLabel('API token').fill('top secret')
    await page.getByText('Kept in this browser, not saved yet').waitFor()
    const kept = await browser.worker.evaluate(() => chrome.storage.local.get())
    expect(JSON.stringify(kept)).not.toContain('top secret')
    await page.close()
    const again = await browser.open(step('saved', 'scope'))
    await again.getByRole('link', { name: 'Correct it at the step Site' }).click()
    await expect
      .poll(() => again.getByLabel('Address', { exact: true }).inputValue())
      .toBe('https://acme')
    expect(await again.getByLabel('API token').inputValue()).toBe('')
    await again.getByLabel('E-mail address').fill('anna@acme.example')
    await again.getByLabel('API token').fill('bad')
    await again.keyboard.press('Tab')
    await again.getByText('The site refuses the token.').waitFor()
    await again.getByLabel('API token').fill('good')
    await again.keyboard.press('Tab')
    await again.getByText('The token belongs to Anna Admin <b>.').waitFor()
    await again.getByText('Without it no project can be made, so a run does not begin.').waitFor()
    await picture(again, 'setup-site-tested')
    expect(await accessibilityFaults(again)).toEqual([])
    await next(again).click()
    await title(again, 'Scope')
    await again.getByText('Saved', { exact: true }).waitFor()
    await again.close()
  })

  test('follows an upload, and calls it back', async () => {
    const page = await browser.open(step('saved', 'source'))
    const file = { name: 'jira <b>.xml', mimeType: 'text/xml', buffer: Buffer.alloc(300_000, 'x') }
    await page.getByLabel('Upload a backup').setInputFiles(file)
    await page.getByText('Uploading jira <b>.xml').waitFor()
    await page.getByText(/ of 300 KB sent/).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Stop the upload' }).click()
    await page.getByText('Uploading jira <b>.xml').waitFor({ state: 'detached' })
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.close()
  })

  test('a connection that fails holds Next, which offers to go on anyway', async () => {
    const page = await browser.open(step('fresh', 'site'))
    await page.getByRole('radio', { name: /^Jira Cloud site/ }).check()
    await page.getByLabel('Address', { exact: true }).fill('https://acme.atlassian.net')
    await page.getByLabel('E-mail address').fill('anna@acme.example')
    await page.getByLabel('API token').fill('bad')
    await page.keyboard.press('Enter')
    await page.getByText('The site refuses the token.').waitFor()
    await title(page, 'Site')
    await page.getByRole('button', { name: 'Go on anyway' }).click()
    await title(page, 'Scope')
    await page.getByRole('link', { name: 'Site', exact: true }).click()
    // The answer stays where it was asked for, and what is typed anew is asked for by Enter.
    await page.getByText('The site refuses the token.').waitFor()
    await page.getByLabel('API token').fill('good')
    await page.keyboard.press('Enter')
    await title(page, 'Scope')
    await page.getByRole('link', { name: 'Site', exact: true }).click()
    await page.getByText('The token belongs to Anna Admin <b>.').waitFor()
    await page.close()
  })

  test('keeps to it that somebody stopped the reading', async () => {
    const page = await browser.open(step('slow', 'inspection'))
    await page.getByRole('button', { name: 'Stop reading' }).click()
    const until = page.getByText('By then: 400 MB of 1.2 GB, 61,000 rows found.')
    await until.waitFor()
    await page.reload()
    await until.waitFor()
    for (const width of [320, 1200]) {
      await page.setViewportSize({ width, height: 800 })
      await picture(page, `setup-reading-stopped-${width}`)
      expect(await accessibilityFaults(page)).toEqual([])
    }
    await page.getByRole('button', { name: 'Read again' }).press('Enter')
    await page.getByRole('button', { name: 'Stop reading' }).waitFor()
    await page.close()
  })

  test('chooses projects by search, and says how much moves', async () => {
    const page = await browser.open(step('fresh', 'inspection'))
    await page.getByText('The time zone is a guess').waitFor()
    await next(page).click()
    await title(page, 'Site')
    await page.getByRole('link', { name: 'Scope' }).click()
    await page.getByLabel('Chosen ones').check()
    await page.getByText('Choose at least one project').first().waitFor()
    await page.getByLabel('Search projects').fill('pay')
    await page.getByRole('checkbox', { name: /^PAY/ }).check()
    await page.getByText('1 project, 58,910 issues, 220 attachments').waitFor()
    await picture(page, 'setup-scope-chosen')
    await page.close()
  })

  test('maps a person, and tells a wrong CSV by its lines', async () => {
    const page = await browser.open(step('saved', 'people'))
    await page.getByLabel('What Anna Old becomes').selectOption('account')
    await page.getByLabel('Find an account on the site for Anna Old').fill('nobody')
    await page.getByText('No visible account matches.').waitFor()
    await page.getByLabel('Find an account on the site for Anna Old').fill('ann')
    await page.getByText('2 accounts found.').waitFor()
    for (const width of [320, 1200]) {
      await page.setViewportSize({ width, height: 800 })
      await picture(page, `setup-people-search-${width}`)
      expect(await accessibilityFaults(page)).toEqual([])
    }
    await page.getByRole('button', { name: 'Use Anna <b>New</b>' }).press('Enter')
    await page.getByText('acc-anna').waitFor()
    // Others may have an account of their choice, too, and stand before her.
    const row = page.getByRole('row', { name: /^Anna Old/ })
    await row.getByText('Or by its account id').click()
    await row.getByLabel('Account id for Anna Old').fill('acc-new')
    await row.getByRole('button', { name: 'Use it' }).click()
    await page.getByText('acc-new').waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download as CSV' }).click()
    expect((await saved).suggestedFilename()).toBe('landfall-people.csv')
    await page
      .getByLabel('Upload the CSV')
      .setInputFiles({ name: 'p.csv', mimeType: 'text/csv', buffer: Buffer.from('key,how\nx,y') })
    await page.getByText('Nothing was changed: 1 line is wrong.').waitFor()
    await page.getByText('Line 3: There is no account with the id <b>x</b>.').waitFor()
    await page.close()
  })

  test('shows whom a problem concerns, whoever shares an address, and who is out of scope', async () => {
    const page = await browser.open(step('saved', 'people'))
    const names = () =>
      page.locator('table.people tbody tr td:first-child bdi[title]').allInnerTexts()
    await page.getByText('e-mail address shared with frank <b>').waitFor()
    expect((await names())[0]).toMatch(/^Carol/)
    await page.getByText('Stays behind: nothing that moves names them.').waitFor()
    // Somebody without an address is a placeholder on both sides of the row.
    const grace = page.getByLabel('What grace becomes')
    expect(await grace.inputValue()).toBe('placeholder')
    expect(await grace.locator('option').allInnerTexts()).not.toContain(
      'The account with this e-mail address',
    )
    await page.getByRole('button', { name: 'Show 2 who share an address' }).press('Enter')
    await expect.poll(names, patience).toEqual(['erin', 'frank <b>'])
    for (const width of [320, 1200]) {
      await page.setViewportSize({ width, height: 800 })
      await picture(page, `setup-people-shared-${width}`)
      expect(await accessibilityFaults(page)).toEqual([])
    }
    await page.getByRole('button', { name: 'Show everybody again' }).click()
    await page.getByLabel('Order').selectOption('source')
    await expect.poll(async () => (await names())[0], patience).toBe('Anna Old')
    await page.close()
  })

  test('after a run shows all that it has, and lets only the token be changed', async () => {
    const page = await browser.open(step('legacy', 'people'))
    await page.getByText('this can no longer be changed').waitFor()
    await page.getByLabel('Search people').fill('anna')
    await page.getByText('Anna Old', { exact: true }).waitFor()
    expect(await page.getByLabel('What Anna Old becomes').isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: 'Download as CSV' }).isEnabled()).toBe(true)
    // From the issues behind a number one comes back to the table as it was.
    const issues = page.getByRole('link', { name: '120', exact: true })
    await expect.poll(() => issues.count(), patience).toBe(1)
    await issues.click()
    await page.getByRole('link', { name: 'People' }).click()
    await page.getByText('Anna Old', { exact: true }).waitFor()
    expect(await page.getByLabel('Search people').inputValue()).toBe('anna')
    await page.goto(`${browser.base}/${step('legacy', 'collisions')}`)
    await page.getByText('that only the source has').first().click()
    await page.getByText('Own 1 <b>').first().waitFor()
    expect(await page.getByRole('combobox', { name: 'Statuses' }).isDisabled()).toBe(true)
    await page.goto(`${browser.base}/${step('legacy', 'site')}`)
    await page.getByLabel('API token').fill('a new one')
    expect(await page.getByLabel('Address', { exact: true }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByText('The token belongs to').waitFor()
    await page.goto(`${browser.base}/${step('legacy', 'name')}`)
    await page.getByLabel('Name', { exact: true }).waitFor()
    expect(await page.getByRole('radio').count()).toBe(2)
    await page.close()
  })

  test('asks what becomes of names that meet, and shows it at once', async () => {
    const page = await browser.open(step('saved', 'collisions'))
    const options = (name: string) =>
      page.getByRole('combobox', { name }).locator('option').allInnerTexts()
    await page.getByRole('combobox', { name: 'Statuses' }).waitFor()
    expect(await options('Statuses')).toHaveLength(3)
    const three = await options('Statuses')
    for (const one of ['Filters', 'Dashboards']) {
      expect(await options(one)).toEqual(three)
      const chosen = page.getByRole('combobox', { name: one }).locator('option:checked')
      expect(await chosen.innerText()).toBe('Rename ours to “Name (2)”')
    }
    const filters = page.getByRole('combobox', { name: 'Filters' })
    await filters.selectOption('reuse')
    await page.getByText('Show 1 used as the site has it').click()
    await page.getByText('would ask "project = PAY AND resolution = Unresolved"').waitFor()
    for (const [width, height] of [
      [360, 640],
      [1100, 900],
    ] as const) {
      await page.setViewportSize({ width, height })
      await filters.scrollIntoViewIfNeeded()
      await picture(page, `setup-names-reused-${width}`)
      expect(await accessibilityFaults(page)).toEqual([])
    }
    await page.getByRole('combobox', { name: 'Statuses' }).selectOption('rename')
    await page.getByText('numbered like "Name (2)"').first().waitFor()
    await page.close()
  })

  test('sets an error aside with a name and a note, where that is allowed', async () => {
    const page = await browser.open('sidepanel.html#/m/slow/checks')
    await page.getByText('This one cannot be overridden').first().waitFor()
    await page.getByRole('button', { name: 'Override … Texts are short enough' }).click()
    await page.getByLabel('Note').fill('Agreed with the team')
    await page.getByLabel('Your name').fill('Anna')
    await page.keyboard.press('Enter')
    await page.getByText('Overridden by Anna: Agreed with the team').waitFor()
    await page.getByText('72 affected items').click()
    await page.getByText('PAY-1 <script>alert("offender")</script>').waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('PAY-72').waitFor()
    await picture(page, 'checks-aside')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByRole('button', { name: 'Override … Texts are short enough' }).waitFor()
    await page.close()
  })

  test('retries a cause, accepts another, and folds it away', async () => {
    const page = await browser.open('sidepanel.html#/m/legacy/attention', {
      width: 360,
      height: 640,
    })
    await page.getByRole('button', { name: /^Retry these/ }).click()
    await page.getByText('4,112 items went back into the queue').waitFor()
    await page.getByText('4 items were left out, as announced before the run.').waitFor()
    await page.getByText('By 1 cause').click()
    await page.getByRole('button', { name: /^Accept No account/ }).click()
    await page.getByLabel('Note').fill('Left the company')
    await page.getByLabel('Your name').fill('Bob')
    await picture(page, 'attention-accept-360')
    await page.getByRole('button', { name: 'Accept it' }).click()
    await page.getByText('1 accepted').click()
    await page.getByText('Accepted by Bob: Left the company').waitFor()
    await picture(page, 'attention-accepted-360')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.close()
  })

  test('copies one whose source can no longer be changed', async () => {
    const page = await browser.open(step('hr', 'source'))
    await page.getByRole('button', { name: 'Copy the migration' }).click()
    await title(page, 'Name')
    await expect
      .poll(() => page.getByLabel('Name', { exact: true }).inputValue())
      .toBe('Copy of HR archive')
    await page.close()
  })
})
