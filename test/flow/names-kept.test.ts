import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { type Agent, startAgent } from '../../agent/serve.ts'
import { must } from '../../shared/assert.ts'
import {
  type PracticeProcess,
  type Process,
  pair,
  siteCaller,
  startProcess,
} from '../support/agent-process.ts'
import { backupXml } from '../support/make-backup.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-kept-'))
let agent: Agent
let ask: Awaited<ReturnType<typeof pair>>
let site: Process<PracticeProcess>
let onSite: ReturnType<typeof siteCaller>

beforeAll(async () => {
  site = await startProcess<PracticeProcess>(['practice', '--port', '0'])
  onSite = siteCaller(site.said)
  let code = ''
  const onCode = (one: string) => {
    code = one
  }
  agent = await startAgent({ folder: join(folder, 'agent'), port: 0, practicePort: 0, onCode })
  agent.pairingCode()
  ask = await pair({ url: agent.url, folder, code })
})
afterAll(async () => {
  await agent.close()
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Found {
  sourceId: string
  label: string
  siteId: string | null
  verdict: string
  losses: { code: string; text: string }[]
}

/** A migration of this backup by these rules for names, run to its end. */
async function run(path: string, collisions: Record<string, string>) {
  const send = async <T>(method: string, at: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    const answer = await ask(at, init)
    const text = await answer.text()
    expect(answer.ok, `${at} ${text}`).toBe(true)
    return JSON.parse(text) as T
  }
  const source = { kind: 'backup', path, attachments: null }
  const to = { kind: 'cloud', ...site.said }
  const made = { name: 'Names', source, site: to, collisions }
  const { id } = await send<{ id: string }>('POST', '/api/migrations', made)
  await send('POST', `/api/migrations/${id}/run`)
  await expect.poll(() => agent.runner.running(), { timeout: 60_000 }).not.toContain(id)
  const items = async (kind: string) =>
    (await send<{ items: Found[] }>('GET', `/api/migrations/${id}/items?kind=${kind}&limit=200`))
      .items
  const csv = async (name: string) => {
    const text = await (await ask(`/api/migrations/${id}/${name}`)).text()
    return Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), { header: true }).data
  }
  const detail = await send<{ migration: { status: string } }>('GET', `/api/migrations/${id}`)
  return { id, items, csv, status: detail.migration.status }
}

const named = <T extends { label: string }>(all: T[], label: string): T =>
  must(
    all.find((one) => one.label === label),
    `${label} among ${all.map((one) => one.label).join(', ')}`,
  )

interface OnSite {
  id: string
  name: string
  jql: string
  description: string
}
const filtersNamed = async (name: string) =>
  (
    await onSite<{ values: OnSite[] }>(
      `/rest/api/3/filter/search?expand=jql,description&filterName=${encodeURIComponent(name)}`,
    )
  ).values

test('a filter and a dashboard of the site that are used stay as they are, and what stood on the source’s stands on them', {
  timeout: 120_000,
}, async () => {
  const { backup } = await writeSample(join(folder, 'sample'))
  const name = 'Filter for Payments sprint board'
  const planted = await onSite<OnSite>('/rest/api/3/filter', {
    ...{ name, description: 'Of the site', jql: 'resolution = Unresolved' },
  })
  const board = { name: 'Payments sprint board', type: 'scrum', filterId: Number(planted.id) }
  const { id: theirs } = await onSite<{ id: number }>('/rest/agile/1.0/board', {
    ...{ ...board, location: { type: 'user' } },
  })
  const wall = await onSite<{ id: string }>('/rest/api/3/dashboard', {
    ...{ name: 'Operations wall', description: '', sharePermissions: [], editPermissions: [] },
  })

  const moved = await run(backup, { filter: 'reuse', dashboard: 'reuse' })
  expect(['finished', 'incomplete']).toContain(moved.status)
  const own = named(await moved.items('filter'), name)
  expect(own).toMatchObject({ siteId: planted.id, verdict: 'verified' })
  const jql = must(
    own.losses.find(({ code }) => code === 'kept-jql'),
    'Its JQL differs.',
  )
  expect(jql.text).toContain('"resolution = Unresolved"')
  expect(jql.text).toContain('"project = PAY ORDER BY Rank ASC"')
  expect(own.losses.map(({ code }) => code)).toContain('kept-description')

  // Nothing of the site was written over, and there is no second one.
  const [still, ...twins] = await filtersNamed(name)
  expect(twins).toEqual([])
  expect(still).toMatchObject({ description: 'Of the site', jql: 'resolution = Unresolved' })

  // Its board stands on the site's filter, beside the board that was there.
  const ours = named(await moved.items('board'), 'Payments sprint board')
  expect(ours.verdict).toBe('verified')
  expect(ours.siteId).not.toBe(String(theirs))
  expect(ours.losses[0]?.text).toContain('is named "Payments sprint board (2)"')
  const shown = await onSite<{ filter: { id: string } }>(
    `/rest/agile/1.0/board/${ours.siteId}/configuration`,
  )
  expect(shown.filter.id).toBe(planted.id)

  // A dashboard that comes shows the site's filter; one that is used stays empty, as it was.
  const month = named(await moved.items('dashboard'), 'Month end')
  expect(month.verdict).toBe('verified')
  const { gadgets } = await onSite<{ gadgets: { id: number; moduleKey?: string }[] }>(
    `/rest/api/3/dashboard/${month.siteId}/gadget`,
  )
  const results = must(
    gadgets.find(({ moduleKey }) => moduleKey?.includes('filter-results')),
    'the results',
  )
  const settings = await onSite<{ value: Record<string, string> }>(
    `/rest/api/3/dashboard/${month.siteId}/items/${results.id}/properties/config`,
  )
  expect(settings.value.filterId).toBe(planted.id)
  const kept = named(await moved.items('dashboard'), 'Operations wall')
  expect(kept).toMatchObject({ siteId: wall.id, verdict: 'verified' })
  expect(kept.losses.map(({ code }) => code)).toContain('kept-gadgets')
  const left = await onSite<{ gadgets: unknown[] }>(`/rest/api/3/dashboard/${wall.id}/gadget`)
  expect(left.gadgets).toEqual([])

  // Both lists of what became what say so.
  const ids = await moved.csv('id-mappings.csv')
  const idOf = (type: string, serverId: string) =>
    ids.find((row) => row.entityType === type && row.serverId === serverId)?.cloudId
  expect(idOf('jira:filter', own.sourceId)).toBe(planted.id)
  expect(idOf('jira:portalPage', kept.sourceId)).toBe(wall.id)
  const became = (await moved.csv('mappings.csv')).filter(({ kind }) => kind === 'filter')
  expect(became.find(({ sourceName }) => sourceName === name)).toMatchObject({
    ...{ how: 'used as the site has it', siteId: planted.id },
  })
})

test('one that is the same is verified without a loss, and other JQL that names it names the site’s', {
  timeout: 120_000,
}, async () => {
  const path = join(folder, 'entities.xml')
  const user = { directoryId: 1, active: 1, lowerUserName: 'admin', userName: 'admin' }
  const filter = (id: number, name: string, request: string) =>
    ['SearchRequest', { id, name, author: 'admin', user: 'admin', request }] as const
  writeFileSync(
    path,
    backupXml([
      ['User', { ...user, id: 1, displayName: 'Admin', emailAddress: site.said.email }],
      ['ApplicationUser', { id: 1, userKey: 'admin', lowerUserName: 'admin' }],
      filter(1, 'Stands', 'resolution = Unresolved  order by created'),
      filter(2, 'On it', 'filter = Stands AND assignee = currentUser()'),
    ] as Parameters<typeof backupXml>[0]),
  )
  const planted = await onSite<OnSite>('/rest/api/3/filter', {
    ...{ name: 'Stands', jql: 'resolution = Unresolved ORDER BY created' },
  })
  const moved = await run(path, { filter: 'reuse' })
  const filters = await moved.items('filter')
  expect(named(filters, 'Stands')).toMatchObject({
    ...{ siteId: planted.id, verdict: 'verified', losses: [] },
  })
  expect(named(filters, 'On it').verdict).toBe('verified')
  const [on] = await filtersNamed('On it')
  expect(on?.jql).toContain(`filter = ${planted.id}`)
  expect(await filtersNamed('Stands')).toHaveLength(1)
})
