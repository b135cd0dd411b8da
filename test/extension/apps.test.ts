// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { appsById, appsToAsk, takeApps } from '../../extension/cache/apps.ts'
import { cache } from '../../extension/cache/db.ts'
import { appsInNeed, sortApps } from '../../extension/models/app-order.ts'
import { fromHash, toHash } from '../../extension/models/place.ts'
import { changePreferences, writeAgent } from '../../extension/settings.ts'
import { lookAtApps } from '../../extension/sync/apps-service.ts'
import { attend, placeOfNotice } from '../../extension/sync/attend.ts'
import { pull } from '../../extension/sync/pull.ts'
import { handlers } from '../../extension/sync/service.ts'
import { appsBrief } from '../../extension/words-apps.ts'
import { must } from '../../shared/assert.ts'
import { seen } from '../support/extension-home.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { finished, incomplete, migration } from '../support/scenes.ts'
import { app, appsScene } from '../support/scenes-apps.ts'

vi.mock('wxt/browser', async () => (await import('../support/extension-home.ts')).fakeHome())

const own = { own: true, origin: null }
let agent: FakeAgent

beforeEach(async () => {
  agent = await startFakeAgent()
  seen.notified.length = 0
  await Promise.all(cache.tables.map((table) => table.clear()))
  await writeAgent({ address: agent.address, token, name: 'this machine' })
  await changePreferences({ notify: allOn })
})
afterEach(() => agent.close())
const allOn = {
  started: true,
  finished: true,
  incomplete: true,
  failed: true,
  waiting: true,
  appFinished: true,
  appFailed: true,
  appWaiting: true,
}

describe('the apps of a migration come into the cache', () => {
  test('with no page open, once for each change, and not for what rests', async () => {
    agent.show([finished, incomplete])
    await pull()
    await lookAtApps()
    expect((await appsById('legacy'))?.undecided).toBe(1)
    expect((await appsById('hr'))?.apps).toEqual([])
    expect(await appsToAsk(Date.now())).toEqual([])
    agent.show([incomplete])
    await pull()
    expect(await appsToAsk(Date.now())).toEqual([])
    expect(await appsToAsk(Date.now() + 5000)).toEqual(['legacy'])
  })

  test('as nothing while the source was not read, which is no failure', async () => {
    agent.show([migration({ id: 'new' })])
    await pull()
    await handlers.apps({ id: 'new' }, own)
    expect(await appsById('new')).toBe(null)
    expect(await cache.apps.count()).toBe(1)
  })

  test('and leave it with their migration', async () => {
    agent.show([incomplete])
    await pull()
    await lookAtApps()
    agent.show([], ['legacy'])
    await pull()
    expect(await appsById('legacy')).toBe(null)
    await takeApps('legacy', appsScene(), 1)
    expect(await cache.apps.count()).toBe(0)
  })
})

describe('the person is told', () => {
  const one = (status: 'in progress' | 'failed' | 'success' | 'timed out') => ({
    apps: [app({ key: 'com.acme', name: 'Acme Checklist', status })],
    undecided: 0,
  })
  beforeEach(async () => {
    agent.show([incomplete])
    await pull()
  })

  test('when an app ends, by its name and its status, once', async () => {
    await takeApps('legacy', one('in progress'), 1)
    await attend()
    expect(seen.notified).toEqual([])
    await takeApps('legacy', one('failed'), 2)
    await takeApps('legacy', one('failed'), 3)
    await attend()
    await attend()
    expect(seen.notified).toEqual([
      expect.objectContaining({
        title: 'Acme Checklist · Legacy apps',
        message: expect.stringMatching(/^The app data migration has failed. Select Re-run/),
      }),
    ])
    const place = fromHash(placeOfNotice(must(seen.notified[0], 'notice').id))
    expect(place).toMatchObject({ at: 'migration', id: 'legacy', tab: 'apps', app: 'com.acme' })
    // Moved once more while nobody looked, it ended as it did before.
    const { apps, undecided } = one('failed')
    const again = apps.map((app) => ({ ...app, settledAt: (app.settledAt ?? 0) + 60_000 }))
    await takeApps('legacy', { apps: again, undecided }, 4)
    await attend()
    expect(seen.notified).toHaveLength(2)
  })

  test('when apps wait for a decision, and not again while they do', async () => {
    await takeApps('legacy', null, 1)
    await takeApps('legacy', { ...one('in progress'), undecided: 2 }, 2)
    await takeApps('legacy', { ...one('in progress'), undecided: 1 }, 3)
    await attend()
    expect(seen.notified.map(({ message }) => message)).toEqual([
      expect.stringContaining('2 apps with data wait for your decision'),
    ])
  })

  test('of nothing that was so before we first looked, nor of what is switched off', async () => {
    await takeApps('legacy', one('failed'), 1)
    await takeApps('legacy', one('in progress'), 2)
    await changePreferences({ notify: { ...allOn, appFinished: false } })
    await takeApps('legacy', one('success'), 3)
    await attend()
    expect(seen.notified).toEqual([])
  })

  test('of each kind by a switch of its own, which those of migrations do not touch', async () => {
    const none = { ...allOn, appFinished: false, appFailed: false, appWaiting: false }
    const kinds = [
      ['appFinished', { ...one('success'), undecided: 0 }],
      ['appFailed', { ...one('timed out'), undecided: 0 }],
      ['appWaiting', { ...one('in progress'), undecided: 2 }],
    ] as const
    const runsOff = { finished: false, incomplete: false, failed: false, waiting: false }
    for (const [kind, view] of kinds)
      for (const on of [false, true]) {
        seen.notified.length = 0
        const wanted = on ? { ...none, ...runsOff, [kind]: true } : { ...allOn, [kind]: false }
        await changePreferences({ notify: wanted })
        await Promise.all([cache.apps.clear(), cache.notices.clear()])
        await takeApps('legacy', one('in progress'), 1)
        await takeApps('legacy', view, 2)
        await attend()
        expect([kind, on, seen.notified.length]).toEqual([kind, on, on ? 1 : 0])
      }
  })
})

test('bad news stand first, then what waits for a decision; parts of Jira stand apart', () => {
  const { own, quiet, system } = sortApps(appsScene())
  expect(own.slice(0, 4).every(({ status }) => status === 'failed')).toBe(true)
  expect(own.slice(4, 8).map(({ status, decision }) => decision ?? status)).toEqual([
    'needed',
    'needed',
    'ready',
    'needed',
  ])
  expect(quiet.map(({ key }) => key)).toEqual(['com.installed'])
  expect(system.map(({ key }) => key)).toEqual(['com.atlassian.jira'])
  expect(appsInNeed(appsScene())).toBe(7)
})

test('a line says how the apps of a migration stand, and nothing where there is nothing to say', () => {
  const none = {
    ready: 3,
    'in progress': 0,
    success: 0,
    incomplete: 0,
    failed: 0,
    'timed out': 0,
    canceling: 0,
    canceled: 1,
  }
  expect(appsBrief(none, 0)).toBe('')
  expect(appsBrief({ ...none, failed: 1, success: 2 }, 2)).toBe(
    'Apps: 1 failed, 2 wait for a decision, 2 finished',
  )
  const under = { ...none, 'in progress': 1, canceling: 2 }
  expect(appsBrief(under, 0)).toBe('Apps: 1 in progress, 2 canceling')
  // Of an agent that is away nobody knows whether they still are.
  expect(appsBrief(under, 0, true)).toBe('Apps: 1 was running, 2 were being canceled')
})

test('the address holds which app is looked at, whatever its key is', () => {
  const place = {
    at: 'migration',
    id: 'a/b',
    tab: 'apps',
    after: null,
    app: 'com.acme & "co"/?#',
  } as const
  expect(fromHash(toHash(place))).toEqual(place)
})
