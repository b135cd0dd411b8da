import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderParts } from '../../agent/config.ts'
import { sourceSecret } from '../../agent/ledger/drafts.ts'
import { addMigration } from '../../agent/ledger/migrations.ts'
import { openVault } from '../../agent/ledger/secrets.ts'
import { startAgent } from '../../agent/serve.ts'
import { must } from '../../shared/assert.ts'
import { pair } from '../support/agent-process.ts'
import { startDataCenter } from '../support/data-center/box.ts'
import { makeWorld } from '../support/data-center/world.ts'
import { administrator, worldOf } from './world.ts'

export const linksId = 'links'

/** A live Data Center whose texts lead to itself, moved to the agent's practice site. */
export async function linksWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-links-'))
  const source = makeWorld(3)
  const box = await startDataCenter({ world: source })
  const on = (project: string, number: number) =>
    must(
      source.issues.find((one) => one.project === project && one.number === number),
      'an issue',
    )
  on('PAY', 5).fields.description =
    `Before [the epic|${box.url}/browse/PAY-1], ${box.url}/browse/PAY-2 and ${box.url}/secure/Dashboard.jspa after. Asked [~idle].`
  on('PAY', 5).comments.push({
    ...{ id: '390', author: 'admin', updateAuthor: 'admin' },
    body: `See ${box.url}/secure/attachment/501/plan.txt`,
    created: '2023-01-03T10:00:00.000+0000',
    updated: '2023-01-03T10:00:00.000+0000',
  })
  on('PAY', 6).fields.description = `[only this|${box.url}/browse/PAY-1] and *more*`
  let code = ''
  const agent = await startAgent({
    folder: join(folder, 'agent'),
    port: 0,
    practicePort: 0,
    onCode: (made) => {
      code = made
    },
  })
  agent.pairingCode()
  const site = await agent.practice.access(null)
  const api = await pair({ url: agent.url, folder, code })
  const { db } = agent.ledger
  await addMigration(db, {
    id: linksId,
    name: 'Links',
    source: { kind: 'datacenter', path: box.url, user: null, attachments: null, timeZone: null },
    site: { kind: 'practice' },
    scope: { projects: null },
    mode: 'move',
    at: Date.now(),
  })
  const vault = openVault(db, folderParts(join(folder, 'agent')).keyFile)
  await vault.put(sourceSecret(linksId), box.token)
  async function run() {
    await agent.runner.start(linksId)
    await agent.runner.ended(linksId)
  }
  await run()
  return {
    ...worldOf(api),
    ...administrator(site),
    api,
    site,
    agent,
    box,
    run,
    async close() {
      await agent.close()
      await box.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type LinksWorld = Awaited<ReturnType<typeof linksWorld>>
