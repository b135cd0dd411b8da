// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { forgetAll, takeState, untoldNotices } from '../../extension/cache/changes.ts'
import { cache } from '../../extension/cache/db.ts'
import { otherOf } from '../../extension/cache/others.ts'
import {
  readCursor,
  readNeeds,
  readReach,
  recentMigrations,
} from '../../extension/cache/questions.ts'
import {
  changePreferences,
  readAgent,
  readPreferences,
  writeAgent,
  writeOthers,
} from '../../extension/settings.ts'
import { attend, badgeOf, placeOfNotice } from '../../extension/sync/attend.ts'
import { askOthers, turnTo } from '../../extension/sync/others.ts'
import { follow, pull } from '../../extension/sync/pull.ts'
import { handlers } from '../../extension/sync/service.ts'
import { noCounts } from '../../shared/report.ts'
import { seen } from '../support/extension-home.ts'
import { code, type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import {
  everything,
  failed,
  finished,
  incomplete,
  migration,
  paused,
  running,
} from '../support/scenes.ts'

vi.mock('wxt/browser', async () => (await import('../support/extension-home.ts')).fakeHome())

const own = { own: true, origin: null }
const inList = () => recentMigrations(100)
let agent: FakeAgent

beforeEach(async () => {
  agent = await startFakeAgent()
  seen.notified.length = 0
  await Promise.all(cache.tables.map((table) => table.clear()))
  await writeAgent({ address: agent.address, token, name: 'this machine' })
})
afterEach(() => agent.close())

describe('what changed at the agent comes into the cache', () => {
  test('all at first, then only what changed since', async () => {
    agent.show([running, finished])
    await pull()
    expect((await inList()).map((row) => row.id)).toEqual(['pay', 'hr'])
    agent.show([incomplete], ['hr'])
    await pull()
    expect((await inList()).map((row) => row.id)).toEqual(['pay', 'legacy'])
    expect(agent.asked).toEqual(['GET /api/state?since=0', 'GET /api/state?since=12'])
    expect(await readReach()).toMatchObject({ state: 'here', problem: null })
  })

  test('an older answer that comes late overwrites nothing', async () => {
    const row = { ...running, changed: 20, status: 'finished' as const }
    await takeState({ cursor: 20, migrations: [row], deleted: [] }, 0)
    await takeState({ cursor: 15, migrations: [{ ...running, changed: 15 }], deleted: [] }, 10)
    expect((await inList())[0]?.status).toBe('finished')
    expect(await readCursor()).toBe(20)
  })

  test('an agent with another folder is believed from the start', async () => {
    agent.show(everything)
    await pull()
    agent.restartCount()
    agent.show([migration({ id: 'fresh' })])
    await pull()
    expect((await inList()).map((row) => row.id)).toEqual(['fresh'])
  })

  test('a stream brings news at once, until the page is left', async () => {
    const leaving = new AbortController()
    const heard = vi.fn(async () => {})
    const over = follow(leaving.signal, heard)
    await vi.waitFor(() => expect(agent.asked).toContain('GET /api/events?since=10'))
    agent.show([running])
    await vi.waitFor(async () => expect(await inList()).toHaveLength(1))
    leaving.abort()
    await over
    expect(heard).toHaveBeenCalled()
  })

  test('an agent that is away leaves the last list, with the time of its last word', async () => {
    agent.show([running])
    await pull()
    const heard = (await readReach())?.at
    await agent.close()
    await pull()
    expect(await readReach()).toMatchObject({
      state: 'away',
      at: heard,
      problem: { code: 'agent-away' },
    })
    expect(await inList()).toHaveLength(1)
  })

  test('a token that the agent does not know asks for pairing', async () => {
    await writeAgent({ address: agent.address, token: 'another', name: 'x' })
    await pull()
    expect((await readReach())?.state).toBe('unpaired')
  })
})

describe('the person is told', () => {
  test('of each change of a status once, and of nothing that was so before', async () => {
    agent.show([running, finished])
    await pull()
    await attend()
    expect(seen.notified).toEqual([])
    agent.show([{ ...running, status: 'incomplete', reason: 'stopped by you' }])
    await pull()
    await Promise.all([attend(), attend()])
    await attend()
    expect(seen.notified).toEqual([
      { id: 'pay', title: 'Payments to acme', message: 'Incomplete: stopped by you' },
    ])
  })

  test('of what happened while the browser was closed, the last state only', async () => {
    agent.show([migration({ id: 'pay' })])
    await pull()
    agent.show([running])
    await pull()
    agent.show([{ ...running, status: 'finished', reason: null }])
    await pull()
    await attend()
    expect(seen.notified.map(({ message }) => message)).toEqual([
      'Your migration has finished, with all the tasks completed.',
    ])
  })

  test('of the last change also where its number has one figure more', async () => {
    for (const [changed, status] of [
      [8, 'saved'],
      [9, 'running'],
      [10, 'failed'],
    ] as const)
      await takeState(
        { cursor: changed, migrations: [migration({ id: 'm', changed, status })], deleted: [] },
        0,
      )
    await attend()
    expect(seen.notified.map(({ message }) => message)).toEqual([
      'Your migration failed: a project key may already exist on the site, or it hit an unexpected error.',
    ])
  })

  test('again of what the browser would not show, and only of that', async () => {
    agent.show([running, finished])
    await pull()
    agent.show([
      { ...running, status: 'failed', reason: 'first' },
      { ...finished, status: 'failed', reason: 'second' },
    ])
    await pull()
    const create = vi.mocked(browser.notifications.create)
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    create.mockRejectedValueOnce(new Error('no room'))
    await attend()
    expect(seen.notified.map(({ message }) => message)).toEqual(['Failed: second'])
    expect(said).toHaveBeenCalledTimes(1)
    said.mockRestore()
    await attend()
    await attend()
    expect(seen.notified.map(({ message }) => message)).toEqual(['Failed: second', 'Failed: first'])
  })

  test('of a run that waits for a person, but not of a limit that passes by itself', async () => {
    agent.show([running, paused])
    await pull()
    agent.show([{ ...running, activity: 'paused', pausedBy: ['rate limit'] }])
    await pull()
    await attend()
    expect(seen.notified).toEqual([])
    const reason = 'The site does not answer.'
    agent.show([{ ...running, activity: 'paused', pausedBy: ['site unreachable'], reason }])
    await pull()
    await attend()
    expect(seen.notified).toEqual([
      { id: 'pay', title: 'Payments to acme', message: 'It waits: The site does not answer.' },
    ])
  })

  test('of many changes in one notification, and of no kind that is switched off', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => migration({ id }))
    agent.show(rows)
    await pull()
    await changePreferences({ notify: { ...(await readPreferences()).notify, failed: false } })
    agent.show(rows.map((row, i) => ({ ...row, status: i === 0 ? 'failed' : 'finished' })))
    await pull()
    await attend()
    expect(seen.notified).toHaveLength(1)
    expect(seen.notified[0]).toMatchObject({ id: 'many', title: '5 changes since you last looked' })
    await changePreferences({ notify: { ...(await readPreferences()).notify, failed: true } })
  })

  test('not at all when notifications are off, and not later either', async () => {
    await changePreferences({ notifications: false })
    await pull()
    agent.show([finished])
    await pull()
    await attend()
    expect(seen.notified).toEqual([])
    expect(await untoldNotices()).toEqual([])
    await changePreferences({ overlay: true, notifications: true })
  })

  test('also where a run ended as the one before it, and nobody saw it run', async () => {
    agent.show([incomplete])
    await pull()
    await attend()
    expect(seen.notified).toEqual([])
    agent.show([{ ...incomplete, finishedAt: (incomplete.finishedAt ?? 0) + 60_000 }])
    await pull()
    await attend()
    expect(seen.notified).toHaveLength(1)
    expect(seen.notified[0]).toMatchObject({ id: incomplete.id })
    // The same again is no news.
    agent.show([{ ...incomplete, finishedAt: (incomplete.finishedAt ?? 0) + 60_000 }])
    await pull()
    await attend()
    expect(seen.notified).toHaveLength(1)
  })

  test('also where a later change is of a kind that is switched off', async () => {
    agent.show([running])
    await pull()
    await changePreferences({ notify: { ...(await readPreferences()).notify, started: false } })
    agent.show([{ ...running, status: 'failed', reason: 'The disk is full.' }])
    await pull()
    agent.show([running])
    await pull()
    await attend()
    expect(seen.notified.map(({ message }) => message)).toEqual(['Failed: The disk is full.'])
    expect(await untoldNotices()).toEqual([])
    await changePreferences({ notify: { ...(await readPreferences()).notify, started: true } })
  })

  const here = { state: 'here', at: 1, problem: null } as const
  const away = { state: 'away', at: 1, problem: null } as const
  test.each([
    ['the share of what runs', [running, incomplete], here, '69%'],
    ['nothing sent yet', [{ ...running, progress: paused.progress }], here, '1%'],
    ['how many things need a person, a failure as one', [finished, incomplete, failed], here, '4'],
    ['that what ran cannot be seen', [running], away, '!'],
    ['nothing more when all is quiet', [finished], away, ''],
    ['nothing of archived ones', [{ ...incomplete, archived: true }], here, ''],
    ['at most four characters', [{ ...incomplete, needsAttention: 4112 }], here, '999+'],
  ])('by the badge: %s', async (_what, rows, reach, text) => {
    agent.show(rows)
    await pull()
    const { things } = await readNeeds()
    expect(badgeOf(await recentMigrations(10), things, reach).text).toBe(text)
  })
})

describe('of several agents one is asked', () => {
  const far = { address: 'http://127.0.0.1:9', token: 'x', name: 'far' }

  test('and what another one still says is dropped', async () => {
    agent.show([finished])
    await pull()
    await handlers.addAgent({ address: far.address, name: far.name }, own)
    expect(await inList()).toEqual([])
    const late = { cursor: 30, migrations: [{ ...running, changed: 30 }], deleted: [] }
    await takeState(late, 0, agent.address)
    expect(await inList()).toEqual([])
    await handlers.chooseAgent({ address: agent.address }, own)
    expect((await inList()).map((row) => row.id)).toEqual(['hr'])
    await expect(handlers.addAgent({ ...far, address: agent.address }, own)).rejects.toThrow(
      'There is an agent with the address',
    )
  })

  test('and what ended at one while another was asked is told once it is chosen again', async () => {
    agent.show([running, finished])
    await pull()
    await handlers.addAgent({ address: far.address, name: far.name }, own)
    agent.show([{ ...running, status: 'failed', reason: 'The disk is full.' }])
    await handlers.chooseAgent({ address: agent.address }, own)
    await attend()
    expect(seen.notified.map(({ message }) => message)).toEqual(['Failed: The disk is full.'])
    await attend()
    expect(seen.notified).toHaveLength(1)
  })

  test('and what ended while its token was taken back is told once it is paired again', async () => {
    agent.show([running])
    await pull()
    agent.show([{ ...running, status: 'failed', reason: 'The disk is full.' }])
    await handlers.pair({ address: agent.address, code }, own)
    await attend()
    expect(seen.notified.map(({ message }) => message)).toEqual(['Failed: The disk is full.'])
  })

  test('and the migrations of another folder at the same address are no news', async () => {
    agent.show([running])
    await pull()
    agent.restartCount()
    agent.show([
      { ...failed, id: 'old' },
      { ...finished, id: 'older' },
    ])
    await handlers.pair({ address: agent.address, code }, own)
    await attend()
    expect((await inList()).map((row) => row.id).sort()).toEqual(['old', 'older'])
    expect(seen.notified).toEqual([])
  })

  test('and what was on its way while the cache was emptied is asked for again', async () => {
    agent.show([running, finished, incomplete])
    await pull()
    const since = await readCursor()
    await forgetAll()
    const late = {
      cursor: since + 1,
      migrations: [{ ...running, changed: since + 1 }],
      deleted: [],
    }
    expect(await takeState(late, since, agent.address)).toBe(false)
    await pull()
    expect(await inList()).toHaveLength(3)
    await attend()
    expect(seen.notified).toEqual([])
  })

  test('and what nobody was told of yet goes by the name of its agent', async () => {
    agent.show([running])
    await pull()
    agent.show([{ ...running, status: 'failed', reason: 'The disk is full.' }])
    await pull()
    await handlers.addAgent({ address: far.address, name: far.name }, own)
    await attend()
    const [told] = seen.notified
    expect(told?.title).toBe('Payments to acme (this machine)')
    expect(otherOf(told?.id ?? '')).toEqual({ address: agent.address, id: 'pay' })
  })

  test('and one that moved keeps its pairing and all that is known of it', async () => {
    agent.show([finished])
    await pull()
    await handlers.changeAgent({ address: far.address, name: 'moved' }, own)
    expect(await readAgent()).toEqual({ address: far.address, token, name: 'moved' })
    expect((await readReach())?.state).toBe('away')
    expect((await inList()).map((row) => row.id)).toEqual(['hr'])
  })
})

describe('of the agents that are not in use', () => {
  test('what changes is told, too, and leads to the agent that said it', async () => {
    const other = await startFakeAgent()
    try {
      await writeOthers([{ address: other.address, token, name: 'the other' }])
      other.show([running, finished])
      await askOthers()
      await attend()
      expect(seen.notified).toEqual([])
      other.show([{ ...running, status: 'failed', reason: 'The disk is full.' }])
      await askOthers()
      await askOthers()
      await attend()
      const [told, ...more] = seen.notified
      expect(more).toEqual([])
      expect(told).toMatchObject({
        title: 'Payments to acme (the other)',
        message: 'Failed: The disk is full.',
      })
      expect(await inList()).toEqual([])
      expect(otherOf(told?.id ?? '')).toEqual({ address: other.address, id: 'pay' })
      expect(placeOfNotice(told?.id ?? '')).toBe('#/m/pay')
      await turnTo(other.address)
      expect((await readAgent()).address).toBe(other.address)
      expect((await inList()).map((row) => row.id)).toEqual(['pay', 'hr'])
    } finally {
      await writeOthers([])
      await other.close()
    }
  })
})

describe('what a person does', () => {
  test('clears the cache only where all of it can be asked for again', async () => {
    agent.show([finished])
    await pull()
    await handlers.clearCache(null, own)
    expect((await inList()).map((row) => row.id)).toEqual(['hr'])
    await agent.close()
    await expect(handlers.clearCache(null, own)).rejects.toThrow('nothing was cleared')
    expect((await inList()).map((row) => row.id)).toEqual(['hr'])
  })

  test('pairs with a code, once right, and sees the list', async () => {
    agent.show([finished])
    await writeAgent({ address: agent.address, token: null, name: '' })
    const wrong = handlers.pair({ address: agent.address, code: 'AAAA-AAAA' }, own)
    await expect(wrong).rejects.toMatchObject({ view: { code: 'not-paired' } })
    await handlers.pair({ address: agent.address, code }, own)
    expect(await readAgent()).toEqual({ address: agent.address, token, name: 'this machine' })
    expect(await inList()).toHaveLength(1)
  })

  test('runs, pauses and deletes, and the cache follows', async () => {
    agent.show([migration({ id: 'm', totals: noCounts() })])
    await pull()
    await handlers.act({ id: 'm', act: 'run' }, own)
    expect((await inList())[0]?.status).toBe('running')
    await handlers.act({ id: 'm', act: 'pause' }, own)
    expect((await inList())[0]?.pausedBy).toEqual(['by you'])
    await handlers.remove({ id: 'm' }, own)
    expect(await inList()).toEqual([])
  })
})

describe('the overlay asks through the background', () => {
  const subject = { kind: 'issue', issue: 'PAY-3' } as const
  const ask = async (origin: string | null) =>
    (await handlers.screen({ subject, keys: [] }, { own: false, origin })).answer

  test('with the origin that the browser vouches for', async () => {
    expect(await ask('https://acme.atlassian.net')).toMatchObject({
      state: 'issue',
      view: { verdict: 'different' },
    })
    expect(agent.asked.at(-1)).toBe(
      'GET /api/verdicts?site=https%3A%2F%2Facme.atlassian.net&issue=PAY-3',
    )
  })

  test('on this machine only for a practice site that a migration went to', async () => {
    expect(await ask('http://127.0.0.1:8080')).toEqual({ state: 'off' })
    agent.show([migration({ id: 'm', site: { kind: 'practice', url: 'http://127.0.0.1:8080' } })])
    await pull()
    expect(await ask('http://127.0.0.1:8080')).toMatchObject({ state: 'issue' })
  })

  test('and hears that the agent is away, or nothing when it is switched off', async () => {
    await agent.close()
    expect(await ask('https://acme.atlassian.net')).toMatchObject({
      state: 'problem',
      problem: { code: 'agent-away' },
    })
    await changePreferences({ overlay: false })
    expect(await ask('https://acme.atlassian.net')).toEqual({ state: 'off' })
    await changePreferences({ overlay: true, notifications: true })
  })
})
