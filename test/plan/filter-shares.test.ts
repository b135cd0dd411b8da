import { describe, expect, test } from 'vitest'
import { compareShares } from '../../agent/verify/filter-shares.ts'
import type { FilterShare } from '../../shared/filter-shares.ts'
import type { ShareRow } from '../../shared/scheme-rows.ts'
import type { Rows } from '../support/memory-snapshot.ts'
import { codes, one, plan, project, site } from '../support/plan-source.ts'

const share = (
  type: string,
  first: string | null = null,
  own: Partial<ShareRow> = {},
): ShareRow => ({
  id: `${type}-${first}`,
  entity: 'filter',
  entityId: '1',
  type,
  first,
  second: null,
  edit: 0,
  ...own,
})
const filter = (owner: string) => ({
  id: '1',
  name: 'Open ones',
  owner,
  jql: 'project = PAY',
  description: null,
})
const role = { id: '10', name: 'Developers', description: null }
const group = (name: string) => ({ name, description: null, active: 1 as const })

const account = (name: string) => ({
  accountId: `a-${name}`,
  displayName: name,
  email: `${name}@example.com`,
})
const accounts = { 'fred@example.com': account('fred'), 'mary@example.com': account('mary') }

async function shared(shares: ShareRow[], own: Rows = {}, owner = 'fred') {
  const rows: Rows = {
    role: [role],
    group: [group('devs'), group('site-admins')],
    filter: [filter(owner)],
    share: shares,
    ...own,
  }
  return one(await plan(rows, site({ accounts })), 'filter', '1')
}

describe('with whom a filter is shared', () => {
  test('are the same groups, projects, roles and users as at the source', async () => {
    const { promise } = await shared([
      share('group', 'devs'),
      share('project', 'p-PAY'),
      share('project', 'p-PAY', { second: '10' }),
      share('user', 'mary'),
    ])
    const expected: FilterShare[] = [
      { to: 'group', group: 'devs' },
      { to: 'project', projectKey: 'PAY' },
      { to: 'role', projectKey: 'PAY', role: 'Developers' },
      { to: 'user', accountId: 'a-mary' },
    ]
    expect(promise.shares).toEqual(expected)
  })

  test('is everybody who is logged in, and never the whole web', async () => {
    const loggedIn = await shared([share('loggedin'), share('group', 'devs')])
    expect(loggedIn.promise.shares).toEqual([{ to: 'everyone' }])
    expect(codes(loggedIn)).not.toContain('share-narrowed')
    const web = await shared([share('global')])
    expect(web.promise.shares).toEqual([{ to: 'everyone' }])
    expect(codes(web)).toContain('share-narrowed')
  })

  test('says before the run which shares the site cannot have', async () => {
    const item = await shared([
      share('group', 'site-admins'),
      share('group', 'gone'),
      share('project', 'p-GONE'),
      share('project', 'p-PAY', { second: '99' }),
      share('user', 'stranger'),
      share('project-unknown'),
    ])
    expect(item.promise.shares).toEqual([])
    expect(item.losses.filter((loss) => loss.code === 'share-lost')).toHaveLength(6)
  })

  test('of a project that does not move is a loss, too', async () => {
    const rows = { project: [project('PAY'), project('TWO')] }
    const items = await plan(
      { ...rows, filter: [filter('fred')], share: [share('project', 'p-TWO')] },
      site(),
      { projects: ['PAY'] },
    )
    expect(codes(one(items, 'filter', '1'))).toContain('share-lost')
  })

  test('who might change it still may, and its owner, who no longer owns it', async () => {
    const item = await shared([share('group', 'devs', { edit: 1 })], {}, 'mary')
    expect(item.promise.shares).toEqual([])
    expect(item.promise.editors).toEqual([
      { to: 'user', accountId: 'a-mary' },
      { to: 'group', group: 'devs' },
    ])
    expect(item.losses.find((loss) => loss.code === 'filter-owner')?.text).toContain(
      'may see and change',
    )
  })

  test('is nobody where nobody was, which is a loss only where its owner has no account', async () => {
    expect(codes(await shared([], {}, 'mary'))).not.toContain('filter-private')
    expect(codes(await shared([], {}, 'nobody'))).toContain('filter-private')
  })
})

describe('shares that were read back', () => {
  const promise = { name: '', description: '', jql: '', owner: 'mary' }
  const mary: FilterShare = { to: 'user', accountId: 'mary' }
  const devs: FilterShare = { to: 'group', group: 'devs' }

  test('are equal in any order, and a missing one shows', () => {
    const wanted = { ...promise, shares: [devs, mary], editors: [] }
    const there = { ownerAccountId: 'me', shares: [mary, devs], editors: [] }
    expect(compareShares(wanted, there, false)).toEqual([])
    expect(compareShares(wanted, { ...there, shares: [mary] }, false)).toEqual([
      {
        field: 'shared with',
        promised: 'the account mary, the group devs',
        found: 'the account mary',
      },
    ])
  })

  test('of another program may leave the filter with its owner', () => {
    const wanted = { ...promise, shares: [], editors: [mary, devs] }
    const there = { ownerAccountId: 'mary', shares: [devs], editors: [] }
    expect(compareShares(wanted, there, true)).toEqual([])
    expect(compareShares(wanted, { ...there, shares: [] }, true)).toHaveLength(1)
  })
})
