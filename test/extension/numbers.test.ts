// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { Window } from 'happy-dom'
import { type ComponentChild, h, render } from 'preact'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { logEvent } from '../../agent/ledger/events.ts'
import { addItems } from '../../agent/ledger/items.ts'
import { changeMigration, moveMigration } from '../../agent/ledger/migrations.ts'
import { addStrangers } from '../../agent/ledger/verification.ts'
import type { MigrationsModel } from '../../extension/models/migrations.ts'
import { fromHash } from '../../extension/models/place.ts'
import { Attention } from '../../extension/views/attention.tsx'
import { ProgressBar } from '../../extension/views/bars.tsx'
import { Head } from '../../extension/views/detail.tsx'
import { Includes } from '../../extension/views/includes.tsx'
import { ListRow } from '../../extension/views/list-row.tsx'
import { Overview } from '../../extension/views/overview.tsx'
import type { ItemView, MigrationDetail } from '../../shared/api.ts'
import { isStranger } from '../../shared/api-strangers.ts'
import { addSample, finishSample, issue, noon, planned } from '../report/filled-ledger.ts'
import { type Door, openDoor } from '../routes/door.ts'
import { strayNumbers } from '../support/stray-numbers.ts'

vi.mock('wxt/browser', async () => (await import('../support/extension-home.ts')).fakeHome())

const page = new Window()
vi.stubGlobal('document', page.document)
vi.stubGlobal('location', page.location)

let door: Door
beforeEach(async () => {
  door = await openDoor()
  await addSample(door.ledger, 'm1')
  await addMore()
  const text =
    'Planned 21 items. The site gets beside them: 1 empty issue that keeps a number and is deleted at the end.'
  await logEvent(door.ledger.db, {
    migrationId: 'm1',
    at: noon,
    level: 'info',
    phase: 'stage:plan',
    text,
  })
})
afterEach(() => door.close())

const no = { code: 'not-chosen', text: 'Not chosen.' }

/** What makes numbers and lists fall apart: things that were left out, a helper, role members, a chain of failures. */
async function addMore(): Promise<void> {
  const at = { projectKey: 'PAY', issueKey: 'PAY-1' }
  const items = [
    planned('project', '1OLD', null as never, { projectKey: 'OLD', label: 'OLD', leftOut: no }),
    { ...issue('OLD-1', 'Left out'), promise: null, leftOut: no },
    { ...issue('PAY-9', 'Left out, too'), promise: null, leftOut: no },
    planned('attachment', '901', null as never, { ...at, label: 'b.png', leftOut: no }),
    planned('user', 'old', null as never, { phase: 'people', label: 'Old', leftOut: no }),
    planned(
      'roleActor',
      '5',
      { projectKey: 'PAY', role: 'Auditors', actor: { group: 'auditors' } },
      { projectKey: 'PAY', phase: 'parts' },
    ),
    planned('status', '7', { name: 'Waiting', description: '', category: 'TODO' }),
  ]
  await addItems(
    door.ledger.db,
    'm1',
    items.map((item) => ({ item, batchId: null })),
  )
}

const items = () => door.ledger.db.updateTable('item').where('migrationId', '=', 'm1')
const fail = (reasonCode: string, more: { rootSeq?: number; retriedRun?: number } = {}) => ({
  state: 'failed' as const,
  verdict: 'failed' as const,
  reasonCode,
  reasonText: 'No.',
  ...more,
})

/** The status failed, and took down the role member and two comments. */
async function failChain(): Promise<void> {
  const { db } = door.ledger
  const root = await db
    .selectFrom('item')
    .select('seq')
    .where('kind', '=', 'status')
    .executeTakeFirstOrThrow()
  await items().set(fail('site-refused')).where('kind', '=', 'status').execute()
  const needs = fail('needs-another', { rootSeq: root.seq })
  await items().set(needs).where('kind', '=', 'roleActor').execute()
  await items().set(needs).where('kind', '=', 'comment').where('lossesJson', 'is', null).execute()
}

const detail = async () => (await (await door.call('/api/migrations/m1')).json()) as MigrationDetail

interface Link {
  text: string
  href: string
  number: number
}

/** Every number with a link on the pages of this migration, as they are drawn; none of them stands without. */
function numbersOf(shown: MigrationDetail): Link[] {
  const { migration: row } = shown
  const model = { agentHere: { value: true }, asOf: { value: null } } as unknown as MigrationsModel
  const acts = { choose: () => {}, menu: () => {}, explain: () => {} }
  const list = { index: 0, top: 0, now: noon, asOf: null, acts }
  const drawn: ComponentChild[] = [
    h(Includes, { detail: shown }),
    h(Attention, { detail: shown, now: noon, agentHere: true }),
    h(Overview, { row, detail: shown, now: noon, model }),
    h(Head, { row, stale: false, asOf: null }),
    h('table', null, [
      h(ListRow, {
        ...list,
        row,
        chosen: { value: new Set<string>() } as never,
        menu: { value: null } as never,
      }),
    ]),
  ]
  return drawn.flatMap((one) => {
    const place = page.document.createElement('div') as unknown as HTMLElement
    render(one, place)
    expect(strayNumbers(place)).toEqual([])
    const links = [...place.querySelectorAll<HTMLAnchorElement>('a[href^="#/m/"]')].flatMap(
      (link): Link[] => {
        const text = link.textContent ?? ''
        // "45% of 300" counts 300.
        const found = /[\d,]+/.exec(text.replace(/^\d+% of /, ''))
        const href = link.getAttribute('href') ?? ''
        return found ? [{ text, href, number: Number(found[0].replaceAll(',', '')) }] : []
      },
    )
    render(null, place)
    return links
  })
}

/** How long the list is to which an address leads, paged to its end. */
async function lengthOf(href: string, shown: MigrationDetail): Promise<number> {
  const place = fromHash(href)
  if (place.at === 'migration' && place.tab === 'attention')
    return shown.findings
      .filter((one) => !one.accepted && one.verdict !== 'leftOut' && !isStranger(one))
      .reduce((sum, one) => sum + one.items + (one.dependents ?? 0), 0)
  if (place.at !== 'items' && place.at !== 'strangers' && place.at !== 'beside')
    throw new Error(`${href} is no list`)
  const { at, id, after: _after, ...narrow } = place
  const path = place.at === 'beside' ? `beside/${place.list}` : at
  const asked = Object.entries(narrow).flatMap(([k, x]) => (x === null ? [] : [[k, String(x)]]))
  let length = 0
  for (let after: number | null = 0; after !== null; ) {
    const query = new URLSearchParams([...asked, ['after', String(after)], ['limit', '3']])
    const answer = await door.call(`/api/migrations/${id}/${path}?${query}`)
    expect(answer.status).toBe(200)
    const one = (await answer.json()) as { [list: string]: ItemView[] } & { next: number | null }
    length += (one[at === 'beside' ? 'rows' : at] ?? []).length
    after = one.next
  }
  return length
}

/** @returns the texts of all links that were followed */
async function everyNumberIsItsList(): Promise<string[]> {
  const shown = await detail()
  const links = numbersOf(shown)
  for (const { text, href, number } of links)
    expect([text, href, await lengthOf(href, shown)]).toEqual([text, href, number])
  return links.map((one) => one.text)
}

const status = (set: Parameters<typeof changeMigration>[3]) =>
  changeMigration(door.ledger.db, 'm1', noon, set)

describe('every number opens the list of what it counts', () => {
  test('while things are sent', async () => {
    await moveMigration(door.ledger.db, 'm1', 'run', noon, { activity: 'pushing', runs: 1 })
    await items().set({ state: 'sent' }).where('kind', 'in', ['user', 'filler']).execute()
    await items()
      .set({ state: 'sent' })
      .where('issueKey', '=', 'PAY-1')
      .where('kind', '=', 'issue')
      .execute()
    await failChain()
    const texts = await everyNumberIsItsList()
    expect(texts).toEqual(
      expect.arrayContaining(['21 items', '2 projects', '5 issues', '25% of 4', '7']),
    )
  })

  test('while they are read back', async () => {
    await finishSample(door.ledger, 'm1')
    await moveMigration(door.ledger.db, 'm1', 'run', noon, { activity: 'verifying', runs: 2 })
    await items().set({ verdict: null }).where('kind', '=', 'comment').execute()
    await everyNumberIsItsList()
  })

  test('of one that has ended, with a chain of failures, strangers and answers', async () => {
    await finishSample(door.ledger, 'm1')
    await failChain()
    await addStrangers(
      door.ledger.db,
      'm1',
      [1, 2, 3, 4, 5].map((n) => ({
        kind: 'comment' as const,
        siteId: String(n),
        label: `Comment ${n}`,
        projectKey: 'PAY',
        issueKey: 'PAY-1',
      })),
    )
    await status({})
    const texts = await everyNumberIsItsList()
    expect(texts).toEqual(
      expect.arrayContaining(['1 status', '2 items that need it', '5 comments', '5 items']),
    )
    for (const cause of [
      { code: 'not-chosen', kind: 'issue', verdict: 'leftOut' },
      { code: 'site-refused', kind: 'status', verdict: 'failed' },
    ])
      await door.post('/api/migrations/m1/findings/accept', { ...cause, note: 'Fine.', who: 'Ann' })
    await everyNumberIsItsList()
  })

  test('of a verification', async () => {
    await finishSample(door.ledger, 'm1')
    await items().set({ state: 'planned' }).where('state', '=', 'sent').execute()
    await status({ mode: 'verify', purpose: 'verify' })
    await everyNumberIsItsList()
  })

  test('of what a retry took up', async () => {
    await finishSample(door.ledger, 'm1')
    await items().set({ retriedRun: 1 }).where('kind', '=', 'comment').execute()
    const again = await door.call('/api/migrations/m1/items?only=again')
    expect(((await again.json()) as { items: ItemView[] }).items).toHaveLength(3)
  })
})

test('in the popup, too, of a run out of sight: each number with its list, and no link around nothing', async () => {
  const { migration } = await detail()
  const linksOf = (total: number): string[] => {
    const progress = { ...migration.progress, done: total / 2, total }
    const row = { ...migration, status: 'running' as const, progress }
    const place = page.document.createElement('div') as unknown as HTMLElement
    render(h(ProgressBar, { row, linked: true, asOf: noon }), place)
    return [...place.querySelectorAll('a')].map((link) => link.textContent ?? '')
  }
  expect(linksOf(0)).toEqual([])
  expect(linksOf(8)).toEqual(['4', '8'])
})
