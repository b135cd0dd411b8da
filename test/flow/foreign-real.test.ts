import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type PracticeProcess, realBackup, startProcess } from '../support/agent-process.ts'
import { countingProxy, writesAmong } from '../support/counting-proxy.ts'
import { migrateForeign } from '../support/foreign-migration.ts'
import { reported, runVerify, sumsAreWrong } from '../support/foreign-verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-foreign-real-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const backup = realBackup('jira-6.3-jsu/entities.xml')

test.runIf(existsSync(backup))(
  'a real backup that another program migrated: only the fields that it does not know are told',
  { timeout: 200_000 },
  async () => {
    const state = join(folder, 'state')
    const site = await startProcess<PracticeProcess>(['practice', '--port', '0', '--state', state])
    const proxy = await countingProxy(site.said.url)
    try {
      const world = await migrateForeign({
        ...{ backup, attachments: null, site: site.said, state, history: true },
        offset: () => 0,
      })
      world.site.close()
      const { json } = await runVerify({
        ...{ backup, url: proxy.url, email: site.said.email, token: site.said.token, folder },
        more: ['--time-zone', 'UTC', '--out', join(folder, 'out')],
      })
      const known = /:(select|float|textfield|textarea)$/
      const foreign = world.source
        .rows('CustomField')
        .filter((row) => row.customfieldtypekey?.startsWith('com.atlassian.jira.plugin.system'))
        .filter((row) => !known.test(row.customfieldtypekey ?? ''))
      const found = reported(json)
      expect(found.filter((one) => one.startsWith('customField'))).toEqual(
        foreign.map((row) => `customField ${row.name} gone`).sort(),
      )
      expect(found.filter((one) => !/^(customField .*|fieldValue \S+) gone$/.test(one))).toEqual([])
      expect(json.counts.issue?.verified).toBe(json.counts.issue?.source)
      expect(sumsAreWrong(json.counts)).toEqual([])
      expect(writesAmong(proxy.counts())).toEqual([])
    } finally {
      await proxy.close()
      await site.stop()
    }
  },
)
