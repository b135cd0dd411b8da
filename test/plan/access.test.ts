import { describe, expect, test } from 'vitest'
import { codes, ofKind, one, plan, project, site, user } from '../support/plan-source.ts'

const group = (name: string) => ({ name, description: null, active: 1 as const })
const member = (groupName: string, child: string, childKind: 'user' | 'group' = 'user') => ({
  groupName,
  childKind,
  child,
})
const actor = (id: string, actorKind: 'user' | 'group', who: string, projectId: string | null) => ({
  id,
  projectId,
  roleId: '1',
  actorKind,
  actor: who,
})
const roles = [{ id: '1', name: 'Developers', description: 'Who build it' }]

describe('groups', () => {
  test('arrive before their members; nested ones and people without account stay', async () => {
    const items = await plan({
      group: [group('builders')],
      membership: [
        member('builders', 'fred'),
        member('builders', 'mary'),
        member('builders', 'others', 'group'),
        member('gone', 'fred'),
      ],
    })
    expect(ofKind(items, 'membership').map((item) => item.leftOut?.code ?? item.promise)).toEqual([
      { group: 'builders', accountId: 'a-fred' },
      'no-account',
      'nested-group',
      'dangling',
    ])
    const lanes = items.filter(({ kind }) => kind === 'group' || kind === 'membership')
    expect(new Set(lanes.slice(0, 3).map((item) => item.lane))).toEqual(new Set(['group builders']))
  })

  test('that the site has are joined, and it is said before who gains by it', async () => {
    const rows = { group: [group('Staff')], membership: [member('Staff', 'fred')] }
    const item = one(await plan(rows, site({ groups: ['staff'] })), 'group')
    expect(item.promise.name).toBe('staff')
    expect(item.losses[0]?.text).toContain('gain all that it gives there: Fred')
    // What an earlier run made is not taken for somebody else's.
    const filled = one(await plan(rows, site({ groups: ['staff'], filled: true })), 'group')
    expect(codes(filled)).toEqual([])
  })

  test.each(['site-admins', 'jira-administrators', 'Org-Admins', 'jira-admins-acme'])(
    'of administrators are never filled: %s',
    async (name) => {
      const items = await plan({
        group: [group(name)],
        membership: [member(name, 'fred')],
        role: roles,
        roleActor: [actor('1', 'group', name, 'p-PAY')],
      })
      for (const kind of ['group', 'membership', 'roleActor'] as const)
        expect(one(items, kind).leftOut?.code).toBe('admin-group')
    },
  )
})

describe('roles', () => {
  test('are used by name, and people and groups get them in the projects that move', async () => {
    const items = await plan(
      {
        user: [user('fred'), user('mary')],
        project: [project('PAY')],
        group: [group('builders')],
        role: roles,
        roleActor: [
          actor('1', 'user', 'fred', 'p-PAY'),
          actor('2', 'user', 'mary', 'p-PAY'),
          actor('3', 'group', 'builders', 'p-PAY'),
          actor('4', 'user', 'fred', null),
          actor('5', 'user', 'fred', 'p-GONE'),
        ],
      },
      site({ roles: [{ id: '7', name: 'developers', description: 'Other words' }] }),
    )
    const role = one(items, 'role')
    expect(role.promise).toEqual({ name: 'developers', description: 'Other words' })
    expect(codes(role)).toEqual(['name-on-site', 'site-keeps-own'])
    expect(
      ofKind(items, 'roleActor').map((item) => item.leftOut?.code ?? item.promise.actor),
    ).toEqual([
      { accountId: 'a-fred' },
      'no-account',
      { group: 'builders' },
      'default-actor',
      'dangling',
    ])
  })
})

test('a project keeps its category', async () => {
  const items = await plan({
    project: [project('PAY', { categoryId: '5' })],
    projectCategory: [{ id: '5', name: 'Money', description: 'All of it' }],
  })
  expect(one(items, 'project').promise.category).toBe('Money')
  expect(one(items, 'projectCategory').promise).toEqual({ name: 'Money', description: 'All of it' })
})
