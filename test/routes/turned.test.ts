import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addStrangers } from '../../agent/ledger/verification.ts'
import { addSample, finishSample, hostile } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
  await addSample(door.ledger, 'm1')
  await finishSample(door.ledger, 'm1')
  await addStrangers(door.ledger.db, 'm1', [
    {
      kind: 'attachment',
      siteId: '7',
      label: hostile.turned,
      projectKey: 'PAY',
      issueKey: 'PAY-1',
    },
  ])
})
afterEach(() => door.close())

/** Sentences around names out of Jira, wherever they stand in an answer; values of fields stay as they are. */
function sentencesOf(value: unknown, name = ''): string[] {
  if (typeof value === 'string')
    return ['label', 'example', 'text', 'sentence', 'hint', 'some'].includes(name) ? [value] : []
  if (Array.isArray(value)) return value.flatMap((one) => sentencesOf(one, name))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => sentencesOf(one, key))
}

describe('a name that turns the writing direction', () => {
  test.each([
    '/api/migrations/m1/items?limit=200',
    '/api/migrations/m1',
    '/api/migrations/m1/strangers?limit=50',
  ])('turns no sentence of %s, and is seen there', async (path) => {
    const sentences = sentencesOf(await (await door.call(path)).json())
    expect(sentences.filter((one) => /[\u202a-\u202e\u2066-\u2069]/.test(one))).toEqual([])
    expect(sentences.some((one) => one.includes('\ufffd'))).toBe(true)
  })
})
