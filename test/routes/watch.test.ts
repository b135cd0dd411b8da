import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { logEvent } from '../../agent/ledger/events.ts'
import { getMigration } from '../../agent/ledger/migrations.ts'
import { addSample as keep, type Sample } from '../../agent/ledger/samples.ts'
import { createSampler } from '../../agent/sampler.ts'
import type { ItemView, MigrationDetail } from '../../shared/api.ts'
import type { ArchivedView } from '../../shared/api-deeds.ts'
import type { LogWindow, SamplesView } from '../../shared/api-watch.ts'
import { addSample, finishSample } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
  await addSample(door.ledger, 'm1')
  await finishSample(door.ledger, 'm1')
})
afterEach(() => door.close())

const ask = async <T>(path: string) => (await (await door.call(path)).json()) as T
const moment: Sample = {
  at: 0,
  activity: 'pushing',
  sent: 0,
  checked: 0,
  requests: 0,
  share: 0,
  held: [],
}

describe('the samples of a run', () => {
  test('are kept every few seconds, with the requests of all runs, and at the end', async () => {
    let now = 0
    const { db } = door.ledger
    const sampler = createSampler(db, () => now)
    const row = await getMigration(db, 'm1')
    sampler.site({ requests: () => 40, share: () => 0.25 })
    const running = { ...row, activity: 'pushing' as const }
    for (now = 1000; now < 8000; now += 500) await sampler.take(running, now, 1)
    await sampler.take({ ...row, activity: 'idle' }, 8, 8)
    sampler.site(null)
    // The row says by then that the run does nothing any more; the sample is of what it did.
    await sampler.take({ ...row, activity: 'idle', requests: 41 }, 9, 9, true)
    const { samples } = await ask<SamplesView>('/api/migrations/m1/samples')
    expect(samples.map(({ at }) => at)).toEqual([1000, 4000, 7000, 8000])
    expect(samples.map(({ requests }) => requests - row.requests)).toEqual([
      40,
      40,
      40,
      41 - row.requests,
    ])
    expect(samples.map(({ share }) => share)).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(new Set(samples.map(({ activity }) => activity))).toEqual(new Set(['pushing']))
  })

  test('go on after the clock was set back', async () => {
    const { db } = door.ledger
    let now = 10_000_000
    const sampler = createSampler(db, () => now)
    const row = await getMigration(db, 'm1')
    await sampler.take(row, 1, 0)
    now -= 3_600_000
    await sampler.take(row, 2, 0)
    expect((await ask<SamplesView>('/api/migrations/m1/samples')).samples).toHaveLength(2)
  })

  test('stay few however long it takes, the first and the last among them', async () => {
    for (let at = 1; at <= 820; at++) await keep(door.ledger.db, 'm1', { ...moment, at, sent: at })
    const { samples } = await ask<SamplesView>('/api/migrations/m1/samples')
    expect(samples.length).toBeLessThanOrEqual(400)
    expect([samples[0]?.at, samples.at(-1)?.at]).toEqual([1, 820])
    expect(samples.map(({ at }) => at)).toEqual(
      samples.map(({ at }) => at).toSorted((a, b) => a - b),
    )
  })
})

describe('the log by window', () => {
  beforeEach(async () => {
    for (let i = 0; i < 50; i++)
      await logEvent(door.ledger.db, {
        migrationId: 'm1',
        at: i,
        ...(i % 5 > 0
          ? { level: 'info' }
          : { level: i % 10 === 0 ? 'error' : 'warn', code: 'unexpected' }),
        phase: 'issues',
        text: i === 7 ? '100%_done' : `tick ${i}`,
      })
  })
  const window = (query: string) => ask<LogWindow>(`/api/migrations/m1/log-window?${query}`)

  test('gives the lines at a place, and how many there are', async () => {
    const { total } = await window('limit=1')
    const last = await window(`offset=${total - 2}&limit=10`)
    expect(last.lines.map(({ text }) => text)).toEqual(['tick 48', 'tick 49'])
    expect(last.total).toBe(total)
  })
  test('by level, and those that are worse', async () => {
    expect((await window('level=error&text=tick')).total).toBe(5)
    expect((await window('level=warn&text=tick')).total).toBe(10)
  })
  test('by a text, in which % and _ are letters', async () => {
    expect((await window('text=TICK%204')).total).toBe(11)
    expect((await window('text=%25_d')).lines.map(({ text }) => text)).toEqual(['100%_done'])
  })
})

test('who did what stands in the history, but not what was refused', async () => {
  await door.post('/api/migrations/m1/archive', {})
  await door.post('/api/migrations/m1/run', {})
  const { timeline } = await ask<MigrationDetail>('/api/migrations/m1')
  const deeds = timeline.filter(({ stage }) => stage === 'you').map(({ text }) => text)
  expect(deeds).toHaveLength(1)
  expect(deeds[0]).toMatch(/^Archived by \S.*\.$/)
})

test('the list behind a number holds only what was counted', async () => {
  const items = async (only: string) =>
    (await ask<{ items: ItemView[] }>(`/api/migrations/m1/items?only=${only}&limit=500`)).items
  const losses = await items('loss')
  expect(losses.length).toBeGreaterThan(0)
  expect(losses.every((item) => item.losses.length > 0)).toBe(true)
  const sent = await items('sent')
  expect(sent.length).toBeGreaterThan(0)
  expect(sent.every((item) => item.siteId !== null)).toBe(true)
})

test('of many archived at once the history of each says so, and of none that was left as it was', async () => {
  const { refused } = (await (
    await door.post('/api/archive', { ids: ['m1', 'gone'], archived: true })
  ).json()) as ArchivedView
  expect(refused.map(({ id }) => id)).toEqual(['gone'])
  await door.post('/api/archive', { ids: ['m1'], archived: false })
  const { timeline } = await ask<MigrationDetail>('/api/migrations/m1')
  expect(timeline.filter(({ stage }) => stage === 'you').map(({ text }) => text)).toEqual([
    'Archived by test.',
    'Restored from the archive by test.',
  ])
})
