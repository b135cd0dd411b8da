import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createAfterAsker } from '../../agent/after-asker.ts'
import { folderParts } from '../../agent/config.ts'
import { type AfterCheckRow, afterRows, type PlaceRow, placesOf } from '../../agent/ledger/after.ts'
import { addMigration, getMigration, type MigrationRow } from '../../agent/ledger/migrations.ts'
import { type LedgerDb, openLedger } from '../../agent/ledger/open.ts'
import { createPracticeHost, siteAccess } from '../../agent/practice-host.ts'
import { createRunner } from '../../agent/runner.ts'
import type { CheckStatus } from '../../shared/api-checks.ts'
import { type CheckList, foundList } from '../../shared/check-lists.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { Scope } from '../../shared/setup.ts'
import type { PracticeProcess } from './agent-process.ts'
import { unlisted } from './listed-numbers.ts'
import { passTo } from './site-proxy.ts'

/** What the checks after a migration said: status and sentence by key, and every place as "key: subject: detail". */
export interface Said {
  status: Record<string, CheckStatus>
  sentence: Record<string, string>
  places: string[]
  rows: (PlaceRow & { key: string })[]
}

/** A site that a migration of a backup has gone to, and the asker of its checks, in one folder of their own. */
export async function openAfterWorld(options: {
  backup: string
  attachments: string | null
  mode?: 'move' | 'verify'
  /** What of the source moves; absent = all of it. */
  scope?: Partial<Scope>
  /** A site that is there already, with its folder; else one of its own, to which the source's people are invited. */
  site?: PracticeProcess
  state?: string
}) {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-after-'))
  const parts = folderParts(folder)
  const ledger = openLedger(parts.ledger)
  const practice = createPracticeHost({ stateDir: parts.practice, port: 0, rateLimits: 'off' })
  const site = options.site ?? (await practice.access(null))
  const gate = await openGate(site.url)
  const line = {
    ledger,
    folder: parts,
    now: Date.now,
    site: async (row: MigrationRow, snapshot: SnapshotReader | null) => ({
      ...(options.site ? site : await siteAccess(practice, async () => '')(row, snapshot)),
      url: gate.url,
    }),
  }
  const asker = createAfterAsker(line)
  const runner = createRunner(line)
  const id = 'm'
  await addMigration(ledger.db, {
    id,
    name: 'After',
    source: {
      kind: 'backup',
      path: options.backup,
      attachments: options.attachments,
      timeZone: null,
    },
    site: options.site ? { kind: 'cloud', url: site.url, email: site.email } : { kind: 'practice' },
    scope: { ...options.scope, projects: null },
    mode: options.mode ?? 'move',
    at: Date.now(),
  })
  await runner.start(id)
  await runner.ended(id)

  return {
    id,
    folder,
    state: options.state ?? parts.practice,
    db: ledger.db,
    asker,
    site,
    gate,
    migration: () => getMigration(ledger.db, id),
    /** Runs the migration again: what was sent is read back anew. */
    async again() {
      await runner.start(id)
      await runner.ended(id)
    },
    /** Asks these checks (none = all) to their end. */
    async check(...keys: string[]): Promise<Said> {
      await asker.start(id, keys)
      await asker.ended(id)
      return this.said(...keys)
    },
    /** What they said last; each number in it has a list of as many rows. */
    async said(...keys: string[]): Promise<Said> {
      const rows = [...(await afterRows(ledger.db, id)).values()].filter(
        ({ key }) => !keys.length || keys.includes(key),
      )
      const places: Said['rows'] = []
      for (const row of rows) {
        places.push(...(await placesOf(ledger.db, id, row.key, 0, 10_000)))
        await expectLists(ledger.db, row)
      }
      return {
        status: Object.fromEntries(rows.map((row) => [row.key, row.status])),
        sentence: Object.fromEntries(rows.map((row) => [row.key, row.sentence])),
        places: places.map(({ key, subject, detail }) => `${key}: ${subject}: ${detail}`),
        rows: places,
      }
    },
    async close() {
      await asker.leave()
      await runner.leave()
      await gate.close()
      await practice.close()
      await ledger.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type AfterWorld = Awaited<ReturnType<typeof openAfterWorld>>

/** Of what was found and of all that is counted beside there are as many rows as the sentence says. */
async function expectLists(db: LedgerDb, row: AfterCheckRow): Promise<void> {
  const { migrationId, key, sentence, places } = row
  const lists = JSON.parse(row.listsJson) as CheckList[]
  for (const { list, rows } of [{ list: foundList, rows: places }, ...lists])
    expect(
      await placesOf(db, migrationId, key, 0, 10_000, { list }),
      `${key} ${list}`,
    ).toHaveLength(rows)
  const lengths = [places, ...lists.map((one) => one.rows)]
  expect(unlisted(sentence, lengths), `${key}: ${sentence}`).toEqual([])
}

/** The way to a site: writes down what is asked, and refuses what it is told to. */
async function openGate(target: string) {
  const gate = { asked: [] as string[], refuse: null as RegExp | null }
  const pass = passTo(target)
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`
    gate.asked.push(line)
    if (!gate.refuse?.test(line)) return pass(request, response)
    response.writeHead(403, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ errorMessages: ['You may not do this.'], errors: {} }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(gate, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
