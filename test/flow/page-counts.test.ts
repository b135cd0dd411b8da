import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { openLedger } from '../../agent/ledger/open.ts'
import { openVault } from '../../agent/ledger/secrets.ts'
import { writeSample } from '../../agent/sample/sample.ts'
import { PageCountViewSchema, PageJqlViewSchema } from '../../shared/api-pages.ts'
import { must } from '../../shared/assert.ts'
import {
  type AgentProcess,
  type PracticeProcess,
  type Process,
  pair,
  runCli,
  siteCaller,
  startProcess,
} from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-counts-'))
const out = join(folder, 'agent')
let site: Process<PracticeProcess>
let agent: Process<AgentProcess>
let ask: Awaited<ReturnType<typeof pair>>
let onSite: ReturnType<typeof siteCaller>

beforeAll(async () => {
  const { backup, attachments } = await writeSample(join(folder, 'sample'))
  const port = String(30_000 + (process.pid % 20_000))
  const state = ['--port', port, '--state', join(folder, 'site')]
  site = await startProcess<PracticeProcess>(['practice', ...state])
  writeFileSync(join(folder, 'token'), site.said.token)
  const { url, email } = site.said
  const to = ['--site', url, '--email', email, '--token-file', join(folder, 'token')]
  await runCli(['migrate', backup, '--attachments', attachments, ...to, '--out', out])
  await keepToken(site.said.token)
  onSite = siteCaller(site.said)
  agent = await startProcess<AgentProcess>(['serve', '--json', '--port', '0', '--folder', out])
  ask = await pair(agent.said)
}, 120_000)
afterAll(async () => {
  await agent?.stop()
  await site?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The command line keeps no token; an agent that goes on with its folder needs one. */
async function keepToken(token: string): Promise<void> {
  const parts = folderParts(out)
  const ledger = openLedger(parts.ledger)
  const { id } = await ledger.db.selectFrom('migration').select('id').executeTakeFirstOrThrow()
  await openVault(ledger.db, parts.keyFile).put(`site:${id}`, token)
  await ledger.close()
}

const counts = async (what: Record<string, string>) => {
  const asked = new URLSearchParams({ site: site.said.url, ...what })
  return v.parse(PageCountViewSchema, await (await ask(`/api/page-counts?${asked}`)).json())
}
const filterId = async (name: string) => {
  const { values } = await onSite<{ values: { id: string; name: string }[] }>(
    '/rest/api/3/filter/search',
  )
  return must(values.find((one) => one.name === name)?.id, `no filter ${name}`)
}
const boardId = async (name: string) => {
  const { values } = await onSite<{ values: { id: number; name: string }[] }>(
    '/rest/agile/1.0/board',
  )
  return String(must(values.find((one) => one.name === name)?.id, `no board ${name}`))
}

describe('a board or filter of the site against the source', () => {
  test('finds the same on both sides after a migration', async () => {
    const view = await counts({ board: await boardId('Payments sprint board') })
    expect(view.source).toBeGreaterThan(20)
    expect(view).toMatchObject({
      name: 'Payments sprint board',
      site: view.source,
      onlySource: [],
      onlySite: [],
      why: null,
    })
    const filter = await counts({ filter: await filterId('Open & urgent') })
    expect(filter.source).toBeGreaterThan(0)
    expect(filter.site).toBe(filter.source)
  })

  test('names the issues that one side alone finds', async () => {
    const id = await filterId('Open & urgent')
    const { issues } = await onSite<{ issues: { key: string; id: string }[] }>(
      '/rest/api/3/search/jql',
      { jql: `filter = ${id}`, fields: ['key'] },
    )
    const lost = must(issues[0], 'it finds something')
    const put = await fetch(`${site.said.url}/rest/api/3/issue/${lost.key}`, {
      method: 'PUT',
      headers: {
        authorization: `Basic ${Buffer.from(`${site.said.email}:${site.said.token}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ fields: { priority: { name: 'Trivial' } } }),
    })
    expect(put.status).toBe(204)
    const made = await onSite<{ key: string }>('/rest/api/3/issue', {
      fields: {
        project: { key: lost.key.split('-')[0] },
        issuetype: { name: 'Task' },
        summary: 'New after the migration',
        priority: { name: 'Blocker' },
      },
    })
    const view = await counts({ filter: id })
    expect(view).toMatchObject({
      onlySource: [lost.key],
      onlySourceCount: 1,
      onlySite: [made.key],
      onlySiteCount: 1,
    })
  })
})

test('names with "(migrated)" are found with their twins, and the JQL without', async () => {
  await onSite('/rest/api/3/field', {
    name: 'Crew (migrated)',
    type: 'com.atlassian.jira.plugin.system.customfieldtypes:textfield',
  })
  await onSite('/rest/api/3/field', {
    name: 'Crew',
    type: 'com.atlassian.jira.plugin.system.customfieldtypes:textfield',
  })
  const jql = `"Crew (migrated)" ~ x AND status in (Done, "Lost (migrated)") ORDER BY "crew (migrated)"`
  const answer = await ask('/api/page-jql', {
    method: 'POST',
    body: JSON.stringify({ site: site.said.url, jql }),
  })
  expect(v.parse(PageJqlViewSchema, await answer.json())).toMatchObject({
    names: [
      { name: 'Crew (migrated)', twin: 'Crew', kind: 'field' },
      { name: 'Lost (migrated)', twin: null, kind: 'status' },
    ],
    rewritten: `Crew ~ x AND status in (Done, "Lost (migrated)") ORDER BY Crew`,
  })
})

test('nothing of all this wrote to the site', async () => {
  await site.stop()
  const asked = new URLSearchParams({ site: site.said.url, filter: '10000' })
  const view = v.parse(PageCountViewSchema, await (await ask(`/api/page-counts?${asked}`)).json())
  // With the site away the source's number is told all the same.
  expect(view.site).toBeNull()
  expect(view.source).toBeGreaterThan(0)
  expect(view.why).toContain('could not be asked')
})
