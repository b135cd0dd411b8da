import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '../../shared/assert.ts'
import type { CountsByKind } from '../../shared/report.ts'
import { type LinksWorld, linksId, linksWorld } from './links-world.ts'
import { doc } from './world.ts'

const id = linksId
let world: LinksWorld

beforeAll(async () => {
  world = await linksWorld()
}, 120_000)
afterAll(() => world?.close())

const links = (issues: string[]) =>
  world
    .ask<{ items: number[] }>('POST', `/api/migrations/${id}/repairs/links`, { issues })
    .then(({ items }) => items)
const described = async (key: string) => JSON.stringify((await world.issue(key)).fields.description)
async function seqOf(kind: 'issue' | 'comment' | 'attachment', key: string, siteId?: string) {
  let query = world.agent.ledger.db
    .selectFrom('item')
    .select('seq')
    .where('migrationId', '=', id)
    .where('kind', '=', kind)
    .where('issueKey', '=', key)
  if (siteId !== undefined) query = query.where('siteId', '=', siteId)
  return (await query.executeTakeFirstOrThrow()).seq
}
async function sums() {
  const { counts } = await world.ask<{ counts: CountsByKind }>('GET', `/api/migrations/${id}`)
  for (const [kind, c] of Object.entries(counts ?? {}))
    expect(c.verified + c.different + c.leftOut + c.failed, kind).toBe(c.source)
}

describe('links to the old server', () => {
  test('lead to the same place of the site, and a new verification still says verified', async () => {
    const seq = await seqOf('issue', 'PAY-5')
    expect(await links(['PAY-5'])).toContain(seq)
    const before = await described('PAY-5')
    expect(before).toContain(world.box.url)
    const { plans } = await world.preview(id, [seq])
    expect(await described('PAY-5')).toBe(before)
    expect(plans[0]).toMatchObject({
      chance: 'possible',
      requests: ['PUT /rest/api/3/issue/PAY-5'],
    })
    const moved = (plans[0]?.parts ?? []).map(({ now, after }) => [now, after])
    expect(moved).toEqual([
      [`${world.box.url}/browse/PAY-1`, expect.stringMatching(/\/browse\/PAY-1$/)],
      [`${world.box.url}/browse/PAY-2`, expect.stringMatching(/\/browse\/PAY-2$/)],
      [`${world.box.url}/secure/Dashboard.jspa`, null],
    ])
    const [done] = await world.repair(id, [seq])
    expect(done).toMatchObject({ state: 'verified', undoable: true })
    const after = await described('PAY-5')
    expect(after).not.toContain(`${world.box.url}/browse`)
    expect(after).toContain(`${world.box.url}/secure/Dashboard.jspa`)
    expect(await world.item(id, seq)).toMatchObject({ verdict: 'verified', differences: [] })

    await world.agent.ledger.db
      .updateTable('item')
      .set({ verdict: null })
      .where('seq', '=', seq)
      .execute()
    await world.run()
    expect(await world.item(id, seq)).toMatchObject({ verdict: 'verified', differences: [] })
    await sums()
    expect((await world.preview(id, [seq])).plans[0]).toMatchObject({ chance: 'by hand' })

    expect(await world.undo(id, must(done, 'a repair').n)).toMatchObject({ state: 'undone' })
    expect(await described('PAY-5')).toBe(before)
    expect(await world.item(id, seq)).toMatchObject({ verdict: 'verified', differences: [] })
  })

  test('of a comment lead to the file that was moved', async () => {
    const seq = await seqOf('comment', 'PAY-5')
    expect(await links(['PAY-5'])).toContain(seq)
    const [done] = await world.repair(id, [seq])
    expect(done).toMatchObject({ state: 'verified' })
    const { fields } = await world.issue('PAY-5')
    expect(JSON.stringify(fields.comment)).toContain('/rest/api/3/attachment/content/')
    expect(await world.item(id, seq)).toMatchObject({ verdict: 'verified' })
    expect(await world.undo(id, must(done, 'a repair').n)).toMatchObject({ state: 'undone' })
    expect(JSON.stringify((await world.issue('PAY-5')).fields.comment)).toContain(
      `${world.box.url}/secure/attachment/501/plan.txt`,
    )
  })

  test('change alone in a text that a person wrote on, and go back alone', async () => {
    const seq = await seqOf('issue', 'PAY-6')
    const written = async (extra: string) => {
      const { fields } = await world.issue('PAY-6')
      const now = fields.description as { content: unknown[] }
      const [more] = doc(extra).content
      await world.onSite('PUT', '/issue/PAY-6', {
        fields: { description: { ...now, content: [...now.content, more] } },
      })
    }
    await written('Words of a person')
    const [done] = await world.repair(id, [seq])
    expect(done).toMatchObject({ state: 'verified' })
    const after = await described('PAY-6')
    expect(after).toContain('Words of a person')
    expect(after).not.toContain(world.box.url)
    await written('And later ones')
    expect(await world.undo(id, must(done, 'a repair').n)).toMatchObject({ state: 'undone' })
    const back = await described('PAY-6')
    expect(back).toContain('Words of a person')
    expect(back).toContain('And later ones')
    expect(back).toContain(`${world.box.url}/browse/PAY-1`)
    const again = must((await world.repair(id, [seq]))[0], 'a repair')
    expect(again).toMatchObject({ state: 'verified' })
    await world.onSite('PUT', '/issue/PAY-6', { fields: { description: doc('All new') } })
    const kept = await world.undo(id, again.n)
    expect(kept).toMatchObject({ state: 'verified', problem: { code: 'not-now' } })
    expect(await described('PAY-6')).toContain('All new')
    await sums()
  })

  test('become mentions where a person has an account by now', async () => {
    const seq = await seqOf('issue', 'PAY-5')
    const people = world.agent.ledger.db
      .updateTable('item')
      .where('migrationId', '=', id)
      .where('kind', '=', 'user')
      .where('label', '=', 'Ida Idle')
    const before = await described('PAY-5')
    expect(before).toContain('@Ida Idle')
    const { accountId } = await world.onSite<{ accountId: string }>('GET', '/myself')
    await people.set({ siteId: accountId }).execute()
    const { plans } = await world.preview(id, [seq])
    expect(plans[0]?.parts.map((one) => one.now)).toContain('@Ida Idle')
    const [done] = await world.repair(id, [seq])
    expect(done).toMatchObject({ state: 'verified' })
    expect(await described('PAY-5')).toContain('"type":"mention"')
    expect(await world.item(id, seq)).toMatchObject({ verdict: 'verified', differences: [] })
    expect(await world.undo(id, must(done, 'a repair').n)).toMatchObject({ state: 'undone' })
    expect(await described('PAY-5')).toBe(before)
  })
})

describe('a file of a live Data Center', () => {
  test('is brought from there and attached again', async () => {
    const { fields } = await world.issue('PAY-2')
    const file = must(
      fields.attachment.find((one) => one.filename === 'plan.txt'),
      'a file',
    )
    const seq = await seqOf('attachment', 'PAY-2', file.id)
    await world.agent.ledger.db
      .updateTable('item')
      .set({ verdict: 'failed', siteId: null })
      .where('seq', '=', seq)
      .execute()
    await world.onSite('DELETE', `/attachment/${file.id}`)
    await world.agent.ledger.db
      .updateTable('item')
      .set({ state: 'failed' })
      .where('seq', '=', seq)
      .execute()
    await world.agent.ledger.db.deleteFrom('fileHash').where('migrationId', '=', id).execute()
    const asked = world.box.asked.length
    const { plans } = await world.preview(id, [seq])
    expect(plans[0]).toMatchObject({ seq })
    expect(plans[0]?.chance, plans[0]?.why ?? '').toBe('possible')
    const [done] = await world.repair(id, [seq])
    expect(done?.problem).toBeNull()
    expect(done).toMatchObject({ state: 'verified' })
    expect(
      world.box.asked.slice(asked).some(({ path }) => path.includes('/secure/attachment/')),
    ).toBe(true)
    expect(await world.item(id, seq)).toMatchObject({ verdict: 'verified' })
    await sums()
  })
})
