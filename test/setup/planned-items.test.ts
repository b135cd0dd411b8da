import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptySite } from '../../agent/plan/checks/empty-site.ts'
import { createForecast } from '../../agent/plan/forecast.ts'
import { planAll } from '../../agent/plan/plan.ts'
import { plannedCsv } from '../../agent/report/planned-csv.ts'
import type { PlannedQuestion } from '../../agent/routes/setup-service.ts'
import { forgetPlanned, readPlanned, writePlanned } from '../../agent/setup/planned-items.ts'
import { must } from '../../shared/assert.ts'
import type { AdfDoc, Kind, PlannedItem, ToAdf } from '../../shared/plan.ts'
import { realBackups, withSnapshot } from '../support/plan-sources.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-planned-'))
const path = join(folder, 'one.preview.sqlite')
const why = (code: string, text = code) => ({ code, text })

const emptyDoc: AdfDoc = { type: 'doc', version: 1, content: [{ type: 'paragraph' }] }
let n = 0
function item(kind: Kind, change: Partial<PlannedItem> = {}): PlannedItem {
  n += 1
  return {
    kind,
    sourceId: String(n),
    label: `${kind} ${n}`,
    projectKey: 'PAY',
    issueKey: null,
    phase: 'issues',
    lane: 'x',
    promise: null as never,
    losses: [],
    leftOut: null,
    ...change,
  }
}

beforeAll(() => {
  const list = writePlanned(path)
  for (let i = 0; i < 2_500; i += 1) list.see(item('issue', { issueKey: `PAY-${i}` }))
  list.see(item('issue', { projectKey: 'HR', losses: [why('b', 'first'), why('b', 'second')] }))
  list.see(item('comment', { losses: [why('a', '=1+1'), why('b', 'other')] }))
  list.see(item('vote', { leftOut: why('no-api') }))
  list.see(item('vote', { projectKey: 'HR', leftOut: why('gone') }))
  list.see(item('user', { projectKey: null, leftOut: why('gone') }))
  // Means to the end are no items of the source.
  list.see({ ...item('issue'), kind: 'filler' })
  expect(existsSync(path)).toBe(false)
  list.keep()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ask = (question: Partial<PlannedQuestion> & Pick<PlannedQuestion, 'what'>) =>
  must(readPlanned(path, { after: 0, limit: 5_000, ...question }), 'It was planned.')
const totalOf = (question: Parameters<typeof ask>[0]) => {
  const { rows, total } = ask(question)
  expect(rows).toHaveLength(total)
  return total
}

describe('the list behind a number of the plan', () => {
  test.each<[number, Parameters<typeof ask>[0]]>([
    [2_502, { what: 'moves' }],
    [2_501, { what: 'moves', kind: 'issue' }],
    [2_501, { what: 'moves', project: 'PAY' }],
    [1, { what: 'moves', project: 'HR', kind: 'issue' }],
    [2, { what: 'withLoss' }],
    [1, { what: 'withLoss', project: 'HR' }],
    [3, { what: 'loss' }],
    [1, { what: 'loss', kind: 'comment', code: 'a' }],
    [3, { what: 'leftOut' }],
    [1, { what: 'leftOut', kind: 'vote', code: 'gone' }],
    [1, { what: 'leftOut', project: '' }],
    [0, { what: 'leftOut', project: 'NONE' }],
    [0, { what: 'loss', code: 'no-api' }],
  ])('has %i rows of %o', (total, question) => expect(totalOf(question)).toBe(total))

  test('tells of each item why it stays, and what it loses', () => {
    expect(ask({ what: 'leftOut', code: 'no-api', kind: 'vote' }).rows[0]).toMatchObject({
      kind: 'vote',
      projectKey: 'PAY',
      reasons: [why('no-api')],
    })
    expect(ask({ what: 'withLoss', kind: 'comment' }).rows[0]?.reasons).toEqual([
      why('a', '=1+1'),
      why('b', 'other'),
    ])
    // One of a code is counted once an item, with its first sentence.
    expect(ask({ what: 'withLoss', project: 'HR' }).rows[0]?.reasons).toEqual([why('b', 'first')])
    expect(ask({ what: 'loss', code: 'b', kind: 'comment' }).rows[0]?.reasons).toEqual([
      why('b', 'other'),
    ])
  })

  test('comes in pages, in the order of the plan', () => {
    const seen: number[] = []
    for (let after = 0; ; ) {
      const { rows, total } = ask({ what: 'moves', kind: 'issue', after, limit: 1_000 })
      expect(total).toBe(2_501)
      const last = rows.at(-1)
      if (!last) break
      seen.push(...rows.map((row) => row.n))
      after = last.n
    }
    expect(seen).toHaveLength(2_501)
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b))
  })

  test('and as a file, with formulas made harmless', async () => {
    const pages = (after: number) =>
      Promise.resolve(ask({ what: 'withLoss', after, limit: 1 }).rows)
    let csv = ''
    for await (const bytes of plannedCsv(pages)) csv += new TextDecoder().decode(bytes)
    const lines = csv.trimEnd().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toMatch(/^comment,comment \d+,PAY,,a b,"?'=1\+1 other"?$/)
  })
})

test('a plan that was stopped leaves the one before, and one that is forgotten leaves nothing', () => {
  const list = writePlanned(path)
  list.see(item('issue'))
  list.drop()
  expect(totalOf({ what: 'leftOut' })).toBe(3)
  expect(existsSync(`${path}.part`)).toBe(false)
  forgetPlanned(path)
  expect(readPlanned(path, { what: 'moves', after: 0, limit: 1 })).toBeNull()
})

// The others of the testkit are much alike, and take half a minute.
const varied = realBackups().filter(({ name }) => /^jira-[467]/.test(name))
test.each(varied)(
  '$name: each number of its forecast has a list of that length',
  async ({ path: backup }) => {
    await withSnapshot(backup, async (snapshot) => {
      const [forecast, list] = [createForecast(), writePlanned(path)]
      const options = { projects: null, timeZone: null, findFile: null }
      const toAdf: ToAdf = async () => ({ doc: emptyDoc, lost: [] })
      for await (const one of planAll(snapshot, emptySite(snapshot), options, toAdf)) {
        forecast.see(one)
        list.see(one)
      }
      list.keep()
      const { kinds, projects, reasons } = forecast.end()
      const count = (question: Omit<PlannedQuestion, 'after' | 'limit'>) =>
        must(readPlanned(path, { ...question, after: 0, limit: 1 }), 'It was planned.').total
      for (const [kind, { moved, leftOut, withLoss }] of Object.entries(kinds)) {
        const of = { kind: kind as Kind }
        expect([kind, count({ what: 'moves', ...of })]).toEqual([kind, moved])
        expect([kind, count({ what: 'leftOut', ...of })]).toEqual([kind, leftOut])
        expect([kind, count({ what: 'withLoss', ...of })]).toEqual([kind, withLoss])
      }
      for (const [project, own] of Object.entries(projects)) {
        const moved = Object.values(own.kinds).reduce((sum, one) => sum + one.moved, 0)
        expect([project, count({ what: 'moves', project })]).toEqual([project, moved])
      }
      for (const { what, kind, code, items } of reasons)
        expect([code, count({ what: what === 'loss' ? 'loss' : 'leftOut', kind, code })]).toEqual([
          code,
          items,
        ])
    })
  },
)
