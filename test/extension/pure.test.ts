import { describe, expect, test, vi } from 'vitest'
import { sendFile } from '../../extension/agent-client.ts'
import { readEvents } from '../../extension/event-stream.ts'
import { deedsFor, hindrance } from '../../extension/models/deeds.ts'
import { fileName } from '../../extension/models/downloads.ts'
import { fromHash, type Place, toHash } from '../../extension/models/place.ts'
import { pillOf } from '../../extension/overlay/pill.ts'
import { subjectOf } from '../../extension/overlay/place.ts'
import { ago, duration, left, middle, percent, rate } from '../../extension/views/format.ts'
import {
  failed,
  finished,
  issueVerdict,
  migration,
  paused,
  projectVerdict,
  running,
} from '../support/scenes.ts'

vi.mock('wxt/browser', async () => (await import('../support/extension-home.ts')).fakeHome())

describe('the address holds the place', () => {
  const places: Place[] = [
    { at: 'help', code: null },
    { at: 'help', code: null, ask: 'ERROR PAY [site-refused] 100 % &c' },
    { at: 'help', code: 'different:summary+due date' },
    { at: 'list', archived: false },
    { at: 'list', archived: true },
    { at: 'new' },
    { at: 'migration', id: 'a b/ü?#', tab: 'attention', after: null },
    { at: 'migration', id: 'm', tab: 'logs', after: 300 },
    { at: 'items', id: 'm', kind: 'issue', verdict: 'failed', project: 'PAY', after: 12 },
    { at: 'items', id: 'm', kind: null, verdict: null, project: null, after: null },
  ]
  test.each(places)('and gives it back: $at', (place) => {
    expect(fromHash(toHash(place))).toEqual(place)
  })
  test.each(['', '#', '#/x', '#/m', '#/m/%E0%A4%A', '#/m/'])('nonsense is the list: %s', (hash) => {
    expect(fromHash(hash)).toEqual({ at: 'list', archived: false })
  })
})

describe('the overlay knows what a page is about from its address', () => {
  test.each([
    ['/browse/PAY-12', { kind: 'issue', issue: 'PAY-12' }],
    ['/browse/PAY-12?focusedCommentId=3#x', { kind: 'issue', issue: 'PAY-12' }],
    ['/browse/PAY', { kind: 'project', project: 'PAY' }],
    [
      '/jira/software/c/projects/PAY/boards/1?selectedIssue=PAY-3',
      { kind: 'issue', issue: 'PAY-3' },
    ],
    ['/jira/software/c/projects/PAY/boards/1', { kind: 'board', board: '1', project: 'PAY' }],
    ['/jira/software/projects/A2_B/list', { kind: 'project', project: 'A2_B' }],
    ['/jira/core/projects/HR/board', { kind: 'project', project: 'HR' }],
    ['/projects/HR/', { kind: 'project', project: 'HR' }],
    ['/projects/HR/issues/HR-4', { kind: 'issue', issue: 'HR-4' }],
    ['/jira/your-work', null],
    ['/browse/not-a-key', null],
    ['/wiki/spaces/projects/PAY', null],
    ['/?selectedIssue=%3Cscript%3E', null],
  ])('%s', (path, subject) => {
    expect(subjectOf(new URL(path, 'https://acme.atlassian.net'))).toEqual(subject)
  })
})

describe('the pill says', () => {
  const issue = (key: string) => pillOf({ state: 'issue', view: issueVerdict(key) })?.words
  const project = (key: string) => pillOf({ state: 'project', view: projectVerdict(key) })?.words
  test('what an issue ended as', () => {
    expect(['PAY-1', 'PAY-2', 'PAY-3', 'PAY-4', 'PAY-5', 'PAY-6', 'X-1'].map(issue)).toEqual([
      'verified',
      'verified, with an announced loss',
      '2 differences',
      '1 part missing',
      'left out',
      'on the way',
      'not known',
    ])
  })
  test('what share of a project is verified, 100 only when it is so', () => {
    expect(['PAY', 'HR', 'X'].map(project)).toEqual(['99% verified', '0% verified', 'not migrated'])
  })
  test('nothing where the overlay is off', () => {
    expect(pillOf({ state: 'off' })).toBeNull()
  })
  test('in two words what keeps it from knowing', () => {
    const problem = (code: string) => ({ code, sentence: '', hint: '', again: false })
    const words = (code: string) => pillOf({ state: 'problem', problem: problem(code) })?.words
    expect(['agent-away', 'not-paired', 'site-rate-limit', 'x'].map(words)).toEqual([
      'agent away',
      'not paired',
      'site limits requests',
      'cannot tell',
    ])
  })
})

describe('a deed that makes no sense says why', () => {
  test('and one that does can be done', () => {
    expect(hindrance(running, 'run', true)).toBe('It is running already.')
    expect(hindrance(running, 'delete', true)).toBe('Stop it first: it is running.')
    expect(hindrance(paused, 'resume', true)).toBe(
      'Waiting for the site; it resumes automatically.',
    )
    expect(hindrance({ ...paused, pausedBy: ['by you'] }, 'resume', true)).toBeNull()
    expect(hindrance(finished, 'pause', true)).toBe('It is not running.')
    expect(hindrance(failed, 'run', true)).toBeNull()
    expect(hindrance(failed, 'run', false)).toBe('The agent does not answer.')
  })
  test('and only those that fit have a button', () => {
    expect(deedsFor(running)).toEqual(['pause', 'stop', 'archive', 'delete'])
    expect(deedsFor({ ...finished, archived: true })).toEqual(['run', 'unarchive', 'delete'])
  })
})

describe('numbers are told as a person reads them', () => {
  test('durations, time left, rates, ages and shares', () => {
    expect([0, 59.6, 760, 3600, 11_100, 187_200].map(duration)).toEqual([
      '0 s',
      '1 min',
      '12 min 40 s',
      '1 h',
      '3 h 5 min',
      '2 d 4 h',
    ])
    const ranges: [number, number][] = [
      [480, 720],
      [530, 550],
      [10, 30],
      [7200, 14_400],
    ]
    expect(ranges.map(left)).toEqual([
      '8 to 12 min left',
      'about 9 min left',
      'less than a minute left',
      '2 to 4 h left',
    ])
    expect([2140.4, 0.5].map(rate)).toEqual(['2,140/min', '30/h'])
    expect([0, 240_000, 7_300_000, 200_000_000].map((ms) => ago(0, ms))).toEqual([
      'just now',
      '4 min ago',
      '2 h ago',
      '2 d ago',
    ])
    expect([percent(999, 1000), percent(5, 5), percent(0, 0)]).toEqual([99, 100, 0])
  })
  test('long paths are cut in the middle, whole letters only', () => {
    expect(middle('/srv/backups/jira.zip', 11)).toBe('/srv/…a.zip')
    expect(middle('short', 11)).toBe('short')
    expect([...middle('😀'.repeat(20), 5)]).toHaveLength(5)
  })
  test('a download has a name that every file system takes', () => {
    expect(fileName('../<Payments> to: acme', 'report')).toBe(
      'landfall-Payments-to-acme-report.zip',
    )
    expect(fileName('¿?', 'items.csv')).toBe('landfall-migration-items.csv')
    expect(fileName(migration({ id: 'x', name: 'קוד' }).name, 'run.json')).toBe(
      'landfall-קוד-run.json',
    )
  })
})

describe('an event stream', () => {
  test('that says nothing for too long is given up, but not one with heartbeats', async () => {
    const beats = new ReadableStream<Uint8Array>({
      async start(controller) {
        for (let i = 0; i < 6; i++) {
          controller.enqueue(new TextEncoder().encode(': still here\n\n'))
          await new Promise((go) => setTimeout(go, 50))
        }
        controller.enqueue(new TextEncoder().encode('data: 1\n\n'))
      },
    })
    const events = readEvents(beats, 200)
    expect((await events.next()).value).toMatchObject({ data: '1' })
    await expect(events.next()).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('is understood however it is cut into pieces', async () => {
    const text =
      ': hello\n\nevent: state\nid: 7\ndata: {"a":\ndata: "ü"}\n\nevent: state\r\ndata: 2\r\n\r\n'
    const bytes = new TextEncoder().encode(text)
    for (const size of [1, 2, 3, 7, 1000]) {
      const pieces = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let i = 0; i < bytes.length; i += size) controller.enqueue(bytes.slice(i, i + size))
          controller.close()
        },
      })
      const events = []
      for await (const event of readEvents(pieces)) events.push(event)
      expect(events).toEqual([
        { event: 'state', id: '7', data: '{"a":\n"ü"}' },
        { event: 'state', id: '7', data: '2' },
      ])
    }
  })
})

test('a file that was called back before it was on its way is not sent at all', async () => {
  const sent = vi.fn()
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload = {}
      open() {}
      setRequestHeader() {}
      send = sent
    },
  )
  const agent = { address: 'http://127.0.0.1:9', token: 'x' }
  const watch = { signal: AbortSignal.abort(new Error('Called back.')), onProgress: () => {} }
  const file = new File(['x'], 'backup.zip')
  const late = new Promise((_, reject) => setTimeout(reject, 100, new Error('It is on its way.')))
  const answer = Promise.race([sendFile(agent, 'sources/upload', file, watch), late])
  await expect(answer).rejects.toThrow('Called back.')
  expect(sent).not.toHaveBeenCalled()
  vi.unstubAllGlobals()
})
