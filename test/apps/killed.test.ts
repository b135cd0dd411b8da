import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { runCli } from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-apps-'))
let backup: string
beforeAll(async () => {
  backup = (await writeSample(join(folder, 'sample'))).backup
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Moved {
  status: string
  apps: { key: string; status: string; counts: { source: number; verified: number } }[]
}
const cli = resolve(import.meta.dirname, '../../agent/cli.ts')
const migrate = (out: string) =>
  ['migrate', backup, '--practice', '--apps', '--projects', 'PAY', '--out', out] as const

/** A folder of a run with a path of a customer's for one of its apps. */
function place(name: string, run: string, check = '') {
  const out = join(folder, name)
  mkdirSync(join(out, 'app-paths'), { recursive: true })
  writeFileSync(
    join(out, 'app-paths', 'path.mjs'),
    `import { existsSync, writeFileSync } from 'node:fs'
    /** The first time it says that it came here, and waits for ever. */
    const hangOnce = async (mark) => {
      if (existsSync(mark)) return
      writeFileSync(mark, '')
      await new Promise((go) => setTimeout(go, 1e9))
    }
    export const path = {
      key: 'of-a-customer', title: 'Customer', fits: (app) => app.key === 'kestrel',
      async plan(context) {
        await context.records.add([{ sourceId: 'a', label: 'A', rows: 1, leftOut: null }])
      },
      async run(context) {
        ${run}
        for await (const page of context.records.open())
          await context.records.settle(page.map(({ n }) => ({ n, sent: true, verdict: 'verified' })))
      },
      async check(context) { ${check} },
    }`,
  )
  return out
}

/** Starts a command and kills it with SIGKILL once the mark is there. */
async function killAt(args: readonly string[], mark: string): Promise<void> {
  const child = spawn(process.execPath, [cli, ...args, '--json'], { stdio: 'ignore' })
  const ended = new Promise((done) => child.once('exit', done))
  while (!existsSync(mark) && child.exitCode === null) await new Promise((go) => setTimeout(go, 50))
  child.kill('SIGKILL')
  await ended
  expect(existsSync(mark), 'it came to the mark before it ended').toBe(true)
}

test('killed while an app is in progress, the next run goes on with it', async () => {
  const mark = join(folder, 'progress', 'began')
  const out = place('progress', `await hangOnce(${JSON.stringify(mark)})`)
  await killAt(migrate(out), mark)
  const { code, json } = await runCli<Moved>([...migrate(out)])
  expect([code, json.status]).toEqual([0, 'finished'])
  expect(json.apps).toContainEqual(
    expect.objectContaining({
      key: 'kestrel',
      status: 'success',
      counts: expect.objectContaining({ source: 1, verified: 1 }),
    }),
  )
}, 120_000)

test('killed while an app is being canceled, the next process ends that', async () => {
  const [began, checked] = ['began', 'checked'].map((one) => join(folder, 'cancel', one))
  const out = place(
    'cancel',
    `await hangOnce(${JSON.stringify(began)})`,
    `await hangOnce(${JSON.stringify(checked)})`,
  )
  await killAt(migrate(out), began ?? '')
  await killAt(['app-cancel', out, 'kestrel'], checked ?? '')
  const { code, json } = await runCli<{ status: string; message: string }>([
    'app-cancel',
    out,
    'kestrel',
  ])
  expect([code, json.status]).toEqual([0, 'canceled'])
  expect(json.message).toMatch(/^Canceled\. 0 of 1 rows/)
}, 120_000)

test('a path that leaves timers, promises and files behind ends nobody', async () => {
  const out = place(
    'leaky',
    `setInterval(() => context.log('info', 'late', 'late'), 10)
    void (async () => { await new Promise((go) => setTimeout(go, 1e6)); throw new Error('nobody waits') })()
    void context.files.create('left-open.txt')
    await new Promise((go) => setTimeout(go, 200))`,
  )
  const { code, json } = await runCli<Moved>([...migrate(out)])
  expect([code, json.status]).toEqual([0, 'finished'])
}, 120_000)

test('a promise that fails while nobody waits for it fails its app, and nobody else', async () => {
  const out = place(
    'stray',
    `void (async () => { await new Promise((go) => setTimeout(go, 5)); throw new Error('nobody waits') })()
    await new Promise((go) => setTimeout(go, 200))`,
  )
  const { json } = await runCli<Moved>([...migrate(out)])
  expect(json.status).toBe('incomplete')
  expect(json.apps).toContainEqual(expect.objectContaining({ key: 'kestrel', status: 'failed' }))
}, 120_000)
