import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { afterAll, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { MigrationDetailSchema, MigrationViewSchema, VerdictViewSchema } from '../../shared/api.ts'
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

const folder = mkdtempSync(join(tmpdir(), 'landfall-verify-'))
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

const serve = () =>
  start<AgentProcess>(['serve', '--json', '--port', '0', '--folder', join(folder, 'agent')])

test('the agent verifies what another program migrated, and after kill -9 goes on without reading again', {
  timeout: 240_000,
}, async () => {
  const sample = await writeSample(join(folder, 'sample'))
  const state = join(folder, 'state')
  const site = await start<PracticeProcess>(['practice', '--port', '0', '--state', state])
  const world = await migrateForeign({
    ...{ backup: sample.backup, attachments: sample.attachments, state },
    ...{ site: site.said, history: true, offset: berlin },
  })
  writeFileSync(join(folder, 'ids.csv'), world.idMappings())
  world.site.close()
  const proxy = await countingProxy(site.said.url)
  closing.push(proxy.close)

  const first = await serve()
  const { token } = await pair(first.said)
  const made = await call(first.said.url, token)('/api/migrations', {
    method: 'POST',
    body: JSON.stringify({
      name: 'What they moved',
      purpose: 'verify',
      source: { kind: 'backup', path: sample.backup, attachments: sample.attachments },
      site: { kind: 'cloud', ...site.said, url: proxy.url },
      mappings: join(folder, 'ids.csv'),
    }),
  })
  const { id } = v.parse(MigrationViewSchema, await made.json())
  const detail = async (url: string) =>
    v.parse(MigrationDetailSchema, await (await call(url, token)(`/api/migrations/${id}`)).json())
  const lookedAt = (found: Awaited<ReturnType<typeof detail>>) => {
    const issues = found.kinds.find((one) => one.kind === 'issue')?.counts
    return issues ? issues.verified + issues.different : 0
  }
  const setup = (await (
    await call(first.said.url, token)(`/api/migrations/${id}/setup`)
  ).json()) as {
    willDo: string[]
  }
  expect(setup.willDo.join(' ')).toContain('Nothing is written to the site')
  await call(first.said.url, token)(`/api/migrations/${id}/run`, { method: 'POST' })
  for (;;) {
    const found = await detail(first.said.url)
    if (lookedAt(found) > 20) break
    expect(found.migration.status, found.migration.reason ?? '').toBe('running')
    await wait(20)
  }
  await first.kill()

  const second = await serve()
  let ended = await detail(second.said.url)
  while (ended.migration.status === 'running') {
    await wait(200)
    ended = await detail(second.said.url)
  }
  const { totals } = ended.migration
  expect(totals.verified + totals.different + totals.leftOut + totals.failed).toBe(totals.source)
  expect(totals.failed).toBe(0)
  expect(totals.different).toBe(1)
  expect(ended.timeline.some((one) => one.text.startsWith('First answer: 324 of 324'))).toBe(true)
  expect(ended.projects.every((one) => one.url?.startsWith(proxy.url))).toBe(true)
  const counts = proxy.counts()
  expect(writesAmong(counts)).toEqual([])
  const twice = [...counts].filter(([what, n]) => what.endsWith('/watchers') && n > 1)
  expect(twice.length, 'issues read again').toBeLessThanOrEqual(1)

  const issue = must(world.source.rows('Issue')[0], 'an issue').key
  const verdict = v.parse(
    VerdictViewSchema,
    await (
      await call(
        second.said.url,
        token,
      )(`/api/verdicts?site=${encodeURIComponent(proxy.url)}&issue=${issue}`)
    ).json(),
  )
  expect(verdict.migration?.id).toBe(id)
  expect(verdict.verdict).toBe('verified')
})
