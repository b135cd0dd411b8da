import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { type PracticeProcess, type Process, startProcess } from '../support/agent-process.ts'
import { type Answer, countingProxy, writesAmong } from '../support/counting-proxy.ts'
import { berlin, type ForeignWorld, migrateForeign } from '../support/foreign-migration.ts'
import { runVerify, sumsAreWrong } from '../support/foreign-verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-foreign-bad-'))
let sample: Awaited<ReturnType<typeof writeSample>>
let site: Process<PracticeProcess>
let world: ForeignWorld
beforeAll(async () => {
  sample = await writeSample(join(folder, 'sample'))
  const state = join(folder, 'state')
  site = await startProcess<PracticeProcess>(['practice', '--port', '0', '--state', state])
  world = await migrateForeign({
    ...{ backup: sample.backup, attachments: sample.attachments, state },
    ...{ site: site.said, history: true, offset: berlin },
  })
}, 120_000)
afterAll(async () => {
  world?.site.close()
  await site?.stop()
  rmSync(folder, { recursive: true, force: true })
})

let runs = 0
async function verify(more: string[], instead?: (method: string, path: string) => Answer | null) {
  runs += 1
  const proxy = await countingProxy(site.said.url, instead)
  try {
    const result = await runVerify({
      ...{ backup: sample.backup, attachments: sample.attachments, url: proxy.url, folder },
      ...{ email: site.said.email, token: site.said.token },
      more: ['--projects', 'LEGAL', '--out', join(folder, `out-${runs}`), ...more],
    })
    expect(writesAmong(proxy.counts())).toEqual([])
    return result
  } finally {
    await proxy.close()
  }
}

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('id mappings', () => {
  test('that are not there, or are another file, are said before anything is compared', async () => {
    const gone = await verify(['--id-mappings', join(folder, 'nowhere.csv')])
    expect(gone.json.problem?.sentence).toContain('There is no file')
    const other = await verify([
      '--id-mappings',
      file('people.csv', 'name,email\nfred,f@x.example\n'),
    ])
    expect(other.json.problem?.sentence).toContain('is no id-mappings.csv')
    expect(other.json.problem?.hint).toContain('Migration Assistant')
  })

  test('with lines that cannot be read are used but for those, which are said by number', async () => {
    const good = world.idMappings()
    const bad = `${good}jira:issue,1\r\njira:issue,"2,3\r\njira:unheard,4,5\r\njira:issue,,6\r\n`
    const { json, words } = await verify(['--id-mappings', file('half.csv', bad)])
    const lines = good.trim().split('\r\n').length
    expect(json.verification?.idMappings?.refused).toBe(3)
    expect(json.verification?.idMappings?.problems[0]).toContain(`Line ${lines + 1}:`)
    expect(json.status, words).toBe('finished')
  })

  test('of another migration are left aside, and items are matched by their keys', async () => {
    const shifted = world
      .idMappings()
      .replace(/^(jira:issue,\d+),(\d+)/gm, (_all, begin, id) => `${begin},${Number(id) + 1}`)
    const { json } = await verify(['--id-mappings', file('other.csv', shifted)])
    expect(json.status).toBe('finished')
    expect(json.counts.issue).toMatchObject({ verified: 24, different: 0, failed: 0 })
  })
})

test('a limit that the site keeps answering with is waited out', { timeout: 120_000 }, async () => {
  let n = 0
  const { json } = await verify([], (_method, path) => {
    n += 1
    return path.startsWith('/rest/') && n % 9 === 0
      ? { status: 429, headers: { 'retry-after': '0', 'ratelimit-reason': 'jira-burst-based' } }
      : null
  })
  expect(json.status).toBe('finished')
})

test('a login that sees nothing of a project is told so: nothing of it is verified or failed', async () => {
  const { json } = await verify([], (method, path) => {
    if (method === 'POST' && path.endsWith('/issue/bulkfetch'))
      return { status: 200, body: { issues: [] } }
    return method === 'GET' && path === '/rest/api/3/project/LEGAL' ? { status: 404 } : null
  })
  expect(json.counts.issue).toMatchObject({ verified: 0, failed: 0 })
  expect(json.counts.issue?.leftOut).toBe(json.counts.issue?.source)
  expect(sumsAreWrong(json.counts)).toEqual([])
  expect(json.verification?.answer).toContain('can be seen with this login')
})

test('what the site does not let this login read is out of sight, and the rest is judged', async () => {
  const refused = new Set(['/rest/api/3/role', '/rest/api/3/group/member'])
  const { json } = await verify([], (method, path) =>
    method === 'GET' && refused.has(path)
      ? { status: 403, body: { errorMessages: ['You are not an administrator.'], errors: {} } }
      : null,
  )
  expect(json.problem).toBeNull()
  expect(json.counts.membership?.failed ?? 0).toBe(0)
  expect(json.counts.issue?.verified).toBeGreaterThan(0)
  expect(sumsAreWrong(json.counts)).toEqual([])
})

test('a site to which only some projects came: those are compared, the others are not there', async () => {
  const { json } = await verify(['--projects', 'LEGAL,PAY'], (method, path) =>
    method === 'GET' && path === '/rest/api/3/project/PAY'
      ? { status: 404 }
      : path === '/rest/api/3/projectvalidate/key'
        ? { status: 200, body: { errorMessages: [], errors: {} } }
        : null,
  )
  expect(json.counts.project).toMatchObject({ verified: 1, failed: 1 })
  expect(sumsAreWrong(json.counts)).toEqual([])
})

test('a site on which nothing of the source is says so, and is judged to the end', async () => {
  const { json } = await verify([], (method, path) => {
    if (method === 'POST' && path.endsWith('/issue/bulkfetch'))
      return { status: 200, body: { issues: [] } }
    return null
  })
  expect(json.verification?.answer).toMatch(/^None of \d+ issues looked at is on this site\. Is it/)
  expect(json.counts.issue).toMatchObject({ verified: 0, failed: 24 })
})
