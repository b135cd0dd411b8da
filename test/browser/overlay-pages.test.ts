import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { incomplete } from '../support/scenes.ts'
import { type Site, startSite } from '../support/site-proxy.ts'

const at = 'https://acme.atlassian.net'
const board = `${at}/jira/software/c/projects/PAY/boards`

/** A page of Jira with so many issues: rows of a list, each with its key as a link, as Jira draws them. */
const list = (n: number) =>
  Array.from(
    { length: n },
    (_, i) =>
      `<tr data-testid="native-issue-table.ui.issue-row"><td data-testid="business-list.ui.list-view.key-cell.issue-key"><a href="/browse/PAY-${i + 1}">PAY-${i + 1}</a></td><td><a href="/browse/PAY-${i + 1}">Summary ${i + 1}</a></td></tr>`,
  ).join('')
/** A search shows its JQL, as Jira's editor does. */
const search = (url: URL) => {
  const jql = url.searchParams.get('jql')?.replaceAll('<', '&lt;')
  return jql ? `<div data-testid="jql-builder"><code>${jql}</code></div>` : ''
}
const pages: RequestListener = (request, response) => {
  const url = new URL(request.url ?? '/', at)
  const n = Number(url.searchParams.get('rows') ?? (url.pathname.includes('/boards/') ? 12 : 0))
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
  response.end(`<!doctype html><html lang="en"><title>Jira</title>
    <style>:root{color-scheme:light dark}body{margin:0;background:light-dark(#fff,#1d2125);color:light-dark(#111,#eee);font:14px system-ui}table{border-collapse:collapse}td{padding:4px 24px}
    #scroller{height:80vh;overflow:auto}#dialog{position:fixed;inset:20px;background:light-dark(#fff,#1d2125)}a{color:light-dark(#0040b0,#a0c8ff)}</style>
    <body><main><h1>A page of the site</h1>${search(url)}<div id="scroller"><table>${list(n)}</table></div>
    <div id="dialog" hidden>A dialog of the page</div></main></body></html>`)
}

describe.runIf(chromiumBin)(
  'the overlay on projects, boards, filters, lists, people and searches',
  () => {
    let browser: ExtensionBrowser
    let agent: FakeAgent
    let site: Site

    beforeAll(async () => {
      agent = await startFakeAgent()
      agent.show([incomplete])
      site = await startSite(pages)
      browser = await startChromium(site.port)
      await browser.worker.evaluate(
        ([address, token]) =>
          chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
        [agent.address, token] as const,
      )
    })
    afterAll(async () => {
      await browser?.close()
      await agent?.close()
      await site?.close()
    })

    async function open(address: string) {
      const page = await browser.open(address)
      const pill = page.locator('[data-testid=landfall-pill]')
      const drawer = page.locator('[data-testid=landfall-drawer]')
      return { page, pill, drawer }
    }
    type Page = Awaited<ReturnType<typeof open>>['page']
    async function seen(page: Page, name: string) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await picture(page, `pages-${name}-${colorScheme}`)
        expect(await accessibilityFaults(page), `${name} ${colorScheme}`).toEqual([])
      }
      await page.emulateMedia({ colorScheme: 'light' })
    }

    test.each([
      [`${board}/1`, '12 there, 11 here', 'differs'],
      [`${board}/2/backlog`, '12 there, 12 here', 'same'],
      [`${at}/secure/RapidBoard.jspa?rapidView=4`, '40,000 there, 39,700 here', 'many'],
      [`${at}/issues/?filter=3`, '? there, 12 here', 'untold'],
      [`${at}/issues/?filter=5`, '12 there, 12 here', 'filter-migrated'],
      [`${at}/jira/people/search`, '1 thing about people', 'people'],
      [
        `${at}/issues/?jql=${encodeURIComponent('"Team (migrated)" = Red AND status = "Done (migrated)"')}`,
        '2 “(migrated)” names',
        'jql',
      ],
      [`${at}/jira/software/projects/OTW/list`, '99% verified', 'project'],
    ])('%s: %s', async (address, words, name) => {
      const { page, pill, drawer } = await open(address)
      await pill.waitFor()
      expect(await pill.innerText()).toBe(words)
      await pill.click()
      await drawer.waitFor()
      if (name === 'project') await drawer.locator('[data-testid=landfall-checklist]').waitFor()
      await seen(page, name)
      await page.setViewportSize({ width: 320, height: 640 })
      await picture(page, `pages-${name}-320`)
      const wide = await drawer.evaluate((one) => one.scrollWidth > one.clientWidth)
      expect(wide, `${name} at 320 px`).toBe(false)
      await page.close()
    })

    test('an open drawer goes along with a project that is still on its way', async () => {
      const { page, pill, drawer } = await open(`${at}/projects/OTW`)
      await pill.click()
      await drawer.getByText('300 of 1,200').waitFor()
      const asked = () => agent.asked.filter((one) => one.includes('project=OTW')).length
      const before = asked()
      await expect.poll(asked, { timeout: 15_000 }).toBeGreaterThan(before)
      await page.close()
    })

    test('the keys that differ are links to the issues', async () => {
      const { page, pill, drawer } = await open(`${board}/1`)
      await pill.click()
      const link = drawer.getByRole('link', { name: 'PAY-77' })
      expect(await link.getAttribute('href')).toBe('/browse/PAY-77')
      expect(await drawer.getByRole('link', { name: 'PAY-9', exact: true }).count()).toBe(1)
      await page.close()
    })

    test('what nobody moved has no pill', async () => {
      for (const address of [
        `${at}/issues/?filter=99`,
        `${at}/issues/?jql=project%20%3D%20PAY`,
        `${at}/jira/dashboards/1`,
      ]) {
        const { page, pill } = await open(address)
        await page.waitForTimeout(1000)
        expect(await pill.count(), address).toBe(0)
        await page.close()
      }
    })

    test('the JQL with the twins is copied', async () => {
      const jql = '"Team (migrated)" = Red'
      const { page, pill, drawer } = await open(`${at}/issues/?jql=${encodeURIComponent(jql)}`)
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: at })
      await pill.click()
      await drawer.getByRole('button', { name: 'Copy this JQL' }).click()
      await drawer.getByText('Copied.').waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Team = Red')
      await page.close()
    })

    test('numbers of a project open their lists on the dashboard', async () => {
      const { page, pill, drawer } = await open(`${at}/projects/OTW`)
      await pill.click()
      const number = drawer.getByRole('button', { name: /verified.*open the list/ }).first()
      await number.waitFor()
      const opened = browser.context.waitForEvent('page')
      await number.click()
      const list = await opened
      await expect
        .poll(() => new URL(list.url()).hash, { timeout: 8_000 })
        .toMatch(/^#\/m\/[^/]+\/items\?verdict=verified&project=OTW$/)
      for (const one of [list, page]) await one.close()
    })

    test('a checklist is ticked and a project signed off by somebody who was asked once', async () => {
      const { page, pill, drawer } = await open(`${at}/projects/OTW`)
      await pill.click()
      const sign = drawer.getByRole('button', { name: 'Sign this project off' })
      await sign.waitFor()
      expect(await sign.isDisabled()).toBe(true)
      await drawer.getByRole('textbox').fill('Anna <b>Owner</b>')
      await drawer.getByRole('button', { name: 'That is me' }).click()
      const tick = drawer.getByRole('button', { name: /^Done: / }).first()
      await tick.click()
      await drawer.getByText('Ticked by Anna <b>Owner</b>').waitFor()
      await sign.click()
      await drawer.getByText('Signed off by Anna <b>Owner</b>').waitFor()
      await seen(page, 'signed-off')
      await page.close()
      const again = await open(`${at}/projects/OTW`)
      await again.pill.click()
      await again.drawer.getByText('You decide as Anna <b>Owner</b>.').waitFor()
      await again.drawer.getByRole('button', { name: 'Withdraw the sign-off' }).click()
      await again.drawer.getByRole('button', { name: 'Sign this project off' }).waitFor()
      await again.page.close()
    })

    test('the places of a check of people are shown, each with its page', async () => {
      const { page, pill, drawer } = await open(`${at}/secure/admin/user/UserBrowser.jspa`)
      await pill.click()
      await drawer.getByRole('button', { name: 'Show the places' }).first().click()
      await expect.poll(() => agent.asked.at(-1)).toMatch(/places\?(?!.*project=)/)
      await drawer.getByRole('button', { name: 'Hide the places' }).waitFor()
      await page.close()
    })

    test('the places of a check are shown when they are asked for', async () => {
      const { page, pill, drawer } = await open(`${at}/projects/OTW`)
      await pill.click()
      const show = drawer.getByRole('button', { name: 'Show the places in this project' }).first()
      await show.waitFor()
      const asked = () => agent.asked.filter((one) => one.includes('/places?')).length
      const before = asked()
      await show.click()
      await expect.poll(asked).toBe(before + 1)
      expect(agent.asked.at(-1)).toContain('project=OTW')
      await seen(page, 'places')
      await page.close()
    })

    test('five hundred issues are one question, nothing of the page moves, and marks stand beside their keys', async () => {
      const before = agent.asked.length
      const { page } = await open(`${at}/jira/dashboards/1`)
      await page.addInitScript(() => {
        const shifts: number[] = []
        Object.assign(window, { shifts })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            shifts.push((entry as never as { value: number }).value)
        }).observe({ type: 'layout-shift', buffered: true })
      })
      await page.goto(`${at}/jira/core/projects/PAY/list?rows=500`)
      const spots = page.locator('.spot')
      await spots.first().waitFor()
      const asked = agent.asked.slice(before).filter((one) => /verdicts|marks|page-/.test(one))
      expect(asked.filter((one) => one.startsWith('POST /api/marks'))).toHaveLength(1)
      expect(asked).toHaveLength(2)
      const [key, spot] = await Promise.all([
        page.getByRole('link', { name: 'PAY-10', exact: true }).boundingBox(),
        page.getByRole('img', { name: 'PAY-10: 1 part different' }).boundingBox(),
      ])
      expect(Math.abs((spot?.x ?? 0) - (key?.x ?? 0) - (key?.width ?? 0))).toBeLessThan(8)
      expect(Math.abs((spot?.y ?? 0) - (key?.y ?? 0))).toBeLessThan(8)
      expect(
        await page.evaluate(() => document.querySelectorAll('main *[style], main .spot').length),
      ).toBe(0)
      await seen(page, 'marks')
      // They follow the list, and only those in sight are drawn.
      await page.locator('#scroller').evaluate((one) => one.scrollTo(0, 4000))
      await page.waitForTimeout(300)
      const many = await spots.count()
      expect(many).toBeGreaterThan(0)
      expect(many).toBeLessThan(10)
      // Where the page lays something over its list no mark shines through.
      await page.locator('#dialog').evaluate((one) => {
        one.removeAttribute('hidden')
      })
      await page.locator('#scroller').evaluate((one) => one.scrollTo(0, 4010))
      await expect.poll(() => spots.count()).toBe(0)
      expect(await page.evaluate(() => (window as never as { shifts: number[] }).shifts)).toEqual(
        [],
      )
      expect(
        agent.asked.slice(before).filter((one) => one.startsWith('POST /api/marks')),
      ).toHaveLength(1)
      await page.close()
    })

    test('rows that a list draws while one scrolls get their marks, too', async () => {
      const { page } = await open(`${at}/jira/core/projects/PAY/list?rows=20`)
      await page.locator('.spot').first().waitFor()
      await page.evaluate(() => {
        const rows = document.querySelector('table')
        rows?.insertAdjacentHTML(
          'afterbegin',
          '<tr><td><a href="/browse/PAY-50">PAY-50</a></td></tr>',
        )
      })
      await page.getByRole('img', { name: 'PAY-50: 2 parts failed or different' }).waitFor()
      await page.close()
    })

    test('two hundred changes of the page leave one element and no mark behind', async () => {
      const { page, pill } = await open(`${board}/1`)
      await pill.waitFor()
      await page.locator('.spot').first().waitFor()
      await page.evaluate(async () => {
        for (let i = 0; i < 200; i += 1) {
          const to =
            i % 2 ? '/jira/core/projects/PAY/list' : '/jira/software/c/projects/PAY/boards/1'
          history.pushState(null, '', `${to}?n=${i}`)
          await new Promise((next) => setTimeout(next, 5))
        }
        document.querySelector('table')?.remove()
        history.pushState(null, '', '/jira/dashboards/1')
      })
      await expect.poll(() => page.locator('.spot').count()).toBe(0)
      expect(await page.locator('landfall-overlay').count()).toBe(1)
      expect(
        await page.evaluate(
          () =>
            document.querySelector('landfall-overlay')?.shadowRoot?.querySelectorAll('*').length,
        ),
      ).toBeLessThan(8)
      await page.close()
    })

    test('a feature that is switched off is silent', async () => {
      const set = (change: object) =>
        browser.worker.evaluate(async (change) => {
          await chrome.storage.local.set({ preferences: { overlayOn: change } })
        }, change)
      await set({ lists: false, people: false })
      const list = await open(`${at}/jira/core/projects/PAY/list?rows=20`)
      await list.pill.waitFor()
      expect(await list.page.locator('.spot').count()).toBe(0)
      await list.page.close()
      await set({ boards: false })
      const page = await open(`${board}/1`)
      await page.pill.waitFor()
      expect(await page.pill.innerText()).toContain('verified')
      await page.page.close()
      await set({})
    })
  },
)
