import { expect } from 'vitest'
import { type CheckAnswer, type CheckSink, createCheckSession } from '../../agent/check-session.ts'
import { allChecks } from '../../agent/plan/checks/all.ts'
import type {
  AnyCheck,
  CheckContext,
  CheckOffender,
  SiteMore,
} from '../../agent/plan/checks/check.ts'
import { neededPermissions } from '../../agent/plan/checks/token-permissions.ts'
import { planAll } from '../../agent/plan/plan.ts'
import { foundList } from '../../shared/check-lists.ts'
import type { SiteFacts, ToAdf } from '../../shared/plan.ts'
import type { SnapshotInfo } from '../../shared/record.ts'
import { unlisted } from './listed-numbers.ts'
import { memorySnapshot, type Rows } from './memory-snapshot.ts'
import { frame, site } from './plan-source.ts'

export interface Asked extends CheckAnswer {
  list: CheckOffender[]
  /** What it counts beside, by the name of the list. */
  rows(list: string): CheckOffender[]
}

const toAdf: ToAdf = async (text) => ({
  doc: {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
  },
  lost: [],
})
const all: SiteMore = {
  permissions: Object.fromEntries(Object.keys(neededPermissions).map((key) => [key, true])),
  fields: [],
  projects: 3,
  seats: { applications: [] },
  mails: { scheme: null },
  latencyMs: null,
}

/**
 * Asks every check about a source in memory; rows given replace those of the frame. Whatever they say, each number
 * in it has a list of as many rows.
 */
export async function askChecks(
  rows: Rows,
  more: Partial<CheckContext> & {
    facts?: Partial<SiteFacts>
    info?: Partial<SnapshotInfo>
    extra?: Partial<SiteMore>
    checks?: readonly AnyCheck[]
  } = {},
): Promise<(key: string) => Asked> {
  const { facts, info, extra, checks = allChecks, ...own } = more
  const snapshot = memorySnapshot({ ...frame(), ...rows }, info)
  const context: CheckContext = {
    snapshot,
    options: { projects: null, timeZone: null, findFile: null },
    siteKind: 'cloud',
    site: {
      facts: site(facts),
      more: { ...all, ...extra, permissions: { ...all.permissions, ...extra?.permissions } },
      problem: null,
    },
    agent: { freeDisk: 1e12, neededDisk: 1e6, memory: 8e9, folder: '/agent' },
    apps: [],
    files: null,
    ...own,
  }
  const lists = new Map<string, CheckOffender[]>()
  const answers = new Map<string, CheckAnswer>()
  const sink: CheckSink = {
    async offenders(key, list) {
      lists.set(key, [...(lists.get(key) ?? []), ...list])
    },
    async settle(answer) {
      answers.set(answer.key, answer)
    },
  }
  const session = createCheckSession(checks, sink)
  const planned = context.site.facts ?? site()
  const plan = planAll(context.snapshot, planned, context.options, toAdf)
  for await (const _ of session.tap(plan, context.site.facts !== null));
  await session.conclude(context)
  for (const answer of answers.values()) expectLists(answer, lists.get(answer.key) ?? [])
  return (key) => {
    const answer = answers.get(key)
    if (!answer) throw new Error(`The check ${key} was not asked.`)
    const kept = lists.get(key) ?? []
    return { ...answer, list: rowsOf(kept), rows: (name) => rowsOf(kept, name) }
  }
}

const numberIn = (words: string) => Number(/[\d,]+/.exec(words)?.[0].replaceAll(',', ''))

/** The rows of a list; without a name, what the check is about. */
const rowsOf = (rows: readonly CheckOffender[], name = foundList): CheckOffender[] =>
  rows.filter(({ list = foundList }) => list === name)

function expectLists(
  { key, sentence, offenders, lists = [] }: CheckAnswer,
  kept: readonly CheckOffender[],
): void {
  for (const { list, rows } of lists)
    expect(rowsOf(kept, list), `${key} ${list}`).toHaveLength(rows)
  for (const { detail, counts = [] } of kept)
    for (const one of counts) {
      expect(detail).toContain(one.words)
      if (one.at !== 'rows') continue
      const own = rowsOf(kept, one.list).filter(({ partOf }) => partOf === one.partOf)
      expect(own, `${key}: ${detail}`).toHaveLength(numberIn(one.words))
    }
  const lengths = [offenders, ...lists.map(({ rows }) => rows)]
  expect(unlisted(sentence, lengths), `${key}: ${sentence}`).toEqual([])
}
