import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { type PracticeProcess, startProcess } from '../support/agent-process.ts'
import { countingProxy, writesAmong } from '../support/counting-proxy.ts'
import {
  contentFaults,
  type Fault,
  groundOf,
  issueFaults,
  seeded,
} from '../support/foreign-faults.ts'
import { frameFaults } from '../support/foreign-faults-frame.ts'
import { berlin, migrateForeign } from '../support/foreign-migration.ts'
import { reported, runVerify, sumsAreWrong } from '../support/foreign-verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-foreign-'))
let sample: Awaited<ReturnType<typeof writeSample>>
beforeAll(async () => {
  sample = await writeSample(join(folder, 'sample'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A site that another program filled, behind a proxy that writes down who asks for what. */
async function world(name: string, history: boolean) {
  const own = join(folder, name)
  const state = join(own, 'state')
  const site = await startProcess<PracticeProcess>(['practice', '--port', '0', '--state', state])
  const foreign = await migrateForeign({
    ...{ backup: sample.backup, attachments: sample.attachments },
    ...{ site: site.said, state, history, offset: berlin },
  })
  const proxy = await countingProxy(site.said.url)
  const ids = join(own, 'id-mappings.csv')
  writeFileSync(ids, foreign.idMappings())
  return {
    foreign,
    state,
    proxy,
    ids,
    verify: (out: string, more: string[] = []) =>
      runVerify({
        ...{ backup: sample.backup, attachments: sample.attachments, url: proxy.url, folder: own },
        ...{ email: site.said.email, token: site.said.token },
        more: ['--out', join(own, out), ...more],
      }),
    async close() {
      foreign.site.close()
      await proxy.close()
      await site.stop()
    },
  }
}

const shuffled = <T>(all: readonly T[], random: () => number): T[] =>
  all
    .map((one) => ({ one, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one)

test.each([
  { name: 'who keeps authors and times, with its id mappings', seed: 7, history: true, ids: true },
  {
    name: 'of the public API alone, without id mappings',
    seed: 20_261_123,
    history: false,
    ids: false,
  },
])(
  'a program $name: each planted fault is found, nothing else is told, nothing is written',
  {
    timeout: 300_000,
  },
  async ({ seed, history, ids }) => {
    const at = await world(`seed-${seed}`, history)
    try {
      const more = ids ? ['--id-mappings', at.ids] : []
      const before = await at.verify('before', more)
      expect(reported(before.json)).toEqual([expect.stringMatching(/^issue PAY-\d+ description$/)])
      expect(before.json.verification?.notKept.length === 0).toBe(history)
      const [cut] = reported(before.json)

      const ground = await groundOf(at.foreign, at.state, seed)
      const all: Fault[] = [...issueFaults, ...contentFaults, ...frameFaults]
      const faults = shuffled(
        all.filter((one) => history || !one.history),
        seeded(seed),
      )
      const expected = [cut as string]
      for (const fault of faults) expected.push(...(await fault.plant(ground)).split(' + '))
      at.proxy.forget()
      const { json, code } = await at.verify('after', more)

      expect(reported(json)).toEqual(expected.filter(Boolean).sort())
      expect(code).toBe(3)
      expect(sumsAreWrong(json.counts)).toEqual([])
      expect(json.verification?.answer).toMatch(/issues looked at, \d+ need a look/)
      expect(writesAmong(at.proxy.counts())).toEqual([])
    } finally {
      await at.close()
    }
  },
)
