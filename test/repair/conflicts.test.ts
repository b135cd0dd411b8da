import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ItemView } from '../../shared/api.ts'
import { must } from '../../shared/assert.ts'
import type { Kind } from '../../shared/plan.ts'
import { doc, type RepairWorld, repairWorld, type SiteIssue } from './world.ts'

let world: RepairWorld
let issues: SiteIssue[]
let commented: SiteIssue[]
const id = 'checked'

beforeAll(async () => {
  world = await repairWorld()
  await world.run('moved', 'move')
  const take = await world.pool()
  const bare = (i: SiteIssue) => !i.fields.comment.comments.length && !i.fields.issuelinks.length
  issues = Array.from({ length: 5 }, () => take(bare))
  // An issue with files has a comment of our own about them.
  const talked = (i: SiteIssue) =>
    i.fields.comment.comments.length === 1 && !i.fields.attachment.length
  commented = Array.from({ length: 4 }, () => take(talked))
  for (const { key } of issues)
    await world.onSite('PUT', `/issue/${key}`, {
      fields: { summary: 'Planted', labels: ['planted'] },
    })
  for (const one of commented.slice(0, 2))
    await world.onSite('PUT', commentPath(one), { body: doc('Planted') })
  for (const one of commented.slice(2)) await world.onSite('DELETE', commentPath(one))
  await world.run(id, 'verify')
})
afterAll(() => world?.close())

const commentPath = (one: SiteIssue) =>
  `/issue/${one.key}/comment/${must(one.fields.comment.comments[0], 'a comment').id}`

async function faulty(kind: Kind, at: SiteIssue | undefined): Promise<ItemView> {
  const { key } = must(at, 'an issue')
  for (const verdict of ['different', 'failed'] as const) {
    const found = (await world.items(id, kind, verdict)).find((one) => one.issueKey === key)
    if (found) return found
  }
  throw new Error(`No ${kind} of ${key} is faulty.`)
}

describe('what a person changed since is never written over', () => {
  test('a field that was changed is shown three times, and the others are repaired', async () => {
    const item = await faulty('issue', issues[0])
    const key = must(item.issueKey, 'a key')
    await world.onSite('PUT', `/issue/${key}`, { fields: { summary: 'A person was here' } })
    const { plans } = await world.preview(id, [item.seq])
    const summary = plans[0]?.parts.find((one) => one.field === 'summary')
    expect(summary).toMatchObject({
      migrated: 'Planted',
      now: 'A person was here',
      after: null,
      changed: { who: 'Practice Admin' },
    })
    expect(summary?.source).not.toMatch(/Planted|person/)
    const [done] = await world.repair(id, [item.seq])
    expect(done?.state).toBe('verified')
    const { fields } = await world.issue(key)
    expect(fields.summary).toBe('A person was here')
    expect(fields.labels).not.toContain('planted')
    // The summary still differs, and is told so.
    expect(await world.item(id, item.seq)).toMatchObject({ verdict: 'different' })
  })

  test('a change that comes back to the same words is a change all the same', async () => {
    const item = await faulty('issue', issues[1])
    const key = must(item.issueKey, 'a key')
    for (const summary of ['Something else', 'Planted'])
      await world.onSite('PUT', `/issue/${key}`, { fields: { summary } })
    const { plans } = await world.preview(id, [item.seq])
    expect(plans[0]?.parts.find((one) => one.field === 'summary')?.changed).not.toBeNull()
  })

  test('a comment that was edited stays, and the repair says who edited it', async () => {
    const item = await faulty('comment', commented[0])
    await world.onSite('PUT', commentPath(must(commented[0], 'one')), { body: doc('Mine now') })
    const [done] = await world.repair(id, [item.seq])
    expect(done).toMatchObject({ state: 'failed', undoable: false })
    expect(done?.problem?.sentence).toContain('Practice Admin changed it')
    const { fields } = await world.issue(must(item.issueKey, 'a key'))
    expect(JSON.stringify(fields.comment)).toContain('Mine now')
  })

  test('a comment that was there and is gone was taken away: it is not made again', async () => {
    const item = await faulty('comment', commented[1])
    await world.onSite('DELETE', commentPath(must(commented[1], 'one')))
    const { plans } = await world.preview(id, [item.seq])
    expect(plans[0]?.chance).toBe('changed')
  })

  test('nothing is undone over a later change', async () => {
    const item = await faulty('issue', issues[2])
    const key = must(item.issueKey, 'a key')
    const [done] = await world.repair(id, [item.seq])
    await world.onSite('PUT', `/issue/${key}`, { fields: { labels: ['later'] } })
    const undone = await world.undo(id, must(done, 'a repair').n)
    expect(undone).toMatchObject({ state: 'verified', undoneBy: null })
    expect(undone.problem?.sentence).toContain('after the repair')
    expect((await world.issue(key)).fields.labels).toEqual(['later'])
  })

  test('a comment that was made again and then edited is not taken away', async () => {
    const item = await faulty('comment', commented[2])
    const key = must(item.issueKey, 'a key')
    const [done] = await world.repair(id, [item.seq])
    const made = must((await world.issue(key)).fields.comment.comments[0], 'it was made again')
    await new Promise((later) => setTimeout(later, 5))
    await world.onSite('PUT', `/issue/${key}/comment/${made.id}`, { body: doc('An answer') })
    expect(await world.undo(id, must(done, 'a repair').n)).toMatchObject({ state: 'verified' })
    expect((await world.issue(key)).fields.comment.comments).toHaveLength(1)
  })
})

test('a double click, and two panels at once, are one repair and one write', async () => {
  const item = await faulty('comment', commented[3])
  const key = must(item.issueKey, 'a key')
  await Promise.all([1, 2, 3].map(() => world.begin(id, [item.seq])))
  const all = (await world.ended(id)).filter((one) => one.seq === item.seq)
  expect((await world.issue(key)).fields.comment.comments).toHaveLength(1)
  expect(all.filter((one) => one.requests.length > 0)).toHaveLength(1)
  expect(all.map((one) => one.state)).toEqual(all.map(() => 'verified'))
  const undone = await world.undo(
    id,
    must(
      all.findLast((one) => one.undoable),
      'one',
    ).n,
  )
  expect(undone.state).toBe('undone')
  expect((await world.issue(key)).fields.comment.comments).toHaveLength(0)
})

test('an own repair and its undo are no change of a person: it can be repaired again', async () => {
  const item = await faulty('issue', issues[3])
  for (const _ of [1, 2]) {
    const [done] = await world.repair(id, [item.seq])
    expect(done?.state).toBe('verified')
    expect((await world.undo(id, must(done, 'a repair').n)).state).toBe('undone')
  }
})

test('items of another migration, and a page of another site, get no answer', async () => {
  const item = await faulty('issue', issues[4])
  await expect(world.preview('moved', [item.seq])).rejects.toThrow(/404/)
  const site = 'https://evil.atlassian.net'
  for (const path of ['repairs', 'repairs/preview'])
    await expect(
      world.ask('POST', `/api/migrations/${id}/${path}`, {
        items: [item.seq],
        who: 'Mia',
        site,
      }),
    ).rejects.toThrow(/404/)
  expect((await world.repairs(id)).repairs.some((one) => one.seq === item.seq)).toBe(false)
})

test('what people changed after our own migration is theirs, whatever it reads back as', async () => {
  const own = 'moved'
  const key = must(issues[4], 'an issue').key
  // Its own migration finds the label that it did not write; the change is a person's, and stays.
  await world.run(own, 'move')
  const before = await world.ask<{ migration: { status: string } }>('GET', `/api/migrations/${own}`)
  expect(before.migration.status).toBe('incomplete')
  const item = must(
    (await world.items(own, 'issue', 'different')).find((one) => one.issueKey === key),
    'it differs',
  )
  const { plans } = await world.preview(own, [item.seq])
  expect(plans[0]?.chance).toBe('changed')
})
