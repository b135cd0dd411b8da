import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { openVault } from '../../agent/ledger/secrets.ts'
import { must } from '../../shared/assert.ts'
import { doc, type RepairWorld, repairWorld, type SiteIssue } from '../repair/world.ts'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { passTo } from '../support/site-proxy.ts'

const id = 'checked'
const patience = { timeout: 30_000 }
const hostile = '<script>document.title="bad"</script> \u202egnp.exe <img src=x onerror=alert(2)>'
const asks = /^GET |bulkfetch|comment\/list/

describe.runIf(chromiumBin)('a repair, from the page of the site and from the side panel', () => {
  let world: RepairWorld
  let browser: ExtensionBrowser
  let proxy: Server
  let url = ''
  /** Writes to the site, by how they were logged in. */
  const writes = { token: [] as string[], cookie: [] as string[] }
  let faulty: { texts: SiteIssue; silent: SiteIssue; file: SiteIssue; changed: SiteIssue }
  let silentOnes: SiteIssue[] = []

  beforeAll(async () => {
    world = await repairWorld()
    await world.run('moved', 'move')
    const take = await world.pool()
    const bare = (i: SiteIssue) =>
      !i.fields.comment.comments.length &&
      !i.fields.issuelinks.length &&
      !i.fields.attachment.length &&
      !i.fields.worklog.worklogs.length
    const texts = take(bare)
    const changed = take(bare)
    for (const { key } of [texts, changed])
      await world.onSite('PUT', `/issue/${key}`, {
        fields: { description: doc(`${hostile} ${'long words '.repeat(900)}`), summary: hostile },
      })
    const one = (i: SiteIssue) =>
      i.fields.comment.comments.length === 1 && !i.fields.attachment.length
    const silent = take(one)
    silentOnes = Array.from({ length: 3 }, () => take(one))
    for (const { key, fields } of [silent, ...silentOnes])
      await world.onSite(
        'DELETE',
        `/issue/${key}/comment/${must(fields.comment.comments[0], 'a comment').id}`,
      )
    const file = take((i) => i.fields.attachment.length > 0)
    await world.onSite('DELETE', `/attachment/${must(file.fields.attachment[0], 'a file').id}`)
    faulty = { texts, silent, file, changed }
    const pass = passTo(world.site.url)
    proxy = createServer((from, to) => {
      const line = `${from.method} ${from.url?.split('?')[0]}`
      if (!asks.test(line)) writes[from.headers.authorization ? 'token' : 'cookie'].push(line)
      pass(from, to)
    })
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    await world.run(id, 'verify', url)
    await world.onSite('PUT', `/issue/${changed.key}`, { fields: { summary: 'A person was here' } })
    browser = await startChromium()
    await browser.worker.evaluate(
      ([address, token]) => chrome.storage.local.set({ agent: { address, token, name: 'here' } }),
      [world.agent.url, world.api.token] as const,
    )
    const panel = await browser.open('sidepanel.html')
    await panel.getByText(`Migration ${id}`).first().waitFor(patience)
    await panel.close()
  })
  afterAll(async () => {
    await browser?.close()
    proxy?.closeAllConnections()
    proxy?.close()
    await world?.close()
  })

  const onIssue = async (key: string) => {
    const page = await browser.open(`${url}/browse/${key}`)
    await page.locator('[data-testid=landfall-pill]').click(patience)
    await page
      .locator('[data-testid=landfall-drawer]')
      .getByRole('button', { name: 'Repair…' })
      .click(patience)
    return { page, panel: page.locator('[data-testid=landfall-repair]') }
  }
  const pictures = async (page: Page, name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await picture(page, `${name}-${colorScheme}`)
      expect(await accessibilityFaults(page), `${name} ${colorScheme}`).toEqual([])
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }
  const says = (where: Locator, what: string | RegExp) =>
    where.getByText(what).first().waitFor(patience)
  const forget = () => {
    writes.token = []
    writes.cookie = []
  }

  test('from the drawer, by keyboard: changed texts, through the agent, and back', async () => {
    forget()
    const { key } = faulty.texts
    const { page, panel } = await onIssue(key)
    await says(panel, 'will be repaired')
    await says(panel, 'After the repair')
    expect(await page.title()).not.toBe('bad')
    await pictures(page, 'repair-drawer-preview')
    expect(writes).toEqual({ token: [], cookie: [] })
    await panel.getByRole('button', { name: 'Repair 1 item' }).focus()
    await page.keyboard.press('Enter')
    await says(panel, '1 item repaired and read back.')
    await pictures(page, 'repair-drawer-over')
    expect(writes).toEqual({ token: [`PUT /rest/api/3/issue/${key}`], cookie: [] })
    expect((await world.issue(key)).fields.summary).not.toBe(hostile)
    await panel.getByRole('button', { name: 'Undo' }).focus()
    await page.keyboard.press('Enter')
    await says(panel, 'undone')
    expect((await world.issue(key)).fields.summary).toBe(hostile)
    await page.keyboard.press('Escape')
    await expect
      .poll(() => page.locator('[data-testid=landfall-drawer]').isVisible(), patience)
      .toBe(true)
    await page.close()
  })

  test('what a person changed since is shown three times, and is not written over', async () => {
    const { page, panel } = await onIssue(faulty.changed.key)
    await says(panel, 'A person was here')
    await says(panel, 'As migrated')
    await says(panel, /Changed by Practice Admin/)
    await pictures(page, 'repair-drawer-changed')
    await page.close()
  })

  test.each(['silent', 'file'] as const)(
    'from the drawer, through the page and its own login: a missing part (%s), and back',
    async (which) => {
      forget()
      const { key } = faulty[which]
      const { page, panel } = await onIssue(key)
      const before = await world.issue(key)
      await panel.getByLabel('with my login on this page').check(patience)
      await panel.getByText('/rest/api/3/issue/').first().waitFor(patience)
      await picture(page, `repair-drawer-page-${which}`)
      await panel.getByRole('button', { name: 'Repair 1 item with my login' }).click()
      await says(panel, '1 item repaired and read back.')
      const what = which === 'file' ? 'attachments' : 'comment'
      expect(writes).toEqual({ token: [], cookie: [`POST /rest/api/3/issue/${key}/${what}`] })
      await panel.getByRole('button', { name: 'Undo' }).click()
      await says(panel, 'undone')
      const after = await world.issue(key)
      expect(after.fields.comment.comments).toEqual(before.fields.comment.comments)
      expect(after.fields.attachment).toEqual(before.fields.attachment)
      expect(writes.token).toEqual([])
      await page.close()
    },
  )

  test('a token that is no longer good: the sentence says so, and the login of the page repairs', async () => {
    const { db } = world.agent.ledger
    const vault = openVault(db, folderParts(join(world.folder, 'agent')).keyFile)
    await vault.put(`site:${id}`, 'no-longer-good')
    forget()
    const { key } = faulty.silent
    const { page, panel } = await onIssue(key)
    await says(panel, /token/)
    await pictures(page, 'repair-drawer-token')
    await panel.getByLabel('with my login on this page').check(patience)
    await says(panel, 'will be repaired')
    await panel.getByRole('button', { name: 'Repair 1 item with my login' }).click(patience)
    await says(panel, '1 item repaired and read back.')
    await panel.getByRole('button', { name: 'Undo' }).click(patience)
    await says(panel, 'undone')
    expect(writes.token).toEqual([])
    await vault.put(`site:${id}`, world.site.token)
    await page.close()
  })

  test.each([
    [1200, 'with the agent’s token', 'token'],
    [360, 'with my login, through an open page of the site', 'cookie'],
  ] as const)('from the side panel at %i px, many at once: %s', async (width, label, way) => {
    forget()
    const page = way === 'cookie' ? await browser.open(`${url}/jira/projects`) : null
    const panel = await browser.open(`sidepanel.html#/m/${id}/attention`, { width, height: 900 })
    await panel
      .getByRole('listitem')
      .filter({ hasText: '4 comments' })
      .getByRole('button', { name: /^Repair 4 items/ })
      .click(patience)
    const box = panel.locator('.repair')
    await says(box, 'will be repaired')
    await box.getByLabel('Your name').fill('Mia <b>Admin</b>')
    await box.getByLabel(label).check()
    await pictures(panel, `repair-panel-${width}-preview`)
    await box.getByRole('button', { name: /^Repair \d+ items/ }).click()
    await says(box, /items repaired and read back/)
    await says(box, 'by Mia <b>Admin</b>')
    await pictures(panel, `repair-panel-${width}-over`)
    const all = [faulty.silent, ...silentOnes].map(
      ({ key }) => `POST /rest/api/3/issue/${key}/comment`,
    )
    expect(writes[way].toSorted()).toEqual(all.toSorted())
    await box.getByRole('button', { name: 'Undo all' }).click()
    await expect
      .poll(() => box.getByText('undone', { exact: true }).count(), patience)
      .toBeGreaterThanOrEqual(all.length)
    for (const { key } of silentOnes)
      expect((await world.issue(key)).fields.comment.comments).toHaveLength(0)
    expect(writes[way === 'token' ? 'cookie' : 'token']).toEqual([])
    await panel.close()
    await page?.close()
  })

  test('from a list of items: one file', async () => {
    const panel = await browser.open(
      `sidepanel.html#/m/${id}/items?kind=attachment&verdict=failed`,
      {
        width: 1200,
        height: 800,
      },
    )
    await panel
      .getByRole('button', { name: /^Repair…/ })
      .first()
      .click(patience)
    const box = panel.locator('.repair')
    await says(box, 'will be repaired')
    await pictures(panel, 'repair-items-preview')
    await box.getByRole('button', { name: /^Repair 1 item/ }).click()
    await says(box, '1 item repaired and read back.')
    await panel.close()
  })
})
