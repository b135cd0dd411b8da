import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { milestones } from '../../agent/routes/milestones.ts'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import { type Door, openDoor } from './door.ts'

const minute = 60_000
const line = (at: number, text: string, phase = 'stage:you') => ({ at: at * minute, phase, text })

describe('what happened to a migration', () => {
  test('has one line for a sitting of edits, however many pages were saved', () => {
    const shown = milestones([
      line(0, 'Edited by Ada.'),
      line(3, 'Edited by Ada.'),
      line(12, 'Edited by Ada.'),
      line(13, 'Edited by Ben.'),
      line(14, 'Edited by Ada.'),
    ])
    expect(shown.map(({ text }) => text)).toEqual([
      'Edited by Ada, 3 times.',
      'Edited by Ben.',
      'Edited by Ada.',
    ])
    expect(shown[0]?.at).toBe(12 * minute)
  })

  test('keeps edits apart that are long ago, or have something else between them', () => {
    const texts = milestones([
      line(0, 'Edited by Ada.'),
      line(11, 'Edited by Ada.'),
      line(12, 'Reading the source.', 'stage:read'),
      line(13, 'Edited by Ada.'),
    ]).map(({ text }) => text)
    expect(texts).toEqual([
      'Edited by Ada.',
      'Edited by Ada.',
      'Reading the source.',
      'Edited by Ada.',
    ])
  })
})

describe('the history of a new migration', () => {
  let door: Door
  beforeEach(async () => {
    door = await openDoor()
  })
  afterEach(() => door.close())

  const told = async (id: string) => {
    const answer = await door.call(`/api/migrations/${id}`)
    return ((await answer.json()) as MigrationDetail).timeline.map(({ text }) => text)
  }
  const post = async (path: string, body: unknown) => {
    const answer = await door.call(path, { method: 'POST', body: JSON.stringify(body) })
    expect(answer.status).toBe(201)
    return (await answer.json()) as MigrationView
  }

  test('begins with who made it, and a copy with what it was copied from', async () => {
    const first = await post('/api/migrations', { name: 'Weekend <b>', step: 'name' })
    expect(await told(first.id)).toEqual([expect.stringMatching(/^Created by \S.*\.$/)])
    const copy = await post(`/api/migrations/${first.id}/copy`, { name: 'Again' })
    expect(await told(copy.id)).toEqual([
      expect.stringMatching(/^Copied from "Weekend <b>" by \S.*\.$/),
    ])
    expect(await told(first.id)).toHaveLength(1)
  })

  test('says nothing of what was refused', async () => {
    const answer = await door.call('/api/migrations', { method: 'POST', body: '{}' })
    expect(answer.ok).toBe(false)
    const lines = await door.ledger.db.selectFrom('event').selectAll().execute()
    expect(lines).toEqual([])
  })
})
