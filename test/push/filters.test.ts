import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Connection, connectSite } from '../../agent/cloud/connect.ts'
import type { ItemRow } from '../../agent/ledger/items.ts'
import type { PushContext } from '../../agent/push/sender.ts'
import { filter } from '../../agent/push/senders/filters.ts'
import { createSiteNames } from '../../agent/push/site-names.ts'
import type { FilterPromise } from '../../shared/filter-shares.ts'
import { recordedSite } from '../cloud/recorded-site.ts'
import { callerOf, newProject } from '../practice/caller.ts'
import { testLedger } from '../support/ledger.ts'

let site: Awaited<ReturnType<typeof recordedSite>>
let connection: Connection
let place: Awaited<ReturnType<typeof testLedger>>
let ctx: PushContext
let said: string[]
let mary: string

beforeAll(async () => {
  site = await recordedSite()
  const { url, email, token } = site
  const { signal } = new AbortController()
  connection = await connectSite({ url, email, token, signal, pace: 'off', onPause: () => {} })
  await newProject(callerOf(fetch, site), 'PAY')
  site.practice.addAccounts([{ email: 'mary@example.com', displayName: 'Mary' }])
  mary = (await connection.read.findAccounts('mary'))[0]?.accountId ?? ''
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

const item = (own: Partial<FilterPromise> & { name: string }): ItemRow =>
  ({
    promiseJson: JSON.stringify({ description: '', jql: 'project = PAY', ...own }),
  }) as ItemRow
const ids = async (row: ItemRow) => (await filter.find(ctx, [row]))[0]
const send = async (row: ItemRow) => {
  const [outcome] = await filter.send(ctx, [row])
  if (!outcome?.ok) throw new Error(outcome?.text ?? 'no outcome')
  return outcome.siteId
}

describe('sending a filter', () => {
  test('makes it with its shares, then says who may change it', async () => {
    const row = item({
      name: 'Whole',
      shares: [{ to: 'role', projectKey: 'PAY', role: 'Administrators' }],
      editors: [{ to: 'user', accountId: mary }],
    })
    const id = await send(row)
    expect(await connection.read.filterShares(id)).toMatchObject({
      shares: [{ to: 'role', projectKey: 'PAY', role: 'Administrators' }],
      editors: [{ to: 'user', accountId: mary }],
    })
    expect(said).toEqual([])
    expect(await ids(row)).toBe(id)
  })

  test('that died between the two requests is not called done, and is not made twice', async () => {
    const row = item({ name: 'Half', shares: [], editors: [{ to: 'user', accountId: mary }] })
    const half = { name: 'Half', description: '', jql: 'project = PAY' }
    const made = await connection.write.createFilter(half, half.jql, [])
    expect(made.ok).toBe(true)
    expect(await ids(row)).toBeNull()
    expect(await send(row)).toBe(made.ok && made.siteId)
    expect(await ids(row)).toBe(made.ok && made.siteId)
    expect(await connection.read.filters('Half', 'mine')).toHaveLength(1)
  })

  test('leaves it private where the site has not what it is shared with, and says so', async () => {
    const row = item({
      name: 'Private',
      shares: [
        { to: 'group', group: 'nobody' },
        { to: 'user', accountId: '712020:gone' },
      ],
    })
    const id = await send(row)
    expect((await connection.read.filterShares(id))?.shares).toEqual([])
    expect(said.join(' ')).toContain('the group nobody is not there')
    expect(said.join(' ')).toContain('with whom it is shared')
  })
})
