// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { type ComponentChild, h } from 'preact'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fromHash, itemsHash, plannedHash, sourceHash, tabs } from '../../extension/models/place.ts'
import { Panel } from '../../extension/views/panel.tsx'
import { Popup } from '../../extension/views/popup.tsx'
import type { MigrationDetail } from '../../shared/api.ts'
import type { PlacePage } from '../../shared/api-after.ts'
import type { AppsView } from '../../shared/api-apps.ts'
import type { BesidePage } from '../../shared/api-beside.ts'
import type { ChecksView, OffenderPage } from '../../shared/api-checks.ts'
import { foundList } from '../../shared/check-lists.ts'
import { setupSteps } from '../../shared/setup.ts'
import { type DrawnWorld, openDrawnWorld, openPage } from '../support/drawn-world.ts'
import { strayNumbers } from '../support/stray-numbers.ts'

vi.mock('wxt/browser', async () => (await import('../support/extension-home.ts')).fakeHome())
vi.mock('../../extension/platform.ts', async (load) =>
  (await import('../support/near-background.ts')).nearBackground(load),
)

const page = openPage()
let world: DrawnWorld
let id = ''
const until = <T>(path: string, done: (answer: T) => boolean) =>
  vi.waitFor(async () => expect(done(await world.get<T>(path))).toBe(true), {
    timeout: 120_000,
    interval: 200,
  })
const idle = ({ running }: { running: boolean }) => !running

beforeAll(async () => {
  world = await openDrawnWorld(page)
  const { backup: path, attachments } = world.sample
  const made = await world.call('POST', '/migrations', {
    name: 'Sample',
    source: { kind: 'backup', path, attachments },
    site: { kind: 'practice' },
  })
  id = ((await made.json()) as { id: string }).id
  const one = `/migrations/${id}`
  await world.call('POST', `${one}/inspect`)
  await until<{ state: string }>(`${one}/inspection`, ({ state }) => state === 'done')
  await world.call('POST', `${one}/checks/run`, {})
  await until(`${one}/checks`, idle)
  await world.call('POST', `${one}/run`)
  await drawHalfWay(one)
  await until<{ migration: { status: string } }>(one, ({ migration }) =>
    ['finished', 'incomplete', 'failed'].includes(migration.status),
  )
  await plantFaults()
  await world.call('POST', `${one}/after/run`, {})
  await until(`${one}/after`, idle)
})
afterAll(() => world?.close())

/** What each tab and the popup show of a run that is held half way. */
const halfWay = new Map<string, string[]>()
async function drawHalfWay(one: string): Promise<void> {
  await until<MigrationDetail>(
    one,
    ({ kinds }) => (kinds.find(({ kind }) => kind === 'issue')?.sent ?? 0) > 0,
  )
  await world.call('POST', `${one}/pause`)
  await until<MigrationDetail>(one, ({ migration }) => migration.activity === 'paused')
  for (const tab of tabs) halfWay.set(tab, (await drawn(`#/m/${id}/${tab}`)).stray)
  halfWay.set('list', (await drawn('#/')).stray)
  halfWay.set('popup', (await drawn('', () => h(Popup, null))).stray)
  await world.call('POST', `${one}/resume`)
}

/** A comment and a component that are lost, and an issue that is new. */
async function plantFaults(): Promise<void> {
  const { url, email, token } = await world.agent.practice.access(null)
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/rest/api/3/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true)
  }
  const sent = (kind: 'comment' | 'component') =>
    world.agent.ledger.db
      .selectFrom('item')
      .select(['issueKey', 'siteId', 'projectKey'])
      .where('kind', '=', kind)
      .where('state', '=', 'sent')
      .orderBy('seq')
      .executeTakeFirstOrThrow()
  const comment = await sent('comment')
  await send('DELETE', `issue/${comment.issueKey}/comment/${comment.siteId}`)
  const component = await sent('component')
  await send('DELETE', `component/${component.siteId}`)
  const fields = {
    project: { key: component.projectKey },
    issuetype: { name: 'Task' },
    summary: 'Made since',
  }
  await send('POST', 'issue', { fields })
}

const drawn = (hash: string, what: () => ComponentChild = () => h(Panel, null)) =>
  world.draw(what(), hash, (place) => ({
    stray: strayNumbers(place),
    links: [...place.querySelectorAll<HTMLAnchorElement>('a[href^="#/m/"]')].flatMap((link) => {
      const found = /^[\d,]+/.exec(link.textContent ?? '')
      const href = link.getAttribute('href') ?? ''
      return found ? [{ href, number: Number(found[0].replaceAll(',', '')) }] : []
    }),
  }))

/** How long the list is to which an address leads, paged to its end; null for what is no list of items or rows. */
async function lengthOf(href: string): Promise<number | null> {
  const place = fromHash(href)
  if (place.at === 'beside') return paged(`/migrations/${place.id}/beside/${place.list}`, [])
  if ((place.at !== 'items' && place.at !== 'source') || ('list' in place && 'table' in place))
    return null
  const { at, id: of, after: _after, ...rest } = place
  const { list = null, ...narrow } = { list: null, ...rest }
  const path = `/migrations/${of}/${list === null ? at : `${at}/${list}`}`
  const asked = Object.entries(narrow).flatMap(([k, x]) => (x === null ? [] : [[k, String(x)]]))
  return paged(path, asked)
}

async function paged(path: string, asked: readonly (readonly string[])[]): Promise<number> {
  let length = 0
  for (let after: number | null = 0; after !== null; ) {
    const query = String(
      new URLSearchParams([
        ...asked.map((one) => [...one]),
        ['after', String(after)],
        ['limit', '500'],
      ]),
    )
    const got: { items?: unknown[]; rows?: unknown[]; next: number | null } = await world.get(
      `${path}?${query}`,
    )
    length += (got.items ?? got.rows ?? []).length
    after = got.next
  }
  return length
}

async function eachIsAsLong(links: readonly { href: string; number: number }[]): Promise<void> {
  for (const { href, number } of links) {
    const length = await lengthOf(href)
    if (length !== null) expect([href, length]).toEqual([href, number])
  }
}

describe('no number without its list, and each list as long as its number, on', () => {
  test.each(tabs)('the tab %s', async (tab) => {
    const { stray, links } = await drawn(`#/m/${id}/${tab}`)
    expect(stray).toEqual([])
    await eachIsAsLong(links)
  })

  test('the popup', async () => {
    expect((await drawn('', () => h(Popup, null))).stray).toEqual([])
  })

  test.each([
    ['items', () => itemsHash(id)],
    ['what the plan left out', () => plannedHash(id, 'leftOut')],
    ['what the source has', () => sourceHash(id, 'user')],
    ['strangers', () => `#/m/${id}/strangers`],
    ['what a run makes beside the items', () => `#/m/${id}/beside?list=schemes`],
  ])('the page of %s', async (_, hash) => {
    expect((await drawn(hash())).stray).toEqual([])
  })

  test.each(setupSteps)('the step %s', async (step) => {
    const { stray, links } = await drawn(`#/migration/${id}/edit/${step}`)
    expect(stray).toEqual([])
    await eachIsAsLong(links)
  })
})

test.each([...tabs, 'list', 'popup'])('nor while a run is held half way, on %s', (where) => {
  expect(halfWay.get(where)).toEqual([])
})

test('nor on the page of one app', async () => {
  const { apps } = await world.get<AppsView>(`/migrations/${id}/apps`)
  expect(apps.length).toBeGreaterThan(0)
  for (const { key } of apps) {
    const { stray, links } = await drawn(`#/m/${id}/apps?app=${encodeURIComponent(key)}`)
    expect([key, stray]).toEqual([key, []])
    await eachIsAsLong(links)
  }
})

test('what a row counts of a check after a migration has as many rows behind it', async () => {
  const list = async (key: string, query: Record<string, string>) => {
    const rows: PlacePage['places'] = []
    for (let after: number | null = 0; after !== null; ) {
      const search = new URLSearchParams({ ...query, after: String(after), limit: '500' })
      const got: PlacePage = await world.get(`/migrations/${id}/after/${key}/places?${search}`)
      rows.push(...got.places)
      after = got.next
    }
    return rows
  }
  const told: string[] = []
  for (const [key, of] of [
    ['counts', 'compared'],
    ['counts', 'found'],
    ['application-links', 'found'],
  ] as const)
    for (const { detail, counts } of await list(key, { list: of }))
      for (const one of counts) {
        if (one.at !== 'items' && one.at !== 'rows') throw new Error(`${one.at} of ${detail}`)
        const number = Number(/^[\d,]+/.exec(one.words)?.[0].replaceAll(',', ''))
        const length =
          one.at === 'items'
            ? await lengthOf(
                itemsHash(id, {
                  kind: one.kind,
                  project: one.project,
                  ...(one.only ? { only: one.only } : {}),
                }),
              )
            : (await list(key, { list: one.list, part: one.partOf })).length
        expect([detail, one.words, length]).toEqual([detail, one.words, number])
        told.push(one.words)
      }
  expect(told).toEqual(
    expect.arrayContaining(['1 missing', '1 more than known', '23 links', '150 issues']),
  )
})

test('what a row counts of a check before a run has as many rows behind it', async () => {
  const told: string[] = []
  const list = async (key: string, of: Record<string, string>) => {
    const rows: OffenderPage['offenders'] = []
    for (let after: number | null = 0; after !== null; ) {
      const search = new URLSearchParams({ ...of, after: String(after), limit: '500' })
      const got: OffenderPage = await world.get(
        `/migrations/${id}/checks/${key}/offenders?${search}`,
      )
      rows.push(...got.offenders)
      after = got.next
    }
    return rows
  }
  const { checks } = await world.get<ChecksView>(`/migrations/${id}/checks`)
  for (const { key, lists } of checks)
    for (const of of [foundList, ...lists.map((one) => one.list)])
      for (const { detail, counts } of await list(key, { list: of }))
        for (const one of counts) {
          const number = Number(/[\d,]+/.exec(one.words)?.[0].replaceAll(',', ''))
          expect(detail).toContain(one.words)
          if (one.at === 'rows') {
            const rows = await list(key, { list: one.list, part: one.partOf })
            expect([key, one.words, rows.length]).toEqual([key, one.words, number])
          } else if (one.at === 'source' && one.table === undefined) {
            const { at: _, words: __, list: table, ...more } = one
            const ask = Object.entries(more).filter(([, value]) => value !== undefined)
            const length = await lengthOf(sourceHash(id, table, Object.fromEntries(ask)))
            expect([key, one.words, length]).toEqual([key, one.words, number])
          }
          told.push(one.at)
        }
  expect(told).toContain('app')
})

test('what a run made beside the items is told with what became of it', async () => {
  const states = async (list: string) => {
    const { rows } = await world.get<BesidePage>(`/migrations/${id}/beside/${list}?limit=500`)
    expect(rows.every(({ label }) => label !== '')).toBe(true)
    return [...new Set(rows.map(({ state }) => state))]
  }
  expect(await states('schemes')).toEqual(['made'])
  expect(await states('notes')).toEqual(['made'])
  expect(await states('fillers')).toEqual(['deleted'])
  expect((await world.call('GET', `/migrations/${id}/beside/issues`)).status).toBe(404)
})
