import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { type FirefoxBrowser, firefoxBin, startFirefox } from '../support/firefox.ts'
import { everything, incomplete } from '../support/scenes.ts'

describe.runIf(firefoxBin)('a verification in the Firefox build', () => {
  let browser: FirefoxBrowser
  let agent: FakeAgent
  const patience = { timeout: 20_000 }

  beforeAll(async () => {
    agent = await startFakeAgent()
    browser = await startFirefox()
    await browser.pair({ address: agent.address, token })
    const setup = { purpose: 'verify' as const, step: null, missing: [] }
    agent.show([...everything, { ...incomplete, setup }])
    await browser.size(360, 900)
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
  })

  const text = () => browser.evaluate<string>('document.body.innerText')
  const panel = (hash: string) => browser.go(`${browser.base}/sidepanel.html?${hash}#/${hash}`)

  test('is chosen in the first step', async () => {
    await panel('new')
    await expect.poll(text, patience).toContain('Verify what another tool migrated')
    await browser.click(`[...document.querySelectorAll('label.choice')]
      .find((one) => one.innerText.startsWith('Verify'))`)
    await expect.poll(text, patience).toContain('New verification')
    await browser.picture('firefox-verify-name')
  })

  test('has its own words in its details', async () => {
    await panel(`m/${incomplete.id}`)
    await expect.poll(text, patience).toContain('Verify again')
    await expect.poll(text, patience).toContain('The verification has ended')
    await browser.picture('firefox-verify-details')
  })

  test('shows the checks after it', async () => {
    await panel(`m/legacy/after`)
    await expect.poll(text, patience).toContain('Former User')
    await browser.picture('firefox-verify-after')
  })
})
