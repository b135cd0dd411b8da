import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { saveForecast } from '../../agent/ledger/forecasts.ts'
import { changeMigration, moveMigration } from '../../agent/ledger/migrations.ts'
import {
  ItemPageSchema,
  LogPageSchema,
  MigrationDetailSchema,
  MigrationViewSchema,
  ProblemSchema,
  StateSchema,
} from '../../shared/api.ts'
import { addSample, finishSample, noon, samplePlan } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
})
afterEach(() => door.close())

async function problemOf(answer: Response | Promise<Response>) {
  const response = await answer
  const body = (await response.json()) as { problem: unknown }
  return { status: response.status, problem: v.parse(ProblemSchema, body.problem) }
}
const parsed = async <S extends v.GenericSchema>(schema: S, answer: Response | Promise<Response>) =>
  v.parse(schema, await (await answer).json())

const body = {
  name: ' Payments ',
  source: { kind: 'backup', path: '/backups/jira.zip' },
  site: {
    kind: 'cloud',
    url: 'https://acme.atlassian.net/jira/projects',
    email: 'a@example.com',
    token: 'ATATT-very-secret',
  },
}

describe('saving', () => {
  test('a new migration is saved, shown and counted as changed', async () => {
    const answer = await door.post('/api/migrations', body)
    expect(answer.status).toBe(201)
    const view = await parsed(MigrationViewSchema, answer)
    expect(view).toMatchObject({
      name: 'Payments',
      status: 'saved',
      activity: 'idle',
      source: { label: 'jira.zip' },
      site: { kind: 'cloud', url: 'https://acme.atlassian.net' },
      needsAttention: 0,
    })
    const state = await parsed(StateSchema, door.call('/api/state'))
    expect(state.migrations).toEqual([view])
    const after = await parsed(StateSchema, door.call(`/api/state?since=${state.cursor}`))
    expect(after).toEqual({ cursor: state.cursor, migrations: [], deleted: [] })
  })

  test('the list tells how much would move as soon as the checks have counted it', async () => {
    const { id } = await parsed(MigrationViewSchema, door.post('/api/migrations', body))
    const before = await parsed(StateSchema, door.call('/api/state'))
    expect(before.migrations[0]).toMatchObject({ projects: 0, issues: 0 })
    const kinds = {
      project: { moved: 3, withLoss: 0, leftOut: 1 },
      issue: { moved: 412, withLoss: 9, leftOut: 2 },
    }
    await saveForecast(door.ledger.db, id, noon, { kinds })
    const after = await parsed(StateSchema, door.call(`/api/state?since=${before.cursor}`))
    expect(after.migrations[0]).toMatchObject({ projects: 3, issues: 412 })
  })

  test('one that lacks something is not called ready to run', async () => {
    const { token: _, ...site } = body.site
    const view = await parsed(MigrationViewSchema, door.post('/api/migrations', { ...body, site }))
    expect(view.setup?.missing).toEqual(['token'])
    expect(view.progress.sentence).toBe(
      'Saved. It cannot run yet: the API token of the site is missing.',
    )
  })

  test('the token is sealed, and stands in no answer and no row', async () => {
    const answer = await door.post('/api/migrations', body)
    const text = await answer.text()
    expect(text).not.toContain(body.site.token)
    const { id } = JSON.parse(text) as { id: string }
    expect(await door.vault.get(`site:${id}`)).toBe(body.site.token)
    const rows = await door.ledger.db.selectFrom('migration').selectAll().execute()
    const secrets = await door.ledger.db.selectFrom('secret').selectAll().execute()
    expect(JSON.stringify([rows, secrets])).not.toContain(body.site.token)
    await door.ledger.db.destroy()
    expect(readFileSync(door.ledger.path).includes(body.site.token)).toBe(false)
  })

  test.each([
    [{ ...body, name: ' ' }, 'Give the migration a name.'],
    [{ ...body, source: { kind: 'backup', path: '' } }, 'Say where the backup is.'],
    [{ ...body, site: { ...body.site, url: 'acme' } }, 'The site looks like'],
    [{ ...body, site: { ...body.site, url: 'http://acme.example' } }, 'over https'],
    [{ ...body, scope: { projects: ['pay me'] } }, 'A project key has no spaces.'],
    [{ name: 'x' }, 'source'],
  ])('what does not fit is said in a sentence, and nothing is saved (%#)', async (wrong, said) => {
    const { status, problem } = await problemOf(door.post('/api/migrations', wrong))
    expect(status).toBe(422)
    expect(problem.code).toBe('usage')
    expect(problem.sentence).toContain(said)
    expect((await parsed(StateSchema, door.call('/api/state'))).migrations).toEqual([])
  })

  test('broken JSON and another content type are problems too', async () => {
    const broken = door.call('/api/migrations', { method: 'POST', body: '{"name":' })
    expect(await problemOf(broken)).toMatchObject({ status: 400, problem: { code: 'usage' } })
    const form = door.call('/api/migrations', {
      method: 'POST',
      body: 'name=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(await problemOf(form)).toMatchObject({ status: 422, problem: { code: 'usage' } })
  })
})

describe('acting', () => {
  test('run goes to the runner; pause, resume and stop only while it runs', async () => {
    await addSample(door.ledger, 'm1')
    expect((await door.post('/api/migrations/m1/run')).status).toBe(200)
    expect(await problemOf(door.post('/api/migrations/m1/pause'))).toMatchObject({
      status: 409,
      problem: { code: 'not-now', sentence: 'A migration that is saved cannot be paused.' },
    })
    await moveMigration(door.ledger.db, 'm1', 'run', noon)
    for (const act of ['pause', 'resume', 'stop'])
      await parsed(MigrationViewSchema, door.post(`/api/migrations/m1/${act}`))
    expect(door.asked).toEqual(['start m1', 'pause m1', 'resume m1', 'stop m1'])
    expect((await door.post('/api/migrations/m1/run')).status).toBe(409)
    expect((await door.post('/api/migrations/m1/archive')).status).toBe(409)
  })

  test.each([
    ['pushing', ['by you'], 'paused'],
    ['verifying', ['rate limit'], 'paused'],
    ['planning', ['site unreachable'], 'paused'],
    // Nothing waits yet: it is held at the first batch.
    ['planning', ['by you'], 'planning'],
    ['reading', ['by you'], 'reading'],
    ['stopping', ['by you'], 'stopping'],
    ['pushing', [], 'pushing'],
  ] as const)(
    'what holds a run is what is going on: %s, held by %j',
    async (activity, by, told) => {
      await addSample(door.ledger, 'm1')
      await moveMigration(door.ledger.db, 'm1', 'run', noon)
      const held = { activity, pausedByJson: JSON.stringify(by) }
      await changeMigration(door.ledger.db, 'm1', noon, held)
      const { migrations } = await parsed(StateSchema, door.call('/api/state'))
      expect(migrations[0]).toMatchObject({ activity: told, pausedBy: by })
    },
  )

  test('archived is beside the status, and an archived migration does not run', async () => {
    await addSample(door.ledger, 'm1')
    const gone = await parsed(MigrationViewSchema, door.post('/api/migrations/m1/archive'))
    expect(gone).toMatchObject({ archived: true, status: 'saved' })
    expect((await door.post('/api/migrations/m1/run')).status).toBe(409)
    const back = await parsed(MigrationViewSchema, door.post('/api/migrations/m1/unarchive'))
    expect(back.archived).toBe(false)
    expect(back.changed).toBeGreaterThan(gone.changed)
  })

  test('unknown acts and unknown migrations', async () => {
    await addSample(door.ledger, 'm1')
    expect((await problemOf(door.post('/api/migrations/m1/explode'))).status).toBe(422)
    for (const path of ['', '/items', '/log', '/report', '/report/items.csv'])
      expect((await problemOf(door.call(`/api/migrations/none${path}`))).status, path).toBe(404)
    expect((await problemOf(door.post('/api/migrations/none/run'))).status).toBe(404)
    expect((await problemOf(door.call('/api/nothing/here'))).status).toBe(404)
  })

  test('a running migration is not deleted; a deleted one is told by its id', async () => {
    await addSample(door.ledger, 'm1')
    await moveMigration(door.ledger.db, 'm1', 'run', noon)
    const refused = await problemOf(door.call('/api/migrations/m1', { method: 'DELETE' }))
    expect(refused).toMatchObject({
      status: 409,
      problem: { sentence: 'A running migration cannot be deleted.' },
    })
    await moveMigration(door.ledger.db, 'm1', 'finishIncomplete', noon)
    const { cursor } = await parsed(StateSchema, door.call('/api/state'))
    expect((await door.call('/api/migrations/m1', { method: 'DELETE' })).status).toBe(204)
    const state = await parsed(StateSchema, door.call(`/api/state?since=${cursor}`))
    expect(state.deleted).toEqual(['m1'])
  })
})

describe('looking', () => {
  test('a running migration is in every state, as its numbers move without its row', async () => {
    await addSample(door.ledger, 'm1')
    await moveMigration(door.ledger.db, 'm1', 'run', noon)
    door.running.add('m1')
    const { cursor } = await parsed(StateSchema, door.call('/api/state'))
    const state = await parsed(StateSchema, door.call(`/api/state?since=${cursor}`))
    expect(state.migrations[0]?.progress).toMatchObject({
      done: 0,
      // Without the one that was left out, and the filler, which is no item of the source.
      total: samplePlan().length - 2,
      perMinute: 120,
      secondsLeft: [30, 60],
    })
  })

  test('the detail adds up, by kind and by project', async () => {
    await addSample(door.ledger, 'm1')
    await finishSample(door.ledger, 'm1')
    const detail = await parsed(MigrationDetailSchema, door.call('/api/migrations/m1'))
    expect(detail.migration.totals).toEqual({
      source: 14,
      verified: 11,
      verifiedWithLoss: 3,
      different: 1,
      leftOut: 1,
      failed: 1,
    })
    expect(detail.migration).toMatchObject({ projects: 2, issues: 5, needsAttention: 2 })
    expect(detail.kinds.reduce((sum, one) => sum + one.counts.source, 0)).toBe(14)
    expect(detail.kinds.map((one) => one.kind)).not.toContain('filler')
    expect(detail.projects.map((one) => [one.key, one.name, one.url])).toEqual([
      ['PAY', 'Payments & <b>Billing</b>', 'http://127.0.0.1:8099/browse/PAY'],
      ['HR', '人事 – Personal', 'http://127.0.0.1:8099/browse/HR'],
    ])
    expect(detail.projects[0]).toMatchObject({
      people: { done: 2, total: 2 },
      issues: { done: 4, total: 4 },
      files: { done: 1, total: 1 },
    })
    expect(detail.findings.map((one) => [one.verdict, one.code, one.items])).toEqual([
      ['failed', 'file-missing', 1],
      ['different', 'different-summary', 1],
      ['leftOut', 'history-no-way', 1],
    ])
    expect(detail.timeline).toEqual([{ at: noon + 1500, stage: 'issues', text: 'Sending issues.' }])
  })

  test('a project opens as soon as its issues are in, files or not', async () => {
    await addSample(door.ledger, 'm1', 'https://acme.atlassian.net')
    const send = (kinds: ('project' | 'issue' | 'filler')[], key: string) =>
      door.ledger.db
        .updateTable('item')
        .set({ state: 'sent' })
        .where('kind', 'in', kinds)
        .where('projectKey', '=', key)
        .execute()
    const urls = async () =>
      (await parsed(MigrationDetailSchema, door.call('/api/migrations/m1'))).projects.map(
        (one) => one.url,
      )
    await send(['project', 'issue'], 'PAY')
    await send(['project', 'issue'], 'HR')
    // PAY still lacks a filler: a later issue could not have its number.
    expect(await urls()).toEqual([null, 'https://acme.atlassian.net/browse/HR'])
    await send(['filler'], 'PAY')
    expect((await urls())[0]).toBe('https://acme.atlassian.net/browse/PAY')
  })

  test('items come in pages that meet without a gap, and can be asked for by kind and verdict', async () => {
    await addSample(door.ledger, 'm1')
    await finishSample(door.ledger, 'm1')
    const seen: string[] = []
    for (let after: number | null = 0; after !== null; ) {
      const page: v.InferOutput<typeof ItemPageSchema> = await parsed(
        ItemPageSchema,
        door.call(`/api/migrations/m1/items?limit=4&after=${after}`),
      )
      seen.push(...page.items.map((item) => `${item.kind} ${item.sourceId}`))
      after = page.next
    }
    expect(seen).toHaveLength(14)
    expect(new Set(seen).size).toBe(14)
    const different = await parsed(
      ItemPageSchema,
      door.call('/api/migrations/m1/items?kind=issue&verdict=different&project=PAY'),
    )
    expect(different.items).toMatchObject([
      { issueKey: 'PAY-2', differences: [{ field: 'summary', found: '=cut "off"' }] },
    ])
    expect(different.next).toBeNull()
    expect((await door.call('/api/migrations/m1/items?limit=100000')).status).toBe(200)
    for (const wrong of ['limit=0', 'after=x', 'kind=filler', 'verdict=great'])
      expect((await problemOf(door.call(`/api/migrations/m1/items?${wrong}`))).status).toBe(422)
  })

  test('the log comes in pages', async () => {
    await addSample(door.ledger, 'm1')
    await finishSample(door.ledger, 'm1')
    const first = await parsed(LogPageSchema, door.call('/api/migrations/m1/log?limit=1'))
    expect(first.lines[0]).toMatchObject({ level: 'info', phase: 'issues' })
    const rest = await parsed(
      LogPageSchema,
      door.call(`/api/migrations/m1/log?after=${first.next}`),
    )
    expect(rest.lines[0]).toMatchObject({ level: 'warn', project: 'PAY' })
    expect(rest.next).toBeNull()
  })
})
