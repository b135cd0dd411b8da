import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createPractice } from '../../agent/practice/practice.ts'
import { find } from '../../agent/query/find.ts'
import { writeSample } from '../../agent/sample/sample.ts'
import { type Call, callerOf } from '../practice/caller.ts'
import { realBackup, runCli } from '../support/agent-process.ts'
import { type Grammar, grammarOf, type Pair } from '../support/jql-grammar.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-jql-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const real = [
  'jira-3-to-5-testkit/BigIssueSet.xml',
  'jira-3-to-5-testkit/TestSubscriptionsWithTimeZones.xml',
  'jira-3-to-5-testkit/TestCustomFieldLiterals.xml',
  'jira-4-to-7-jrjc/jira-dump-with-filters.xml',
  'jira-6.3-jsu/entities.xml',
].filter((name) => existsSync(realBackup(name)))

const { backup: sample, attachments } = await writeSample(join(folder, 'sample'))
const sources: [string, string[]][] = [
  ['the sample', [sample, '--attachments', attachments]],
  ...real.map((name): [string, string[]] => [name, [realBackup(name)]]),
]

describe.each(sources)('after %s moved', (_name, args) => {
  test('both sides find the same issues for its own filters and for any JQL made of its words', {
    timeout: 300_000,
  }, async () => {
    const out = mkdtempSync(join(folder, 'out-'))
    const { json } = await runCli<{ keysPreserved: boolean }>([
      'migrate',
      ...args,
      '--practice',
      '--out',
      out,
    ])
    expect(json.keysPreserved).toBe(true)
    const snapshot = join(out, 'snapshots', readdirSync(join(out, 'snapshots'))[0] ?? '')
    const practice = createPractice({
      stateDir: join(out, 'practice'),
      rateLimits: 'off',
      url: 'http://localhost',
    })
    const grammar = grammarOf(snapshot, join(out, 'ledger.sqlite'))
    const call = callerOf((request) => practice.app.fetch(request), practice)
    try {
      for (const pair of grammar.filters) await compare(call, snapshot, grammar, pair)
      let compared = 0
      const pairs = grammar.make(400)
      for (const pair of pairs) compared += await compare(call, snapshot, grammar, pair)
      // A comparison that only ever says "cannot be told" would prove nothing.
      expect(compared).toBeGreaterThan(pairs.length * 0.85)
    } finally {
      practice.close()
    }
  })
})

/** @returns 1 where both sides could tell */
async function compare(
  call: Call,
  snapshot: string,
  grammar: Grammar,
  pair: Pair,
): Promise<number> {
  const site = await onSite(call, pair.site)
  if (site === null) return 0
  const keys = site.filter((key) => grammar.comparable.has(key))
  const found = find({
    snapshot,
    jql: pair.source,
    projects: null,
    site: keys,
    now: Date.now(),
    most: 10_000,
  })
  // A time of day is another moment for the site, which reads it in the zone of whoever asks.
  if (found.source === null || found.why.some((why) => why.includes('time zone'))) return 0
  const lost = found.onlySource.filter((key) => grammar.comparable.has(key))
  expect({ ...pair, lost, more: found.onlySite }).toEqual({ ...pair, lost: [], more: [] })
  return 1
}

async function onSite(call: Call, jql: string): Promise<string[] | null> {
  const keys: string[] = []
  let nextPageToken: string | undefined
  do {
    const { status, body } = await call<{
      issues: { key: string }[]
      nextPageToken?: string
      errorMessages?: string[]
    }>('POST', '/rest/api/3/search/jql', {
      jql,
      fields: ['key'],
      maxResults: 1000,
      ...(nextPageToken ? { nextPageToken } : {}),
    })
    if (status === 400 && /does not search by|Unbounded/.test(body.errorMessages?.join() ?? ''))
      return null
    expect({ jql, status, said: body.errorMessages }).toEqual({ jql, status: 200, said: undefined })
    keys.push(...body.issues.map(({ key }) => key))
    nextPageToken = body.nextPageToken
  } while (nextPageToken)
  return keys
}
