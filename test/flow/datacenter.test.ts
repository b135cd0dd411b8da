import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  type MigrationDetail,
  MigrationDetailSchema,
  MigrationViewSchema,
} from '../../shared/api.ts'
import { SetupViewSchema } from '../../shared/api-setup.ts'
import { InspectionViewSchema, SourceTestViewSchema } from '../../shared/api-setup-views.ts'
import type { CountsByKind } from '../../shared/report.ts'
import { SourceProjectsViewSchema } from '../../shared/source-projects.ts'
import {
  type AgentProcess,
  call,
  type PracticeProcess,
  type Process,
  pair,
  runCli,
  siteCaller,
  startProcess,
} from '../support/agent-process.ts'
import { census } from '../support/census.ts'
import { type DataCenter, startDataCenter } from '../support/data-center/box.ts'
import { hostile, makeWorld } from '../support/data-center/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-live-'))
const running: Process<unknown>[] = []
let box: DataCenter
let tokenFile: string

beforeAll(async () => {
  box = await startDataCenter({ world: makeWorld(30), cap: 25 })
  tokenFile = join(folder, 'token.txt')
  writeFileSync(tokenFile, `${box.token}\n`)
})
afterEach(() => {
  for (const mood of ['before', 'revoked', 'file'] as const) delete box.moods[mood]
})
afterAll(async () => {
  for (const process of running) await process.kill()
  await box?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function start<T>(args: string[]): Promise<Process<T>> {
  const process = await startProcess<T>(args)
  running.push(process)
  return process
}

/** Every file below a folder that holds the secret as it is. */
function filesWith(secret: string, below: string): string[] {
  return readdirSync(below, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size > 0 && readFileSync(path).includes(secret))
}

const sumsUp = (counts: CountsByKind) => {
  for (const [kind, c] of Object.entries(counts))
    expect(c.verified + c.different + c.leftOut + c.failed, kind).toBe(c.source)
}

describe('the command line', () => {
  test('inspects, checks and migrates a live Data Center, and proves that all of it arrived', {
    timeout: 120_000,
  }, async () => {
    const inspected = await runCli<{ tables: Record<string, number>; notes: { code: string }[] }>([
      ...['inspect', box.url, '--token-file', tokenFile],
    ])
    expect(inspected.code).toBe(0)
    expect(inspected.json.tables).toMatchObject({ issue: 35, worklog: 25, attachment: 3 })
    expect(inspected.json.notes.map(({ code }) => code)).toContain('not-by-rest-workflows')

    const checked = await runCli<{ checks: { key: string; status: string }[] }>([
      ...['check', box.url, '--source-token-file', tokenFile],
    ])
    expect(checked.code).toBe(0)
    // The archived project is announced, instead of arriving empty and counting as moved.
    expect(checked.json.checks.find(({ key }) => key === 'not-given')?.status).toBe('warning')
    // What REST does not show is said to be so: it is not said to be fine.
    for (const unseen of ['files-missing', 'files-without-rows', 'app-data', 'workflows'])
      expect(checked.json.checks.find(({ key }) => key === unseen)?.status).toBe('incomplete')

    const out = join(folder, 'moved')
    const { code, json, words } = await runCli<{
      status: string
      counts: CountsByKind
      keysPreserved: boolean
    }>(['migrate', box.url, '--source-token-file', tokenFile, '--practice', '--out', out])
    expect(words).not.toContain(box.token)
    expect([code, json.status, json.keysPreserved]).toEqual([0, 'finished', true])
    sumsUp(json.counts)
    const { project, issue, comment, worklog, attachment, link, watcher, sprint } = json.counts
    expect(project).toMatchObject({ source: 3, verified: 2, leftOut: 1 })
    expect(issue).toMatchObject({ source: 35, verified: 35 })
    expect(comment).toMatchObject({ source: 4, verified: 4 })
    expect(worklog).toMatchObject({ source: 25, verified: 25 })
    expect(attachment).toMatchObject({ source: 3, verified: 3 })
    expect(link).toMatchObject({ source: 4, verified: 4 })
    expect(watcher).toMatchObject({ source: 2, verified: 2 })
    expect(sprint).toMatchObject({ source: 2, verified: 2 })
    expect(filesWith(box.token, out), 'the token stands nowhere').toEqual([])
  })

  test('reads no issue of a project that was not chosen', { timeout: 60_000 }, async () => {
    const { json } = await runCli<{ tables: Record<string, number>; notes: { code: string }[] }>([
      ...['inspect', box.url, '--token-file', tokenFile, '--projects', 'ops'],
    ])
    expect(json.tables).toMatchObject({ project: 3, issue: 1, comment: 0 })
    expect(json.notes.map(({ code }) => code)).toContain('projects-not-chosen')
  })

  test('says what is missing, or wrong, about an address or a token', async () => {
    const problem = async (args: string[]) => {
      const { code, json } = await runCli<{ problem: { code: string; hint: string } }>(args)
      expect(code).toBe(1)
      expect(json.problem.hint.length).toBeGreaterThan(10)
      return json.problem.code
    }
    const wrong = join(folder, 'wrong.txt')
    writeFileSync(wrong, 'wrong')
    expect(await problem(['inspect', box.url])).toBe('usage')
    expect(await problem(['inspect', box.url, '--token-file', wrong])).toBe('source-token-refused')
    expect(await problem(['inspect', 'x.zip', '--source-token-file', wrong])).toBe('usage')
  })
})

describe('the agent', () => {
  /** An agent with a site of its own and a migration from the box. */
  async function scene(name: string) {
    const state = join(folder, `${name}-site`)
    const site = (await start<PracticeProcess>(['practice', '--port', '0', '--state', state])).said
    const root = join(folder, name)
    const serve = () => start<AgentProcess>(['serve', '--json', '--port', '0', '--folder', root])
    const agent = await serve()
    const { token } = await pair(agent.said)
    const body = {
      name,
      source: { kind: 'datacenter', url: `${box.url}/browse/PAY-1`, token: box.token },
      site: { kind: 'cloud', ...site },
    }
    const ask = call(agent.said.url, token)
    const made = await ask('/api/migrations', { method: 'POST', body: JSON.stringify(body) })
    expect(made.status, await made.clone().text()).toBe(201)
    const { id } = v.parse(MigrationViewSchema, await made.json())
    return { site, root, serve, agent, token, id, body, ask }
  }
  const detail = async (ask: ReturnType<typeof call>, id: string): Promise<MigrationDetail> =>
    v.parse(MigrationDetailSchema, await (await ask(`/api/migrations/${id}`)).json())

  async function until(
    ask: ReturnType<typeof call>,
    id: string,
    reached: (found: MigrationDetail) => boolean,
  ): Promise<MigrationDetail> {
    for (;;) {
      const found = await detail(ask, id)
      if (reached(found)) return found
      await wait(100)
    }
  }
  const ended = (ask: ReturnType<typeof call>, id: string) =>
    until(ask, id, ({ migration }) => migration.status !== 'running')
  const run = (ask: ReturnType<typeof call>, id: string) =>
    ask(`/api/migrations/${id}/run`, { method: 'POST' })
  /** A run that has ended still writes its report, and cannot be touched until then. */
  async function accepted(work: () => Promise<Response>): Promise<void> {
    for (;;) {
      const answer = await work()
      if (answer.ok) return
      const said = await answer.text()
      if (!said.includes('running')) throw new Error(said)
      await wait(100)
    }
  }
  const attachments = (found: MigrationDetail) =>
    found.kinds.find(({ kind }) => kind === 'attachment')?.counts

  test('tries a source, inspects it, and never gives its token back', {
    timeout: 120_000,
  }, async () => {
    const { ask, id, root, body, agent } = await scene('asked')
    const tried = await ask(`/api/migrations/${id}/source-test`, { method: 'POST', body: '{}' })
    const known = v.parse(SourceTestViewSchema, await tried.json())
    expect(known).toMatchObject({ url: box.url, version: '9.12.4', projects: 3, issues: 35 })
    // The stored token goes to no other address.
    const other = { kind: 'datacenter', url: 'http://127.0.0.1:9/other' }
    const refused = await ask(`/api/migrations/${id}/source-test`, {
      method: 'POST',
      body: JSON.stringify({ source: other }),
    })
    expect(refused.status).toBe(502)
    expect(await refused.text()).toContain('source-token-refused')

    const setup = await (await ask(`/api/migrations/${id}/setup`)).text()
    expect(setup).not.toContain(box.token)
    expect(v.parse(SetupViewSchema, JSON.parse(setup)).source).toEqual({
      ...{ kind: 'datacenter', url: box.url, user: null, tokenStored: true },
    })
    // Its projects are chosen before an issue is read.
    const projectsAt = `/api/migrations/${id}/source-projects`
    const listed = async (init = {}) =>
      v.parse(SourceProjectsViewSchema, await (await ask(projectsAt, init)).json())
    expect((await listed()).state).toBe('none')
    let projects = await listed({ method: 'POST' })
    for (; projects.state === 'listing'; projects = await listed()) await wait(20)
    expect(projects.projects.map(({ key, issues }) => `${key} ${issues}`)).toEqual([
      ...['OLD null', 'OPS 1', 'PAY 34'],
    ])

    await ask(`/api/migrations/${id}/inspect`, { method: 'POST' })
    let view = v.parse(
      InspectionViewSchema,
      await (await ask(`/api/migrations/${id}/inspection`)).json(),
    )
    while (view.state === 'reading') {
      await wait(50)
      view = v.parse(
        InspectionViewSchema,
        await (await ask(`/api/migrations/${id}/inspection`)).json(),
      )
    }
    expect(view.state).toBe('done')
    expect(view.projects.map(({ key, issues }) => `${key} ${issues}`)).toEqual(
      expect.arrayContaining(['PAY 34', 'OPS 1']),
    )
    // Another address takes the token away; a copy has one of its own.
    const copied = await ask(`/api/migrations/${id}/copy`, { method: 'POST', body: '{}' })
    const copy = v.parse(MigrationViewSchema, await copied.json())
    expect(copy.setup?.missing).toEqual([])
    const moved = { ...body, source: { ...body.source, url: 'https://else.example', token: null } }
    await ask(`/api/migrations/${id}`, { method: 'PUT', body: JSON.stringify(moved) })
    expect((await detail(ask, id)).migration.setup?.missing).toEqual(['sourceToken'])
    expect((await run(ask, id)).status).toBe(409)
    await agent.stop()
    expect(filesWith(box.token, root), 'the token stands nowhere as it is').toEqual([])
  })

  test('killed while files come and go ends as one that was left alone', {
    timeout: 240_000,
  }, async () => {
    const { ask, id, token, serve, agent, site, root } = await scene('killed')
    let held = 0
    let pages = 0
    let agentNow = agent
    const asked = box.asked.length
    box.moods.before = (path) => {
      if (path.includes('/secure/attachment/')) held += 1
      if (path.includes('expand=changelog')) pages += 1
      return undefined
    }
    // While it reads: what was read up to the last page is there when it comes back.
    await run(ask, id)
    while (pages < 2) await wait(5)
    await agentNow.kill()
    agentNow = await serve()
    await until(
      call(agentNow.said.url, token),
      id,
      ({ migration }) => held > 0 || migration.status !== 'running',
    )
    const first = box.asked.slice(asked).filter(({ path }) => path.endsWith('/1000/remotelink'))
    expect(first.length, 'an issue of the first page is not asked for again').toBe(1)
    expect(held).toBeGreaterThan(0)
    await agentNow.kill()
    for (let n = 0; n < 3; n++) {
      agentNow = await serve()
      await wait(200 + n * 300)
      await agentNow.kill()
    }
    agentNow = await serve()
    const again = call(agentNow.said.url, token)
    const found = await ended(again, id)
    expect(found.migration.status).toBe('finished')
    expect(attachments(found)).toMatchObject({ source: 3, verified: 3 })
    const there = await census(site)
    expect(Object.values(there).flat()).toHaveLength(35)
    const answer = await siteCaller(site)<{ fields: { attachment: { filename: string }[] } }>(
      '/rest/api/3/issue/PAY-2?fields=attachment',
    )
    expect(answer.fields.attachment.map(({ filename }) => filename).sort()).toEqual(
      ['plan.txt', 'plan.txt', `${hostile}.png`.replaceAll('/', ' ')].sort(),
    )
    await agentNow.stop()
    expect(filesWith('the plan\n', join(root, 'files')), 'no file is left behind').toEqual([])
  })

  test('whose token is taken back before the files says so, and goes on with a new one', {
    timeout: 120_000,
  }, async () => {
    const { ask, id, body, site } = await scene('revoked')
    box.moods.before = (path) => {
      if (path.includes('/secure/attachment/')) box.moods.revoked = 'refused'
      return undefined
    }
    await run(ask, id)
    const broken = await ended(ask, id)
    expect(broken.migration.status).toBe('incomplete')
    expect(attachments(broken)).toMatchObject({ source: 3, failed: 3 })
    expect(broken.findings.map(({ code }) => code)).toContain('source-token-refused')
    expect(Object.values(await census(site)).flat()).toHaveLength(35)

    for (const mood of ['before', 'revoked'] as const) delete box.moods[mood]
    const init = { method: 'PUT', body: JSON.stringify(body) }
    await accepted(() => ask(`/api/migrations/${id}`, init))
    await accepted(() => run(ask, id))
    const mended = await ended(ask, id)
    expect(mended.migration.status).toBe('finished')
    expect(attachments(mended)).toMatchObject({ source: 3, verified: 3 })
  })

  test('waits for a source that went away, says so, and goes on when it is back', {
    timeout: 120_000,
  }, async () => {
    const { ask, id } = await scene('away')
    let away = true
    box.moods.before = (path) =>
      away && path.includes('/rest/api/2/search') ? 'hang up' : undefined
    await run(ask, id)
    const waiting = await until(ask, id, ({ migration }) =>
      migration.pausedBy.includes('source unreachable'),
    )
    expect(waiting.migration.progress.sentence).toMatch(/does not answer.*Trying again in/)
    away = false
    const found = await ended(ask, id)
    expect(found.migration.status).toBe('finished')
    expect(found.migration.pausedBy).toEqual([])
  })

  test('reads as a stranger once its token was taken back: it says so and writes nothing', {
    timeout: 60_000,
  }, async () => {
    const { ask, id, site } = await scene('refused')
    box.moods.before = (path) => {
      if (path.includes('/worklog')) box.moods.revoked = 'anonymous'
      return undefined
    }
    await run(ask, id)
    const found = await ended(ask, id)
    expect(found.migration).toMatchObject({ status: 'failed' })
    expect(found.migration.problem?.code).toBe('source-token-refused')
    expect(Object.keys(await census(site)), 'nothing was written').toEqual([])
  })
})
