import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { MigrationDetailSchema, MigrationViewSchema } from '../../shared/api.ts'
import { must } from '../../shared/assert.ts'
import {
  type AgentProcess,
  type PracticeProcess,
  type Process,
  pair,
  siteCaller,
  startProcess,
} from '../support/agent-process.ts'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { passTo, type Site, startSite } from '../support/site-proxy.ts'

const at = 'https://acme.atlassian.net'

describe.runIf(chromiumBin)('the pages of a site to which the sample was migrated', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-pages-'))
  let practice: Process<PracticeProcess>
  let agent: Process<AgentProcess>
  let browser: ExtensionBrowser
  let site: Site
  let onSite: ReturnType<typeof siteCaller>

  beforeAll(async () => {
    const sample = await writeSample(join(folder, 'sample'))
    practice = await startProcess<PracticeProcess>(['practice', '--port', '0'])
    onSite = siteCaller(practice.said)
    agent = await startProcess<AgentProcess>(
      ['serve', '--json', '--port', '0', '--folder', join(folder, 'agent')],
      { LANDFALL_PRACTICE_ALIASES: at },
    )
    const ask = await pair(agent.said)
    const post = (path: string, body?: unknown) =>
      ask(path, { method: 'POST', ...(body ? { body: JSON.stringify(body) } : {}) })
    const made = await post('/api/migrations', {
      name: 'Everything',
      source: { kind: 'backup', path: sample.backup, attachments: sample.attachments },
      site: { kind: 'cloud', ...practice.said },
    })
    const { id } = v.parse(MigrationViewSchema, await made.json())
    await post(`/api/migrations/${id}/run`)
    const view = async () =>
      v.parse(MigrationDetailSchema, await (await ask(`/api/migrations/${id}`)).json()).migration
    while ((await view()).status === 'running') await new Promise((next) => setTimeout(next, 300))
    const { problem } = await view()
    expect(problem).toBeNull()
    site = await startSite(passTo(practice.said.url))
    browser = await startChromium()
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.said.url, ask.token] as const,
    )
    // The background learns of the site from the list of migrations.
    const list = await browser.open('sidepanel.html')
    await list.getByText('Everything').first().waitFor()
    await list.close()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
    await agent?.stop()
    await practice?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(path: string) {
    const page = await browser.open(`${practice.said.url}${path}`)
    const pill = page.locator('[data-testid=landfall-pill]')
    const drawer = page.locator('[data-testid=landfall-drawer]')
    return { page, pill, drawer }
  }

  test('a board finds here what it found there; an issue that changed is told apart', async () => {
    const { values } = await onSite<{ values: { id: number; name: string }[] }>(
      '/rest/agile/1.0/board',
    )
    const id = must(values.find(({ name }) => name === 'Payments sprint board')?.id, 'the board')
    const path = `/jira/software/c/projects/PAY/boards/${id}`
    const { page, pill } = await open(path)
    await pill.waitFor()
    const words = await pill.innerText()
    const [, there, here] = /^(\d+) there, (\d+) here$/.exec(words) ?? []
    expect(Number(there)).toBeGreaterThan(20)
    expect(here).toBe(there)
    await page.close()

    const { key } = await onSite<{ key: string }>('/rest/api/3/issue', {
      fields: {
        project: { key: 'PAY' },
        issuetype: { name: 'Task' },
        summary: 'New after the migration',
      },
    })
    const after = await open(path)
    await after.pill.waitFor()
    expect(await after.pill.innerText()).toBe(`${there} there, ${Number(here) + 1} here`)
    await after.pill.click()
    const link = after.drawer.getByRole('link', { name: key })
    await link.waitFor()
    await picture(after.page, 'pages-line-board')
    await link.click()
    await after.page.waitForURL(`**/browse/${key}`)
    await after.page.close()
  })

  test('a filter, people and the project answer on their pages', async () => {
    const { values } = await onSite<{ values: { id: string; name: string }[] }>(
      '/rest/api/3/filter/search',
    )
    const id = must(values.find(({ name }) => name === 'Open & urgent')?.id, 'the filter')
    const filter = await open(`/issues/?filter=${id}`)
    await filter.pill.waitFor()
    expect(await filter.pill.innerText()).toMatch(/^(\d+) there, \d+ here$/)
    await filter.page.close()

    const people = await open('/jira/people')
    await people.pill.waitFor()
    expect(await people.pill.innerText()).toBe('people not checked yet')
    await people.page.close()

    const project = await open('/jira/software/c/projects/PAY/issues')
    await project.pill.waitFor()
    expect(await project.pill.innerText()).toContain('verified')
    await project.pill.click()
    await project.drawer.getByRole('button', { name: 'Ask the checks' }).click()
    await project.drawer.getByText('Former User').first().waitFor({ timeout: 60_000 })
    await picture(project.page, 'pages-line-project')
    expect(await accessibilityFaults(project.page)).toEqual([])
    await project.page.close()
  }, 120_000)

  test('a search with a "(migrated)" name is told with its twin', async () => {
    const type = 'com.atlassian.jira.plugin.system.customfieldtypes:textfield'
    await onSite('/rest/api/3/field', { name: 'Crew (migrated)', type })
    await onSite('/rest/api/3/field', { name: 'Crew', type })
    const { page, pill, drawer } = await open(
      `/issues/?jql=${encodeURIComponent('"Crew (migrated)" ~ red')}`,
    )
    await pill.waitFor()
    await pill.click()
    await drawer.getByText('Its twin is Crew.').waitFor()
    expect(await drawer.locator('pre').innerText()).toBe('Crew ~ red')
    await page.close()
  })
})
