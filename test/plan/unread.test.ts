import { describe, expect, test } from 'vitest'
import type { LiveFacts, ProjectReading } from '../../shared/record.ts'
import { askChecks } from '../support/ask-checks.ts'
import { issue, link, one, plan, project, site } from '../support/plan-source.ts'

const reading = (key: string, own: Partial<ProjectReading> = {}): ProjectReading => ({
  ...{ key, how: 'read', stated: 1, read: 1, tooLarge: 0, notFound: 0 },
  ...own,
})
const live = (...projects: ProjectReading[]): { live: LiveFacts } => ({
  live: { account: { name: 'admin', displayName: 'Ada Admin' }, projects },
})
const rows = {
  project: [project('PAY'), project('OPS'), project('OLD', { archived: 1 })],
  issue: [issue('PAY-1')],
  link: [link('1', 'PAY-1', 'OPS-1')],
}
const info = live(
  reading('PAY', { stated: 14, tooLarge: 1, notFound: 12 }),
  reading('OPS', { how: 'not-searched', stated: null, read: 0 }),
  reading('OLD', { how: 'archived', stated: null, read: 0 }),
)

describe('what a live source did not give', () => {
  test('is left out and said: nothing of it arrives empty and counts as moved', async () => {
    const items = await plan(rows, site(), {}, info)
    expect(one(items, 'project', 'p-OPS').leftOut).toMatchObject({ code: 'not-read' })
    const old = one(items, 'project', 'p-OLD').leftOut
    expect(old).toMatchObject({ code: 'not-read' })
    expect(old?.text).toContain('archived')
    const pay = one(items, 'project', 'p-PAY')
    expect(pay.leftOut).toBeNull()
    expect(pay.losses.find(({ code }) => code === 'issues-not-read')?.text).toMatch(
      /1 issue is too large.*12 issues are counted, but not listed/,
    )
    expect(one(items, 'link').leftOut?.code).toBe('other-end-not-read')
  })

  test('of a backup is nothing: what it holds as archived moves, and a loose link dangles', async () => {
    const items = await plan(rows)
    expect(one(items, 'project', 'p-OLD').leftOut).toBeNull()
    expect(one(items, 'link').leftOut?.code).toBe('dangling')
    const asked = await askChecks(rows)
    expect(asked('not-given')).toMatchObject({ status: 'success', offenders: 0 })
  })

  test('is a check with each project that is to move, and no fault of the data', async () => {
    const asked = await askChecks(rows, { info })
    const { status, list } = asked('not-given')
    expect(status).toBe('warning')
    expect(list.map(({ projectKey, detail }) => [projectKey, detail.slice(0, 30)])).toEqual([
      ['OLD', 'OLD is archived: Jira gives it'],
      ['OPS', 'Jira does not let this account'],
      ['PAY', 'Jira did not give all of it: 1'],
    ])
    expect(asked('dangling').offenders).toBe(0)
    const narrow = { projects: ['PAY'], timeZone: null, findFile: null }
    expect((await askChecks(rows, { info, options: narrow }))('not-given').offenders).toBe(1)
    const all = live(reading('PAY'), reading('OPS'), reading('OLD'))
    expect((await askChecks(rows, { info: all }))('not-given').status).toBe('success')
  })
})
