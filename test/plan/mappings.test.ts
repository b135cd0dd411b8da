import { describe, expect, test } from 'vitest'
import { createMappings } from '../../agent/plan/mappings.ts'
import type { MappedKind } from '../../shared/mapping.ts'
import type { PlanOptions } from '../../shared/plan.ts'
import type { ChosenAccount } from '../../shared/plan-options.ts'
import { frame, plan, project, site, siteFilter, user } from '../support/plan-source.ts'

const account = (accountId: string, displayName: string) => ({
  accountId,
  displayName,
  email: `${accountId}@example.com`,
})
const facts = site({
  accounts: { 'fred@example.com': account('fred', 'Fred Cloud') },
  statuses: [{ id: '9', name: 'OPEN', category: 'TODO' }],
  priorities: [],
})
const choices = new Map<string, ChosenAccount>([
  ['hand', { how: 'account', account: account('acc-9', 'Somebody Else') }],
  ['kept', { how: 'placeholder' }],
  ['gone', { how: 'leave' }],
])

/** The mappings of a small source by this site, and a way to look one up by its name at the source. */
async function mapped(options: Partial<PlanOptions> = {}) {
  const people = ['fred', 'hand', 'kept', 'gone', 'nobody'].map((key) => user(key))
  const mappings = createMappings(facts, choices)
  for (const item of await plan({ user: people }, facts, { choices, ...options }))
    mappings.see(item)
  const rows = mappings.end()
  return (kind: MappedKind, name: string) => {
    const found = rows.filter((row) => row.kind === kind && row.name === name)
    expect(found, `${kind} ${name}`).toHaveLength(1)
    return found[0]
  }
}

describe('who becomes whom', () => {
  test('tells an account found by its address from one that a person chose', async () => {
    const of = await mapped()
    expect(of('user', 'Fred')).toMatchObject({
      how: 'email',
      siteName: 'Fred Cloud',
      siteId: 'fred',
    })
    expect(of('user', 'Hand')).toMatchObject({
      how: 'choice',
      siteName: 'Somebody Else',
      siteId: 'acc-9',
    })
  })

  test('tells who is kept as text, and who was left out by choice, each with the reason', async () => {
    const of = await mapped()
    const none = { siteName: null, siteId: null, why: expect.stringContaining('account') }
    expect(of('user', 'Nobody')).toMatchObject({ how: 'text', ...none })
    expect(of('user', 'Kept')).toMatchObject({ how: 'text', ...none })
    expect(of('user', 'Gone')).toMatchObject({ how: 'leftOut', ...none })
  })
})

describe('which name becomes what', () => {
  const name = (table: 'status' | 'priority', n: number) => frame()[table]?.[n]?.name ?? ''
  test('is used where the site has it, in its spelling, and new elsewhere', async () => {
    const of = await mapped()
    expect(name('status', 0)).toBe('Open')
    expect(of('status', 'Open')).toMatchObject({ how: 'used', siteName: 'OPEN' })
    const priority = name('priority', 0)
    expect(of('priority', priority)).toMatchObject({ how: 'new', siteName: priority })
  })

  test('is told of roles, categories and filters, too', async () => {
    const there = site({
      roles: [{ id: '1', name: 'administrators', description: '' }],
      categories: [{ id: '1', name: 'BACK OFFICE', description: '' }],
      filters: [siteFilter('77', 'Mine')],
    })
    const mappings = createMappings(there)
    const filter = { owner: 'fred', jql: 'project = PAY', description: null }
    const roles = ['Administrators', 'Reviewers'].map((name, i) => ({
      ...{ id: `${i + 1}`, name, description: null },
    }))
    const source = {
      ...{ user: [user('fred')], role: roles },
      projectCategory: [
        { id: '1', name: 'Back office', description: null },
        { id: '2', name: 'Shop', description: null },
      ],
      project: [{ ...project('PAY'), categoryId: '1' }],
      filter: [
        { ...filter, id: '1', name: 'Mine' },
        { ...filter, id: '2', name: 'Other' },
      ],
    }
    for (const item of await plan(source, there)) mappings.see(item)
    const of = (kind: MappedKind) =>
      mappings
        .end()
        .filter((row) => row.kind === kind)
        .map(({ name, how, siteName }) => [name, how, siteName])
    expect(of('role')).toEqual([
      ['Administrators', 'used', 'administrators'],
      ['Reviewers', 'new', 'Reviewers'],
    ])
    expect(of('projectCategory')).toEqual([
      ['Back office', 'used', 'BACK OFFICE'],
      ['Shop', 'new', 'Shop'],
    ])
    expect(of('filter')).toEqual([
      ['Mine', 'renamed', 'Mine (2)'],
      ['Other', 'new', 'Other'],
    ])
  })

  test('is renamed or left out where a person said so', async () => {
    const rules = { issueType: 'reuse', linkType: 'reuse', priority: 'reuse', resolution: 'reuse' }
    const more = { field: 'reuse', group: 'reuse', filter: 'reuse' }
    const collisions = (status: 'rename' | 'stop') =>
      ({ ...rules, ...more, status }) as NonNullable<PlanOptions['collisions']>
    const renamed = await mapped({ collisions: collisions('rename') })
    expect(renamed('status', 'Open')).toMatchObject({ how: 'renamed', siteName: 'Open (2)' })
    const stopped = await mapped({ collisions: collisions('stop') })
    expect(stopped('status', 'Open')).toMatchObject({
      how: 'leftOut',
      siteName: null,
      why: expect.stringContaining('you chose to stop'),
    })
  })
})
