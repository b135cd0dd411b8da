// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SetupModel } from '../../extension/models/setup.ts'
import { writeAgent } from '../../extension/settings.ts'
import { serve } from '../../extension/sync/service.ts'
import { closing } from '../support/closing.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { migration } from '../support/scenes.ts'

vi.mock('wxt/browser', async () => (await import('../support/extension-home.ts')).fakeHome())
vi.mock('../../extension/platform.ts', async (load) =>
  (await import('../support/near-background.ts')).nearBackground(load),
)

let agent: FakeAgent
let id = ''
let n = 0
beforeEach(async () => {
  agent = await startFakeAgent()
  n += 1
  id = `one-${n}`
  agent.show([migration({ id, name: 'Weekend' })])
  await writeAgent({ address: agent.address, token, name: 'this machine' })
  serve()
})
afterEach(() => agent.close())

async function opened() {
  const model = closing(new SetupModel(id, () => {}))
  await vi.waitFor(() => expect(model.form.value).not.toBeNull())
  return model
}
const name = (model: SetupModel) => model.form.value?.name

describe('one setup in two windows', () => {
  test('who typed nothing sees what was saved in the other', async () => {
    using here = await opened()
    using there = await opened()
    there.set({ name: 'Theirs' })
    await there.save('name')
    await here.save('source')
    expect(name(here)).toBe('Theirs')
    expect(here.clash.value).toBeNull()
    using again = await opened()
    expect(name(again)).toBe('Theirs')
  })

  test.each(['theirs', 'mine'] as const)('who typed something chooses: %s', async (which) => {
    using here = await opened()
    using there = await opened()
    there.set({ name: 'Theirs', purpose: 'production' })
    await there.save('name')
    here.set({ name: 'Mine' })
    expect(await here.save('name')).toBe(false)
    expect(here.clash.value).toEqual(['name', 'purpose'])
    expect(name(here)).toBe('Mine')
    await here.keep(which, 'name')
    expect(here.clash.value).toBeNull()
    expect(here.dirty.value).toBe(false)
    using again = await opened()
    expect(name(again)).toBe(which === 'mine' ? 'Mine' : 'Theirs')
  })

  test('what was typed long ago does not come over what was saved since', async () => {
    {
      using before = await opened()
      before.set({ name: 'Old draft' })
      await new Promise((kept) => setTimeout(kept, 20))
    }
    using elsewhere = await opened()
    expect(elsewhere.clash.value).toBeNull()
    await elsewhere.save('name')
    // Another browser saves; this one still has what it typed before.
    {
      using late = await opened()
      late.set({ name: 'Typed late' })
      await new Promise((kept) => setTimeout(kept, 20))
    }
    const { revision: _, ...theirs } = {
      name: 'Newer',
      purpose: 'test',
      source: { kind: 'backup', path: '/other.zip' },
      site: { kind: 'practice' },
      step: 'scope',
      revision: null,
    }
    await fetch(`${agent.address}/api/migrations/${id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(theirs),
    })
    using back = await opened()
    expect(back.clash.value).toEqual(['name', 'source'])
    await back.visit('site')
    expect(back.view.value?.name).toBe('Newer')
  })
})

describe('whether the site can be reached', () => {
  const typed = { site: 'cloud', url: 'https://acme.atlassian.net', email: 'a@acme.com' } as const

  test('is asked once for what stands there, and kept with its age', async () => {
    using model = await opened()
    model.set({ ...typed, token: 'good' })
    const form = model.form.value
    if (!form) throw new Error('It is open.')
    const asked = () => agent.asked.filter((one) => one.endsWith('site-test')).length
    expect(await Promise.all([model.siteTest.ask(form), model.siteTest.ask(form)])).toEqual([
      true,
      true,
    ])
    expect(asked()).toBe(1)
    expect(model.siteTest.at.value).toBeGreaterThan(Date.now() - 10_000)
  })
  test('a token that is refused says so', async () => {
    using model = await opened()
    model.set({ ...typed, token: 'bad' })
    const form = model.form.value
    if (!form) throw new Error('It is open.')
    expect(await model.siteTest.ask(form)).toBe(false)
    expect(model.siteTest.problem.value?.code).toBe('site-token-refused')
  })
})
