import { describe, expect, test } from 'vitest'
import type { PlanOptions } from '../../../shared/plan.ts'
import type { ChosenAccount, SetupOptions } from '../../../shared/plan-options.ts'
import { type Collisions, collisionKinds } from '../../../shared/setup.ts'
import { askChecks } from '../../support/ask-checks.ts'
import { issue, project, user } from '../../support/plan-source.ts'

type Scope = NonNullable<SetupOptions['scope']>
const scope = (own: Partial<Scope>): Scope => ({
  ...{ archived: true, attachments: 'with', people: 'all', memberships: true },
  ...{ filters: 'all', dashboards: 'all', boards: 'all' },
  ...own,
})
const options = (own: Partial<PlanOptions>): PlanOptions => ({
  ...{ projects: null, timeZone: null, findFile: null },
  ...own,
})
const rules = (own: Partial<Collisions>) =>
  ({
    ...Object.fromEntries(collisionKinds.map((kind) => [kind, 'reuse'])),
    ...own,
  }) as Collisions
const account = { accountId: 'a-1', displayName: 'One', email: null }
const chosen: ChosenAccount = { how: 'account', account }
const subjects = (one: { list: { subject: string }[] }) => one.list.map((each) => each.subject)

describe('checks of people see what was decided', () => {
  const rows = {
    project: [project('PAY'), project('OLD')],
    issue: [
      ...['mary', 'bad', 'none', 'twin'].map((reporter, i) => issue(`PAY-${i + 1}`, { reporter })),
      ...['oldmary', 'oldbad', 'oldnone', 'oldtwin'].map((reporter, i) =>
        issue(`OLD-${i + 1}`, { reporter, creator: reporter }),
      ),
    ],
    user: [
      user('fred'),
      user('mary'),
      user('bad', { email: 'bad at example' }),
      user('none', { email: null }),
      user('twin', { email: 'fred@example.com' }),
      user('oldmary'),
      user('oldbad', { email: 'bad too' }),
      user('oldnone', { email: null }),
      user('oldtwin', { email: 'fred@example.com' }),
    ],
  }
  const cases = [
    ['people-without-account', ['Mary', 'Bad'], ['Oldmary', 'Oldbad'], ['mary', 'bad']],
    ['people-invalid-address', ['Bad'], ['Oldbad'], ['bad']],
    ['people-without-address', ['None'], ['Oldnone'], ['none']],
    ['people-duplicate-address', ['Fred', 'Twin'], ['Oldtwin'], ['twin']],
  ] as const

  test.each(cases)('%s', async (key, related, others, chosenFor) => {
    const of = async (own: Partial<PlanOptions>) =>
      subjects((await askChecks(rows, { options: options(own) }))(key)).sort()
    expect(await of({})).toEqual([...related, ...others].sort())
    const only = { projects: ['PAY'], scope: scope({ people: 'related' }) }
    expect(await of(only)).toEqual([...related].sort())
    const choices = new Map(chosenFor.map((one) => [one as string, chosen]))
    expect(await of({ ...only, choices })).toEqual([])
  })

  test('and that a chosen account is gone', async () => {
    const choices = new Map<string, ChosenAccount>([
      ['mary', { how: 'account', account: null }],
      ['bad', { how: 'leave' }],
    ])
    const asked = await askChecks(
      { user: [user('fred'), user('mary'), user('bad')] },
      { options: options({ choices }) },
    )
    expect(asked('people-without-account').list).toEqual([
      { subject: 'Mary', detail: 'The account chosen for them is not on the site.' },
    ])
  })

  test('seats are not needed by who is out of scope', async () => {
    const jira = {
      ...{ key: 'jira-software', name: 'Jira', groups: [], defaultGroups: [], unlimited: false },
      ...{ seats: 1, left: 1, users: 0 },
    }
    const more = { extra: { seats: { applications: [jira] } } }
    const all = await askChecks(rows, { ...more, options: options({}) })
    expect(all('seats').status).toBe('warning')
    const choices = new Map([['bad', chosen]])
    const only = { projects: ['PAY'], scope: scope({ people: 'related' }), choices }
    expect((await askChecks(rows, { ...more, options: options(only) }))('seats').status).toBe(
      'success',
    )
  })

  test('a lead is the one that was chosen, and an archived project that stays needs none', async () => {
    const own = {
      user: [user('fred'), user('mary')],
      project: [project('PAY', { lead: 'mary' }), project('ARC', { lead: 'mary', archived: 1 })],
    }
    const asked = async (more: Partial<PlanOptions>) =>
      (await askChecks(own, { options: options(more) }))('project-lead')
    expect(subjects(await asked({}))).toHaveLength(2)
    expect(subjects(await asked({ scope: scope({ archived: false }) }))).toEqual([
      'PAY The PAY project',
    ])
    expect(subjects(await asked({ choices: new Map([['mary', chosen]]) }))).toEqual([])
  })
})

describe('checks of names see what was decided', () => {
  const rows = {
    user: [user('fred'), user('mary')],
    group: [
      { name: 'devs', description: null, active: 1 as const },
      { name: 'alone', description: null, active: 1 as const },
    ],
    membership: [{ groupName: 'devs', childKind: 'user' as const, child: 'fred' }],
  }
  const merging = async (own: Partial<PlanOptions>) =>
    (await askChecks(rows, { facts: { groups: ['Devs', 'alone'] }, options: options(own) }))(
      'groups-merge',
    )

  test('groups that merge are those that move and are not renamed, and only members gain', async () => {
    const all = await merging({})
    expect(subjects(all)).toEqual(['devs', 'alone'])
    expect(all.list[0]?.detail).toMatch(/^1 member .*: Fred\./)
    expect((await merging({ collisions: rules({ group: 'rename' }) })).status).toBe('success')
    expect((await merging({ scope: scope({ people: 'related' }) })).status).toBe('success')
    const without = await merging({ scope: scope({ memberships: false }) })
    expect(without.list.map((one) => one.detail).join(' ')).not.toContain('gain')
  })

  test('names on the site are those that what moves uses', async () => {
    const own = {
      project: [project('PAY'), project('OLD')],
      issue: [issue('PAY-1'), issue('OLD-1', { status: '3' })],
    }
    const statuses = ['OPEN', 'In progress'].map((name) => ({ id: name, name, category: 'TODO' }))
    const asked = async (projects: string[] | null) =>
      (await askChecks(own, { facts: { statuses }, options: options({ projects }) }))('statuses')
    expect(subjects(await asked(null))).toEqual(['Open', 'In Progress'])
    const pay = await asked(['PAY'])
    expect(subjects(pay)).toEqual(['Open'])
    expect(pay.sentence).toContain('1 status is on the site already and used.')
  })

  test('a chosen project that stays because it is archived is no spelling mistake', async () => {
    const own = { project: [project('ARC', { archived: 1 as const })] }
    const asked = await askChecks(own, {
      options: options({ projects: ['ARC'], scope: scope({ archived: false }) }),
    })
    expect(asked('scope').status).toBe('success')
  })
})
