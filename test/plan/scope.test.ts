import { describe, expect, test } from 'vitest'
import { projectsNamed } from '../../agent/plan/linked.ts'
import type { PlannedItem, PlanOptions } from '../../shared/plan.ts'
import type { SetupOptions } from '../../shared/plan-options.ts'
import { type Collisions, collisionKinds, type Scope } from '../../shared/setup.ts'
import type { Rows } from '../support/memory-snapshot.ts'
import {
  attachment,
  codes,
  comment,
  issue,
  ofKind,
  one,
  plan,
  project,
  site,
  user,
  worklog,
} from '../support/plan-source.ts'

const scope = (own: Partial<Scope>): NonNullable<SetupOptions['scope']> => ({
  archived: true,
  attachments: 'with',
  people: 'all',
  memberships: true,
  filters: 'all',
  dashboards: 'all',
  boards: 'all',
  ...own,
})
const rules = (own: Partial<Collisions>): Collisions => ({
  ...(Object.fromEntries(collisionKinds.map((kind) => [kind, 'reuse'])) as Collisions),
  ...own,
})
const ids = (items: PlannedItem[]) => items.map((item) => `${item.kind}/${item.sourceId}`)
const counted = (items: PlannedItem[]) =>
  items.filter((item) => item.leftOut !== null || item.promise !== null)

const rows = {
  project: [project('PAY'), project('OLD', { archived: 1 })],
  user: [user('fred'), user('mary'), user('zoe')],
  issue: [
    issue('PAY-1', { assignee: 'mary' }),
    issue('OLD-1', { reporter: 'zoe', creator: 'zoe' }),
  ],
  comment: [comment('1', 'OLD-1')],
  attachment: [attachment('1', 'PAY-1'), attachment('2', 'PAY-1', { filename: 'log.txt' })],
}
const findFile = () => ({ path: '/files/1', size: 10 })

describe('the scope', () => {
  test('leaves archived projects where they are, with all that is in them', async () => {
    const items = await plan(rows, site(), { scope: scope({ archived: false }) })
    for (const [kind, id] of [
      ['project', 'p-OLD'],
      ['issue', 'i-OLD-1'],
      ['comment', '1'],
    ] as const)
      expect(one(items, kind, id).leftOut?.code).toBe('archived-out-of-scope')
    expect(one(items, 'project', 'p-PAY').leftOut).toBeNull()
  })

  test('gives every row its one item, whatever is chosen', async () => {
    const all = ids(counted(await plan(rows, site(), { findFile })))
    const some = await plan(rows, site(), {
      findFile,
      scope: scope({ archived: false, people: 'related', attachments: 'without', filters: 'none' }),
      collisions: rules({ issueType: 'stop' }),
    })
    const kinds = new Set([
      'user',
      'project',
      'issue',
      'comment',
      'attachment',
      'issueType',
      'status',
    ])
    const source = (list: string[]) => list.filter((id) => kinds.has(id.split('/')[0] ?? '')).sort()
    expect(source(ids(some))).toEqual(source(all))
  })

  test('takes only the users whom the moved projects name', async () => {
    const items = await plan(rows, site(), {
      projects: ['PAY'],
      scope: scope({ people: 'related' }),
    })
    expect(one(items, 'user', 'fred').leftOut).toBeNull()
    expect(one(items, 'user', 'mary').leftOut?.code).toBe('no-account')
    expect(one(items, 'user', 'zoe').leftOut?.code).toBe('not-related')
  })

  test('sends no files where none are wanted, and no note of who attached them', async () => {
    const items = await plan(rows, site(), { findFile, scope: scope({ attachments: 'without' }) })
    expect(ofKind(items, 'attachment').map((item) => item.leftOut?.code)).toEqual([
      'not-in-scope',
      'not-in-scope',
    ])
    expect(ofKind(items, 'note')).toEqual([])
  })
})

describe('users and groups', () => {
  const group = (name: string) => ({ name, description: null, active: 1 as const })
  const actor = (id: string, projectId: string, name: string) => ({
    ...{ id, projectId, roleId: '10', actorKind: 'group' as const, actor: name },
  })
  const own = {
    ...rows,
    group: ['pay-role', 'old-role', 'nobodys'].map(group),
    role: [{ id: '10', name: 'Developers', description: null }],
    roleActor: [actor('1', 'p-PAY', 'pay-role'), actor('2', 'p-OLD', 'old-role')],
  }
  const moving = async (of: Rows, options: Partial<PlanOptions>) =>
    ofKind(await plan(of, site(), options), 'group').flatMap((item) =>
      item.leftOut ? [] : [item.sourceId],
    )

  test.each([
    [null, 'all', ['pay-role', 'old-role', 'nobodys']],
    [null, 'related', ['pay-role', 'old-role']],
    [['PAY'], 'all', ['pay-role', 'old-role', 'nobodys']],
    [['PAY'], 'related', ['pay-role']],
  ] as const)('of the projects %j, %s: the groups %j', async (projects, people, expected) => {
    const options = { projects: projects && [...projects], scope: scope({ people }) }
    expect(await moving(own, options)).toEqual(expected)
  })

  test('are those of the chosen projects where nobody said anything of them', async () => {
    expect(await moving(own, { projects: ['PAY'] })).toEqual(['pay-role'])
    expect(await moving(own, {})).toEqual(['pay-role', 'old-role', 'nobodys'])
  })

  test('are related by schemes, levels, fields, JQL and shares of what moves, and by nothing of what stays', async () => {
    const share = (id: string, entityId: string, first: string) => ({
      ...{ id, entity: 'filter' as const, entityId, type: 'group', first },
      ...{ second: null, edit: 0 as const },
    })
    const scheme = (kind: 'permission' | 'security' | 'notification', of: string, id: string) => ({
      ...{ kind, projectId: `p-${of}`, schemeId: id },
    })
    const holder = (id: string, schemeId: string, who: string, word = 'group') => ({
      ...{ id, schemeId, holder: word, parameter: who },
    })
    const names = ['permitted', 'secure', 'told', 'reads', 'logs', 'picked', 'asked', 'shared']
    const value = (id: string, key: string, fieldId: string, stringValue: string) => ({
      ...{ id, issueId: `i-${key}`, fieldId, parentKey: null, stringValue, numberValue: null },
      ...{ dateValue: null, textValue: null },
    })
    const filter = (id: string, jql: string) => ({
      ...{ id, name: `F${id}`, owner: 'fred', jql, description: null },
    })
    const field = (id: string, type: string) => ({
      ...{ id, name: `Field ${id}`, description: null, searcher: null },
      type: `com.atlassian.jira.plugin.system.customfieldtypes:${type}`,
    })
    const all: Rows = {
      ...rows,
      group: [...names, ...names.map((name) => `old-${name}`)].map(group),
      projectScheme: ['PAY', 'OLD'].flatMap((key) => [
        scheme('permission', key, `${key}-p`),
        scheme('security', key, `${key}-s`),
        scheme('notification', key, `${key}-n`),
      ]),
      permissionGrant: [
        { ...holder('1', 'PAY-p', 'permitted'), permission: 'BROWSE_PROJECTS' },
        { ...holder('2', 'OLD-p', 'old-permitted'), permission: 'BROWSE_PROJECTS' },
      ],
      securityMember: [
        { ...holder('1', 'PAY-s', 'secure'), levelId: '1' },
        { ...holder('2', 'OLD-s', 'old-secure'), levelId: '2' },
      ],
      notification: [
        { ...holder('1', 'PAY-n', 'told', 'Group_Dropdown'), eventId: '1' },
        { ...holder('2', 'OLD-n', 'old-told', 'Group_Dropdown'), eventId: '1' },
      ],
      comment: [
        comment('1', 'PAY-1', { groupLevel: 'reads' }),
        comment('2', 'OLD-1', { groupLevel: 'old-reads' }),
      ],
      worklog: [
        worklog('1', 'PAY-1', { groupLevel: 'logs' }),
        worklog('2', 'OLD-1', { groupLevel: 'old-logs' }),
      ],
      customField: [field('70', 'multigrouppicker')],
      fieldValue: [value('1', 'PAY-1', '70', 'picked'), value('2', 'OLD-1', '70', 'old-picked')],
      filter: [
        filter('1', 'project = PAY AND assignee in membersOf("asked")'),
        filter('2', 'project = OLD AND assignee in membersOf("old-asked")'),
      ],
      share: [share('1', '1', 'shared'), share('2', '2', 'old-shared')],
    }
    const options = { projects: ['PAY'], scope: scope({ people: 'related', filters: 'linked' }) }
    expect(await moving(all, options)).toEqual(names)
  })

  test('are related by history, chosen people and mentions, too', async () => {
    const people = ['changed', 'picked', 'mentioned', 'told', 'old']
    const items = await plan(
      {
        ...rows,
        user: [user('fred'), ...people.map((key) => user(key))],
        issue: [
          issue('PAY-1', { description: 'Ask [~Mentioned], not [~nobody]' }),
          issue('OLD-1', { description: '[~old]' }),
        ],
        comment: [comment('1', 'PAY-1', { body: 'So says [~told]' })],
        changeGroup: [{ id: '1', issueId: 'i-PAY-1', author: 'changed', created: null }],
        customField: [
          {
            ...{ id: '70', name: 'Who', description: null, searcher: null },
            type: 'com.atlassian.jira.plugin.system.customfieldtypes:userpicker',
          },
        ],
        fieldValue: [
          {
            ...{ id: '1', issueId: 'i-PAY-1', fieldId: '70', parentKey: null, textValue: null },
            ...{ stringValue: 'picked', numberValue: null, dateValue: null },
          },
        ],
      },
      site(),
      { projects: ['PAY'], scope: scope({ people: 'related' }) },
    )
    const out = ofKind(items, 'user').filter((item) => item.leftOut?.code === 'not-related')
    expect(out.map((item) => item.sourceId)).toEqual(['old'])
  })
})

describe('files alone', () => {
  const onSite =
    (summary: string, files: { filename: string; size: number }[] = []) =>
    async (keys: readonly string[]) =>
      new Map(keys.map((key) => [key, { summary, origin: null, files }]))
  const there = site({ projects: [{ id: '1', key: 'PAY', name: 'The PAY project' }] })
  const only = (own: Partial<SetupOptions>) =>
    plan(rows, there, {
      projects: ['PAY'],
      findFile,
      scope: scope({ attachments: 'only' }),
      ...own,
    })

  test('go to the issue of the same key and summary, and nothing else is made', async () => {
    const items = await only({ onSite: onSite('Summary of PAY-1') })
    expect(items.filter((item) => !item.leftOut).map((item) => item.kind)).toEqual([
      'attachment',
      'attachment',
      'note',
    ])
    expect(one(items, 'issue', 'i-PAY-1').leftOut?.code).toBe('files-only')
  })
  test('never go to another issue that took the key', async () => {
    const items = await only({ onSite: onSite('Something else') })
    expect(ofKind(items, 'attachment').map((item) => item.leftOut?.code)).toEqual([
      'another-issue',
      'another-issue',
    ])
  })
  test('never go there twice', async () => {
    const items = await only({
      onSite: onSite('Summary of PAY-1', [{ filename: 'log.txt', size: 10 }]),
    })
    expect(one(items, 'attachment', '2').leftOut?.code).toBe('file-there')
    expect(one(items, 'attachment', '1').leftOut).toBeNull()
  })
  test('stay where the project or the issue is not on the site', async () => {
    const nowhere = await plan(rows, site(), { findFile, scope: scope({ attachments: 'only' }) })
    expect(one(nowhere, 'attachment', '1').leftOut?.code).toBe('project-not-there')
    const gone = await only({ onSite: async () => new Map() })
    expect(one(gone, 'attachment', '1').leftOut?.code).toBe('issue-not-there')
  })
})

describe('a chosen account', () => {
  const chosen = { accountId: 'a-zoe', displayName: 'Zoe Z', email: null }
  test('stands instead of the match by address', async () => {
    const items = await plan(rows, site(), {
      choices: new Map([
        ['mary', { how: 'account', account: chosen }],
        ['fred', { how: 'placeholder' }],
        ['zoe', { how: 'account', account: null }],
      ]),
    })
    expect(one(items, 'user', 'mary').promise.accountId).toBe('a-zoe')
    expect(one(items, 'user', 'fred').leftOut?.code).toBe('chosen-placeholder')
    expect(one(items, 'user', 'zoe').leftOut?.code).toBe('account-missing')
    const moved = one(items, 'issue', 'i-PAY-1').promise
    expect([moved.reporterAccountId, moved.assigneeAccountId]).toEqual(['me', 'a-zoe'])
  })
})

describe('somebody whom a person left out', () => {
  const secret = user('zelda', { displayName: 'Zelda Zorn', email: 'zz@example.com' })
  const at = '2008-01-09 09:00:00.0'
  const owned = { owner: 'zelda', description: null }
  const full: Rows = {
    project: [project('PAY', { lead: 'zelda' })],
    user: [user('fred'), secret],
    issue: [
      issue('PAY-1', {
        ...{ reporter: 'zelda', creator: 'fred', assignee: 'zelda' },
        description: 'Ask [~zelda] about it',
      }),
      issue('PAY-2', { creator: 'zelda', description: 'Words by Zelda Zorn' }),
    ],
    comment: [
      comment('1', 'PAY-1', { author: 'zelda', updateAuthor: 'fred', updated: at }),
      comment('2', 'PAY-1', { updateAuthor: 'zelda', updated: at }),
    ],
    worklog: [worklog('1', 'PAY-1', { author: 'zelda' })],
    attachment: [attachment('1', 'PAY-1', { author: 'zelda' })],
    watcher: [{ issueId: 'i-PAY-1', user: 'zelda' }],
    component: [
      {
        ...{ id: '1', projectId: 'p-PAY', name: 'Core', description: null, lead: 'zelda' },
        ...{ assigneeType: '1', archived: 0 },
      },
    ],
    filter: [
      { ...owned, id: '1', name: 'Mine', jql: 'project = PAY' },
      { ...owned, id: '2', name: 'Hers', jql: 'assignee = zelda' },
    ],
    dashboard: [{ ...owned, id: '1', name: 'Wall', layout: 'AA' }],
  }
  const planned = (how: 'leave' | 'placeholder', own: Partial<PlanOptions> = {}) =>
    plan(full, site(), { findFile, choices: new Map([['zelda', { how }]]), ...own })
  const promises = (items: PlannedItem[]) =>
    JSON.stringify(items.map((item) => item.promise)).match(/zelda( zorn)?/gi) ?? []

  test('is named nowhere but where people themselves wrote the name', async () => {
    const items = await planned('leave')
    expect(promises(items)).toEqual(['Zelda Zorn'])
    expect(JSON.stringify(one(items, 'issue', 'i-PAY-2').promise)).toContain('Words by Zelda Zorn')
    expect(JSON.stringify(one(items, 'issue', 'i-PAY-1').promise)).toContain('by Former user')
    expect(JSON.stringify(one(items, 'comment', '1').promise)).not.toContain('authorKey')
    const losing = (list: PlannedItem[]) =>
      list.flatMap((item) =>
        codes(item).includes('name-left-out') ? [`${item.kind} ${item.sourceId}`] : [],
      )
    expect(losing(items)).toEqual([
      ...['issue i-PAY-1', 'issue i-PAY-2', 'comment 1', 'comment 2', 'worklog 1'],
      ...['filter 1', 'dashboard 1', 'attachment 1'],
    ])
    expect(one(items, 'user', 'zelda').leftOut).toMatchObject({ code: 'chosen-leave' })
  })

  test('is another thing than a placeholder, whose name is kept', async () => {
    const items = await planned('placeholder')
    expect(promises(items).length).toBeGreaterThan(10)
    expect(items.flatMap(codes)).not.toContain('name-left-out')
  })

  test('stands in the inventory of a site that another program filled', async () => {
    const items = await planned('leave', { held: true })
    expect(one(items, 'issue', 'i-PAY-1').promise.held?.reporter?.name).toBe('Zelda Zorn')
  })
})

describe('a name that the site has, too', () => {
  const there = site({ statuses: [{ id: '7', name: 'OPEN', category: 'TODO' }] })
  test('is numbered where a person chose to rename', async () => {
    const items = await plan(rows, there, { collisions: rules({ status: 'rename' }) })
    expect(one(items, 'status', '1').promise.name).toBe('Open (2)')
    expect(one(items, 'issue', 'i-PAY-1').promise.status).toBe('Open (2)')
  })
  test('stops what needs it where a person chose that, and nothing else', async () => {
    const own = { ...rows, issue: [issue('PAY-1'), issue('OLD-1', { status: '3' })] }
    const items = await plan(own, there, { collisions: rules({ status: 'stop' }) })
    for (const [kind, id] of [
      ['status', '1'],
      ['project', 'p-PAY'],
      ['issue', 'i-PAY-1'],
      ['attachment', '1'],
    ] as const)
      expect(one(items, kind, id).leftOut?.code).toBe('stopped-by-name')
    expect(one(items, 'issue', 'i-OLD-1').leftOut).toBeNull()
  })
})

test('a filter names its projects by key, name or id', () => {
  expect(projectsNamed('project = PAY AND status = Open')).toEqual(['PAY'])
  expect(projectsNamed('project in (PAY, "Old things", 10000) order by rank')).toEqual([
    'PAY',
    'Old things',
    '10000',
  ])
  expect(projectsNamed("assignee = me() and PROJECT='A\\'b'")).toEqual(["A'b"])
  expect(projectsNamed('project != PAY')).toEqual([])
  expect(projectsNamed('project not in (PAY)')).toEqual([])
})

describe('filters and boards', () => {
  const filter = (id: string, jql: string) => ({
    id,
    name: `Filter ${id}`,
    owner: 'fred',
    jql,
    description: null,
  })
  const board = (id: string, filterId: string) => ({
    id,
    name: `Board ${id}`,
    owner: 'fred',
    filterId,
    kind: 'scrum' as const,
  })
  const own = {
    ...rows,
    filter: [filter('1', 'project = PAY'), filter('2', 'project = OLD'), filter('3', 'filter = 2')],
    board: [board('1', '1'), board('2', '2')],
  }
  const left = (items: PlannedItem[], kind: 'filter' | 'board') =>
    Object.fromEntries(
      ofKind(items, kind).map((item) => [item.sourceId, item.leftOut?.code ?? 'moves']),
    )

  test('come along only where they belong to a project that moves', async () => {
    const items = await plan(own, site(), {
      projects: ['PAY'],
      scope: scope({ filters: 'linked', boards: 'linked' }),
    })
    expect(left(items, 'board')).toEqual({ 1: 'moves', 2: 'not-linked' })
    expect(left(items, 'filter')).toEqual({ 1: 'moves', 2: 'not-linked', 3: 'not-linked' })
  })

  test('are all of them where all were chosen, but for JQL that names what stays', async () => {
    const mine = { ...own, filter: [...own.filter, filter('4', 'assignee = currentUser()')] }
    const of = async (options: Partial<PlanOptions>) => {
      const items = await plan({ ...mine, board: [...own.board, board('4', '4')] }, site(), {
        projects: ['PAY'],
        ...options,
      })
      return [left(items, 'filter')['4'], left(items, 'board')['4'], left(items, 'filter')['2']]
    }
    const stays = 'jql-names-what-stays'
    expect(await of({ scope: scope({}) })).toEqual(['moves', 'moves', stays])
    expect(await of({ scope: scope({ filters: 'linked' }) })).toEqual(['moves', 'moves', stays])
    expect(await of({ scope: scope({ filters: 'linked', boards: 'linked' }) })).toEqual([
      ...['not-linked', 'not-linked', 'not-linked'],
    ])
    expect(await of({})).toEqual(['not-in-scope', 'filter-stays', stays])
  })

  test('a board that moves takes its filter along, and others stay', async () => {
    const items = await plan(own, site(), {
      projects: ['PAY'],
      scope: scope({ filters: 'none', boards: 'linked' }),
    })
    expect(left(items, 'board')).toEqual({ 1: 'moves', 2: 'not-linked' })
    expect(left(items, 'filter')).toEqual({ 1: 'moves', 2: 'not-in-scope', 3: 'not-in-scope' })
  })

  test('none means none', async () => {
    const items = await plan(own, site(), { scope: scope({ filters: 'none', boards: 'none' }) })
    expect(left(items, 'board')).toEqual({ 1: 'not-in-scope', 2: 'not-in-scope' })
    expect(new Set(Object.values(left(items, 'filter')))).toEqual(new Set(['not-in-scope']))
  })
})
