import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { afterAll, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { MigrationDetailSchema, MigrationViewSchema } from '../../shared/api.ts'
import { SetupViewSchema } from '../../shared/api-setup.ts'
import { must } from '../../shared/assert.ts'
import {
  type AgentProcess,
  call,
  type PracticeProcess,
  type Process,
  pair,
  startProcess,
} from '../support/agent-process.ts'
import { countingProxy, writesAmong } from '../support/counting-proxy.ts'
import { berlin, migrateForeign } from '../support/foreign-migration.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-verify-stop-'))
const running: Process<unknown>[] = []
const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const process of running) await process.kill()
  for (const close of closing) await close()
  rmSync(folder, { recursive: true, force: true })
})

async function start<T>(args: string[]): Promise<Process<T>> {
  const process = await startProcess<T>(args)
  running.push(process)
  return process
}

test('a verification that is paused, gone on with, stopped and run again judges nothing twice', {
  timeout: 300_000,
}, async () => {
  const sample = await writeSample(join(folder, 'sample'))
  const state = join(folder, 'state')
  const site = await start<PracticeProcess>(['practice', '--port', '0', '--state', state])
  const world = await migrateForeign({
    ...{ backup: sample.backup, attachments: sample.attachments, state },
    ...{ site: site.said, history: true, offset: berlin },
  })
  world.site.close()
  let broken: string | null = null
  const proxy = await countingProxy(site.said.url, (_method, path) => {
    if (!path.startsWith('/rest/api/3/attachment/content/')) return null
    broken ??= path
    return path === broken ? 'break' : null
  })
  closing.push(proxy.close)

  const { said } = await start<AgentProcess>([
    ...['serve', '--json', '--port', '0', '--folder', join(folder, 'agent')],
  ])
  const { token } = await pair(said)
  const ask = call(said.url, token)
  const made = await ask('/api/migrations', {
    method: 'POST',
    body: JSON.stringify({
      name: 'What they moved',
      purpose: 'verify',
      source: { kind: 'backup', path: sample.backup, attachments: sample.attachments },
      site: { kind: 'cloud', ...site.said, url: proxy.url },
    }),
  })
  const { id } = v.parse(MigrationViewSchema, await made.json())
  const act = (what: string) => ask(`/api/migrations/${id}/${what}`, { method: 'POST' })
  const detail = async () =>
    v.parse(MigrationDetailSchema, await (await ask(`/api/migrations/${id}`)).json())
  const setup = async () =>
    v.parse(SetupViewSchema, await (await ask(`/api/migrations/${id}/setup`)).json())
  type Detail = Awaited<ReturnType<typeof detail>>
  const looked = ({ kinds }: Detail) => {
    const counts = kinds.find((one) => one.kind === 'issue')?.counts
    return counts ? counts.verified + counts.different + counts.failed : 0
  }
  async function until(done: (found: Detail) => boolean): Promise<Detail> {
    for (;;) {
      const found = await detail()
      if (done(found)) return found
      expect(found.migration.status, found.migration.reason ?? '').toBe('running')
      await wait(20)
    }
  }
  const asked = () => [...proxy.counts().values()].reduce((sum, n) => sum + n, 0)

  await act('run')
  await until((found) => looked(found) > 20)
  await act('pause')
  const held = await until((found) => found.migration.pausedBy.includes('by you'))
  // The issues under way come to their end; then nothing is asked any more.
  let quiet = -1
  while (quiet !== asked()) {
    quiet = asked()
    await wait(2_000)
  }
  const still = await detail()
  expect(looked(still)).toBeGreaterThanOrEqual(looked(held))
  expect(still.migration.status).toBe('running')

  await act('resume')
  await until((found) => looked(found) > looked(still))
  await act('stop')
  const stopped = await until((found) => found.migration.status !== 'running')
  expect(stopped.migration.status).toBe('incomplete')
  expect(stopped.migration.progress.sentence).toContain('What was compared keeps its verdict')
  expect((await setup()).willDo[0]).toMatch(/^It goes on where it stopped: [\d,]+ items compared/)

  // Its report is still being written for a moment.
  for (let answer = await act('run'); !answer.ok; answer = await act('run')) {
    expect(await answer.text()).toContain('running already')
    await wait(200)
  }
  const ended = await until((found) => found.migration.status !== 'running')
  const { totals } = ended.migration
  expect(totals.verified + totals.different + totals.leftOut + totals.failed).toBe(totals.source)
  for (const { kind, counts } of ended.kinds)
    expect(counts.verified + counts.different + counts.leftOut + counts.failed, kind).toBe(
      counts.source,
    )
  expect(looked(ended)).toBe(324)
  expect(ended.migration.progress.sentence).toMatch(/^Verified with findings: /)
  const again = await setup()
  expect(again.willDo[0]).toMatch(/^Everything is compared anew/)

  const issueOf = (what: string) => {
    const cloudId = what.split('/').at(-1)
    const [serverId] = [...(world.ids.get('jira:attachment') ?? [])].find(
      ([, one]) => one === cloudId,
    ) ?? [null]
    return must(
      world.source.rows('FileAttachment').find((row) => row.id === serverId),
      `the file ${what}`,
    ).issue
  }
  const counts = proxy.counts()
  expect(writesAmong(counts)).toEqual([])
  const twice = [...counts].filter(([what, n]) => what.endsWith('/watchers') && n > 1)
  expect(twice, 'issues read again, one a stop at most').toHaveLength(Math.min(1, twice.length))
  const files = [...counts].filter(([what]) => what.includes('/attachment/content/'))
  const filesTwice = files.filter(([what, n]) => n > 1 && what !== `GET ${broken}`)
  // The issue that the stop fell into has no verdict yet: it alone is read again, with its files.
  expect([...new Set(filesTwice.map(([what]) => issueOf(what)))].length).toBeLessThanOrEqual(1)
  // One known difference of how the sample was moved, and the file whose connection always breaks.
  expect(totals.different).toBe(2)
  const cause = must(
    ended.findings.find((one) => one.kind === 'attachment' && one.verdict === 'different'),
    'the file that cannot be had',
  )
  expect(cause.items).toBe(1)
})
