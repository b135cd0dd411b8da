import { describe, expect, test } from 'vitest'
import { neededFromSite } from '../../agent/plan/plan.ts'
import { memorySnapshot } from '../support/memory-snapshot.ts'
import {
  codes,
  frame,
  issue,
  ofKind,
  one,
  plan,
  project,
  site,
  user,
  version,
} from '../support/plan-source.ts'

const status = (id: string, name: string, category: string | null = null) => ({
  id,
  name,
  description: null,
  category,
  sequence: null,
})

describe('the frame', () => {
  test('reuses what the site has by name, letter case aside, and says what stays the site’s', async () => {
    const items = await plan(
      {},
      site({
        statuses: [{ id: '1', name: 'OPEN', category: 'IN_PROGRESS', description: '' }],
        resolutions: [{ id: '1', name: 'Fixed', description: 'Done and dusted.' }],
      }),
    )
    const open = one(items, 'status', '1')
    const used = { name: 'OPEN', description: '', category: 'IN_PROGRESS', reused: true }
    expect(open.promise).toEqual(used)
    expect(one(items, 'status', '3').promise).not.toHaveProperty('reused')
    expect(codes(open)).toEqual(['name-on-site', 'category-on-site'])
    expect(codes(one(items, 'resolution'))).toEqual(['site-keeps-own'])
    expect(codes(one(items, 'status', '3'))).toEqual([])
  })

  test('never takes a standard type for a sub-task type of the same name', async () => {
    const items = await plan(
      {},
      site({ issueTypes: [{ id: '1', name: 'Sub-task', subtask: false }] }),
    )
    const item = one(items, 'issueType', '5')
    expect(item.promise).toMatchObject({ name: 'Sub-task (sub-task)', subtask: true })
    expect(codes(item)).toEqual(['renamed'])
  })

  test('cuts names that are too long, and keeps two of one name apart', async () => {
    const long = 'x'.repeat(80)
    const items = await plan({
      status: [status('1', long), status('2', `${long}y`), status('3', 'Open')],
    })
    const names = ofKind(items, 'status').map((item) => item.promise.name)
    expect(names[0]).toBe('x'.repeat(60))
    expect(names[1]).toMatch(/^x+ \(2\)$/)
    expect(names[1]?.length).toBeLessThanOrEqual(60)
    expect(codes(one(items, 'status', '2'))).toEqual(['name-cut', 'renamed'])
  })

  test('finds the category of a status by its own, its name, or its resolved issues', async () => {
    const items = await plan({
      status: [
        status('1', 'Open'),
        status('5', 'Resolved'),
        status('100', 'Geprüft'),
        status('101', 'Wartet'),
        status('102', 'Anything', '4'),
      ],
      issue: [
        issue('PAY-1', { status: '100', resolution: '1' }),
        issue('PAY-2', { status: '101' }),
      ],
    })
    const categories = ofKind(items, 'status').map((item) => item.promise.category)
    expect(categories).toEqual(['TODO', 'DONE', 'DONE', 'IN_PROGRESS', 'IN_PROGRESS'])
  })

  test('gives each project its schemes, with what its issues use', async () => {
    const items = await plan({
      issue: [issue('PAY-1', { status: '3' }), issue('PAY-2', { type: '5' })],
    })
    expect(one(items, 'workflow').promise).toEqual({
      name: 'Landfall: PAY workflow',
      projectKey: 'PAY',
      statuses: ['In Progress', 'Open'],
      initial: 'Open',
    })
    expect(one(items, 'issueTypeScheme').promise.issueTypes).toEqual(['Bug', 'Sub-task'])
    expect(one(items, 'workflowScheme').promise.workflow).toBe('Landfall: PAY workflow')
  })

  test('leaves out what no chosen project uses when only some projects move', async () => {
    const items = await plan({ issue: [issue('PAY-1')] }, site(), { projects: ['PAY'] })
    expect(one(items, 'status', '1').leftOut).toBeNull()
    expect(one(items, 'status', '5').leftOut?.code).toBe('not-used')
    expect(one(items, 'issueType', '5').leftOut?.code).toBe('not-used')
  })
})

describe('people', () => {
  test('are matched by e-mail in any case, and two of one address share the account', async () => {
    const items = await plan({
      user: [
        user('fred', { email: ' FRED@Example.com ' }),
        user('fred2', { email: 'fred@example.com' }),
      ],
    })
    expect(one(items, 'user', 'fred').promise).toEqual({
      accountId: 'a-fred',
      displayName: 'Fred',
      email: 'fred@example.com',
    })
    expect(codes(one(items, 'user', 'fred2'))).toEqual(['shared-account', 'name-on-site'])
  })

  test('without an address, without an account or deleted are left out, each with its reason', async () => {
    const items = await plan({
      user: [user('a', { email: null }), user('b'), user('fred', { deleted: 1 })],
    })
    expect(ofKind(items, 'user').map((item) => item.leftOut?.code)).toEqual([
      'no-email',
      'no-account',
      'user-deleted',
    ])
  })
})

describe('projects and their parts', () => {
  test('are led by the token’s account where the lead has none', async () => {
    const items = await plan({ project: [project('PAY', { lead: 'mary', assigneeType: '3' })] })
    expect(one(items, 'project').promise).toMatchObject({
      leadAccountId: 'me',
      assigneeType: 'UNASSIGNED',
      projectTypeKey: 'software',
    })
    expect(codes(one(items, 'project'))).toEqual(['frame-simplified', 'lead-without-account'])
  })

  test('with a key that the site does not take stay, and so does all that is in them', async () => {
    const items = await plan({
      project: [project('TOO_LONG_A_KEY')],
      issue: [issue('TOO_LONG_A_KEY-1')],
    })
    expect(one(items, 'project').leftOut?.code).toBe('key-not-allowed')
    expect(one(items, 'issue').leftOut?.code).toBe('key-not-allowed')
  })

  test('announce that many gaps take long', async () => {
    const items = await plan({ issue: [issue('PAY-10002')] })
    expect(codes(one(items, 'project'))).toEqual(['frame-simplified', 'many-gaps'])
    expect(ofKind(items, 'filler')).toHaveLength(10_001)
  })

  test('a version does not start after it is released', async () => {
    const items = await plan({
      version: [
        version('1', '1.0', {
          startDate: '2009-01-01 00:00:00.0',
          releaseDate: '2008-01-01 00:00:00.0',
        }),
      ],
    })
    expect(one(items, 'version').promise).toMatchObject({
      startDate: null,
      releaseDate: '2008-01-01',
    })
    expect(codes(one(items, 'version'))).toEqual(['start-after-release'])
  })

  test('a component without a lead’s account goes to the project’s default', async () => {
    const items = await plan({
      component: [
        {
          id: '1',
          projectId: 'p-PAY',
          name: 'Ledger',
          description: null,
          lead: 'mary',
          assigneeType: '1',
          archived: 0,
        },
      ],
    })
    expect(one(items, 'component').promise).toMatchObject({
      leadAccountId: null,
      assigneeType: 'PROJECT_DEFAULT',
    })
  })

  test('the site is asked for each address once, and for the projects that are to move', () => {
    const snapshot = memorySnapshot({
      ...frame(),
      user: [
        user('a', { email: 'A@x.com' }),
        user('b', { email: 'a@x.com' }),
        user('c', { email: '' }),
      ],
      project: [project('PAY'), project('OPS')],
    })
    const needed = neededFromSite(snapshot, { projects: ['OPS'], timeZone: null, findFile: null })
    expect([...needed.emails]).toEqual(['a@x.com'])
    expect(needed.projectKeys).toEqual(['OPS'])
    expect(needed.projectNames).toEqual(['The OPS project'])
  })
})

describe('the order of the frame', () => {
  test('is one lane: types and statuses come before the schemes that need them', async () => {
    const items = (await plan({ issue: [issue('PAY-1')] })).filter((item) => item.phase === 'frame')
    const lanes = new Set(items.filter((item) => !item.leftOut).map((item) => item.lane))
    expect([...lanes]).toEqual(['frame'])
    const kinds = items.map((item) => item.kind)
    expect(kinds.indexOf('issueTypeScheme')).toBeGreaterThan(kinds.lastIndexOf('issueType'))
    expect(kinds.indexOf('workflow')).toBeGreaterThan(kinds.lastIndexOf('status'))
    expect(kinds.indexOf('workflowScheme')).toBeGreaterThan(kinds.indexOf('workflow'))
  })
})
