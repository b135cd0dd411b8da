import { describe, expect, test } from 'vitest'
import { plainText } from '../../agent/plan/adf.ts'
import {
  codes,
  issue,
  link,
  ofKind,
  one,
  plan,
  project,
  site,
  type,
  user,
  version,
} from '../support/plan-source.ts'

const subtaskLink = (id: string, parent: string, child: string) =>
  link(id, parent, child, { typeId: '10001', relation: 'subtask' })

describe('an issue', () => {
  test('says in its first line who reported it, when, and when it was resolved', async () => {
    const row = issue('PAY-1', {
      description: 'It *broke*',
      resolution: '1',
      status: '5',
      resolved: '2008-02-01 10:00:00.0',
    })
    const { promise } = one(await plan({ issue: [row] }), 'issue')
    const text = plainText(promise.description ?? { type: 'doc', version: 1, content: [] })
    expect(text).toBe('Created 7 Jan 2008, 16:24 by Fred · resolved 1 Feb 2008, 10:00\nIt broke\n')
    expect(promise.origin).toMatchObject({
      id: 'i-PAY-1',
      key: 'PAY-1',
      created: '2008-01-07T16:24:54.230+01:00',
      resolved: '2008-02-01T10:00:00.000+01:00',
      reporter: 'Fred',
    })
  })

  test('keeps a garbage time readable and out of the origin', async () => {
    const row = issue('PAY-1', { created: 'not a time' })
    const { promise } = one(await plan({ issue: [row] }), 'issue')
    expect(JSON.stringify(promise.description)).toContain('Created not a time by Fred')
    expect(promise.origin.created).toBeUndefined()
    const old = one(
      await plan({ issue: [issue('PAY-1', { created: '0018-09-04 11:24:00.0' })] }),
      'issue',
    )
    expect(old.promise.origin.created).toMatch(/^0018-09-04T11:24/)
  })

  test('cuts a long summary and puts all of it first in the description', async () => {
    const summary = `${'long '.repeat(60)}end`
    const item = one(await plan({ issue: [issue('PAY-1', { summary })] }), 'issue')
    expect(item.promise.summary.length).toBeLessThanOrEqual(255)
    expect(JSON.stringify(item.promise.description)).toContain(summary)
    expect(codes(item)).toEqual(['summary-cut'])
  })

  test('has a summary of one line, and one where the source has none', async () => {
    const items = await plan({
      issue: [issue('PAY-1', { summary: ' two\r\nlines ' }), issue('PAY-2', { summary: null })],
    })
    expect(one(items, 'issue', 'i-PAY-1').promise.summary).toBe('two lines')
    expect(one(items, 'issue', 'i-PAY-2').promise.summary).toBe('(no summary)')
    expect(codes(one(items, 'issue', 'i-PAY-2'))).toEqual(['no-summary'])
  })

  test('reads a field with the text renderer as plain text', async () => {
    const items = await plan({
      issue: [issue('PAY-1', { environment: '*not bold*\nline two' })],
      renderer: [{ projectId: null, field: 'environment', renderer: 'text' }],
    })
    const { environment } = one(items, 'issue').promise
    expect(JSON.stringify(environment)).toContain('*not bold*')
    expect(JSON.stringify(environment)).toContain('hardBreak')
  })

  test('puts what is too long for the description into notes of the same issue, word for word', async () => {
    const words = Array.from({ length: 9_000 }, (_, n) => `word${n}`)
    const description = words.join(' ').replaceAll(/(word\d*00) /g, '$1\n\n')
    const items = await plan({ issue: [issue('PAY-1', { description })] })
    const item = one(items, 'issue')
    expect(codes(item)).toEqual(['text-split'])
    const notes = ofKind(items, 'note')
    expect(notes.length).toBeGreaterThan(1)
    expect(notes.every((note) => note.phase === 'content' && note.lane === 'PAY-1')).toBe(true)
    const parts = [item.promise.description, ...notes.map((note) => note.promise.body)]
    const found = parts.map((part) => (part ? plainText(part) : '')).join(' ')
    expect(found.match(/word\d+/g)).toEqual(words)
  })

  test('gives reporter and assignee their accounts, or says that they have none', async () => {
    const items = await plan({
      user: [user('fred'), user('mary')],
      issue: [
        issue('PAY-1', { reporter: 'fred', assignee: 'fred' }),
        issue('PAY-2', { reporter: 'mary', assignee: 'mary' }),
        issue('PAY-3', { reporter: null }),
      ],
    })
    const [first, second, third] = ofKind(items, 'issue')
    expect(first?.promise).toMatchObject({
      reporterAccountId: 'a-fred',
      assigneeAccountId: 'a-fred',
    })
    expect(second?.promise).toMatchObject({ reporterAccountId: 'me', assigneeAccountId: null })
    expect(second?.losses.map((loss) => loss.code)).toEqual(['reporter-as-text', 'assignee-lost'])
    expect(third?.losses.map((loss) => loss.code)).toEqual(['reporter-anonymous'])
  })

  test('mentions an account, and names whoever has none', async () => {
    const items = await plan({ issue: [issue('PAY-1', { description: '[~fred] and [~mary]!' })] })
    const item = one(items, 'issue')
    const json = JSON.stringify(item.promise.description)
    expect(json).toContain('"id":"a-fred"')
    expect(json).toContain('"text":"@Mary"')
    expect(codes(item)).toEqual(['mention-as-text'])
  })

  test('takes a default for a type, status or priority that is not there', async () => {
    const row = issue('PAY-1', { type: '99', status: '99', priority: null, resolution: '99' })
    const item = one(await plan({ issue: [row, issue('PAY-2')] }), 'issue', 'i-PAY-1')
    expect(item.promise).toMatchObject({
      issueType: 'Bug',
      status: 'Open',
      priority: 'Major',
      resolution: null,
    })
    expect(codes(item).sort()).toEqual([
      'priority-missing',
      'resolution-missing',
      'status-dangling',
      'type-dangling',
    ])
  })

  test('has labels without spaces, and says which were changed', async () => {
    const items = await plan({
      issue: [issue('PAY-1')],
      label: [
        { issueId: 'i-PAY-1', label: 'month end', fieldId: null },
        { issueId: 'i-PAY-1', label: 'psd2', fieldId: null },
        { issueId: 'i-PAY-1', label: 'of a field', fieldId: '10111' },
      ],
    })
    expect(one(items, 'issue').promise.labels).toEqual(['month_end', 'psd2'])
    expect(codes(one(items, 'issue'))).toEqual(['label-changed'])
  })

  test('carries versions by the names of the site, and only those of its project', async () => {
    const items = await plan({
      project: [project('PAY'), project('OPS')],
      issue: [issue('PAY-1')],
      version: [
        version('1', '1.0'),
        version('2', '1.0'),
        version('3', '9', { projectId: 'p-OPS' }),
      ],
      issueVersion: ['1', '2', '3', '4'].map((versionId) => ({
        issueId: 'i-PAY-1',
        versionId,
        role: 'fix' as const,
      })),
    })
    expect(one(items, 'issue').promise.fixVersions).toEqual(['1.0', '1.0 (2)'])
  })

  test('has both estimates or none, as the site would make it', async () => {
    const estimates = async (originalEstimate: number | null, remainingEstimate: number | null) => {
      const row = issue('PAY-1', { originalEstimate, remainingEstimate })
      const item = one(await plan({ issue: [row] }), 'issue')
      const { originalEstimateSeconds, remainingEstimateSeconds } = item.promise
      return [originalEstimateSeconds, remainingEstimateSeconds, ...codes(item)]
    }
    expect(await estimates(3600, 60)).toEqual([3600, 60])
    expect(await estimates(null, null)).toEqual([null, null])
    expect(await estimates(3600, null)).toEqual([3600, 3600, 'one-estimate'])
    expect(await estimates(null, 60)).toEqual([60, 60, 'one-estimate'])
    expect(await estimates(null, 0)).toEqual([null, null, 'estimate-of-nothing'])
  })

  test('announces a security level and that it was archived', async () => {
    const item = one(
      await plan({ issue: [issue('PAY-1', { security: '10000', archived: 1 })] }),
      'issue',
    )
    expect(codes(item)).toEqual(['security-level', 'archived'])
  })

  test('gets a progress item only where its status or resolution asks for one', async () => {
    const items = await plan({
      issue: [
        issue('PAY-1'),
        issue('PAY-2', { status: '3' }),
        issue('PAY-3', { status: '1', resolution: '1' }),
      ],
    })
    expect(ofKind(items, 'progress').map((item) => item.promise)).toEqual([
      { issueKey: 'PAY-2', status: 'In Progress', resolution: null },
      { issueKey: 'PAY-3', status: 'Open', resolution: 'Fixed' },
    ])
  })
})

describe('a sub-task', () => {
  test('is created under its parent, and its link arrives with it', async () => {
    const items = await plan({
      issue: [issue('PAY-1'), issue('PAY-2', { type: '5' })],
      link: [subtaskLink('7', 'PAY-1', 'PAY-2')],
    })
    expect(one(items, 'issue', 'i-PAY-2').promise).toMatchObject({
      issueType: 'Sub-task',
      parentKey: 'PAY-1',
    })
    const item = one(items, 'link')
    expect(item).toMatchObject({ phase: 'issues', lane: 'PAY' })
    expect(item.promise).toEqual({
      type: 'jira_subtask',
      inwardKey: 'PAY-1',
      outwardKey: 'PAY-2',
    })
  })

  test.each([
    ['a parent with a higher number', 'PAY-3'],
    ['a parent that is not in the source', 'PAY-9'],
    ['a parent that is a sub-task itself', 'PAY-1'],
  ])('with %s becomes a standard issue, and both say why', async (_, parent) => {
    const items = await plan({
      issue: [issue('PAY-1', { type: '5' }), issue('PAY-2', { type: '5' }), issue('PAY-3')],
      link: [subtaskLink('7', parent, 'PAY-2')],
    })
    const child = one(items, 'issue', 'i-PAY-2')
    expect(child.promise).toMatchObject({ issueType: 'Bug', parentKey: null })
    expect(codes(child)).toEqual(['subtask-alone'])
    expect(one(items, 'link').leftOut).not.toBeNull()
  })
})

describe('links', () => {
  test('point from source to destination in Jira’s own words', async () => {
    const items = await plan(
      { issue: [issue('PAY-1'), issue('PAY-2')], link: [link('1', 'PAY-1', 'PAY-2')] },
      site({
        linkTypes: [{ id: '1', name: 'blocks', inward: 'is blocked by', outward: 'blocks' }],
      }),
    )
    expect(one(items, 'link').promise).toEqual({
      type: 'blocks',
      inwardKey: 'PAY-1',
      outwardKey: 'PAY-2',
    })
  })

  test('make an epic the parent of its story, also of one that was there before it', async () => {
    const items = await plan(
      {
        issueType: [type('1', 'Bug'), type('9', 'Epic')],
        issue: [issue('PAY-1'), issue('PAY-2', { type: '9' }), issue('PAY-3', { type: '9' })],
        link: [
          link('1', 'PAY-2', 'PAY-1', { relation: 'epic' }),
          link('2', 'PAY-3', 'PAY-1', { relation: 'epic' }),
          link('3', 'PAY-2', 'PAY-3', { relation: 'epic' }),
        ],
      },
      site({ issueTypes: [{ id: '7', name: 'Epic', subtask: false, level: 1 }] }),
    )
    const [first, second, third] = ofKind(items, 'link')
    expect(first?.promise).toEqual({ type: 'jira_epic', inwardKey: 'PAY-2', outwardKey: 'PAY-1' })
    expect(second?.leftOut?.code).toBe('second-parent')
    expect(third?.leftOut?.text).toContain('PAY-3 is an epic itself')
    expect(ofKind(items, 'issue').map((item) => item.promise.epicKey ?? null)).toEqual([
      'PAY-2',
      null,
      null,
    ])
  })

  test('that dangle, lead to itself or to an epic are left out with a reason', async () => {
    const items = await plan({
      issue: [issue('PAY-1'), issue('PAY-2')],
      link: [
        link('1', 'PAY-1', 'GONE-1'),
        link('2', 'PAY-1', 'PAY-1'),
        link('3', 'PAY-1', 'PAY-2', { relation: 'epic' }),
        link('4', 'PAY-1', 'PAY-2', { typeId: '99' }),
      ],
    })
    expect(ofKind(items, 'link').map((item) => item.leftOut?.code)).toEqual([
      'dangling',
      'link-to-itself',
      'epic-alone',
      'link-type-missing',
    ])
  })
})
