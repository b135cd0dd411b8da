import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeMigration } from '../../agent/ledger/migrations.ts'
import { ProjectVerdictViewSchema, VerdictViewSchema } from '../../shared/api.ts'
import { addSample, finishSample, noon } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor({ practiceAliases: ['https://rehearsal.atlassian.net'] })
})
afterEach(() => door.close())

const practice = 'http://127.0.0.1:8099'
async function ofIssue(issue: string, site = practice) {
  const asked = new URLSearchParams({ site, issue })
  return v.parse(VerdictViewSchema, await (await door.call(`/api/verdicts?${asked}`)).json())
}
async function ofProject(project: string, site = practice) {
  const asked = new URLSearchParams({ site, project })
  return v.parse(ProjectVerdictViewSchema, await (await door.call(`/api/verdicts?${asked}`)).json())
}

describe('the verdict of an issue', () => {
  test('is the worst of the issue and all that belongs to it, the worst first', async () => {
    await addSample(door.ledger, 'm1')
    await finishSample(door.ledger, 'm1')
    const one = await ofIssue('PAY-1')
    expect(one).toMatchObject({
      migration: { id: 'm1', name: 'Payments to acme' },
      verdict: 'failed',
      withLoss: true,
    })
    expect(one.items[0]).toMatchObject({ kind: 'attachment', hint: 'Put it there and run again.' })
    expect(one.items).toHaveLength(5)
    expect(await ofIssue('PAY-2')).toMatchObject({ verdict: 'different', withLoss: false })
    expect(await ofIssue('PAY-3')).toMatchObject({ verdict: 'verified', withLoss: false })
    expect(await ofIssue('HR-1')).toMatchObject({ verdict: 'verified', withLoss: true })
  })

  test('history left out of a verified issue is an announced loss, not a left-out issue', async () => {
    await addSample(door.ledger, 'm1')
    await finishSample(door.ledger, 'm1')
    await door.ledger.db
      .updateTable('item')
      .set({ verdict: 'verified' })
      .where('kind', '=', 'attachment')
      .execute()
    expect(await ofIssue('PAY-1')).toMatchObject({ verdict: 'verified', withLoss: true })
  })

  test('there is none while something is on its way', async () => {
    await addSample(door.ledger, 'm1', 'https://acme.atlassian.net')
    expect(await ofIssue('PAY-3', 'https://acme.atlassian.net')).toMatchObject({
      migration: { id: 'm1' },
      verdict: null,
    })
  })

  test('unknown issues, unknown sites and archived migrations have none', async () => {
    await addSample(door.ledger, 'm1')
    await finishSample(door.ledger, 'm1')
    const nothing = { migration: null, verdict: null, items: [] }
    expect(await ofIssue('PAY-99')).toMatchObject(nothing)
    expect(await ofIssue('PAY-5')).toMatchObject({ items: [] })
    expect(await ofIssue('PAY-99')).toMatchObject({ inProjectOf: { id: 'm1' } })
    expect(await ofIssue('NOPE-1')).toMatchObject({ ...nothing, inProjectOf: null })
    expect(await ofIssue('PAY-1', 'https://acme.atlassian.net')).toMatchObject(nothing)
    await changeMigration(door.ledger.db, 'm1', noon, { archived: 1 })
    expect(await ofIssue('PAY-1')).toMatchObject(nothing)
  })

  test('a rehearsal is shown on another name only where the agent was told that name', async () => {
    await addSample(door.ledger, 'm1')
    await finishSample(door.ledger, 'm1')
    expect((await ofIssue('PAY-3', 'https://rehearsal.atlassian.net')).verdict).toBe('verified')
    expect((await ofIssue('PAY-3', 'http://localhost:8099/browse/PAY-3')).verdict).toBe('verified')
    expect((await ofIssue('PAY-3', 'https://acme.atlassian.net')).verdict).toBeNull()
  })

  test('the newest migration to the site that has the issue is asked', async () => {
    await addSample(door.ledger, 'old', 'https://acme.atlassian.net')
    await addSample(door.ledger, 'new', 'https://acme.atlassian.net')
    expect((await ofIssue('pay-1', 'https://acme.atlassian.net/')).migration?.id).toBe('new')
  })
})

describe('the verdicts of a project', () => {
  test('are its kinds and its progress', async () => {
    await addSample(door.ledger, 'm1')
    await finishSample(door.ledger, 'm1')
    const pay = await ofProject('PAY')
    expect(pay.project).toMatchObject({ key: 'PAY', issues: { done: 4, total: 4 } })
    expect(pay.kinds.find((one) => one.kind === 'issue')?.counts).toMatchObject({
      source: 4,
      verified: 3,
      different: 1,
    })
    expect(pay.kinds.some((one) => one.kind === 'user')).toBe(false)
    expect(await ofProject('NOPE')).toMatchObject({ migration: null, project: null, kinds: [] })
  })

  test('a question without issue and project is refused with a sentence', async () => {
    const answer = await door.call('/api/verdicts?site=https://acme.atlassian.net')
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Ask with site and issue')
  })
})
