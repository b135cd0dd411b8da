import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { type Agent, startAgent } from '../../agent/serve.ts'
import type { ItemView, MigrationDetail } from '../../shared/api.ts'
import { must } from '../../shared/assert.ts'
import type { Kind } from '../../shared/plan.ts'
import { runMigration, worldOf } from '../repair/world.ts'
import { type call, type PracticeProcess, pair, siteCaller } from '../support/agent-process.ts'
import { type Answer, type CountingProxy, countingProxy } from '../support/counting-proxy.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-roots-'))
const sample = { backup: join(folder, 'backup.xml'), attachments: join(folder, 'files') }

/** Two projects; PAY has a component, a role member, a gap in its numbers, and an issue with a comment and a link. */
const source = `<?xml version="1.0" encoding="UTF-8"?>
<entity-engine-xml>
<User id="1" userName="fred" lowerUserName="fred" active="1" displayName="Fred" emailAddress="fred@example.com"/>
<ApplicationUser id="1" userKey="fred" lowerUserName="fred"/>
<Group id="1" groupName="auditors" lowerGroupName="auditors"/>
<IssueType id="1" name="Bug"/>
<Priority id="3" name="Major"/>
<Status id="1" name="Open"/>
<Status id="2" name="Waiting for the bank"/>
<OSWorkflowEntry id="1" name="w" state="1"/>
<Project id="1" name="Payments" key="PAY" lead="fred" counter="3"/>
<Project id="2" name="People" key="HR" lead="fred" counter="1"/>
<Component id="5" project="1" name="Ledger"/>
<ProjectRole id="7" name="Auditors" description=""/>
<ProjectRoleActor id="8" pid="1" projectroleid="7" roletype="atlassian-group-role-actor" roletypeparameter="auditors"/>
<IssueLinkType id="9" linkname="Blocks" inward="is blocked by" outward="blocks"/>
<Issue id="10" key="PAY-1" project="1" type="1" status="1" priority="3" summary="One"/>
<Issue id="11" key="PAY-3" project="1" type="1" status="2" priority="3" summary="Three"/>
<Issue id="12" key="HR-1" project="2" type="1" status="1" priority="3" summary="Another"/>
<IssueLink id="20" linktype="9" source="10" destination="11" sequence="0"/>
<Action id="30" issue="10" author="fred" type="comment" body="A word." created="2020-01-02 03:04:05.0" updated="2020-01-02 03:04:05.0"/>
</entity-engine-xml>`

type Finding = MigrationDetail['findings'][number]
let agent: Agent
let site: PracticeProcess
let proxy: CountingProxy
let ask: ReturnType<typeof worldOf>['ask']
let api: ReturnType<typeof call>
let refuse: (what: string) => boolean = () => false

beforeAll(async () => {
  writeFileSync(sample.backup, source)
  let code = ''
  agent = await startAgent({
    folder: join(folder, 'agent'),
    port: 0,
    practicePort: 0,
    onCode: (made) => {
      code = made
    },
  })
  agent.pairingCode()
  site = await agent.practice.access(null)
  proxy = await countingProxy(site.url, (method, path): Answer | null =>
    refuse(`${method} ${path}`)
      ? { status: 400, body: { errorMessages: ['Not now, says the site.'], errors: {} } }
      : null,
  )
  api = await pair({ url: agent.url, folder, code })
  ask = worldOf(api).ask
})
afterAll(async () => {
  await agent.close()
  await proxy.close()
  rmSync(folder, { recursive: true, force: true })
})

const { keyFile } = folderParts(join(folder, 'agent'))
const run = (id: string) =>
  runMigration(agent, keyFile, { id, mode: 'move', url: proxy.url, sample, site, own: false })
const detail = (id: string) => ask<MigrationDetail>('GET', `/api/migrations/${id}`)
const text = async (path: string) => (await api(path)).text()
async function items(id: string, query: Record<string, string>): Promise<ItemView[]> {
  const asked = new URLSearchParams({ ...query, limit: '500' })
  return (await ask<{ items: ItemView[] }>('GET', `/api/migrations/${id}/items?${asked}`)).items
}

/** Tries the finding again, and waits for the end of that run. @returns how many items went back */
async function retry(id: string, { code, kind }: Finding): Promise<number> {
  const cause = { code, kind }
  const { items } = await ask<{ items: number }>(
    'POST',
    `/api/migrations/${id}/findings/retry`,
    cause,
  )
  await agent.runner.ended(id)
  return items
}

/** What failed is one finding; its two lists together are all that failed, and one retry brings everything. */
async function oneFinding(id: string, root: { kind: Kind; items: number; needing: Kind[] }) {
  const { findings, migration } = await detail(id)
  const failed = findings.filter((one) => one.verdict === 'failed')
  expect(failed).toMatchObject([{ kind: root.kind, items: root.items }])
  const finding = must(failed[0], 'There is one.')
  const { code, kind } = finding
  const own = await items(id, { code, kind, verdict: 'failed' })
  const needing = await items(id, { code, root: kind, only: 'needing' })
  expect(own.map((one) => one.kind)).toEqual(Array(root.items).fill(root.kind))
  expect(needing.map((one) => one.kind).sort()).toEqual(root.needing.toSorted())
  expect(finding.dependents).toBe(needing.length)
  expect(await items(id, { code, root: kind })).toHaveLength(own.length + needing.length)
  expect(migration.totals.failed).toBe(own.length + needing.length)
  expect(migration.needsAttention).toBe(own.length + needing.length)
  const csv = await text(`/api/migrations/${id}/report/requires-attention.csv`)
  expect(csv.split('\r\n').filter((line) => line.includes(',failed,'))).toHaveLength(1)

  refuse = () => false
  const again = await retry(id, finding)
  expect(again).toBe(own.length + needing.length)
  expect(await items(id, { only: 'again' })).toHaveLength(again)
  const after = (await detail(id)).migration
  expect(after.status).toBe('finished')
  expect(after.totals).toMatchObject({ failed: 0, different: 0 })
  expect(after.totals.verified + after.totals.leftOut).toBe(after.totals.source)
}

test('a refused project is one finding with all that needs it, and one retry brings it all', async () => {
  let refused = 0
  refuse = (what) => what === 'POST /rest/api/3/project' && refused++ === 0
  await run('m1')
  await oneFinding('m1', {
    kind: 'project',
    items: 1,
    needing: ['component', 'roleActor', 'issue', 'issue', 'comment', 'link'],
  })
  // The number between them was held by a filler, which had to be deleted again.
  const keys = siteCaller(site)<{ issues: { key: string }[] }>(
    '/rest/api/3/search/jql?fields=key&jql=project%20%3D%20PAY',
  )
  expect((await keys).issues.map((one) => one.key).sort()).toEqual(['PAY-1', 'PAY-3'])
})

test('a refused status is the root of projects that need it, over all that stands between', async () => {
  const other = source.replaceAll('PAY', 'BUY').replaceAll('"HR', '"IT').replaceAll('bank', 'tax')
  writeFileSync(
    sample.backup,
    other.replace('name="People"', 'name="Desk"').replace('Payments', 'Buying'),
  )
  refuse = (what) => what === 'POST /rest/api/3/statuses'
  await run('m2')
  await oneFinding('m2', {
    kind: 'status',
    items: 1,
    needing: ['project', 'component', 'roleActor', 'issue', 'issue', 'comment', 'link'],
  })
})

test('a refused comment that holds the rest of a long text makes the text an unfinished one', async () => {
  const long = Array.from({ length: 9_000 }, (_, n) => `word${n}`).join(' ')
  writeFileSync(
    sample.backup,
    source
      .replaceAll('PAY', 'LONG')
      .replaceAll('"HR', '"TELL')
      .replace('name="People"', 'name="Telling"')
      .replace('Payments', 'Longing')
      .replace('summary="Three"', `summary="Three" description="${long}"`)
      .replace('body="A word."', `body="${long}"`),
  )
  let refused = 0
  // The first one of LONG-1 is the comment itself.
  refuse = (what) =>
    what === 'POST /rest/api/3/issue/LONG-3/comment' ||
    (what === 'POST /rest/api/3/issue/LONG-1/comment' && refused++ > 0)
  await run('m3')
  const { findings, migration } = await detail('m3')
  expect(migration).toMatchObject({ status: 'incomplete', totals: { different: 2, failed: 0 } })
  expect(findings.filter((one) => one.verdict === 'different')).toMatchObject([
    { kind: 'comment', code: 'different:added comment', items: 1 },
    { kind: 'issue', code: 'different:added comment', items: 1 },
  ])
  const [comment] = await items('m3', { kind: 'comment', verdict: 'different' })
  expect(comment?.differences).toEqual([
    {
      field: 'added comment',
      promised: 'the rest of the text',
      found: expect.stringMatching(/^not there: .*Not now, says the site\.$/),
    },
  ])

  refuse = () => false
  await ask('POST', '/api/migrations/m3/run')
  await agent.runner.ended('m3')
  const after = (await detail('m3')).migration
  expect(after).toMatchObject({ status: 'finished', totals: { different: 0, failed: 0 } })
})

test('empty issues that could not be deleted are told on their project', async () => {
  writeFileSync(
    sample.backup,
    source
      .replaceAll('PAY', 'GAP')
      .replaceAll('"HR', '"FULL')
      .replace('name="People"', 'name="Whole"')
      .replace('Payments', 'Gaps'),
  )
  refuse = (what) => what === 'DELETE /rest/api/3/issue/GAP-2'
  await run('m4')
  const { findings, migration } = await detail('m4')
  expect(migration).toMatchObject({ status: 'incomplete', totals: { different: 1, failed: 0 } })
  expect(findings.filter((one) => one.verdict === 'different')).toMatchObject([
    { kind: 'project', code: 'different:empty issues', items: 1 },
  ])
  const [project] = await items('m4', { kind: 'project', verdict: 'different' })
  expect(project).toMatchObject({ projectKey: 'GAP' })
  expect(project?.differences[0]?.found).toMatch(/^1 still there, GAP-2 among them: .*Not now/)

  refuse = () => false
  await ask('POST', '/api/migrations/m4/run')
  await agent.runner.ended('m4')
  expect((await detail('m4')).migration).toMatchObject({ status: 'finished' })
})
