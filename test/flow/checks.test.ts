import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MigrationView } from '../../shared/api.ts'
import type { ChecksView } from '../../shared/api-checks.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { CountsByKind } from '../../shared/report.ts'
import {
  type AgentProcess,
  type PracticeProcess,
  type Process,
  pair,
  runCli,
  siteCaller,
  startProcess,
} from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-checks-'))
const backup = join(folder, 'backup.xml')
const token = join(folder, 'token')
let site: Process<PracticeProcess>

beforeAll(async () => {
  site = await startProcess<PracticeProcess>(['practice', '--port', '0'])
  writeFileSync(token, site.said.token)
  writeFileSync(
    backup,
    `<?xml version="1.0" encoding="UTF-8"?>
<entity-engine-xml>
<IssueType id="1" name="Bug"/>
<Priority id="3" name="Major"/>
<Status id="1" name="Open"/>
<Project id="1" name="Payments" key="PAY" lead="fred" counter="2"/>
<Issue id="10" key="PAY-1" project="1" type="1" status="1" priority="3" summary="One"/>
<Issue id="11" key="PAY-2" project="1" type="1" status="1" priority="3" summary="Two"/>
</entity-engine-xml>`,
  )
})
afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Result {
  status: string
  problem: ProblemView | null
  counts: CountsByKind
  out: string
}
const migrate = (out: string, ...more: string[]) => {
  const { url, email } = site.said
  const access = ['--site', url, '--email', email, '--token-file', token]
  return runCli<Result>(['migrate', backup, ...access, '--out', join(folder, out), ...more])
}
const projects = async () =>
  (await siteCaller(site.said)<{ total: number }>('/rest/api/3/project/search')).total

describe('a project that the site has already', () => {
  test('keeps a run from beginning, with a sentence that names the check, and nothing is written', async () => {
    expect((await migrate('first')).json.status).toBe('finished')
    const before = await projects()
    const { code, json } = await migrate('second')
    expect([code, json.status]).toEqual([1, 'failed'])
    expect(json.problem?.sentence).toContain('Project keys and names that are taken')
    expect(json.problem?.hint).toContain('project-taken')
    expect(await projects()).toBe(before)
  })

  test('is left out, all of it counted, where somebody sets the check aside', async () => {
    const override = ['--override', 'project-taken=Only a rehearsal.', '--who', 'Ann Admin']
    const { json } = await migrate('second', ...override)
    expect(json.status).toBe('finished')
    expect(json.counts.issue).toMatchObject({ source: 2, leftOut: 2, failed: 0 })
    const report = readFileSync(join(json.out, 'pre-report.html'), 'utf8')
    expect(report).toContain('Only a rehearsal.')
    expect(report).toContain('Ann Admin')
    // Who becomes whom was written down when this very plan was made, and is in the report's zip as well.
    expect(report).toContain('<h2>Mapping of people</h2>')
    expect(report).toMatch(/<h2>Mapping of statuses<\/h2>.*?used as the site has it/s)
    const run = JSON.parse(readFileSync(join(json.out, 'run.json'), 'utf8'))
    expect(run.files).toEqual(expect.arrayContaining(['pre-report.html', 'mappings.csv']))
  })

  test('is said by a dry run and by check, which both write nothing', async () => {
    const dry = await migrate('dry', '--dry-run')
    expect(readFileSync(join(dry.json.out, 'pre-report.html'), 'utf8')).toContain('Blocked')
    const { url, email } = site.said
    const access = ['--site', url, '--email', email, '--token-file', token]
    const { code, json } = await runCli<ChecksView>(['check', backup, ...access])
    expect(code).toBe(3)
    expect(json.checks.find((one) => one.key === 'project-taken')?.status).toBe('error')
  })

  test('cannot be set aside under a wrong name, nor a check that protects something', async () => {
    expect((await migrate('third', '--override', 'nothing=x')).code).toBe(1)
    expect((await migrate('third', '--override', 'token-permissions=x')).code).toBe(1)
    expect((await migrate('third', '--override', 'project-taken=')).code).toBe(1)
  })
})

describe('a site that does not answer check', () => {
  const ask = (url: string, secret: string) => {
    const file = join(folder, 'other-token')
    writeFileSync(file, secret)
    const access = ['--site', url, '--email', site.said.email, '--token-file', file]
    return runCli<ChecksView>(['check', backup, ...access])
  }
  const statusOf = ({ json }: Awaited<ReturnType<typeof ask>>, wanted: string) =>
    json.checks.find(({ key }) => key === wanted)?.status

  test('is not waited for: what needs it is incomplete, what does not is answered', async () => {
    const said = await ask('http://127.0.0.1:9', 'any')
    expect(said.code).toBe(3)
    expect(statusOf(said, 'site-reachable')).toBe('incomplete')
    expect(statusOf(said, 'project-taken')).toBe('incomplete')
    expect(statusOf(said, 'disk')).toBe('success')
  })

  test('and one that was not named is not made up: what needs it is counted apart', async () => {
    const { code, json } = await runCli<ChecksView & { counts: Record<string, number> }>([
      ...['check', backup],
    ])
    expect(code).toBe(0)
    const unasked = json.checks.filter(({ status }) => status === 'incomplete')
    expect(json.counts.incomplete).toBe(unasked.length)
    for (const key of ['site-reachable', 'token-permissions', 'people-without-account'])
      expect(unasked.find((one) => one.key === key)?.hint).toContain('--site')
  })

  test('and one that refuses the token is an error, beside the answers of all others', async () => {
    const said = await ask(site.said.url, 'wrong')
    expect(said.code).toBe(3)
    expect(statusOf(said, 'site-reachable')).toBe('error')
    expect(statusOf(said, 'stopped-names')).toBe('incomplete')
    expect(statusOf(said, 'disk')).toBe('success')
  })
})

describe('the agent', () => {
  test('asks checks before a run, refuses one while an error stands, and runs once it is set aside', async () => {
    const agent = await startProcess<AgentProcess>([
      'serve',
      '--json',
      '--port',
      '0',
      '--folder',
      join(folder, 'agent'),
    ])
    try {
      const call = await pair(agent.said)
      const { url, email, token: secret } = site.said
      const made = await call('/api/migrations', {
        method: 'POST',
        body: JSON.stringify({
          name: 'Payments',
          source: { kind: 'backup', path: backup },
          site: { kind: 'cloud', url, email, token: secret },
        }),
      })
      const { id } = (await made.json()) as MigrationView
      const post = (path: string, body: unknown = {}) =>
        call(`/api/migrations/${id}/${path}`, { method: 'POST', body: JSON.stringify(body) })
      const ended = async () => {
        while (true) {
          const view = (await (await call(`/api/migrations/${id}/checks`)).json()) as ChecksView
          if (!view.running) return view
          await new Promise((done) => setTimeout(done, 50))
        }
      }
      await post('checks/run')
      const { checks, blocks } = await ended()
      expect(checks.filter((one) => one.status === 'pending')).toEqual([])
      expect(blocks).toBe(true)
      const refused = await post('run')
      expect(refused.status).toBe(409)
      expect(((await refused.json()) as { problem: ProblemView }).problem.sentence).toContain(
        'Project keys and names that are taken',
      )
      await post('checks/project-taken/override', { note: 'A rehearsal.', who: 'Ann' })
      expect((await post('run')).status).toBe(200)
      let status = 'running'
      while (status === 'running') {
        await new Promise((done) => setTimeout(done, 50))
        const detail = await (await call(`/api/migrations/${id}`)).json()
        status = (detail as { migration: MigrationView }).migration.status
      }
      expect(status).toBe('finished')
    } finally {
      await agent.stop()
    }
  })
})
