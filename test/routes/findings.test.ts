import { sql } from 'kysely'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeMigration } from '../../agent/ledger/migrations.ts'
import { addStrangers } from '../../agent/ledger/verification.ts'
import { gatherFacts } from '../../agent/report/facts.ts'
import { reportHtml } from '../../agent/report/html.ts'
import {
  type ItemPageSchema,
  type MigrationDetail,
  MigrationDetailSchema,
} from '../../shared/api.ts'
import type { FindingsView } from '../../shared/api-checks.ts'
import { addSample, finishSample, noon } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

type ItemPage = v.InferOutput<typeof ItemPageSchema>
let door: Door
beforeEach(async () => {
  door = await openDoor()
  await addSample(door.ledger, 'm1')
  await finishSample(door.ledger, 'm1')
})
afterEach(() => door.close())

const file = { code: 'file-missing', kind: 'attachment' }
const answer = { ...file, verdict: 'failed', note: 'An old picture.', who: 'Ann' }
const detail = async () => (await (await door.call('/api/migrations/m1')).json()) as MigrationDetail

describe('a finding', () => {
  test('that is accepted carries the note and no longer needs attention', async () => {
    const before = (await detail()).migration.needsAttention
    const after = await door.post('/api/migrations/m1/findings/accept', answer)
    const { accepted, needsAttention } = (await after.json()) as FindingsView
    expect(needsAttention).toBe(before - 1)
    expect(accepted).toMatchObject([answer])
    const { findings, migration } = await detail()
    expect(migration.needsAttention).toBe(before - 1)
    expect(findings.find((one) => one.code === file.code)?.accepted).toMatchObject({
      note: 'An old picture.',
      who: 'Ann',
    })
    expect(migration.totals.failed).toBe(1)
  })

  test('needs attention again when the acceptance is taken back', async () => {
    const before = (await detail()).migration.needsAttention
    await door.post('/api/migrations/m1/findings/accept', answer)
    const query = new URLSearchParams({ ...file, verdict: 'failed' })
    const after = await door.call(`/api/migrations/m1/findings/accept?${query}`, {
      method: 'DELETE',
    })
    expect((await after.json()) as FindingsView).toEqual({ accepted: [], needsAttention: before })
  })

  test('about strangers, which no number counts, is in no sum once it is accepted', async () => {
    const { db } = door.ledger
    const comment = { kind: 'comment' as const, projectKey: 'PAY', issueKey: 'PAY-1' }
    await addStrangers(
      db,
      'm1',
      [1, 2, 3, 4].map((n) => ({ ...comment, siteId: String(n), label: `Comment ${n} on PAY-1` })),
    )
    await changeMigration(db, 'm1', noon, {})
    const before = (await detail()).migration.needsAttention
    const cause = { code: 'stranger:comment', kind: 'comment', verdict: 'different' }
    const said = { note: 'Made since.', who: 'Ann' }
    const after = await door.post('/api/migrations/m1/findings/accept', { ...cause, ...said })
    expect((await after.json()) as FindingsView).toMatchObject({ needsAttention: before })
    expect(v.parse(MigrationDetailSchema, await detail()).migration.needsAttention).toBe(before)
    const facts = await gatherFacts(db, 'm1', [], noon)
    expect([...reportHtml(facts)].join('')).toContain(`${before} items need attention; all others`)
  })

  test('says whether its sentence is that of one item only, and names one', async () => {
    const { db } = door.ledger
    await db
      .updateTable('item')
      .set({ verdict: 'failed', reasonCode: 'no-account', reasonText: sql`label || ' is nobody.'` })
      .where('kind', '=', 'user')
      .execute()
    await changeMigration(db, 'm1', noon, {})
    const { findings } = v.parse(MigrationDetailSchema, await detail())
    expect(findings.find((one) => one.code === 'no-account')).toMatchObject({
      text: 'Fred is nobody.',
      varies: true,
      example: 'Fred',
    })
    expect(findings.find((one) => one.code === file.code)?.varies).toBe(false)
  })

  test('that nobody has cannot be accepted', async () => {
    const other = { ...answer, code: 'no-such-cause' }
    expect((await door.post('/api/migrations/m1/findings/accept', other)).status).toBe(404)
  })

  test('leads to just the items that it counts', async () => {
    const { findings } = await detail()
    expect(findings.length).toBeGreaterThan(2)
    for (const { code, kind, verdict, items } of findings) {
      const query = new URLSearchParams({ code, kind, verdict, limit: '1000' })
      const page = await (await door.call(`/api/migrations/m1/items?${query}`)).json()
      expect([code, (page as ItemPage).items.length]).toEqual([code, items])
    }
    const none = await (await door.call('/api/migrations/m1/items?code=no-such-cause')).json()
    expect((none as ItemPage).items).toEqual([])
  })

  test('is tried again alone, and only while something of it has failed', async () => {
    const again = await door.post('/api/migrations/m1/findings/retry', file)
    expect([again.status, await again.json()]).toEqual([202, { items: 1 }])
    expect(door.asked).toEqual(['start m1'])
    const other = await door.post('/api/migrations/m1/findings/retry', { ...file, code: 'other' })
    expect(other.status).toBe(409)
  })
})
