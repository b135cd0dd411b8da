import { describe, expect, test } from 'vitest'
import { plainText } from '../../agent/plan/adf.ts'
import {
  attachment,
  codes,
  comment,
  issue,
  ofKind,
  one,
  plan,
  site,
  worklog,
} from '../support/plan-source.ts'

const roles = [{ id: '10001', name: 'Developers', description: null }]

describe('a comment', () => {
  test('says in its first line who wrote it, when, and who edited it', async () => {
    const row = comment('1', 'PAY-1', {
      updateAuthor: 'mary',
      updated: '2008-01-09 10:00:00.0',
    })
    const { promise } = one(await plan({ issue: [issue('PAY-1')], comment: [row] }), 'comment')
    expect(plainText(promise.body)).toBe(
      'Fred, 8 Jan 2008, 09:00 (edited by Mary 9 Jan 2008, 10:00)\nSeen again on Monday\n',
    )
    expect(promise.origin).toMatchObject({
      author: 'Fred',
      authorKey: 'fred',
      updateAuthor: 'Mary',
    })
  })

  test('stays with the role or group that could see it', async () => {
    const items = await plan(
      {
        role: roles,
        issue: [issue('PAY-1')],
        comment: [
          comment('1', 'PAY-1', { roleLevel: '10001' }),
          comment('2', 'PAY-1', { groupLevel: 'risk-office' }),
        ],
      },
      site({ roles: [{ id: '5', name: 'developers' }], groups: ['Risk-Office'] }),
    )
    expect(ofKind(items, 'comment').map((item) => item.promise.visibility)).toEqual([
      { type: 'role', value: 'developers' },
      { type: 'group', value: 'Risk-Office' },
    ])
  })

  test('is narrowed to Administrators where no such role moves or is there, and said so', async () => {
    const rows = {
      role: roles,
      issue: [issue('PAY-1')],
      comment: [comment('1', 'PAY-1', { groupLevel: 'nobody-knows-it' })],
    }
    const item = one(await plan(rows), 'comment')
    expect(item.promise.visibility).toEqual({ type: 'role', value: 'Administrators' })
    expect(codes(item)).toEqual(['level-narrowed'])
    expect(one(await plan(rows, site({ roles: [] })), 'comment').leftOut?.code).toBe(
      'level-missing',
    )
  })

  test('that is restricted and too long has restricted notes', async () => {
    const body = 'secret words here. '.repeat(4_000)
    const items = await plan({
      role: roles,
      issue: [issue('PAY-1')],
      comment: [comment('1', 'PAY-1', { body, roleLevel: '10001' })],
    })
    const notes = ofKind(items, 'note')
    expect(notes.length).toBeGreaterThan(0)
    for (const note of notes) expect(note.promise.visibility?.value).toBe('Developers')
  })
})

describe('a worklog', () => {
  test('keeps its start and seconds', async () => {
    const items = await plan({ issue: [issue('PAY-1')], worklog: [worklog('1', 'PAY-1')] })
    expect(one(items, 'worklog').promise).toMatchObject({
      started: '2008-01-08T08:00:00.000+01:00',
      timeSpentSeconds: 3600,
    })
  })

  test('without time spent is left out, under a minute becomes one', async () => {
    const items = await plan({
      issue: [issue('PAY-1')],
      worklog: [worklog('1', 'PAY-1', { seconds: 0 }), worklog('2', 'PAY-1', { seconds: 30 })],
    })
    expect(one(items, 'worklog', '1').leftOut?.code).toBe('no-time-spent')
    expect(one(items, 'worklog', '2').promise.timeSpentSeconds).toBe(60)
    expect(codes(one(items, 'worklog', '2'))).toEqual(['under-a-minute'])
  })
})

describe('an attachment', () => {
  const rows = {
    issue: [issue('PAY-1')],
    attachment: [
      attachment('1', 'PAY-1'),
      attachment('2', 'PAY-1', { filename: 'gone.txt' }),
      attachment('3', 'PAY-1', { filename: 'huge.iso' }),
      attachment('4', 'PAY-1', { filename: 'a/b.txt', size: 9, author: null }),
    ],
  }
  const findFile = ({ attachmentId }: { attachmentId: string }) =>
    attachmentId === '2'
      ? null
      : { path: `/files/${attachmentId}`, size: attachmentId === '3' ? 5_000 : 10 }

  test('moves with its file, and a note tells who attached it', async () => {
    const items = await plan(rows, site(), { findFile })
    expect(one(items, 'attachment', '1').promise).toEqual({
      issueKey: 'PAY-1',
      filename: 'screen.png',
      size: 10,
      mimetype: 'image/png',
      path: '/files/1',
    })
    expect(codes(one(items, 'attachment', '4'))).toEqual(['size-differs', 'file-renamed'])
    const note = one(items, 'note')
    expect(note.phase).toBe('files')
    const text = plainText(note.promise.body)
    expect(text).toContain('screen.png: Fred, 8 Jan 2008, 09:00')
    expect(text).toContain('a/b.txt: Anonymous')
    expect(text).not.toContain('gone.txt')
  })

  test('without a file, too large, or without a folder is left out with the reason', async () => {
    const items = await plan(rows, site(), { findFile })
    expect(one(items, 'attachment', '2').leftOut?.code).toBe('file-missing')
    expect(one(items, 'attachment', '3').leftOut?.code).toBe('file-too-large')
    for (const item of ofKind(await plan(rows), 'attachment'))
      expect(item.leftOut?.code).toBe('no-attachments-folder')
  })
})

describe('what hangs on an issue', () => {
  test('watchers with an account watch, votes and history stay', async () => {
    const items = await plan({
      issue: [issue('PAY-1')],
      watcher: ['fred', 'mary'].map((user) => ({ issueId: 'i-PAY-1', user })),
      vote: [{ issueId: 'i-PAY-1', user: 'fred' }],
      changeGroup: [{ id: '1', issueId: 'i-PAY-1', author: 'fred', created: null }],
    })
    expect(one(items, 'watcher', 'i-PAY-1/fred').promise).toEqual({
      issueKey: 'PAY-1',
      accountId: 'a-fred',
    })
    expect(one(items, 'watcher', 'i-PAY-1/mary').leftOut?.code).toBe('no-account')
    expect(one(items, 'vote').leftOut?.code).toBe('votes')
    expect(one(items, 'history').leftOut?.code).toBe('history')
  })

  test('remote links keep their global id, and a second one of the same id gets its own', async () => {
    const row = {
      issueId: 'i-PAY-1',
      globalId: 'appId=1&pageId=2',
      title: null,
      url: 'https://wiki.example.com/2',
      summary: null,
      relationship: null,
      applicationType: null,
      applicationName: null,
    }
    const items = await plan({
      issue: [issue('PAY-1')],
      remoteLink: [
        { ...row, id: '1' },
        { ...row, id: '2' },
        { ...row, id: '3', url: 'nowhere' },
      ],
    })
    expect(one(items, 'remoteLink', '1').promise).toMatchObject({
      globalId: 'appId=1&pageId=2',
      title: 'https://wiki.example.com/2',
    })
    expect(codes(one(items, 'remoteLink', '2'))).toEqual(['id-replaced'])
    expect(one(items, 'remoteLink', '3').leftOut?.code).toBe('no-address')
  })
})
