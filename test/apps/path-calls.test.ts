import { expect, test } from 'vitest'
import type { AppContext, PathProperty } from '../../agent/apps/path.ts'
import { createCalls } from '../../agent/apps/path-calls.ts'
import { createClient } from '../../agent/apps/path-client.ts'
import { createDesk } from '../../agent/apps/path-desk.ts'
import type { Stint } from '../../agent/apps/path-protocol.ts'
import { path } from '../../agent/apps/paths/entity-properties.ts'

const stint: Stint = {
  file: '',
  steps: ['plan'],
  app: {
    key: 'app',
    name: 'App',
    trace: {
      tables: [],
      properties: [],
      fields: [],
      workflows: [],
      dashboards: [],
      filters: 0,
      issues: 0,
      projects: 0,
    },
  },
  decision: 'needed',
  transferId: 't',
  hasHandler: false,
}

/** A context of so many properties, asked by messages that are counted and copied as threads copy them. */
function overMessages(count: number) {
  const added: string[] = []
  const property = (n: number): PathProperty => ({
    id: String(n),
    entity: 'IssueProperty',
    entityId: String(n),
    key: 'k',
    value: '1',
  })
  const context = {
    async *properties() {
      for (let n = 0; n < count; n += 500)
        yield Array.from({ length: Math.min(500, count - n) }, (_, i) => property(n + i))
    },
    mapping: async (_namespace: string, id: string) => `site-${id}`,
    records: {
      async add(records: { sourceId: string; leftOut: string | null }[]) {
        for (const { sourceId, leftOut } of records) if (leftOut === null) added.push(sourceId)
      },
    },
  } as unknown as AppContext
  let messages = 0
  const desk = createDesk(context, (answers) => calls.take(structuredClone(answers)))
  const calls = createCalls((page) => {
    const copy = structuredClone(page)
    messages++
    desk.take(copy)
  })
  const telling = { log: () => undefined, progress: () => undefined, flush: () => undefined }
  const client = createClient(stint, new AbortController().signal, calls, telling)
  return { client, calls, added, messages: () => messages }
}

test('10,000 properties are planned in a few messages a page, not one for each', async () => {
  const { client, added, messages } = overMessages(10_000)
  await path.plan(client)
  expect(added).toHaveLength(10_000)
  // Per page of 500: the page, the ids on the site, the records; and the end of the list.
  expect(messages()).toBe(20 * 3 + 1)
})

test('what cannot travel fails the call that holds it, and no other', async () => {
  const { calls } = overMessages(1)
  const good = calls.ask('mapping', 'jira:issue', '1')
  const bad = calls.ask('setCheckpoint', 'x', () => 1)
  await expect(bad).rejects.toThrow(/could not be cloned/)
  expect(await good).toBe('site-1')
})

test('what waits gets the reason once the work is over', async () => {
  const { calls } = overMessages(1)
  const never = calls.ask('settled')
  const later = Promise.all([calls.ask('mapping', 'jira:issue', '1')]).catch(String)
  calls.abort(new Error('over'))
  await expect(never).rejects.toThrow('over')
  expect(await later).toBe('Error: over')
})
