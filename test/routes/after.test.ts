import { parse } from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addPlaces, nextPlaces, settleAfter } from '../../agent/ledger/after.ts'
import { checklistTasks } from '../../shared/after-checklist.ts'
import {
  type AfterView,
  AfterViewSchema,
  type ChecklistView,
  ChecklistViewSchema,
  type PlacePage,
} from '../../shared/api-after.ts'
import type { CheckStatus } from '../../shared/api-checks.ts'
import { must } from '../../shared/assert.ts'
import { leftOutList } from '../../shared/check-lists.ts'
import { addSample, finishSample, hostile } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
  await addSample(door.ledger, 'm1')
})
afterEach(() => door.close())

const view = async (answer: Response): Promise<AfterView> =>
  parse(AfterViewSchema, await answer.json())
const list = async (answer: Response): Promise<ChecklistView> =>
  parse(ChecklistViewSchema, await answer.json())
const checklist = async (project = 'PAY') =>
  list(await door.call(`/api/migrations/m1/checklist?project=${project}`))
const entry = async (name: string, project = 'PAY') =>
  must(
    (await checklist(project)).entries.find((one) => one.entry === name),
    name,
  )
const put = (path: string, body: unknown) =>
  door.call(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** A check's answer as the asker writes it; one place a project, and what was left out of a project. */
async function settle(
  key: string,
  status: CheckStatus,
  projects: (string | null)[] = [],
  leftOut: string | null = null,
) {
  const { db } = door.ledger
  const generation = await nextPlaces(db, 'm1', key)
  const rows = projects.map((projectKey, n) => ({
    subject: `${hostile.formula} ${n}`,
    projectKey,
    issueKey: projectKey && `${projectKey}-${n + 1}`,
    detail: hostile.html,
    url: projectKey && `https://acme.atlassian.net/browse/${projectKey}-${n + 1}`,
  }))
  await addPlaces(db, 'm1', key, generation, rows)
  const out = { subject: 'Ann', detail: 'Left out.', url: null, issueKey: null }
  const list = leftOutList
  if (leftOut !== null)
    await addPlaces(db, 'm1', key, generation, [{ ...out, projectKey: leftOut, list }])
  await settleAfter(db, 'm1', {
    key,
    title: key,
    theme: 'people',
    status,
    sentence: `${rows.length} found.`,
    hint: 'Mend it.',
    places: rows.length,
    lists: leftOut === null ? [] : [{ list, title: '1 was left out', rows: 1 }],
    generation,
    at: door.clock.now,
  })
}

describe('checks after a migration', () => {
  test('are all there before they were ever asked', async () => {
    const { checks, running, open } = await view(await door.call('/api/migrations/m1/after'))
    expect(checks.map(({ key, status, at }) => [key, status, at])).toEqual([
      ['former-user', 'pending', null],
      ['migrated-names', 'pending', null],
      ['migrated-uses', 'pending', null],
    ])
    expect([running, open]).toEqual([false, 0])
  })

  test('are asked one by one or all at once, say how far they are, and stop', async () => {
    const begun = await door.post('/api/migrations/m1/after/run', { keys: ['former-user'] })
    expect(begun.status).toBe(202)
    expect(await view(begun)).toMatchObject({
      running: true,
      sentence: 'Asking: Former User.',
      done: 1,
      total: 3,
    })
    const stopped = await door.call('/api/migrations/m1/after/run', { method: 'DELETE' })
    expect(await view(stopped)).toMatchObject({ running: false, sentence: null })
    expect(door.asked).toEqual(['after m1 former-user'])
  })

  test('keep what they looked at as a list of its own, apart from what they found', async () => {
    const { db } = door.ledger
    const generation = await nextPlaces(db, 'm1', 'former-user')
    const row = { issueKey: null, detail: 'There.', url: null }
    const rows = ['PAY', 'HR', 'PAY'].map((projectKey, n) => ({
      ...row,
      ...{ projectKey, subject: `Looked at ${n}`, list: 'looked' },
    }))
    await addPlaces(db, 'm1', 'former-user', generation, [
      ...rows,
      { ...row, projectKey: 'PAY', subject: 'Found' },
    ])
    const lists = [{ list: 'looked', title: '3 were looked at', rows: 3 }]
    await settleAfter(db, 'm1', {
      ...{ key: 'former-user', title: 'Former User', theme: 'people', status: 'warning' },
      ...{ sentence: '1 of 3.', hint: '', places: 1, lists, generation, at: door.clock.now },
    })
    const { checks } = await view(await door.call('/api/migrations/m1/after'))
    expect(checks[0]).toMatchObject({ key: 'former-user', places: 1, lists })
    const path = '/api/migrations/m1/after/former-user/places'
    const subjects = async (query: string) =>
      ((await (await door.call(`${path}?${query}`)).json()) as PlacePage).places.map(
        (one) => one.subject,
      )
    expect(await subjects('')).toEqual(['Found'])
    expect(await subjects('list=looked')).toEqual(rows.map((one) => one.subject))
    expect(await subjects('list=looked&project=HR')).toEqual(['Looked at 1'])
    const csv = await (await door.call(`${path}.csv?list=looked`)).text()
    expect(csv.trim().split('\r\n')).toHaveLength(4)
  })

  test('show their places page by page, by project, and as CSV that no spreadsheet takes for formulas', async () => {
    await settle('former-user', 'warning', ['PAY', 'HR', null, 'PAY'])
    const path = '/api/migrations/m1/after/former-user/places'
    const page = async (query: string) =>
      (await (await door.call(`${path}?${query}`)).json()) as PlacePage
    const first = await page('limit=3')
    expect(first.places.map((one) => one.projectKey)).toEqual(['PAY', 'HR', null])
    const rest = await page(`limit=3&after=${first.next}`)
    expect([rest.places.length, rest.next]).toEqual([1, null])
    // What belongs to no project concerns each of them.
    expect((await page('project=PAY')).places.map((one) => one.projectKey)).toEqual([
      'PAY',
      null,
      'PAY',
    ])
    const csv = await (await door.call(`${path}.csv`)).text()
    expect(csv.split('\r\n')[0]).toBe('subject,project,issue,detail,url')
    expect(csv.split('\r\n')[1]).toMatch(/^"'=HYPERLINK/)
  })

  test('show the places of the last answer only, also while the next is being written', async () => {
    await settle('former-user', 'warning', ['PAY'])
    const { db } = door.ledger
    const generation = await nextPlaces(db, 'm1', 'former-user')
    const half = { subject: 'half', projectKey: null, issueKey: null, detail: '', url: null }
    await addPlaces(db, 'm1', 'former-user', generation, [half])
    const path = '/api/migrations/m1/after/former-user/places'
    const { places } = (await (await door.call(path)).json()) as PlacePage
    expect(places.map((one) => one.projectKey)).toEqual(['PAY'])
  })

  test('are accepted with a note, which holds while the very same is said', async () => {
    const path = '/api/migrations/m1/after/former-user/accept'
    const note = { note: 'They left.', who: 'Ann' }
    expect((await door.post(path, note)).status).toBe(409)
    await settle('former-user', 'warning', ['PAY'])
    expect(await view(await door.post(path, note))).toMatchObject({ open: 0 })
    await settle('former-user', 'warning', ['HR'])
    const [same] = (await view(await door.call('/api/migrations/m1/after'))).checks
    expect(same?.accepted).toMatchObject(note)
    await settle('former-user', 'warning', ['HR', 'PAY'])
    expect((await view(await door.call('/api/migrations/m1/after'))).open).toBe(1)
    await door.post(path, note)
    expect(await view(await door.call(path, { method: 'DELETE' }))).toMatchObject({ open: 1 })
    const told = await door.ledger.db.selectFrom('event').select('text').execute()
    expect(told.map((one) => one.text)).toContain('"Former User" accepted by Ann. They left.')
  })

  test('that nobody knows are refused', async () => {
    expect((await door.call('/api/migrations/m1/after/nothing/places')).status).toBe(404)
    expect((await door.call('/api/migrations/m2/after')).status).toBe(404)
    expect((await door.post('/api/migrations/m1/after/former-user/accept', {})).status).toBe(422)
  })
})

describe('the checklist of a project', () => {
  test('has each entry of the page that people know', async () => {
    const { entries, projectKey, signedOff, warning } = await checklist()
    expect(projectKey).toBe('PAY')
    expect(entries.map((one) => one.sentence)).toEqual(checklistTasks.map((one) => one.sentence))
    expect(entries.every((one) => !one.done)).toBe(true)
    expect(signedOff).toBe(null)
    expect(warning).toMatch(/no check after the migration was asked yet/i)
    expect((await door.call('/api/migrations/m1/checklist?project=NONE')).status).toBe(404)
  })

  test('is ticked by the checks that answer it, project by project', async () => {
    await settle('former-user', 'warning', ['HR'])
    expect(await entry('former-user', 'PAY')).toMatchObject({ done: true, how: 'check', by: null })
    await settle('former-user', 'warning', ['PAY'])
    expect(await entry('former-user', 'PAY')).toMatchObject({ done: false, how: null })
    await settle('former-user', 'success')
    expect(await entry('former-user', 'PAY')).toMatchObject({ done: true, how: 'check' })
  })

  test('is not ticked where something of the project was left out', async () => {
    await settle('former-user', 'warning', ['HR'], 'PAY')
    expect(await entry('former-user', 'PAY')).toMatchObject({ done: false, how: null })
    expect((await checklist('PAY')).warning).toMatch(/1 check found something/)
    await settle('former-user', 'warning', [], 'HR')
    expect(await entry('former-user', 'PAY')).toMatchObject({ done: true, how: 'check' })
    expect(await entry('former-user', 'HR')).toMatchObject({ done: false })
  })

  test('wants every check that answers an entry', async () => {
    await settle('migrated-names', 'success')
    expect(await entry('migrated')).toMatchObject({ done: false })
    await settle('migrated-uses', 'success')
    expect(await entry('migrated')).toMatchObject({ done: true, how: 'check' })
    await settle('migrated-uses', 'incomplete')
    expect(await entry('migrated')).toMatchObject({ done: false })
  })

  test('is answered by what somebody accepts, with their name', async () => {
    await settle('former-user', 'warning', ['PAY'])
    await door.post('/api/migrations/m1/after/former-user/accept', { note: 'Fine.', who: 'Ann' })
    expect(await entry('former-user')).toMatchObject({
      done: true,
      how: 'check',
      by: { note: 'Fine.', who: 'Ann' },
    })
  })

  test('is answered, too, by what somebody accepts that a check cannot tell', async () => {
    await settle('former-user', 'incomplete')
    expect(await entry('former-user')).toMatchObject({ done: false })
    expect((await checklist('PAY')).warning).toMatch(/1 check could not be done to the end/)
    const said = { note: 'The source does not say it; we looked by hand.', who: 'Ann' }
    await door.post('/api/migrations/m1/after/former-user/accept', said)
    expect(await entry('former-user')).toMatchObject({ done: true, how: 'check', by: said })
    expect((await checklist('PAY')).warning).not.toMatch(/could not be done/)
    // Once it can tell, it is asked about anew.
    await settle('former-user', 'warning', ['PAY'])
    expect(await entry('former-user')).toMatchObject({ done: false })
  })

  test('is ticked by hand with a name, and the timeline keeps it', async () => {
    const said = { project: 'PAY', done: true, note: hostile.html, who: 'Ann' }
    const after = await list(await put('/api/migrations/m1/checklist/review', said))
    expect(after.entries.find((one) => one.entry === 'review')).toMatchObject({
      done: true,
      how: 'hand',
      by: { who: 'Ann', note: hostile.html },
    })
    const gone = { ...said, done: false, note: '' }
    await put('/api/migrations/m1/checklist/review', gone)
    expect(await entry('review')).toMatchObject({ done: false, how: null })
    const told = await door.ledger.db.selectFrom('event').select('text').execute()
    expect(told.map((one) => one.text)).toContain(
      `PAY: "Review of projects and issues" no longer ticked by Ann.`,
    )
    expect((await put('/api/migrations/m1/checklist/nothing', said)).status).toBe(404)
    expect((await put('/api/migrations/m1/checklist/review', { ...said, who: ' ' })).status).toBe(
      422,
    )
  })

  test('stays unticked by hand until the check is asked anew', async () => {
    await settle('former-user', 'success')
    door.clock.now += 1000
    await put('/api/migrations/m1/checklist/former-user', {
      project: 'PAY',
      done: false,
      note: 'I saw one.',
      who: 'Ann',
    })
    expect(await entry('former-user')).toMatchObject({ done: false, by: { who: 'Ann' } })
    door.clock.now += 1000
    await settle('former-user', 'success')
    expect(await entry('former-user')).toMatchObject({ done: true, how: 'check' })
  })
})

describe('the sign-off of a project', () => {
  test('stays, with all that was accepted, when a token is renewed after the run', async () => {
    await finishSample(door.ledger, 'm1')
    const site = { kind: 'cloud', url: 'https://acme.atlassian.net', email: 'a@example.com' }
    await door.ledger.db
      .updateTable('migration')
      .set({ siteJson: JSON.stringify(site) })
      .where('id', '=', 'm1')
      .execute()
    await settle('former-user', 'warning', ['PAY'])
    const said = { note: 'They left.', who: 'Ann' }
    await door.post('/api/migrations/m1/after/former-user/accept', said)
    await signOff()
    const body = {
      name: 'Renewed',
      source: { kind: 'backup', path: '/backups/jira-2024.zip' },
      site: { ...site, email: 'b@example.com', token: 'x' },
    }
    const answer = await put('/api/migrations/m1', body)
    expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)])
    expect((await checklist('PAY')).signedOff).toMatchObject({ note: 'Looks right.' })
    const { checks } = await view(await door.call('/api/migrations/m1/after'))
    expect(checks[0]?.accepted).toMatchObject(said)
  })

  const signOff = (note = 'Looks right.') =>
    door.post('/api/migrations/m1/sign-off', { project: 'PAY', note, who: 'Ann' })

  test('is possible at any time, carries its note, and is kept with who and when', async () => {
    const signed = await list(await signOff())
    expect(signed.signedOff).toEqual({ note: 'Looks right.', who: 'Ann', at: door.clock.now })
    expect(signed.warning).toMatch(/not done/)
    expect((await checklist('HR')).signedOff).toBe(null)
  })

  test('stays when a check finds something later, and is shown as older than the news', async () => {
    await settle('former-user', 'success')
    await signOff()
    door.clock.now += 1000
    await settle('former-user', 'warning', ['PAY'])
    expect(await checklist()).toMatchObject({
      signedOff: { who: 'Ann' },
      warning: 'Signed off before the last news: 1 check asked since then finds something here.',
    })
    await settle('former-user', 'warning', ['HR'])
    expect((await checklist()).warning).not.toMatch(/last news/)
  })

  test('is withdrawn by name, once, and the timeline keeps both', async () => {
    await signOff('')
    const path = '/api/migrations/m1/sign-off?project=PAY&who=Bea'
    const withdrawn = await list(await door.call(path, { method: 'DELETE' }))
    expect(withdrawn.signedOff).toBe(null)
    expect((await door.call(path, { method: 'DELETE' })).status).toBe(409)
    const told = await door.ledger.db
      .selectFrom('event')
      .select(['phase', 'text', 'projectKey'])
      .where('phase', '=', 'stage:sign-off')
      .execute()
    expect(told).toMatchObject([
      { text: 'PAY signed off by Ann.', projectKey: 'PAY' },
      { text: 'Sign-off of PAY withdrawn by Bea.', projectKey: 'PAY' },
    ])
  })

  test('is in the report, as text whatever it says', async () => {
    await finishSample(door.ledger, 'm1')
    await settle('former-user', 'warning', ['PAY'])
    await signOff(hostile.html)
    const html = await (await door.call('/api/migrations/m1/report.html')).text()
    expect(html).toContain('Checks after the migration')
    expect(html).toContain('Signed off</span> by <bdi>Ann</bdi>')
    expect(html).not.toContain('<img')
    const csv = await (await door.call('/api/migrations/m1/checklist.csv')).text()
    expect(csv).toMatch(/PAY,[^\r]*,Sign-off,yes,by hand,Ann,/)
    const places = await (await door.call('/api/migrations/m1/after-places.csv')).text()
    expect(places).toContain('https://acme.atlassian.net/browse/PAY-1')
  })
})
