import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '../../shared/assert.ts'
import type { Kind } from '../../shared/plan.ts'
import { type PracticeProcess, type Process, startProcess } from '../support/agent-process.ts'
import { berlin, migrateForeign } from '../support/foreign-migration.ts'
import { doc, type RepairWorld, repairWorld, type SiteIssue } from './world.ts'

describe.each([
  ['kept authors and times', true],
  ['kept neither', false],
])('what another program migrated, which %s', (_how, history) => {
  const state = mkdtempSync(join(tmpdir(), 'landfall-foreign-repair-'))
  const id = 'foreign'
  let site: Process<PracticeProcess>
  let world: RepairWorld
  let texts: SiteIssue
  let rewritten: SiteIssue
  let silent: SiteIssue
  let file: SiteIssue

  beforeAll(async () => {
    site = await startProcess<PracticeProcess>(['practice', '--port', '0', '--state', state])
    world = await repairWorld(site.said)
    const { backup, attachments } = world.sample
    await migrateForeign({ backup, attachments, site: site.said, state, history, offset: berlin })
    const take = await world.pool()
    const held = (i: SiteIssue) => i.fields.description !== null
    texts = take((i) => held(i) && !i.fields.attachment.length)
    await world.onSite('PUT', `/issue/${texts.key}`, {
      fields: { description: doc('Planted'), labels: ['planted'] },
    })
    const one = (i: SiteIssue) => i.fields.comment.comments.length === 1
    rewritten = take(one)
    silent = take(one)
    const at = (i: SiteIssue) =>
      `/issue/${i.key}/comment/${must(i.fields.comment.comments[0], 'a comment').id}`
    await world.onSite('PUT', at(rewritten), { body: doc('Rewritten') })
    await world.onSite('DELETE', at(silent))
    file = take((i) => i.fields.attachment.length === 1)
    await world.onSite('DELETE', `/attachment/${must(file.fields.attachment[0], 'a file').id}`)
    await world.run(id, 'verify')
  })
  afterAll(async () => {
    await world?.close()
    await site?.stop()
    rmSync(state, { recursive: true, force: true })
  })

  async function faulty(kind: Kind, { key }: SiteIssue) {
    for (const verdict of ['different', 'failed'] as const) {
      const found = (await world.items(id, kind, verdict)).find((one) => one.issueKey === key)
      if (found) return found
    }
    throw new Error(`No ${kind} of ${key} is faulty.`)
  }
  async function thereAndBack(kind: Kind, at: SiteIssue, looks: (i: SiteIssue) => unknown) {
    const item = await faulty(kind, at)
    const before = looks(await world.issue(at.key))
    const [done] = await world.repair(id, [item.seq])
    expect(done, done?.problem?.sentence).toMatchObject({ state: 'verified' })
    expect(await world.item(id, item.seq)).toMatchObject({ verdict: 'verified' })
    const after = looks(await world.issue(at.key))
    const undone = await world.undo(id, must(done, 'a repair').n)
    expect(undone.state, undone.problem?.sentence).toBe('undone')
    expect(looks(await world.issue(at.key))).toEqual(before)
    expect((await world.item(id, item.seq)).verdict).toBe(item.verdict)
    return after
  }

  test('gets its texts back as the source has them, without a line of ours', async () => {
    const after = await thereAndBack('issue', texts, ({ fields }) => fields.description)
    expect(JSON.stringify(after)).not.toContain('Created ')
    // Pictures are named in words; all words are the source's.
    const [first] = (texts.fields.description as { content: unknown[] }).content
    expect((after as { content: unknown[] }).content[0]).toEqual(first)
  })

  test('gets the words of a comment back, and a missing one with its author before it', async () => {
    const bodies = ({ fields }: SiteIssue) => fields.comment.comments.map((one) => one.body)
    expect(await thereAndBack('comment', rewritten, bodies)).toEqual(bodies(rewritten))
    const [made] = (await thereAndBack('comment', silent, bodies)) as { content: unknown[] }[]
    const [line] = must(made, 'a comment').content
    expect(JSON.stringify(line)).toMatch(/"text":"[^"]+, \d{4}-\d\d-\d\d \d\d:\d\d"/)
  })

  test('gets a missing file back', async () => {
    const names = ({ fields }: SiteIssue) => fields.attachment.map((one) => one.filename)
    expect(await thereAndBack('attachment', file, names)).toEqual(names(file))
  })

  test('says the same when all is verified anew', async () => {
    const all = [
      await faulty('issue', texts),
      await faulty('comment', rewritten),
      await faulty('comment', silent),
      await faulty('attachment', file),
    ]
    const made = await world.repair(
      id,
      all.map((one) => one.seq),
    )
    expect(made.map((one) => one.state)).toEqual(made.map(() => 'verified'))
    await world.run(id, 'verify')
    for (const { seq } of all)
      expect(await world.item(id, seq)).toMatchObject({ verdict: 'verified', differences: [] })
  })
})
