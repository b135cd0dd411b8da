import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Connection, connectSite } from '../../agent/cloud/connect.ts'
import type { ShareTarget } from '../../agent/cloud/writing.ts'
import { callerOf, newProject } from '../practice/caller.ts'
import { openApiChecker } from '../support/openapi.ts'
import { recordedSite } from './recorded-site.ts'

const document = resolve(import.meta.dirname, '../../../shared/openapi/jira-cloud-platform-v3.json')
let site: Awaited<ReturnType<typeof recordedSite>>
let connection: Connection
let projectId: string
let groupId: string

beforeAll(async () => {
  site = await recordedSite()
  const { url, email, token } = site
  const { signal } = new AbortController()
  connection = await connectSite({ url, email, token, signal, pace: 'off', onPause: () => {} })
  projectId = String(await newProject(callerOf(fetch, site), 'PAY'))
  groupId = (await connection.read.groups(['site-admins']))[0]?.id ?? ''
})
afterAll(async () => {
  await connection.close()
  await site.close()
})

const make = (name: string, shares: ShareTarget[]) =>
  connection.write.createFilter(
    { name, description: '', jql: 'project = PAY' },
    'project = PAY',
    shares,
  )
const idOf = (outcome: Awaited<ReturnType<typeof make>>) => {
  if (!outcome.ok) throw new Error(outcome.text)
  return outcome.siteId
}

describe('a filter on a site', () => {
  test('is shared with groups, projects, roles and users, and read back so', async () => {
    const { accountId } = (
      await connection.read.facts({ emails: [], projectKeys: [], projectNames: [] })
    ).me
    const id = idOf(
      await make('All ways', [
        { to: 'group', groupId },
        { to: 'project', projectId },
        { to: 'role', projectId, roleId: '10002' },
        { to: 'user', accountId },
      ]),
    )
    expect(await connection.read.filterShares(id)).toEqual({
      ownerAccountId: accountId,
      shares: [
        { to: 'group', group: 'site-admins' },
        { to: 'project', projectKey: 'PAY' },
        { to: 'role', projectKey: 'PAY', role: 'Administrators' },
        { to: 'user', accountId },
      ],
      editors: [],
    })
  })

  test('is told who may change it once it is there', async () => {
    const promise = { name: 'Edited', description: 'd', jql: 'project = PAY' }
    const id = idOf(await make('Edited', [{ to: 'everyone' }]))
    const to = {
      shares: [{ to: 'everyone' as const }],
      editors: [{ to: 'group' as const, groupId }],
    }
    expect(await connection.write.shareFilter(id, promise, promise.jql, to)).toMatchObject({
      ok: true,
    })
    expect(await connection.read.filterShares(id)).toMatchObject({
      shares: [{ to: 'everyone' }],
      editors: [{ to: 'group', group: 'site-admins' }],
    })
  })

  test('is not made where the site refuses a share, and is null where there is none', async () => {
    const refused = await make('Refused', [{ to: 'group', groupId: 'none' }])
    expect(refused).toMatchObject({ ok: false })
    expect(await connection.read.filterShares('4711')).toBeNull()
  })

  test.runIf(existsSync(document))('was asked as the official document says', () => {
    const checker = openApiChecker(document)
    const api = site.exchanges.filter(({ path }) => path.startsWith('/rest/'))
    expect(api.flatMap((exchange) => checker.check(exchange))).toEqual([])
  })
})
