import { startChromium } from '../support/chromium.ts'
import { startFakeAgent, token } from '../support/fake-agent.ts'
import { migration, running } from '../support/scenes.ts'
import { type Scrolled, scroll, told, type } from './frames.ts'

/** A run tells of itself about three times a second. */
const everyMs = 300

/**
 * So many migrations of an agent, one of which runs: how long the first catch-up takes, and the frames while the
 * list is scrolled and searched in the meantime. Machines differ, so read the tasks: above 50 ms a key would lag.
 */
export async function benchRun(many: number): Promise<void> {
  const agent = await startFakeAgent()
  const browser = await startChromium()
  let timer: ReturnType<typeof setInterval> | undefined
  try {
    const rows = Array.from({ length: many - 1 }, (_, i) =>
      migration({
        id: `m${i}`,
        name: `Migration ${i} of the ${i % 2 ? 'payments' : 'people'} team`,
      }),
    )
    agent.show([...rows, running])
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
    const began = Date.now()
    const page = await browser.open('sidepanel.html')
    const all = page.getByText(`Active (${many.toLocaleString('en')})`)
    await all.waitFor({ timeout: 120_000 })
    console.log(
      `${many.toLocaleString('en')} migrations in the cache after ${Date.now() - began} ms`,
    )
    let done = running.progress.done
    timer = setInterval(() => {
      done += 17
      agent.show([{ ...running, progress: { ...running.progress, done } }])
    }, everyMs)
    print('scrolled', await scroll(page))
    await page.getByLabel('Search').focus()
    const found = page.getByRole('link', { name: 'Migration 4243 of the payments team' })
    print('searched', await type(page, '4243 payments', 60, () => found.waitFor()))
  } finally {
    clearInterval(timer)
    await browser.close()
    await agent.close()
  }
}

const print = (name: string, frames: Scrolled) => console.log(name.padEnd(12), told(frames))

if (import.meta.main) await benchRun(Number(process.argv[2] ?? 10_000))
