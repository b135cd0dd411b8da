import { readFileSync } from 'node:fs'
import JSZip from 'jszip'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { checklistTasks } from '../../shared/after-checklist.ts'
import { accessibilityFaults, chromiumBin, picture } from '../support/chromium.ts'
import { patience, type SeedWorld, startSeedWorld } from '../support/seed-world.ts'
import { atStep, walkToReview } from '../support/stepper.ts'

/**
 * The page that the users of the Migration Assistant know, sentence by sentence: each is the name of a test
 * that points at what shows it, in the real extension with the real agent. App migration has tests of its own.
 */
describe.runIf(chromiumBin)('the seed’s page on the dashboard', { timeout: 240_000 }, () => {
  let world: SeedWorld
  let page: Page
  const ids = { saved: '', running: '', failed: '', refused: '' }

  const row = (name: string) =>
    page.locator('tr.migration-row').filter({ has: page.getByRole('link', { name, exact: true }) })
  const list = async () => {
    await page.goto(`${world.browser.base}/sidepanel.html#/`)
    await page.getByRole('heading', { name: 'Migrations', level: 1 }).waitFor()
  }
  const open = async (name: string, tab: string) => {
    await list()
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await page.getByRole('link', { name: tab }).first().click()
  }
  const download = async (name: string) => {
    const saving = page.waitForEvent('download', patience)
    await page.getByRole('button', { name: `Download ${name}`, exact: true }).click()
    return readFileSync(await (await saving).path())
  }

  beforeAll(async () => {
    world = await startSeedWorld()
    page = await world.browser.open('sidepanel.html')
    const lead = await world.site<{ accountId: string }>('/rest/api/3/myself')
    await world.site('/rest/api/3/project', {
      key: 'LEGAL',
      name: 'Another house',
      projectTypeKey: 'software',
      leadAccountId: lead.accountId,
    })
    ids.saved = await world.make('Saved one', { kind: 'practice' })
    ids.failed = await world.make('Failed one', { kind: 'practice' }, world.notBackup)
    await world.act(ids.failed, 'run')
    await world.until(ids.failed, 'failed')
    ids.running = await world.make('Running one', world.own)
    await world.act(ids.running, 'run')
    await world.act(ids.running, 'pause')
    ids.refused = await world.make('Refused one', world.cloud)
    await world.inspect(ids.refused)
  }, 240_000)
  // What a person would have seen when it went wrong.
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await picture(page, 'seed-failed')
  })
  afterAll(() => world?.close())

  test('When you save or run a migration, it’s added to your Migrations dashboard where you can view the details and monitor the progress.', async () => {
    await page.goto(`${world.browser.base}/sidepanel.html#/new`)
    await walkToReview(page, { name: 'Finished one', ...world.sample })
    await page.getByRole('button', { name: 'Save and run' }).click()
    await page.getByRole('heading', { name: 'Finished one', level: 1 }).waitFor()
    await page.getByText('Finished', { exact: true }).first().waitFor(patience)
    await list()
    await row('Finished one').waitFor()
    await row('Saved one').waitFor()
    await picture(page, 'seed-list')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('View pre-migration checks to see warnings and errors', async () => {
    await open('Refused one', 'Checks')
    await page.getByRole('button', { name: 'Run all checks' }).click()
    await page
      .getByText('1 error blocks the run. Fix it, or override it with a note.')
      .waitFor(patience)
    await page.getByText('The site already has 1 project with the key').waitFor()
    await page.getByText('Warning', { exact: true }).first().waitFor()
    await picture(page, 'seed-checks')
    await page.getByRole('button', { name: 'Override … Project keys and names' }).press('Enter')
    await page.getByLabel('Note').fill('LEGAL was moved by hand')
    await page.getByLabel('Your name').fill('Anna')
    await page.getByRole('button', { name: 'Override', exact: true }).press('Enter')
    await page.getByText('Overridden by Anna: LEGAL was moved by hand').waitFor()
    await page.getByText('No check blocks the run.').waitFor(patience)
  })

  test('Your migration has finished, but there are errors or things that couldn’t be migrated.', async () => {
    world.front.refuses = true
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('Incomplete', { exact: true }).first().waitFor(patience)
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByText('there are errors or things that couldn’t be migrated').first().waitFor()
    await page.getByRole('link', { name: /^Needs attention \(\d+\)/ }).click()
    await page.getByText('Time tracking is closed <b>today</b>.').first().waitFor()
    await picture(page, 'seed-attention')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('Error log: Errors related to your migration. You can find explanation of errors', async () => {
    await page.getByRole('link', { name: 'Logs and reports' }).click()
    const zip = await JSZip.loadAsync(await download('Error log (.zip)'))
    expect(Object.keys(zip.files).sort()).toEqual(['README.txt', 'errors.log'])
    const log = (await zip.file('errors.log')?.async('string')) ?? ''
    expect(log).toContain('Time tracking is closed')
    await page.getByText('each line ends with the code that the guide explains.').waitFor()
    await page.getByRole('link', { name: 'Learn how to troubleshoot your migration' }).click()
    await page.getByRole('heading', { name: 'Troubleshooting guide' }).waitFor()
    const line = log.split('\n').find((one) => /Time tracking is closed.*\[/.test(one)) ?? ''
    expect(line).toMatch(/ ERROR \S+ .*\[site-refused\]$/)
    await page.getByLabel('Search the guide').fill(line)
    await page.getByText('The site refused an item').waitFor()
    await page.getByText('1 explanation', { exact: true }).waitFor()
    await picture(page, 'seed-help')
    expect(await accessibilityFaults(page)).toEqual([])
    await open('Refused one', 'Needs attention')
    const explain = page.locator('li.box').filter({ hasText: 'Time tracking is closed' })
    await explain.getByRole('link', { name: /^Explain/ }).click()
    await page.getByRole('heading', { name: 'The site refused an item' }).waitFor()
    await open('Refused one', 'Logs and reports')
    await page.locator('main p').getByRole('link', { name: 'Needs attention' }).click()
    const finding = page.locator('li.box').filter({ hasText: 'Time tracking is closed' })
    await finding.getByRole('link', { name: /^Show items/ }).click()
    await page.getByText('Only those of one cause:').waitFor()
    await page.getByRole('heading', { name: 'Worklogs, failed' }).waitFor()
    await page.locator('li.item').first().waitFor()
    for (const text of await page.locator('li.item').allInnerTexts())
      expect(text).toContain('Time tracking is closed')
    await picture(page, 'seed-items-of-a-cause')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('Some data has been migrated: what failed is sent again, and nothing twice', async () => {
    world.front.refuses = false
    await list()
    const incomplete = 'Your migration has finished, but there are errors or things that'
    await row('Refused one').getByRole('button', { name: incomplete }).waitFor()
    await page.getByText('What the statuses mean').click()
    const onward = 'running again goes on where it stopped and writes nothing twice'
    await page.locator('.legend').getByText(onward).first().waitFor()
    await open('Refused one', 'Needs attention')
    await page
      .getByRole('button', { name: /^Retry these/ })
      .first()
      .press('Enter')
    await page.getByText('went back into the queue; a run began.').waitFor(patience)
    await page.getByText('Finished', { exact: true }).first().waitFor(patience)
    // Of the items; an app waits for a decision.
    await page.getByText('No item needs you').waitFor(patience)
    await page.getByRole('link', { name: /^1 app waits for you/ }).waitFor()
    await picture(page, 'seed-retried')
  })

  test.each([
    ['Saved one', 'Your migration is saved and ready to run.'],
    ['Running one', 'Your migration is currently in progress.'],
    ['Finished one', 'Your migration has finished, with all the tasks completed.'],
    ['Refused one', 'Your migration has finished, with all the tasks completed.'],
    ['Failed one', 'Your migration failed: a project key may already exist on the site'],
  ])('The table describes the possible statuses: %s: %s', async (name, meaning) => {
    await list()
    await row(name).getByRole('button', { name: meaning }).waitFor()
    await page.getByText('What the statuses mean').click()
    await page.locator('.legend').getByText(meaning).first().waitFor()
    await open(name, 'Overview')
    await page.getByText(meaning).first().waitFor()
  })

  test('You can access the dashboard by opening the assistant', async () => {
    const popup = await world.browser.open('popup.html', { width: 360, height: 560 })
    await popup.getByText('Running one').first().waitFor()
    await popup.getByRole('button', { name: 'Open side panel' }).waitFor()
    await popup.getByRole('button', { name: 'New migration' }).click()
    const pages = () => world.browser.context.pages().map((one) => one.url())
    await expect.poll(pages, patience).toContain(`${world.browser.base}/sidepanel.html?tab#/new`)
    await popup.close()
  })

  test('Run, copy, edit, delete, and archive your migration', async () => {
    await list()
    const menu = async (deed: string) => {
      await page.getByRole('button', { name: 'Actions for Saved one' }).press('Enter')
      const item = page.getByRole('menuitem', { name: deed })
      expect(await item.getAttribute('aria-disabled')).not.toBe('true')
      await item.press('Enter')
    }
    await menu('Copy')
    await atStep(page, 'Name')
    await expect
      .poll(() => page.getByLabel('Name', { exact: true }).inputValue())
      .toBe('Copy of Saved one')
    await list()
    await menu('Edit')
    await atStep(page, 'Name')
    await list()
    await menu('Archive')
    await row('Saved one').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await row('Saved one').waitFor()
    await menu('Delete')
    await page.getByText('nothing was written to any site').waitFor()
    await picture(page, 'seed-delete')
    await page.getByRole('button', { name: 'Delete for good' }).click()
    await row('Saved one').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Actions for Finished one' }).click()
    await page.getByRole('menuitem', { name: 'Run again' }).waitFor()
    await page.keyboard.press('Escape')
  })

  test('Monitor the progress of an ongoing migration and see the results', async () => {
    await open('Running one', 'Progress')
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('Share of the rate limit used').waitFor(patience)
    await page.getByText('Finished', { exact: true }).first().waitFor(patience)
    await page
      .getByRole('link', { name: /[\d,]+ verified/ })
      .first()
      .waitFor()
    const { failed, different } = (await world.view(ids.running)).totals
    expect({ failed, different }).toEqual({ failed: 0, different: 0 })
    await picture(page, 'seed-progress')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('You can view the following details by selecting View details from the migration dashboard.', async () => {
    await list()
    await page.getByRole('button', { name: 'Actions for Finished one' }).click()
    await page.getByRole('menuitem', { name: 'View details' }).click()
    await page.getByRole('heading', { name: 'Finished one', level: 1 }).waitFor()
  })

  test('Overview of your migration that shows configuration details and migration status.', async () => {
    await open('Finished one', 'Overview')
    await page.getByRole('heading', { name: 'Configuration' }).waitFor()
    for (const term of ['Source', 'Site', 'Scope', 'Attachments', 'Users and groups', 'Filters'])
      await page.getByRole('term').getByText(term, { exact: true }).waitFor()
    await picture(page, 'seed-overview')
  })

  test('The This migration includes section that shows details and status of migrated items.', async () => {
    await open('Finished one', 'This migration includes')
    await page.getByRole('table', { name: 'Projects', exact: true }).waitFor()
    for (const kind of ['Users', 'Groups', 'Issues', 'Comments', 'Attachments', 'Filters'])
      await page.getByRole('cell', { name: kind, exact: true }).first().waitFor()
    expect(await page.locator('td.number a').count()).toBeGreaterThan(40)
    await picture(page, 'seed-includes')
  })

  test('Select the project name on your migration details page: You can view the project on your Cloud site', async () => {
    const link = page.getByRole('link', { name: 'Open on the site PAY' })
    expect(await link.getAttribute('href')).toMatch(/^http.*\/browse\/PAY$/)
  })

  test('Pre-migration report: Details on what is included in your migration.', async () => {
    await open('Finished one', 'Logs and reports')
    const report = (await download('Pre-migration report')).toString()
    expect(report).toContain('Finished one')
    expect(report).toMatch(/Issues|issues/)
    await picture(page, 'seed-logs')
  })

  test('Download the post migration report (.zip file): Summary, Requires attention', async () => {
    const zip = await JSZip.loadAsync(await download('Post-migration report (.zip)'))
    const names = Object.keys(zip.files).map((name) => name.split('/').at(-1))
    expect(names).toEqual(expect.arrayContaining(['summary.csv', 'requires-attention.csv']))
    for (const name of ['Summary', 'Requires attention', 'Error log'])
      await page.getByRole('button', { name: `Download ${name}` }).waitFor()
  })

  test('After you migrate: Learn more about post-migration tasks', async () => {
    await open('Finished one', 'Overview')
    await page.getByRole('link', { name: 'Learn more about post-migration tasks' }).click()
    await page.getByRole('heading', { name: 'Checklist and sign-off' }).waitFor()
    await page.getByRole('link', { name: 'After you migrate' }).first().waitFor()
    for (const { sentence } of checklistTasks)
      await page.locator('.checklist').getByText(sentence, { exact: true }).first().waitFor()
  })

  test('After you migrate: each sentence of the page stands on Overview, with the way there', async () => {
    await open('Refused one', 'Overview')
    const { url } = world.cloud
    const here = (tab: string) => `#/m/${ids.refused}/${tab}`
    const admin = 'https://admin.atlassian.com'
    const links: Record<string, string[]> = {
      report: [here('logs')],
      'group-members': [admin],
      'administrator-groups': [admin],
      'external-users': [admin],
      invite: [admin],
      review: [here('includes'), `${url}/jira/projects`],
      migrated: [`${url}/issues/`],
      'application-links': [`${url}/plugins/servlet/applinks/listApplicationLinks`],
      apps: [`${url}/plugins/servlet/upm`],
    }
    for (const { entry, sentence } of checklistTasks) {
      const item = page.locator('ol.after > li').filter({ hasText: sentence })
      await item.waitFor()
      const hrefs = await item
        .getByRole('link')
        .evaluateAll((all) => all.map((one) => one.getAttribute('href')))
      expect(hrefs, entry).toEqual(expect.arrayContaining(links[entry] ?? []))
    }
    const checks = page.getByRole('link', { name: 'Run the checks' })
    expect(await checks.count()).toBe(1)
    expect(await checks.getAttribute('href')).toBe(here('after'))
    await picture(page, 'seed-after')
    expect(await accessibilityFaults(page)).toEqual([])
  })
})
