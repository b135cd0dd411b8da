import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMover } from '../../agent/apps/mover.ts'
import { loadRegistry } from '../../agent/apps/registry.ts'
import { folderParts } from '../../agent/config.ts'
import { addMigration, getMigration } from '../../agent/ledger/migrations.ts'
import { openLedger } from '../../agent/ledger/open.ts'
import { openVault } from '../../agent/ledger/secrets.ts'
import { createPracticeHost, siteAccess } from '../../agent/practice-host.ts'
import { reportRun } from '../../agent/run-report.ts'
import { createRunner } from '../../agent/runner.ts'
import { type BackupRow, backupXml, objectsXml, scratch, writeZip } from './make-backup.ts'

/** Two apps with everything that apps leave: tables, properties on four kinds of items, and values of own types. */
export const acme = 'com.acme.checklist'
export const globex = 'org.globex.risk'

const entities: BackupRow[] = [
  ['Project', { id: 10000, key: 'APP', originalkey: 'APP', name: 'Apps', lead: 'ada', counter: 3 }],
  ['ProjectKey', { id: 1, projectId: 10000, projectKey: 'APP' }],
  ['IssueType', { id: 1, name: 'Task', sequence: 0 }],
  ['Status', { id: 1, name: 'Open', sequence: 0, statuscategory: 2 }],
  ['Priority', { id: 3, name: 'Major', sequence: 0 }],
  ['Directory', { id: 1, directoryName: 'Internal', active: 1, position: 0 }],
  ['ApplicationUser', { id: 10100, userKey: 'ada', lowerUserName: 'ada' }],
  [
    'User',
    {
      id: 1,
      directoryId: 1,
      userName: 'ada',
      lowerUserName: 'ada',
      active: 1,
      displayName: 'Ada',
      emailAddress: 'ada@example.com',
    },
  ],
  ...[1, 2, 3].map(
    (number): BackupRow => [
      'Issue',
      {
        id: 10000 + number,
        key: `APP-${number}`,
        number,
        project: 10000,
        type: 1,
        status: 1,
        priority: 3,
        summary: `Issue ${number}`,
        reporter: 'ada',
        creator: 'ada',
        created: '2024-01-01 10:00:00.0',
        updated: '2024-01-01 10:00:00.0',
      },
    ],
  ),
  [
    'Action',
    {
      id: 500,
      issue: 10001,
      author: 'ada',
      type: 'comment',
      body: 'Hello',
      created: '2024-01-02 10:00:00.0',
      updated: '2024-01-02 10:00:00.0',
    },
  ],
  ['PluginVersion', { id: 1, key: acme, name: 'Acme Checklist', version: '3.1' }],
  ['PluginVersion', { id: 2, key: globex, name: 'Globex Risk', version: '1.0' }],
  ['PluginVersion', { id: 3, key: 'com.atlassian.jira.mobile', name: 'Mobile', version: '1' }],
  ['CustomField', { id: 10200, name: 'Todo', customfieldtypekey: `${acme}:todo` }],
  ['CustomFieldValue', { id: 1, issue: 10001, customfield: 10200, stringvalue: 'buy milk' }],
  ['CustomFieldValue', { id: 2, issue: 10001, customfield: 10200, stringvalue: '=1+1' }],
  ...(
    [
      ['IssueProperty', 10001, `${acme}.state`, '{"open":2,"words":["a","é"]}'],
      ['IssueProperty', 10002, `${acme}.state`, 'true'],
      ['ProjectProperty', 10000, `${acme}.config`, '{"on":true}'],
      ['CommentProperty', 500, `${acme}.mark`, '"seen"'],
      ['UserProperty', 10100, `${acme}.last`, '42'],
      ['IssueProperty', 99999, `${acme}.state`, '{}'],
      ['IssueProperty', 10003, `${acme}.state`, 'not json'],
      ['DashboardItemProperty', 7, `${acme}.view`, '{}'],
      ['IssueProperty', 10003, `${globex}.score`, '7'],
    ] as const
  ).map(
    ([entityName, entityId, propertyKey, value], n): BackupRow => [
      'EntityProperty',
      { id: 900 + n, entityName, entityId, propertyKey, value },
    ],
  ),
  [
    'Workflow',
    {
      id: 1,
      name: 'Risky',
      descriptor:
        '<workflow>\n<arg name="class.name">org.globex.risk.Check</arg><arg name="password">hunter2</arg></workflow>',
    },
  ],
  ['PortletConfiguration', { id: 1, portalpage: 77, dashboardModuleCompleteKey: `${acme}:board` }],
]

/** Writes the backup of that source, with 5,000 rows in one of the tables of its apps. */
export async function writeAppBackup(backup: string): Promise<void> {
  const { tableHash } = await import('../../agent/apps/inventory.ts')
  const items = Array.from({ length: 5000 }, (_, n) => [n + 1, n % 3 ? `item ${n}` : '=SUM(A1)'])
  await writeZip(backup, {
    'entities.xml': backupXml(entities),
    'activeobjects.xml': objectsXml([
      { name: `AO_${tableHash(acme)}_ITEM`, columns: ['ID', 'TEXT'], rows: items },
      {
        name: `AO_${tableHash(acme)}_LIST`,
        columns: ['ID', 'NAME', 'DONE'],
        rows: [
          [1, 'a "quoted", two\nlined', true],
          [2, null, false],
        ],
      },
      { name: `AO_${tableHash(globex)}_RISK`, columns: ['ID'], rows: [[1], [2], [3]] },
    ]),
  })
}

/** A migration of that source to a practice site, in one process and with a clock that can be set forward. */
export async function openWorld(options: { paths?: Record<string, string> } = {}) {
  const folder = await scratch()
  const backup = join(folder.path, 'backup.zip')
  await writeAppBackup(backup)
  const parts = folderParts(join(folder.path, 'agent'))
  mkdirSync(parts.appPaths, { recursive: true })
  for (const [name, text] of Object.entries(options.paths ?? {}))
    writeFileSync(join(parts.appPaths, name), text)
  const ledger = openLedger(parts.ledger)
  const practice = createPracticeHost({ stateDir: parts.practice, port: 0, rateLimits: 'off' })
  const vault = openVault(ledger.db, parts.keyFile)
  const clock = { shift: 0 }
  const base = {
    ledger,
    folder: parts,
    now: () => Date.now() + clock.shift,
    site: siteAccess(practice, async () => ''),
  }
  const registry = await loadRegistry(parts.appPaths)
  const make = () => {
    const mover = createMover({ ...base, vault, registry, report: (id) => reportRun(base, id) })
    return { mover, runner: createRunner({ ...base, apps: mover }) }
  }
  let agent = make()
  const id = randomUUID()
  await addMigration(ledger.db, {
    id,
    name: 'Apps',
    source: { kind: 'backup', path: backup, attachments: null, timeZone: 'UTC' },
    site: { kind: 'practice' },
    scope: { projects: null },
    mode: 'move',
    at: 1,
  })
  const world = {
    id,
    ledger,
    parts,
    /** What a line works with, without apps. */
    line: base,
    clock,
    registry,
    vault,
    get mover() {
      return agent.mover
    },
    get runner() {
      return agent.runner
    },
    async run() {
      await agent.runner.start(id)
      await agent.runner.ended(id)
      return getMigration(ledger.db, id)
    },
    app: (key: string) => agent.mover.one(id, key),
    /** Waits until this app stands so; the test's own limit ends it. */
    async until(key: string, status: string) {
      for (;;) {
        const app = await agent.mover.one(id, key)
        if (app.status === status) return app
        await new Promise((go) => setTimeout(go, 20))
      }
    },
    /** The agent dies and another one starts: what was under way is left as it stood in the ledger. */
    async restart() {
      await agent.runner.leave()
      await agent.mover.leave()
      agent = make()
      await agent.runner.resumeAll()
      await agent.mover.resume()
    },
    async site(path: string) {
      const { url, email, token } = await practice.access(null)
      const authorization = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`
      const answer = await fetch(`${url}${path}`, { headers: { authorization } })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
    async [Symbol.asyncDispose]() {
      await agent.runner.leave()
      await agent.mover.leave()
      await practice.close()
      await ledger.close()
      await folder[Symbol.asyncDispose]()
    },
  }
  // One run without apps: the source is read, and the items are on the site.
  await world.run()
  return world
}
