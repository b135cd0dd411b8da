import { describe, expect, test } from 'vitest'
import { phases } from '../../shared/plan.ts'
import { comment, issue, link, ofKind, one, plan, project, site } from '../support/plan-source.ts'

describe('the plan', () => {
  test('comes in the order of the phases, but for notes that follow their issue', async () => {
    const items = await plan({
      issue: [issue('PAY-2', { status: '5', resolution: '1' }), issue('PAY-4')],
      comment: [comment('1', 'PAY-2')],
      link: [link('1', 'PAY-2', 'PAY-4')],
    })
    const order = items.filter((item) => item.kind !== 'note').map((i) => phases.indexOf(i.phase))
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  test('creates issues and fillers in strictly rising number, the last an issue', async () => {
    const items = await plan({ issue: [issue('PAY-3'), issue('PAY-5')] })
    const lane = items.filter((item) => item.phase === 'issues' && item.lane === 'PAY')
    expect(lane.map((item) => item.issueKey)).toEqual(['PAY-1', 'PAY-2', 'PAY-3', 'PAY-4', 'PAY-5'])
    expect(lane.map((item) => item.kind)).toEqual(['filler', 'filler', 'issue', 'filler', 'issue'])
    expect(ofKind(items, 'fillerDelete').map((item) => item.promise.key)).toEqual([
      'PAY-1',
      'PAY-2',
      'PAY-4',
    ])
  })

  test('leaves out a project that the site already has, with everything in it', async () => {
    const items = await plan(
      { issue: [issue('PAY-1')], comment: [comment('1', 'PAY-1')] },
      site({ projects: [{ id: '1', key: 'PAY', name: 'Payroll' }] }),
    )
    for (const kind of ['project', 'issue', 'comment'] as const)
      expect(one(items, kind).leftOut?.code).toBe('project-taken')
    expect(ofKind(items, 'filler')).toEqual([])
  })

  test('leaves out what is not in scope, and links to it', async () => {
    const items = await plan(
      {
        project: [project('PAY'), project('OPS')],
        issue: [issue('PAY-1'), issue('OPS-1')],
        link: [link('1', 'PAY-1', 'OPS-1')],
      },
      site(),
      { projects: ['PAY'] },
    )
    expect(one(items, 'issue', 'i-PAY-1').leftOut).toBeNull()
    expect(one(items, 'issue', 'i-OPS-1').leftOut?.code).toBe('not-in-scope')
    expect(one(items, 'link').leftOut?.code).toBe('other-end-stays')
  })

  test('gives every row of a broken source exactly one item', async () => {
    const broken = [
      issue('PAY-1'),
      issue('PAY-1', { id: 'i-twin' }),
      issue('PAY-0', { id: 'i-zero' }),
      issue('GONE-1'),
    ]
    const items = await plan({
      issue: broken,
      comment: [
        comment('1', 'PAY-1'),
        comment('2', 'GONE-1'),
        comment('3', 'NOWHERE-1'),
        comment('4', 'x', { issueId: 'i-twin' }),
      ],
    })
    expect(ofKind(items, 'issue').map((item) => item.sourceId)).toHaveLength(4)
    expect(new Set(ofKind(items, 'issue').map((item) => item.sourceId)).size).toBe(4)
    expect(ofKind(items, 'comment').filter((item) => item.leftOut)).toHaveLength(3)
    expect(new Set(ofKind(items, 'comment').map((item) => item.sourceId)).size).toBe(4)
  })
})
