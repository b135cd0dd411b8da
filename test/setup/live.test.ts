import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stoppedAt } from '../../agent/setup/stopped.ts'
import type { MigrationView } from '../../shared/api.ts'
import type { InspectionView, SourceTestView } from '../../shared/api-setup-views.ts'
import { type Door, openDoor } from '../routes/door.ts'
import { type DataCenter, startDataCenter } from '../support/data-center/box.ts'
import { makeWorld } from '../support/data-center/world.ts'

const fred = 'QW5vdGhlclRva2VuT2ZGcmVk'
let door: Door
let box: DataCenter
beforeEach(async () => {
  door = await openDoor()
  box = await startDataCenter({ world: makeWorld(30), cap: 10, others: { [fred]: 'fred' } })
})
afterEach(async () => {
  await door.close()
  await box.close()
})

const setup = (token: string) => ({
  name: 'Live',
  source: { kind: 'datacenter', url: box.url, token },
  site: { kind: 'practice' },
  step: 'inspection',
})
async function make(): Promise<string> {
  return ((await (await door.post('/api/migrations', setup(box.token))).json()) as MigrationView).id
}
const look = async (id: string, method = 'GET') =>
  (await (await door.call(`/api/migrations/${id}/inspection`, { method })).json()) as InspectionView
async function ended(id: string): Promise<InspectionView> {
  for (;;) {
    const view = await look(id)
    if (view.state !== 'reading') return view
    await wait(50)
  }
}
const notes = (view: InspectionView) => view.inspection?.notes.map(({ code }) => code) ?? []

test('a live source that would be read as somebody else now says so, and with it what to do', {
  timeout: 60_000,
}, async () => {
  const id = await make()
  await door.post(`/api/migrations/${id}/inspect`)
  expect(notes(await ended(id))).not.toContain('read-by-another')
  await door.call(`/api/migrations/${id}`, { method: 'PUT', body: JSON.stringify(setup(fred)) })
  const view = await look(id)
  expect(view.state).toBe('done')
  expect(notes(view)[0]).toBe('read-by-another')
  expect(view.inspection?.notes[0]?.text).toMatch(/read as Ada Admin, and .* Fred .* read it again/)
  const tried = await door.post(`/api/migrations/${id}/source-test`, {})
  const { notes: said } = (await tried.json()) as SourceTestView
  expect(said[0]).toMatch(/was read as Ada Admin: inspect it again/)
})

test('a reading that was stopped tells how far it came, and goes on or begins anew as a person says', {
  timeout: 60_000,
}, async () => {
  const id = await make()
  let pages = 0
  let stopAt = 3
  let stopped: Promise<unknown> | null = null
  box.moods.before = (path) => {
    if (path.includes('expand=changelog')) pages += 1
    if (pages === stopAt) stopped ??= look(id, 'DELETE')
    return undefined
  }
  await door.post(`/api/migrations/${id}/inspect`)
  const left = await ended(id)
  await stopped
  expect(left).toMatchObject({ state: 'stopped', choose: true, halted: { total: 35 } })
  expect(left.halted?.read).toBeGreaterThanOrEqual(10)
  expect((await look(id)).halted).toEqual(left.halted)
  // An agent that is started anew has nothing but this.
  const kept = stoppedAt(join(door.folder, 'snapshots', `${id}.sqlite`))
  expect(kept).toEqual({ progress: left.progress })
  expect(kept?.progress).toMatchObject({ totalBytes: 35, unit: 'issues' })

  stopAt = 0
  pages = 0
  await door.post(`/api/migrations/${id}/inspect?anew=true`)
  expect((await ended(id)).state).toBe('done')
  const whole = pages
  await door.post(`/api/migrations/${id}/inspect`)
  stopAt = pages + 3
  stopped = null
  await ended(id)
  await stopped
  pages = 0
  stopAt = -1
  await door.post(`/api/migrations/${id}/inspect`)
  const view = await ended(id)
  expect([view.state, view.halted ?? null]).toEqual(['done', null])
  expect(view.projects.map(({ issues }) => issues).sort()).toEqual([0, 1, 34])
  // Two pages were safe; to find that nothing changed meanwhile takes one for each project.
  expect(pages).toBeLessThanOrEqual(whole)
})
