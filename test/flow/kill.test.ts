import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { afterAll, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { MigrationDetailSchema, MigrationViewSchema } from '../../shared/api.ts'
import { must } from '../../shared/assert.ts'
import {
  type AgentProcess,
  call,
  type PracticeProcess,
  type Process,
  pair,
  realBackup,
  runCli,
  startProcess,
} from '../support/agent-process.ts'
import { census, dashboardCensus } from '../support/census.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-kill-'))
const running: Process<unknown>[] = []
afterAll(async () => {
  for (const process of running) await process.kill()
  rmSync(folder, { recursive: true, force: true })
})

/** How often the agent is killed in all, at random moments. */
const kills = 20

async function start<T>(args: string[]): Promise<Process<T>> {
  const process = await startProcess<T>(args)
  running.push(process)
  return process
}

/** One agent with one site of its own, and a migration of the backup into it. */
async function scene(name: string, backup: string, attachments: string | null) {
  const site = (
    await start<PracticeProcess>([
      'practice',
      '--port',
      '0',
      '--state',
      join(folder, `${name}-site`),
    ])
  ).said
  const serve = () =>
    start<AgentProcess>(['serve', '--json', '--port', '0', '--folder', join(folder, name)])
  const agent = await serve()
  const { token } = await pair(agent.said)
  const answer = await call(agent.said.url, token)('/api/migrations', {
    method: 'POST',
    body: JSON.stringify({
      name,
      source: { kind: 'backup', path: backup, attachments },
      site: { kind: 'cloud', ...site },
    }),
  })
  const { id } = v.parse(MigrationViewSchema, await answer.json())
  return { site, serve, agent, token, id }
}

const detail = async (url: string, token: string, id: string) =>
  v.parse(MigrationDetailSchema, await (await call(url, token)(`/api/migrations/${id}`)).json())

async function untilEnded(url: string, token: string, id: string) {
  for (;;) {
    const found = await detail(url, token, id)
    if (found.migration.status !== 'running') return found
    await wait(200)
  }
}

/** The sample has some of every kind; the real one has a thousand issues in long batches. */
const backups = [
  { name: 'the sample', real: null },
  { name: 'BigIssueSet (where it is present)', real: 'jira-3-to-5-testkit/BigIssueSet.xml' },
]

test.each(backups)(
  `a run of $name that is killed ${kills} times at random moments ends as one that was left alone: nothing twice, nothing lost`,
  {
    timeout: 600_000,
  },
  async ({ name, real }) => {
    const path = real === null ? null : realBackup(real)
    if (path !== null && !existsSync(path)) return
    const sample = path === null ? await writeSample(join(folder, 'sample')) : null
    const backup = sample?.backup ?? path ?? ''
    const attachments = sample?.attachments ?? null

    const calm = await scene(`${name}-calm`, backup, attachments)
    await call(calm.agent.said.url, calm.token)(`/api/migrations/${calm.id}/run`, {
      method: 'POST',
    })
    const expected = await untilEnded(calm.agent.said.url, calm.token, calm.id)
    const expectedCensus = await census(calm.site)
    const expectedDashboards = await dashboardCensus(calm.site)
    await calm.agent.stop()
    const issues = Object.values(expectedCensus).flat().length
    expect(issues, 'the undisturbed run brought the issues').toBeGreaterThan(100)

    let killed = 0
    for (let round = 1; killed < kills; round++) {
      const stormy = await scene(`${name}-stormy-${round}`, backup, attachments)
      let agent = stormy.agent
      await call(agent.said.url, stormy.token)(`/api/migrations/${stormy.id}/run`, {
        method: 'POST',
      })
      while (killed < kills) {
        await wait(100 + Math.random() * 900)
        if ((await detail(agent.said.url, stormy.token, stormy.id)).migration.status !== 'running')
          break
        await agent.kill()
        killed += 1
        agent = await stormy.serve()
      }
      const ended = await untilEnded(agent.said.url, stormy.token, stormy.id)
      expect(ended.migration.status).toBe(expected.migration.status)
      expect(ended.migration.totals).toEqual(expected.migration.totals)
      expect(await census(stormy.site)).toEqual(expectedCensus)
      expect(await dashboardCensus(stormy.site)).toEqual(expectedDashboards)
      await agent.stop()
    }
    expect(killed).toBe(kills)
  },
)

test('a second agent on the same folder is refused with a sentence, and a killed one leaves no lock', {
  timeout: 60_000,
}, async () => {
  const first = await start<AgentProcess>([
    'serve',
    '--json',
    '--port',
    '0',
    '--folder',
    join(folder, 'one'),
  ])
  const other = ['serve', '--port', '0', '--folder', join(folder, 'one')]
  const refused = await runCli<{ problem: { code: string; sentence: string } }>(other)
  expect(refused.code).toBe(1)
  expect(refused.json.problem.code).toBe('agent-folder-in-use')
  expect(refused.json.problem.sentence).toContain(join(folder, 'one'))
  await first.kill()
  const second = await start<AgentProcess>([
    'serve',
    '--json',
    '--port',
    '0',
    '--folder',
    join(folder, 'one'),
  ])
  expect(await second.stop()).toBe(0)
})

test('a wrong token and a site that is down are said, and nothing is written', {
  timeout: 60_000,
}, async () => {
  const sample = await writeSample(mkdtempSync(join(folder, 'sample-')))
  const site = await start<PracticeProcess>(['practice', '--port', '0'])
  const tokenFile = join(folder, 'token.txt')
  writeFileSync(tokenFile, 'not-the-token')
  const args = [
    'migrate',
    sample.backup,
    '--site',
    site.said.url,
    '--email',
    site.said.email,
    '--token-file',
    tokenFile,
    '--json',
    '--out',
    join(folder, 'wrong'),
  ]
  const wrong = await startProcess<{
    status: string
    problem: { code: string; sentence: string; hint: string }
  }>(args)
  expect(wrong.said.status).toBe('failed')
  expect(wrong.said.problem.code).toBe('site-token-refused')
  expect(wrong.said.problem.hint.length).toBeGreaterThan(10)
  expect(Object.keys(await census(site.said))).toEqual([])
  expect(readFileSync(tokenFile, 'utf8')).toBe('not-the-token')
  must(wrong.child.pid, 'It ran as a process.')
})
