import { describe, expect, test } from 'vitest'
import { itemOf } from '../../agent/plan/named.ts'
import { listOf, meetingNames, viewKind } from '../../agent/setup/collisions.ts'
import type { PlannedItem, SiteFacts } from '../../shared/plan.ts'
import type { SetupOptions } from '../../shared/plan-options.ts'
import {
  type CollisionKind,
  type Collisions,
  collisionKinds,
  collisionRules,
  defaultRule,
  nameLists,
} from '../../shared/setup.ts'
import { memorySnapshot, type Rows } from '../support/memory-snapshot.ts'
import {
  frame,
  issue,
  link,
  plan,
  project,
  site,
  siteDashboard,
  siteFilter,
} from '../support/plan-source.ts'

const field = (id: string, name: string, type: string) => ({
  ...{ id, name, description: null, searcher: null },
  type: `com.atlassian.jira.plugin.system.customfieldtypes:${type}`,
})
const siteField = (name: string, type: string, locked = false) => ({
  ...{ id: `customfield_${name}`, name, description: '', locked },
  type: `com.atlassian.jira.plugin.system.customfieldtypes:${type}`,
})
const group = (name: string) => ({ name, description: null, active: 1 as const })
const filter = (id: string, name: string, jql = 'project = PAY') => ({
  ...{ id, name, owner: 'fred', jql, description: null },
})
const value = (id: string, fieldId: string) => ({
  ...{ id, issueId: 'i-PAY-1', fieldId, parentKey: null, stringValue: 'x', numberValue: null },
  ...{ dateValue: null, textValue: null },
})

const rows: Rows = {
  project: [project('PAY'), project('OLD')],
  issue: [
    issue('PAY-1', { type: '5', resolution: '1', priority: '1' }),
    issue('PAY-2'),
    issue('OLD-1', { status: '3', type: '2' }),
  ],
  link: [link('1', 'PAY-1', 'PAY-2')],
  customField: [
    field('1', 'Severity', 'select'),
    field('2', 'Team', 'textfield'),
    field('3', 'Rank', 'textfield'),
  ],
  fieldValue: [value('1', '1'), value('2', '2'), value('3', '3')],
  group: ['staff', 'jira-administrators', 'alone'].map(group),
  membership: [{ groupName: 'staff', childKind: 'user', child: 'fred' }],
  filter: [filter('1', 'Mine'), filter('2', 'Yours'), filter('3', 'Old', 'project = OLD')],
  dashboard: [
    { id: '1', name: 'Wall', owner: 'fred', description: null, layout: 'AA' },
    { id: '2', name: 'Plain', owner: 'fred', description: null, layout: 'AA' },
  ],
}
const ann = { owner: { accountId: 'a-ann', displayName: 'Ann Lee' } }
const there = site({
  statuses: [
    { id: '9', name: 'OPEN', category: 'DONE' },
    { id: '8', name: 'In Progress', category: 'IN_PROGRESS' },
  ],
  issueTypes: [
    { id: '10', name: 'Task', subtask: false },
    { id: '11', name: 'Sub-task', subtask: false },
    { id: '12', name: 'Bug', subtask: false },
  ],
  priorities: [
    { id: '1', name: 'Blocker' },
    { id: '3', name: 'major' },
  ],
  resolutions: [{ id: '1', name: 'Fixed', description: 'Another text' }],
  linkTypes: [{ id: '1', name: 'Blocks', inward: 'is stopped by', outward: 'stops' }],
  customFields: [
    siteField('Severity', 'textfield'),
    siteField('Team', 'textfield'),
    siteField('Rank', 'textfield', true),
  ],
  groups: ['Staff', 'jira-administrators'],
  filters: [siteFilter('21', 'mine'), siteFilter('22', 'Old', ann)],
  dashboards: [siteDashboard('31', 'WALL'), siteDashboard('32', 'Other')],
})
const rules = (own: Partial<Collisions> = {}) =>
  ({
    ...Object.fromEntries(collisionKinds.map((kind) => [kind, defaultRule(kind)])),
    ...own,
  }) as Collisions
const options = (own: SetupOptions = {}, projects: string[] | null = null) => ({
  ...{ projects, timeZone: null, findFile: null, collisions: rules() },
  ...own,
})
const view = async (asked: ReturnType<typeof options>, facts: SiteFacts = there) => {
  const kinds = await meetingNames(memorySnapshot({ ...frame(), ...rows }), facts, asked)
  return {
    kinds: kinds.map((one) => ({
      ...viewKind(one),
      all: one.names,
      items: one.names.filter(({ siteName }) => siteName !== null),
    })),
  }
}
const kindOf = async (kind: CollisionKind, asked: ReturnType<typeof options>) => {
  const found = (await view(asked)).kinds.find((one) => one.kind === kind)
  if (!found) throw new Error(kind)
  return found
}
const becomes = (item: PlannedItem | undefined) =>
  item?.leftOut ? null : (item?.promise as { name: string } | undefined)?.name

const combinations = collisionKinds.flatMap((kind) =>
  collisionRules.flatMap((rule) =>
    [null, ['PAY']].map((projects) => [kind, rule, projects] as const),
  ),
)

describe('names that meet', () => {
  test.each(combinations)(
    '%s, %s, projects %j: become what the plan says',
    async (kind, rule, projects) => {
      const asked = options({ collisions: rules({ [kind]: rule }) }, projects)
      const items = await plan(rows, there, asked)
      const free = await plan(rows, there, options({}, projects))
      const shown = (await view(asked)).kinds
      for (const one of shown) {
        const own = items.filter((item) => item.kind === itemOf[one.kind])
        for (const item of one.items)
          expect([one.kind, item.name, item.becomes]).toEqual([
            ...[one.kind, item.name, becomes(own.find(({ label }) => label === item.name))],
          ])
        // Whatever moves, or would if nothing stopped it, and meets a name is shown; nothing else is.
        const onSite = sideOf(one.kind).map((name) => name.toLowerCase())
        const meeting = free.filter(
          (item) =>
            item.kind === itemOf[one.kind] &&
            (item.leftOut === null || item.leftOut.code === 'admin-group') &&
            onSite.includes(item.label.toLowerCase()),
        )
        expect(one.items.map(({ name }) => name)).toEqual(meeting.map(({ label }) => label))
        expect(one.both).toBe(meeting.length)
        // What only the source has is listed with it, and each name in one list alone.
        const coming = free.filter(
          (item) =>
            item.kind === itemOf[one.kind] &&
            (item.leftOut === null || item.leftOut.code === 'admin-group'),
        )
        expect(one.all.map(({ name }) => name)).toEqual(coming.map(({ label }) => label))
        expect(one.names).toBe(coming.length)
        for (const list of nameLists)
          expect([list, one.lists[list]]).toEqual([
            ...[list, one.all.filter((name) => listOf(name) === list).length],
          ])
      }
    },
  )

  test('differ between reuse, rename and stop for every kind', async () => {
    for (const kind of collisionKinds) {
      const names = new Set<string | null>()
      for (const rule of collisionRules) {
        const { items } = await kindOf(kind, options({ collisions: rules({ [kind]: rule }) }))
        const one = items.find(({ name }) => plain[kind] === name)
        names.add(one ? one.becomes : 'none')
      }
      expect([kind, [...names].length]).toEqual([kind, collisionRules.length])
    }
  })

  test('and cannot be the same are told with the difference and a sentence of their own', async () => {
    const fields = await kindOf('field', options())
    expect(fields.items).toMatchObject([
      { name: 'Severity', becomes: 'Severity (list)' },
      { name: 'Team', becomes: 'Team' },
      { name: 'Rank', becomes: 'Rank (2)' },
    ])
    expect(fields.items[0]?.note).toContain('The site\'s "Severity" is of another type')
    expect(fields.items[2]?.note).toContain('The site\'s "Rank" is locked')
    expect(fields.sentence).toContain('1 custom field is on the site already and used')
    expect(fields.sentence).toContain('2 custom fields cannot be what the site has')
    const types = await kindOf('issueType', options())
    expect(types.items.find(({ name }) => name === 'Sub-task')?.becomes).toBe('Sub-task (sub-task)')
    const open = (await kindOf('status', options())).items.find(({ name }) => name === 'Open')
    expect(open?.note).toContain('The site counts it as done')
  })

  test('of groups say who joins, and that administrators stay behind', async () => {
    const [staff, admins] = (await kindOf('group', options())).items
    expect(staff).toMatchObject({ becomes: 'Staff' })
    expect(staff?.note).toContain('Fred')
    expect(admins).toMatchObject({ name: 'jira-administrators', becomes: null })
    expect(admins?.note).toContain('group of administrators')
  })

  test('of filters are numbered where nobody chose otherwise, and say whose the others are', async () => {
    const filters = await kindOf('filter', options())
    expect(filters).toMatchObject({ rule: 'rename' })
    expect(filters.items.map((item) => item.becomes)).toEqual(['Mine (2)', 'Old (2)'])
    expect(filters.sentence).toContain('"Name (2)"')
    expect(filters.items[1]?.note).toContain('On the site: number 22 of Ann Lee.')
  })

  test('of filters that are used say whose they are, and what of them differs or that nothing does', async () => {
    const asked = options({ collisions: rules({ filter: 'reuse' }) })
    const [mine, old] = (await kindOf('filter', asked)).items
    expect(mine).toMatchObject({ siteName: 'mine', becomes: 'mine' })
    expect(mine?.note).toContain('On the site: number 21 of The Mover.')
    expect(old?.note).toContain('asks "project = PAY"; the source\'s would ask "project = OLD".')
    expect(old?.note).toContain('Ann Lee owns it there, Fred did at the source')
    const own = { owner: { accountId: 'a-fred', displayName: 'Fred' } }
    const same = { ...there, filters: [siteFilter('23', 'Yours', own)] }
    const found = (await view(asked, same)).kinds.find(({ kind }) => kind === 'filter')
    expect(found?.items[0]?.note).toBe(
      'On the site: number 23 of Fred. Nothing of it differs from the source’s.',
    )
  })

  test('of what the chosen projects do not use are not told', async () => {
    const status = await kindOf('status', options({}, ['PAY']))
    expect(status.items.map(({ name }) => name)).toEqual(['Open'])
    expect(status.names).toBe(1)
  })
})

const sides = (facts: SiteFacts): Record<CollisionKind, readonly { name: string }[]> => ({
  status: facts.statuses,
  issueType: facts.issueTypes,
  linkType: facts.linkTypes,
  priority: facts.priorities,
  resolution: facts.resolutions,
  field: facts.customFields ?? [],
  group: facts.groups.map((name) => ({ name })),
  filter: facts.filters ?? [],
  dashboard: facts.dashboards ?? [],
})
const sideOf = (kind: CollisionKind) => sides(there)[kind].map(({ name }) => name)
/** One name of each kind that can be used, renamed and stopped at. */
const plain: Record<CollisionKind, string> = {
  status: 'Open',
  issueType: 'Task',
  linkType: 'Blocks',
  priority: 'Major',
  resolution: 'Fixed',
  field: 'Team',
  group: 'staff',
  filter: 'Mine',
  dashboard: 'Wall',
}
