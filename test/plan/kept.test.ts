import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { createMappings } from '../../agent/plan/mappings.ts'
import type { PlanOptions, SiteFacts } from '../../shared/plan.ts'
import type { FilterRow } from '../../shared/rows.ts'
import { CollisionOptions, type Collisions } from '../../shared/setup.ts'
import type { Rows } from '../support/memory-snapshot.ts'
import {
  codes,
  issue,
  ofKind,
  plan,
  project,
  site,
  siteFilter,
  user,
} from '../support/plan-source.ts'

const filter = (id: string, own: Partial<FilterRow> = {}): FilterRow => ({
  ...{ id, name: 'Open', owner: 'fred', jql: 'project = PAY', description: null },
  ...own,
})
const fred = { owner: { accountId: 'a-fred', displayName: 'Fred' } }
const ann = { owner: { accountId: 'a-ann', displayName: 'Ann Lee' } }
const rules = (own: Partial<Collisions>) => v.parse(CollisionOptions, own)
const filters = async (rows: Rows, facts: SiteFacts, options: Partial<PlanOptions> = {}) =>
  ofKind(await plan(rows, facts, { collisions: rules({ filter: 'reuse' }), ...options }), 'filter')

describe('which filter of the site stands for one of the source', () => {
  const several = [
    siteFilter('30', 'open', ann),
    siteFilter('9', 'Open'),
    siteFilter('100', 'OPEN', fred),
  ]

  test('is that of the same person, then that of the token, then the oldest, and each but once', async () => {
    const rows = ['1', '2', '3', '4'].map((id) => filter(id, { owner: id === '3' ? 'fred' : null }))
    const found = await filters({ filter: rows }, site({ filters: several }))
    expect(found.map(({ promise }) => promise.kept?.id ?? null)).toEqual(['9', '30', '100', null])
    expect(found[3]?.promise.name).toBe('Open (2)')
    const told = found[2]?.losses.find(({ code }) => code === 'kept-of-several')?.text
    expect(told).toBe(
      'The site has 3 filters of this name (number 9 of The Mover, number 30 of Ann Lee, number 100 of Fred): number 100 is used, whose owner is the same person.',
    )
  })

  test('is told with its number among who becomes what, and takes the place of one that stays', async () => {
    const facts = site({ filters: [siteFilter('30', 'Open', ann)] })
    const mappings = createMappings(facts)
    const rows = { filter: [filter('1', { jql: 'project = GONE' })] }
    const items = await plan(rows, facts, { collisions: rules({ filter: 'reuse' }) })
    for (const item of items) mappings.see(item)
    const row = mappings.end().find(({ kind }) => kind === 'filter')
    expect(row).toMatchObject({ how: 'used', siteName: 'Open', siteId: '30' })
    const [own] = ofKind(items, 'filter')
    expect(own?.promise).toMatchObject({ jql: 'project = PAY', kept: { id: '30' } })
    expect(own?.losses.find(({ code }) => code === 'kept-jql')?.text).toContain('GONE')
    expect(own && codes(own)).toEqual(['kept-jql', 'kept-owner'])
  })

  test('is none where nobody chose it, and stops what a person wants stopped', async () => {
    const facts = site({ filters: several })
    const [beside] = ofKind(await plan({ filter: [filter('1')] }, facts), 'filter')
    expect(beside?.promise).toMatchObject({ name: 'Open (2)' })
    expect(beside?.promise.kept).toBeUndefined()
    const collisions = rules({ filter: 'stop' })
    const [stopped] = await filters({ filter: [filter('1')] }, facts, { collisions })
    expect(stopped?.leftOut?.code).toBe('stopped-by-name')
    // A verification of what a migration made meets nothing.
    const [verified] = await filters({ filter: [filter('1')] }, { ...facts, filled: true })
    expect(verified?.promise.name).toBe('Open')
  })
})

describe('the JQL of a filter that is used', () => {
  const type = 'com.atlassian.jira.plugin.system.customfieldtypes:textfield'
  const rows: Rows = {
    user: [user('fred')],
    project: [project('PAY')],
    issue: [issue('PAY-1')],
    customField: [{ id: '7', name: 'Team', type, description: null, searcher: null }],
    filter: [
      filter('1', { jql: 'Team ~ red and project = PAY' }),
      filter('2', { name: 'On it', jql: 'filter = Open' }),
    ],
  }
  const asks = (jql: string, onIt = 'filter = 30') => [
    siteFilter('30', 'Open', { ...fred, jql }),
    siteFilter('31', 'On it', { ...fred, jql: onIt }),
  ]
  const field = { id: 'customfield_10055', name: 'Team', type, description: '', locked: false }

  test('is the same where it names the fields and filters that the site has already', async () => {
    const there = asks('cf[10055] ~ red AND  project = PAY')
    const same = await filters(rows, site({ customFields: [field], filters: there }))
    expect(same.map(codes)).toEqual([[], []])
  })

  test('differs where a field or filter that it names is made by the run, and is told in names', async () => {
    const made = await filters(rows, site({ filters: asks('cf[10055] ~ red AND project = PAY') }))
    expect(made.map(codes)).toEqual([['kept-jql'], []])
    expect(made[0]?.losses[0]?.text).toContain('would ask "Team ~ red and project = PAY".')
    const quoted = await filters(rows, site({ filters: asks('x', 'filter = 29') }))
    expect(quoted[1]?.losses[0]?.text).toContain(
      'asks "filter = 29"; the source\'s would ask "filter = Open"',
    )
  })
})
