import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Connection, connectSite } from '../../agent/cloud/connect.ts'
import type { ItemRow } from '../../agent/ledger/items.ts'
import type { PushContext } from '../../agent/push/sender.ts'
import { dashboard } from '../../agent/push/senders/dashboards.ts'
import { createSiteNames } from '../../agent/push/site-names.ts'
import type { DashboardPromise, GadgetPromise } from '../../shared/dashboards.ts'
import { recordedSite } from '../cloud/recorded-site.ts'
import { testLedger } from '../support/ledger.ts'
import { openApiChecker } from '../support/openapi.ts'

const document = resolve(import.meta.dirname, '../../../shared/openapi/jira-cloud-platform-v3.json')
let site: Awaited<ReturnType<typeof recordedSite>>
let connection: Connection
let place: Awaited<ReturnType<typeof testLedger>>
let ctx: PushContext
let said: string[]

beforeAll(async () => {
  site = await recordedSite()
  const { url, email, token } = site
  const { signal } = new AbortController()
  connection = await connectSite({ url, email, token, signal, pace: 'off', onPause: () => {} })
  place = await testLedger()
  ctx = {
    db: place.db,
    migrationId: 'm1',
    read: connection.read,
    write: connection.write,
    names: createSiteNames(connection.read),
    signal,
    now: () => 0,
    requestLimitMs: 0,
    log: async (...line) => {
      said.push(line[1])
    },
  }
})
beforeEach(() => {
  said = []
})
afterAll(async () => {
  await connection.close()
  await site.close()
  await place.close()
})

const stats = 'rest/gadgets/1.0/g/com.atlassian.jira.gadgets:stats-gadget/gadgets/stats-gadget.xml'
const gadget = (
  row: number,
  statType: string,
  own: Partial<GadgetPromise> = {},
): GadgetPromise => ({
  ...{ title: 'Issue Statistics', by: 'uri', key: stats, color: 'cyan' },
  ...{ column: 1, row, settings: { statType } },
  ...own,
})
const promised = (name: string, own: Partial<DashboardPromise> = {}): DashboardPromise => ({
  ...{ name, description: 'd', shares: [], editors: [], owner: null, gadgets: [] },
  ...own,
})
const item = (promise: DashboardPromise) => ({ promiseJson: JSON.stringify(promise) }) as ItemRow
const find = async (row: ItemRow) => (await dashboard.find(ctx, [row]))[0]
const send = async (row: ItemRow) => {
  const [outcome] = await dashboard.send(ctx, [row])
  if (!outcome?.ok) throw new Error(outcome?.text ?? 'no outcome')
  return outcome.siteId
}
const standing = async (id: string) =>
  Promise.all(
    (await connection.read.gadgets(id)).map(async (one) => [
      one.row,
      (await connection.read.gadgetSettings(id, one.id)).statType,
    ]),
  )

describe('sending a dashboard', () => {
  test('makes it with its shares, its gadgets in their places and what is set in them', async () => {
    const row = item(
      promised('Whole', {
        shares: [{ to: 'everyone' }],
        gadgets: [gadget(0, 'assignees'), gadget(1, 'statuses')],
      }),
    )
    const id = await send(row)
    expect(await standing(id)).toEqual([
      [0, 'assignees'],
      [1, 'statuses'],
    ])
    expect(await connection.read.dashboardShares(id)).toMatchObject({
      shares: [{ to: 'everyone' }],
      editors: [],
    })
    expect(said).toEqual([])
    expect(await find(row)).toBe(id)
  })

  test.each([
    ['the dashboard alone', 0],
    ['a gadget that was not set', 1],
    ['the first gadget', 2],
  ])(
    'that died after %s is not called done, and is finished without a second one',
    async (_, steps) => {
      const gadgets = [gadget(0, 'assignees'), gadget(1, 'statuses')]
      const promise = promised(`Half ${steps}`, { gadgets })
      const { write } = connection
      const made = await write.createDashboard(promise, { shares: [], editors: [] })
      if (!made.ok) throw new Error(made.text)
      const [first] = gadgets
      if (steps > 0 && first) {
        const put = await write.addGadget(made.siteId, first)
        if (steps > 1 && put.ok) await write.setGadget(made.siteId, put.siteId, first.settings)
      }
      expect(await find(item(promise))).toBeNull()
      expect(await send(item(promise))).toBe(made.siteId)
      expect(await find(item(promise))).toBe(made.siteId)
      expect(await standing(made.siteId)).toEqual([
        [0, 'assignees'],
        [1, 'statuses'],
      ])
      expect(await connection.read.dashboards(promise.name, 'mine')).toHaveLength(1)
    },
  )

  test('goes on where the site refuses a gadget, and what stands below it is not added twice', async () => {
    const row = item(
      promised('Refused', {
        gadgets: [gadget(0, 'x', { key: 'rest/gadgets/none.xml' }), gadget(1, 'statuses')],
      }),
    )
    const id = await send(row)
    expect(said.join(' ')).toContain('the gadget "Issue Statistics"')
    expect(await send(row)).toBe(id)
    expect(await standing(id)).toEqual([[0, 'statuses']])
  })

  test('leaves it private where the site has not what it is shared with, and says so', async () => {
    const row = item(
      promised('Private', {
        shares: [
          { to: 'group', group: 'nobody' },
          { to: 'user', accountId: '712020:gone' },
        ],
      }),
    )
    expect((await connection.read.dashboardShares(await send(row)))?.shares).toEqual([])
    expect(said.join(' ')).toContain('of the dashboard "Private" with whom it is shared')
  })

  test('does not set a gadget that shows what did not arrive', async () => {
    const own = gadget(0, 'statuses', { settings: { projectOrFilterId: 'filter-{{filter:9}}' } })
    const id = await send(item(promised('Empty', { gadgets: [own] })))
    const [there] = await connection.read.gadgets(id)
    expect(await connection.read.gadgetSettings(id, there?.id ?? '')).toEqual({})
  })

  test.runIf(existsSync(document))('asked as the official document says', () => {
    const checker = openApiChecker(document)
    const api = site.exchanges.filter(({ path }) => path.startsWith('/rest/'))
    expect(api.flatMap((exchange) => checker.check(exchange))).toEqual([])
  })
})
