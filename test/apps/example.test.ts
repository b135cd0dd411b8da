import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { acme, openWorld } from '../support/app-world.ts'

let world: Awaited<ReturnType<typeof openWorld>>
afterEach(() => world[Symbol.asyncDispose]())

const guide = readFileSync(resolve(import.meta.dirname, '../../agent/apps/README.md'), 'utf8')
const example = /```ts\n(.*?)```/s.exec(guide)?.[1] ?? ''

test('the example of the guide moves what it says when it is dropped in as it is', async () => {
  // The sample's rows have no column for their issue: the first fifty belong to APP-1, the others to none.
  const text = example
    .replace("cell('ISSUE_ID')", "(Number(cell('ID')) > 50 ? '0' : '10001')")
    .replace("cell('ISSUE_ID')", "'10001'")
  expect(text).not.toBe(example)
  world = await openWorld({ paths: { 'checklists.mjs': text } })
  expect(world.registry.problems).toEqual([])
  await world.mover.decide(world.id, acme, { decision: 'needed' })
  expect((await world.app(acme)).paths).toEqual(['Checklists', expect.stringMatching(/^Archive/)])
  await world.runner.start(world.id)
  await world.runner.ended(world.id)
  const app = await world.app(acme)
  expect(app.status).toBe('success')
  const records = await world.ledger.db
    .selectFrom('appRecord')
    .select('verdict')
    .where('path', '=', 'acme-checklists')
    .execute()
  const ended = (verdict: string) => records.filter((one) => one.verdict === verdict).length
  expect([records.length, ended('verified'), ended('leftOut')]).toEqual([5000, 50, 4950])
})
