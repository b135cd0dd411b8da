import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, describe, expect, test } from 'vitest'
import { createMarkup } from '../../agent/markup.ts'
import { textLength } from '../../agent/plan/adf.ts'
import { createContext } from '../../agent/plan/context.ts'
import { isValid } from '../../agent/plan/markup.ts'
import { itemOf, noAdf, planNamed } from '../../agent/plan/named.ts'
import { planAll } from '../../agent/plan/plan.ts'
import { writeSample } from '../../agent/sample/sample.ts'
import { meetingNames } from '../../agent/setup/collisions.ts'
import { createFileFinder } from '../../agent/source/backup/attachment-files.ts'
import { type AdfDoc, type Kind, kinds, type PlannedItem } from '../../shared/plan.ts'
import type { SnapshotReader, Table } from '../../shared/record.ts'
import { ScopeOptions } from '../../shared/setup.ts'
import { site, siteDashboard, siteFilter } from '../support/plan-source.ts'
import { realBackups, withSnapshot } from '../support/plan-sources.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-plan-sample-'))
const sample = await writeSample(folder)
const markup = createMarkup()
afterAll(async () => {
  await markup.close()
  rmSync(folder, { recursive: true, force: true })
})

const facts = site({ uploadLimit: 1_000_000 })
const tableOf = (kind: Kind): Table => (kind === 'history' ? 'changeGroup' : kind)

async function plan(snapshot: SnapshotReader, own = {}): Promise<PlannedItem[]> {
  const items: PlannedItem[] = []
  const options = { projects: null, timeZone: null, findFile: null, ...own }
  for await (const item of planAll(snapshot, facts, options, markup.toAdf)) items.push(item)
  return items
}

const isDoc = (value: unknown): value is AdfDoc =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'doc'

function expectWhole(snapshot: SnapshotReader, items: PlannedItem[]): void {
  // Labels of custom fields are values too, which the source keeps beside those of the issue.
  const tags = [...snapshot.rows('label')].filter((row) => row.fieldId !== null).length
  for (const kind of kinds) {
    const own = items.filter((item) => item.kind === kind)
    expect(own, kind).toHaveLength(
      snapshot.count(tableOf(kind)) + (kind === 'fieldValue' ? tags : 0),
    )
    expect(new Set(own.map((item) => item.sourceId)).size, kind).toBe(own.length)
  }
  for (const item of items) {
    expect(item.leftOut === null, item.label).toBe(item.promise !== null)
    for (const reason of [...item.losses, ...(item.leftOut ? [item.leftOut] : [])])
      expect(reason.text, reason.code).toMatch(/^\S.*[.)]$/s)
    for (const value of Object.values(item.promise ?? {})) {
      if (!isDoc(value)) continue
      expect(isValid(value), `${item.label} ${JSON.stringify(value).slice(0, 500)}`).toBe(true)
      expect(textLength(value)).toBeLessThanOrEqual(32_000)
    }
  }
}

/** Issues and fillers of each project come as 1, 2, 3, … without a hole, and end with an issue. */
function expectNumbers(items: PlannedItem[]): void {
  const numbered = items.filter((item) => item.promise !== null && /issue$|filler$/.test(item.kind))
  for (const [lane, own] of Map.groupBy(numbered, (item) => item.lane)) {
    expect(
      own.map((item) => item.issueKey),
      lane,
    ).toEqual(own.map((_, i) => `${lane}-${i + 1}`))
    expect(own.at(-1)?.kind).toBe('issue')
  }
}

describe('the plan of the sample', () => {
  test('has one item for each row, rising numbers and files', async () => {
    await withSnapshot(sample.backup, async (snapshot) => {
      const findFile = createFileFinder(sample.attachments)
      const items = await plan(snapshot, { findFile })
      expectWhole(snapshot, items)
      expectNumbers(items)
      const files = items.filter((item) => item.kind === 'attachment')
      expect(files.filter((item) => item.leftOut).map((item) => item.leftOut?.code)).toEqual([
        'file-missing',
      ])
      expect(await plan(snapshot, { findFile })).toEqual(items)
    })
  })
})

describe.skipIf(realBackups().length === 0)('the plan of a real backup', () => {
  test.each(realBackups())('$name: one item for each row', async ({ path }) => {
    await withSnapshot(path, async (snapshot) => {
      const items = await plan(snapshot)
      expectWhole(snapshot, items)
      expectNumbers(items)
      await expectNames(snapshot, items)
      const scope = v.parse(ScopeOptions, { people: 'related' })
      const related = await plan(snapshot, { scope })
      expectWhole(snapshot, related)
      // Whoever wrote or was given something that moves is related to it.
      const out = new Set(
        related.flatMap(({ kind, sourceId, leftOut }) =>
          kind === 'user' && leftOut?.code === 'not-related' ? [sourceId] : [],
        ),
      )
      const { projects } = createContext(snapshot, facts, options, noAdf)
      for (const issue of snapshot.rows('issue'))
        if (projects.get(issue.projectId)?.leftOut === null && issue.number >= 1)
          expect([issue.reporter, issue.assignee].filter((one) => out.has(one ?? ''))).toEqual([])
    })
  })
})

const options = { projects: null, timeZone: null, findFile: null }

/** On a site that has all names of the source already, what is shown of them is what the plan does. */
async function expectNames(snapshot: SnapshotReader, items: PlannedItem[]): Promise<void> {
  const named = (kind: PlannedItem['kind']) =>
    items.flatMap((item) => (item.kind === kind ? [{ id: item.sourceId, name: item.label }] : []))
  const full = site({
    statuses: named('status').map((one) => ({ ...one, category: 'DONE' })),
    priorities: named('priority'),
    resolutions: named('resolution'),
    groups: named('group').map(({ name }) => name),
    filters: named('filter').map(({ id, name }) => siteFilter(id, name)),
    dashboards: named('dashboard').map(({ id, name }) => siteDashboard(id, name)),
  })
  const planned = new Map<string, string | null>()
  for await (const { kind, sourceId, label, leftOut, promise } of planNamed(
    snapshot,
    full,
    options,
  ))
    planned.set(`${kind}/${label}/${sourceId}`, leftOut ? null : (promise as { name: string }).name)
  for (const { kind, names } of await meetingNames(snapshot, full, options)) {
    for (const { name, becomes } of names) {
      const possible = [...planned].flatMap(([id, to]) =>
        id.startsWith(`${itemOf[kind]}/${name}/`) ? [to] : [],
      )
      expect(possible, `${kind} ${name}`).toContain(becomes)
    }
  }
}
