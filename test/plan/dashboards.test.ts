import { describe, expect, test } from 'vitest'
import type { GadgetRow, GadgetSettingRow, SiteGadgetKind } from '../../shared/dashboards.ts'
import type { DashboardRow } from '../../shared/rows.ts'
import { memorySnapshot, type Rows } from '../support/memory-snapshot.ts'
import { codes, ofKind, one, plan, project, site, siteDashboard } from '../support/plan-source.ts'

const jira = 'com.atlassian.jira.gadgets'
const address = (name: string) => `rest/gadgets/1.0/g/${jira}:${name}-gadget/gadgets/${name}.xml`
const offered: SiteGadgetKind[] = [
  { title: 'Filter Results', moduleKey: `${jira}:filter-results-dashboard-item`, uri: null },
  { title: 'Issue Statistics', moduleKey: null, uri: address('stats') },
]
const facts = (dashboards: string[] = []) =>
  site({ gadgets: offered, dashboards: dashboards.map((name, i) => siteDashboard(`${i}`, name)) })

const page = (id: string, own: Partial<DashboardRow> = {}): DashboardRow => ({
  id,
  name: `Page ${id}`,
  owner: 'fred',
  description: null,
  layout: 'AA',
  ...own,
})
const gadget = (id: string, own: Partial<GadgetRow> = {}): GadgetRow => ({
  id,
  dashboardId: '1',
  column: 0,
  position: Number(id),
  module: null,
  uri: address('stats'),
  portlet: null,
  color: null,
  ...own,
})
let last = 0
const setting = (gadgetId: string, name: string, value: string): GadgetSettingRow => ({
  id: String(++last),
  gadgetId,
  name,
  value,
})
const filter = { id: '70', name: 'Open', owner: 'fred', jql: 'project = PAY', description: null }
const rows = (own: Rows = {}): Rows => ({ dashboard: [page('1')], filter: [filter], ...own })
const settled = async (settings: GadgetSettingRow[], own: Rows = {}) => {
  const item = one(
    await plan(rows({ gadget: [gadget('1')], gadgetSetting: settings, ...own }), facts()),
    'dashboard',
  )
  return { settings: item.promise.gadgets[0]?.settings, losses: item.losses }
}

describe('the gadgets of a dashboard', () => {
  test('are those of the site, whether it names them by module or by address, and stand without gaps', async () => {
    const { promise, losses } = one(
      await plan(
        rows({
          gadget: [
            gadget('1', { uri: address('filter-results'), color: 'color2' }),
            gadget('2', { uri: address('admin') }),
            gadget('3', { color: 'color8' }),
            gadget('4', { column: 1, module: `${jira}:filter-results-dashboard-item`, uri: null }),
          ],
        }),
        facts(),
      ),
      'dashboard',
    )
    expect(promise.gadgets).toMatchObject([
      { by: 'moduleKey', key: offered[0]?.moduleKey, color: 'red', column: 0, row: 0 },
      { by: 'uri', key: address('stats'), color: 'white', column: 0, row: 1 },
      { by: 'moduleKey', title: 'Filter Results', color: 'blue', column: 1, row: 0 },
    ])
    expect(losses.find(({ code }) => code === 'gadget-not-there')?.text).toContain('admin')
  })

  test('of an app, of before Jira 4 and beyond twenty are losses by their names', async () => {
    const many = Array.from({ length: 21 }, (_, n) => gadget(String(n + 10)))
    const { promise, losses } = one(
      await plan(
        rows({
          gadget: [
            gadget('1', { uri: null, module: 'com.acme.charts:burn-up-gadget' }),
            gadget('2', { uri: null, portlet: 'com.acme.old:clock' }),
            ...many,
          ],
        }),
        facts(),
      ),
      'dashboard',
    )
    expect(promise.gadgets).toHaveLength(20)
    const texts = losses.map(({ text }) => text).join(' ')
    expect(texts).toContain('burn up (com.acme.charts), clock (com.acme.old)')
    expect(texts).toContain('these stay behind: Issue Statistics')
  })

  test('of a third column stand below the second, which is said', async () => {
    const item = one(
      await plan(
        rows({
          dashboard: [page('1', { layout: 'AAA' })],
          gadget: [gadget('1', { column: 1 }), gadget('2', { column: 2 })],
        }),
        facts(),
      ),
      'dashboard',
    )
    expect(item.promise.gadgets.map(({ column, row }) => [column, row])).toEqual([
      [1, 0],
      [1, 1],
    ])
    expect(codes(item)).toContain('dashboard-layout')
  })
})

describe('what a gadget shows', () => {
  test('is named by the ids that the site will give', async () => {
    const { settings, losses } = await settled(
      [
        setting('1', 'projectOrFilterId', 'filter-70'),
        setting('1', 'filterId', '70'),
        setting('1', 'projectId', '90'),
        setting('1', 'projectsOrCategories', '90|catall'),
        setting('1', 'num', '70'),
        setting('1', 'title', 'About {{filter:70}}'),
      ],
      { project: [project('PAY', { id: '90' })] },
    )
    expect(settings).toEqual({
      projectOrFilterId: 'filter-{{filter:70}}',
      filterId: '{{filter:70}}',
      projectId: '{{project:90}}',
      projectsOrCategories: '{{project:90}}|catall',
      num: '70',
      title: 'About { {filter:70}}',
    })
    expect(losses.map(({ code }) => code)).not.toContain('gadget-settings')
  })

  test('and does not move is not set, so that the gadget asks for it', async () => {
    const { settings, losses } = await settled([
      setting('1', 'projectOrFilterId', 'filter-71'),
      setting('1', 'isConfigured', 'true'),
      setting('1', 'statType', 'customfield_4711'),
    ])
    expect(settings).toEqual({ isConfigured: 'false' })
    const told = losses.find(({ code }) => code === 'gadget-settings')?.text
    expect(told).toContain('Issue Statistics (the filter 71, the field 4711)')
  })
})

describe('which dashboards move', () => {
  const two: Rows = {
    project: [project('PAY', { id: '90' }), project('OPS', { id: '91' })],
    filter: [filter, { ...filter, id: '71', jql: 'project = OPS' }],
    dashboard: [page('1'), page('2'), page('3'), page('9', { owner: null })],
    gadget: [gadget('1'), gadget('2', { dashboardId: '2' }), gadget('3', { dashboardId: '3' })],
    gadgetSetting: [
      setting('1', 'projectOrFilterId', 'filter-70'),
      setting('2', 'projectOrFilterId', 'project-91'),
      setting('3', 'statType', 'assignees'),
    ],
  }
  test('are, where nobody said which, those that do not show what stays', async () => {
    const items = await plan(two, facts(), { projects: ['PAY'] })
    expect(ofKind(items, 'dashboard').map(({ leftOut }) => leftOut?.code ?? 'moves')).toEqual([
      ...['moves', 'not-in-scope', 'moves', 'dashboard-system'],
    ])
  })
  const reasons = async (dashboards: 'linked' | 'all' | 'none') => {
    const scope = {
      projects: ['PAY'],
      archived: true,
      attachments: 'with',
      people: 'all',
      memberships: true,
      filters: 'all',
      dashboards,
      boards: 'all',
    } as const
    const items = await plan(two, facts(), { projects: ['PAY'], scope })
    return ofKind(items, 'dashboard').map(({ leftOut }) => leftOut?.code ?? 'moves')
  }

  test('are those that show a filter or a project that moves, all of people, or none', async () => {
    expect(await reasons('linked')).toEqual([
      'moves',
      'not-linked',
      'not-linked',
      'dashboard-system',
    ])
    expect(await reasons('all')).toEqual(['moves', 'moves', 'moves', 'dashboard-system'])
    expect(await reasons('none')).toEqual([
      ...['not-in-scope', 'not-in-scope', 'not-in-scope'],
      'dashboard-system',
    ])
  })

  test('are none of a live source, whose API tells no gadgets', async () => {
    const { planAll } = await import('../../agent/plan/plan.ts')
    const snapshot = memorySnapshot({ ...rows() }, { sourceKind: 'datacenter' })
    const toAdf = async () => ({
      doc: { type: 'doc' as const, version: 1 as const, content: [] },
      lost: [],
    })
    const items = []
    for await (const item of planAll(
      snapshot,
      facts(),
      { projects: null, timeZone: null, findFile: null },
      toAdf,
    ))
      items.push(item)
    expect(one(items, 'dashboard').leftOut?.code).toBe('dashboard-gadgets')
  })

  test('are told apart by name from those that the account has, and say whose they were', async () => {
    const items = await plan(
      rows({
        dashboard: [page('1', { name: 'Wall', description: 'Big' }), page('2', { name: 'wall' })],
      }),
      facts(['WALL']),
    )
    const [first, second] = ofKind(items, 'dashboard')
    expect(first?.promise).toMatchObject({
      name: 'Wall (2)',
      description: 'Big\nOwner before the migration: Fred.',
      editors: [{ to: 'user', accountId: 'a-fred' }],
      owner: 'a-fred',
    })
    expect(second?.promise.name).not.toBe('Wall (2)')
    expect(first && codes(first)).toEqual(['renamed', 'dashboard-owner'])
  })
})
