// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { takeReach } from '../../extension/cache/changes.ts'
import { cache } from '../../extension/cache/db.ts'
import { AfterModel, ChecklistModel } from '../../extension/models/after.ts'
import { SourcesModel } from '../../extension/models/ask.ts'
import { ChecksModel } from '../../extension/models/checks.ts'
import { PeopleModel } from '../../extension/models/people.ts'
import { SetupModel } from '../../extension/models/setup.ts'
import { InspectionModel, PreviewModel } from '../../extension/models/work.ts'
import { writeAgent } from '../../extension/settings.ts'
import { serve } from '../../extension/sync/service.ts'
import { closing } from '../support/closing.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { migration } from '../support/scenes.ts'

vi.mock('wxt/browser', async () => (await import('../support/extension-home.ts')).fakeHome())
vi.mock('../../extension/platform.ts', async (load) =>
  (await import('../support/near-background.ts')).nearBackground(load),
)

/** The screen is to be right this soon after the agent can be reached. */
const soon = { timeout: 5000, interval: 20 }
let agent: FakeAgent
let port = 0
const rows = () => [migration({ id: 'one' })]

async function restart(): Promise<void> {
  agent = await startFakeAgent(port)
  agent.show(rows())
}
beforeEach(async () => {
  port = 0
  await restart()
  port = Number(new URL(agent.address).port)
  await Promise.all(cache.tables.map((table) => table.clear()))
  await writeAgent({ address: agent.address, token, name: 'this machine' })
  serve()
})
afterEach(() => agent.close())

test('an agent that restarts while it works: the last view stays, and the work is done anew', async () => {
  using reading = closing(new InspectionModel('one'))
  using planning = closing(new PreviewModel('one'))
  using checks = closing(new ChecksModel('one'))
  await vi.waitFor(() => expect(checks.view.value).not.toBeNull(), soon)
  checks.run([])
  await vi.waitFor(() => {
    expect(reading.view.value?.state).toBe('reading')
    expect(planning.view.value?.state).toBe('planning')
    expect(checks.view.value?.running).toBe(true)
  }, soon)
  await agent.close()
  const all = [reading, planning, checks]
  for (const one of all)
    await vi.waitFor(() => expect(one.problem.value?.code).toBe('agent-away'), soon)
  expect(reading.view.value?.state).toBe('reading')
  expect(planning.view.value?.state).toBe('planning')
  for (const one of all) expect(one.at.value).toBeGreaterThan(Date.now() - 60_000)
  await restart()
  await vi.waitFor(() => {
    expect(reading.view.value?.state).toBe('done')
    expect(planning.view.value?.state).toBe('done')
    expect(checks.view.value?.running).toBe(false)
  }, soon)
  // Its step asks those that the restart cut short.
  expect(checks.cutShort.value).toBe(1)
  for (const one of all) expect(one.problem.value).toBeNull()
})

test('what the dashboard hears of its return is asked for at once', async () => {
  using model = closing(new ChecksModel('one'))
  await vi.waitFor(() => expect(model.view.value?.checks.length).toBeGreaterThan(0), soon)
  await agent.close()
  model.reload()
  await vi.waitFor(() => expect(model.problem.value?.code).toBe('agent-away'), soon)
  expect(model.view.value?.checks.length).toBeGreaterThan(0)
  await restart()
  await takeReach('here', Date.now())
  await vi.waitFor(() => expect(model.problem.value).toBeNull(), { timeout: 1000, interval: 10 })
})

test('the checks of an earlier visit stand with their age while the agent is away', async () => {
  using first = closing(new ChecksModel('one'))
  await vi.waitFor(() => expect(first.fresh.value).toBe(true), soon)
  await vi.waitFor(async () => expect(await cache.checks.count()).toBe(1), soon)
  await agent.close()
  using later = closing(new ChecksModel('one'))
  await vi.waitFor(() => expect(later.problem.value?.code).toBe('agent-away'), soon)
  expect(later.view.value?.checks).toEqual(first.view.value?.checks)
  expect(later.at.value).toBe(first.at.value)
  // Nobody has said on this visit what was never checked, so nothing is begun by it.
  expect(later.fresh.value).toBe(false)
})

test('lists and fields that were never there come by themselves', async () => {
  await agent.close()
  using people = closing(new PeopleModel('one'))
  using sources = closing(new SourcesModel('one'))
  using setup = closing(new SetupModel('one', () => {}))
  for (const one of [people, sources, setup])
    await vi.waitFor(() => expect(one.problem.value?.code).toBe('agent-away'), soon)
  await restart()
  await vi.waitFor(() => expect(people.page.value).not.toBeNull(), soon)
  await vi.waitFor(() => expect(sources.found.value).not.toBeNull(), soon)
  await vi.waitFor(() => expect(setup.form.value).not.toBeNull(), soon)
  for (const one of [people, sources, setup]) expect(one.problem.value).toBeNull()
})

test('what was typed meanwhile goes to the agent when it is back', async () => {
  using model = closing(new SetupModel('one', () => {}))
  await vi.waitFor(() => expect(model.form.value).not.toBeNull(), soon)
  await agent.close()
  model.set({ name: 'Typed while it was away' })
  await model.save('name')
  expect(model.problem.value?.code).toBe('agent-away')
  await restart()
  await vi.waitFor(() => expect(model.dirty.value).toBe(false), soon)
  expect(model.view.value?.name).toBe('Typed while it was away')
  expect(model.problem.value).toBeNull()
})

test('a reading that was stopped is begun by nobody but a person', async () => {
  {
    using model = closing(new InspectionModel('one'))
    await vi.waitFor(() => expect(model.view.value?.state).toBe('reading'), soon)
    model.stop()
    await vi.waitFor(() => expect(model.view.value?.state).toBe('stopped'), soon)
  }
  for (const begins of [true, false]) {
    using model = closing(new InspectionModel('one', { begins }))
    await vi.waitFor(() => expect(model.view.value).not.toBeNull(), soon)
    expect(model.view.value?.state).toBe('stopped')
  }
  expect(agent.asked.filter((one) => one.startsWith('POST'))).toHaveLength(1)
})

test('checks after a migration that a restart ended are said to be over, and a checklist is kept', async () => {
  using after = closing(new AfterModel('one'))
  using list = closing(new ChecklistModel('one', 'PAY'))
  await vi.waitFor(() => expect(list.view.value).not.toBeNull(), soon)
  after.run([])
  await vi.waitFor(() => expect(after.view.value?.running).toBe(true), soon)
  // It is asked again by itself while it goes on.
  const asked = () => agent.asked.filter((one) => one === 'GET /api/migrations/one/after').length
  const before = asked()
  await vi.waitFor(() => expect(asked()).toBeGreaterThan(before), soon)
  expect(after.ended.value).toBe(0)
  await agent.close()
  expect(await list.tick('x', true, { note: 'Seen', who: 'Anna' })).toBe(false)
  for (const one of [after, list])
    await vi.waitFor(() => expect(one.problem.value?.code).toBe('agent-away'), soon)
  expect(after.view.value?.running).toBe(true)
  expect(list.view.value?.projectKey).toBe('PAY')
  await restart()
  await vi.waitFor(() => expect(after.view.value?.running).toBe(false), soon)
  expect(after.ended.value).toBe(1)
  await vi.waitFor(() => expect(list.problem.value).toBeNull(), soon)
  expect(await list.signOff({ note: 'Seen', who: 'Anna' })).toBe(true)
  expect([list.view.value?.signedOff?.who, list.who.value]).toEqual(['Anna', 'Anna'])
})
