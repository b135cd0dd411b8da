import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { LogWindow } from '../../shared/api-watch.ts'
import { type AgentProcess, call, pair, startProcess } from '../support/agent-process.ts'
import { type ExtensionBrowser, startChromium } from '../support/chromium.ts'
import { scroll } from './frames.ts'
import { empty, print, type Result } from './results.ts'

interface Place {
  url: string
  token: string
  id: string
}

/**
 * The log of a run with so many lines, beside all of them in a plain list and an empty page: from navigation to the
 * first lines painted, and the frames while it is scrolled in jumps. The lines lie in the ledger of a real agent.
 */
export async function benchLog(many: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'))
  const home = join(folder, 'agent')
  const start = (port: string) =>
    startProcess<AgentProcess>(['serve', '--json', '--port', port, '--folder', home])
  let agent = await start('0')
  let browser: ExtensionBrowser | null = null
  try {
    const { port } = new URL(agent.said.url)
    const ask = await pair(agent.said)
    const body = {
      name: 'Long',
      source: { kind: 'backup', path: '/x.zip' },
      site: { kind: 'practice' },
    }
    const made = await ask('/api/migrations', { method: 'POST', body: JSON.stringify(body) })
    const { id } = (await made.json()) as { id: string }
    await agent.stop()
    fill(join(home, 'ledger.sqlite'), id, many)
    agent = await start(port)
    const place = { url: agent.said.url, token: ask.token, id }
    browser = await startChromium()
    await browser.worker.evaluate(
      ([address, token]) => chrome.storage.local.set({ agent: { address, token, name: 'x' } }),
      [place.url, place.token] as const,
    )
    const results: Result[] = []
    for (let i = 0; i < 3; i++)
      results.push(
        await empty(browser),
        await log(browser, place),
        await plain(browser, place, many),
      )
    print(`A log of ${many.toLocaleString('en')} lines, the worst of three`, results)
  } finally {
    await browser?.close()
    await agent.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Lines as a run writes them, straight into the ledger: a run of that length takes an hour. */
function fill(path: string, id: string, many: number): void {
  const db = new DatabaseSync(path)
  const add = db.prepare(
    'insert into event (migrationId, at, level, projectKey, phase, text) values (?, ?, ?, ?, ?, ?)',
  )
  db.exec('begin')
  for (let i = 1; i <= many; i++)
    add.run(
      id,
      i * 36,
      i % 500 ? 'info' : 'warn',
      'PAY',
      'content',
      `Sent issues ${i} to ${i + 49}`,
    )
  db.exec('commit')
  db.close()
}

async function log(browser: ExtensionBrowser, { id }: Place): Promise<Result> {
  const page = await browser.open('options.html')
  const url = `${browser.base}/sidepanel.html#/m/${id}/logs`
  await page.goto(url, { waitUntil: 'commit' })
  const paintMs = await page.evaluate(async () => {
    const read = () => [...document.querySelectorAll('.log-lines li time')].length
    while (read() < 8) await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    return performance.now()
  })
  const scrolled = await scroll(page, '.log-box')
  await page.close()
  return { name: 'log scrolled', paintMs, scrolled }
}

/** All lines at once, in a list without a window. */
async function plain(
  browser: ExtensionBrowser,
  { url, token, id }: Place,
  many: number,
): Promise<Result> {
  const ask = call(url, token)
  const lines: LogWindow['lines'] = []
  while (lines.length < many) {
    const query = `offset=${lines.length}&limit=1000&level=info&text=`
    const answer = await ask(`/api/migrations/${id}/log-window?${query}`)
    lines.push(...((await answer.json()) as LogWindow).lines)
  }
  const page = await browser.open('options.html')
  const paintMs = await page.evaluate(async (all) => {
    const start = performance.now()
    const box = Object.assign(document.createElement('div'), { className: 'log-box plain' })
    const list = document.createElement('ol')
    for (const { at, level, phase, text } of all) {
      const line = document.createElement('li')
      line.append(`${new Date(at).toISOString()} ${level} ${phase}: ${text}`)
      list.append(line)
    }
    box.append(list)
    document.body.replaceChildren(box)
    await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    return performance.now() - start
  }, lines)
  const scrolled = await scroll(page, '.log-box')
  await page.close()
  return { name: 'plain list scrolled', paintMs, scrolled }
}

if (import.meta.main) await benchLog(Number(process.argv[2] ?? 100_000))
