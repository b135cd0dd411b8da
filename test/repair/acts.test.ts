import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ItemView } from '../../shared/api.ts'
import { must } from '../../shared/assert.ts'
import type { Kind } from '../../shared/plan.ts'
import { doc, type RepairWorld, repairWorld, type SiteIssue } from './world.ts'

const hostile = '<script>alert(1)</script> \u202egnp.exe <img src=x onerror=alert(2)>'

/** What was planted, before the site was verified for the first time: the migration's own faults. */
interface Planted {
  texts: SiteIssue
  fields: SiteIssue
  status: SiteIssue
  rewritten: SiteIssue
  silent: SiteIssue
  logged: SiteIssue
  relogged: SiteIssue
  file: SiteIssue
  turned: SiteIssue
  turnedTo: string
  unlinked: SiteIssue
  unwatched: { key: string; accountId: string }
}

let world: RepairWorld
let planted: Planted
const id = 'checked'

const bare = (i: SiteIssue) =>
  !i.fields.comment.comments.length && !i.fields.attachment.length && !i.fields.issuelinks.length

async function plant(): Promise<Planted> {
  const { onSite, pool } = world
  const take = await pool()
  const texts = take(bare)
  await onSite('PUT', `/issue/${texts.key}`, {
    fields: { description: doc(hostile), summary: hostile },
  })
  const fields = take(bare)
  await onSite('PUT', `/issue/${fields.key}`, {
    fields: {
      labels: ['planted'],
      priority: { name: 'Lowest' },
      assignee: null,
      duedate: '2031-01-02',
    },
  })
  const status = take(bare)
  const { transitions } = await onSite<{ transitions: { id: string; to: { name: string } }[] }>(
    'GET',
    `/issue/${status.key}/transitions`,
  )
  const { fields: now } = await onSite<{ fields: { status: { name: string } } }>(
    'GET',
    `/issue/${status.key}`,
  )
  const other = must(
    transitions.find((one) => one.to.name !== now.status.name),
    'another status',
  )
  await onSite('POST', `/issue/${status.key}/transitions`, { transition: { id: other.id } })
  const commented = (i: SiteIssue) =>
    i.fields.comment.comments.length === 1 && !i.fields.attachment.length
  const rewritten = take(commented)
  const comment = must(rewritten.fields.comment.comments[0], 'a comment')
  await onSite('PUT', `/issue/${rewritten.key}/comment/${comment.id}`, { body: doc(hostile) })
  const silent = take(commented)
  await onSite(
    'DELETE',
    `/issue/${silent.key}/comment/${must(silent.fields.comment.comments[0], 'a comment').id}`,
  )
  const withLog = (i: SiteIssue) => i.fields.worklog.worklogs.length > 0
  const logged = take(withLog)
  await onSite(
    'DELETE',
    `/issue/${logged.key}/worklog/${must(logged.fields.worklog.worklogs[0], 'a log').id}?adjustEstimate=leave`,
  )
  const relogged = take(withLog)
  await onSite(
    'PUT',
    `/issue/${relogged.key}/worklog/${must(relogged.fields.worklog.worklogs[0], 'a log').id}?adjustEstimate=leave`,
    { comment: doc('Other words'), timeSpentSeconds: 60 * 61 },
  )
  const file = take((i) => i.fields.attachment.length > 0)
  await onSite('DELETE', `/attachment/${must(file.fields.attachment[0], 'a file').id}`)
  const linked = (i: SiteIssue) => i.fields.issuelinks.some((one) => one.outwardIssue)
  const outward = (i: SiteIssue) =>
    must(
      i.fields.issuelinks.find((one) => one.outwardIssue),
      'a link',
    )
  const turned = take(linked)
  const wrong = outward(turned)
  const turnedTo = must(wrong.outwardIssue, 'its end').key
  await onSite('DELETE', `/issueLink/${wrong.id}`)
  await onSite('POST', '/issueLink', {
    type: { name: wrong.type.name },
    inwardIssue: { key: turnedTo },
    outwardIssue: { key: turned.key },
  })
  const unlinked = take((i) => linked(i) && i.key !== turnedTo)
  await onSite('DELETE', `/issueLink/${outward(unlinked).id}`)
  const watched = take((i) => (i.fields.watches?.watchCount ?? 0) > 0)
  const { watchers } = await onSite<{ watchers: { accountId: string }[] }>(
    'GET',
    `/issue/${watched.key}/watchers`,
  )
  const accountId = must(watchers[0], 'a watcher').accountId
  await onSite('DELETE', `/issue/${watched.key}/watchers?accountId=${accountId}`)
  const unwatched = { key: watched.key, accountId }
  return {
    texts,
    fields,
    status,
    rewritten,
    silent,
    logged,
    relogged,
    file,
    turned,
    turnedTo,
    unlinked,
    unwatched,
  }
}

beforeAll(async () => {
  world = await repairWorld()
  await world.run('moved', 'move')
  planted = await plant()
  await world.run(id, 'verify')
})
afterAll(() => world?.close())

/** The one item of a kind on an issue that is not as it should be. */
async function faulty(kind: Kind, key: string, only?: 'different' | 'failed'): Promise<ItemView> {
  for (const verdict of only ? [only] : (['different', 'failed'] as const)) {
    const found = (await world.items(id, kind, verdict)).find((one) => one.issueKey === key)
    if (found) return found
  }
  throw new Error(`No ${kind} of ${key} is faulty.`)
}

/** Previews, repairs, looks, undoes, looks again. */
async function thereAndBack(item: ItemView, looks: () => Promise<unknown>) {
  const before = await looks()
  const { plans, requests } = await world.preview(id, [item.seq])
  expect(await looks()).toEqual(before)
  const plan = must(plans[0], 'a plan')
  expect(plan).toMatchObject({ seq: item.seq, chance: 'possible' })
  expect(requests).toBe(plan.requests.length)
  const [done] = await world.repair(id, [item.seq])
  expect(done).toMatchObject({ state: 'verified', who: 'Mia', via: 'agent', undoable: true })
  expect(done?.requests).toEqual(plan.requests)
  expect(await world.item(id, item.seq)).toMatchObject({ verdict: 'verified', differences: [] })
  const after = await looks()
  expect(after).not.toEqual(before)
  const undone = await world.undo(id, must(done, 'a repair').n)
  expect(undone).toMatchObject({ state: 'undone', undoable: false, undoneBy: { who: 'Tom' } })
  expect(await looks()).toEqual(before)
  const { verdict, differences } = await world.item(id, item.seq)
  expect({ verdict, differences }).toEqual({ verdict: item.verdict, differences: item.differences })
  return { plan, before, after }
}

describe('each act, from its preview to its undo', () => {
  const look =
    (key: string, ...names: (keyof SiteIssue['fields'])[]) =>
    async () => {
      const { fields } = await world.issue(key)
      return names.map((name) => fields[name])
    }

  test('texts are rewritten as the source has them, hostile ones too', async () => {
    const { key } = planted.texts
    const { plan, after } = await thereAndBack(
      await faulty('issue', key),
      look(key, 'summary', 'description'),
    )
    const part = (field: string) =>
      must(
        plan.parts.find((one) => one.field === field),
        field,
      )
    expect(part('summary')).toMatchObject({
      act: 'set field',
      now: hostile.replace(/\u202e/, '\u202e'),
    })
    expect(part('description').act).toBe('rewrite text')
    // The site was filled by our own program, whose line of who made it and when stands there again.
    expect(JSON.stringify(after)).toContain('Created ')
  })

  test('single fields are set, all of an issue in one request', async () => {
    const { key } = planted.fields
    const { plan } = await thereAndBack(await faulty('issue', key), async () => {
      const { fields } = await world.onSite<{ fields: Record<string, { id?: string } | null> }>(
        'GET',
        `/issue/${key}`,
      )
      const { labels, priority, assignee, duedate } = fields
      return { labels, priority: priority?.id, assignee, duedate }
    })
    expect(plan.requests).toEqual([`PUT /rest/api/3/issue/${key}`])
  })

  test('a status is left to a person, with the way to do it', async () => {
    const item = await faulty('issue', planted.status.key)
    const { plans } = await world.preview(id, [item.seq])
    expect(plans[0]?.parts.find((one) => one.field === 'status')).toMatchObject({
      after: null,
      why: expect.stringContaining('transition'),
    })
  })

  test('the text of a comment is rewritten', async () => {
    const { key } = planted.rewritten
    await thereAndBack(await faulty('comment', key), async () =>
      (await world.issue(key)).fields.comment.comments.map((one) => one.body),
    )
  })

  test('a missing comment is made again, once, and goes again', async () => {
    const { key } = planted.silent
    const { after } = await thereAndBack(await faulty('comment', key), async () =>
      (await world.issue(key)).fields.comment.comments.map((one) => one.body),
    )
    expect(after).toHaveLength(1)
  })

  test('a missing worklog is made again', async () => {
    const { key } = planted.logged
    await thereAndBack(
      await faulty('worklog', key, 'failed'),
      async () => (await world.issue(key)).fields.worklog.worklogs.length,
    )
  })

  test('the words and time of a worklog are set', async () => {
    const { key } = planted.relogged
    await thereAndBack(await faulty('worklog', key, 'different'), async () =>
      (await world.issue(key)).fields.worklog.worklogs.map((one) => {
        const { comment, timeSpentSeconds } = one as unknown as Record<string, unknown>
        return { comment, timeSpentSeconds }
      }),
    )
  })

  test('a missing file is attached again', async () => {
    const { key } = planted.file
    await thereAndBack(await faulty('attachment', key), async () =>
      (await world.issue(key)).fields.attachment.map((one) => one.filename).sort(),
    )
  })

  test('a link that leads the wrong way is turned round', async () => {
    const { turned, turnedTo } = planted
    const ways = async () =>
      (await world.issue(turned.key)).fields.issuelinks
        .map((one) => `${one.type.name} ${one.outwardIssue ? 'to' : 'from'}`)
        .sort()
    const { plan } = await thereAndBack(await faulty('link', turned.key), ways)
    expect(plan.parts[0]).toMatchObject({
      act: 'turn link round',
      source: expect.stringContaining(`${turned.key} → ${turnedTo}`),
    })
    expect(plan.requests).toHaveLength(2)
  })

  test('a missing link is made again', async () => {
    const { key } = planted.unlinked
    await thereAndBack(
      await faulty('link', key),
      async () => (await world.issue(key)).fields.issuelinks.length,
    )
  })

  test('a missing watcher is added again', async () => {
    const { key } = planted.unwatched
    await thereAndBack(await faulty('watcher', key), async () => {
      const { watchers } = await world.onSite<{ watchers: { accountId: string }[] }>(
        'GET',
        `/issue/${key}/watchers`,
      )
      return watchers.map((one) => one.accountId).sort()
    })
  })
})

test('all that can be repaired is repaired at once, and the four numbers still add up', async () => {
  const kinds = ['issue', 'comment', 'worklog', 'attachment', 'link', 'watcher'] as const
  const seqs: number[] = []
  for (const kind of kinds)
    for (const verdict of ['different', 'failed'] as const)
      seqs.push(...(await world.items(id, kind, verdict)).map((one) => one.seq))
  const status = await faulty('issue', planted.status.key)
  const all = await world.repair(
    id,
    seqs.filter((seq) => seq !== status.seq),
  )
  expect(all.map((one) => one.state)).toEqual(all.map(() => 'verified'))
  const { migration } = await world.ask<{
    migration: { totals: Record<string, number>; status: string }
  }>('GET', `/api/migrations/${id}`)
  const { source, verified, different, leftOut, failed } = migration.totals
  expect(Number(verified) + Number(different) + Number(leftOut) + Number(failed)).toBe(source)
  expect({ different, failed }).toEqual({ different: 1, failed: 0 })
  // The status is put right by hand, as it says; then everything is, until a repair is undone.
  const wanted = must(
    status.differences.find((one) => one.field === 'status'),
    'its status differs',
  ).promised
  const { transitions } = await world.onSite<{
    transitions: { id: string; to: { name: string } }[]
  }>('GET', `/issue/${planted.status.key}/transitions`)
  const back = transitions.find((one) => one.to.name.toLowerCase() === wanted)
  await world.onSite('POST', `/issue/${planted.status.key}/transitions`, {
    transition: { id: must(back, 'the way back').id },
  })
  await world.run(id, 'verify')
  const statusNow = async () =>
    (await world.ask<{ migration: { status: string } }>('GET', `/api/migrations/${id}`)).migration
      .status
  expect(await statusNow()).toBe('finished')
  const last = must(
    all.find((one) => one.kind === 'watcher'),
    'a repair',
  )
  await world.undo(id, last.n)
  expect(await statusNow()).toBe('incomplete')
  await world.repair(id, [last.seq])
  expect(await statusNow()).toBe('finished')
})
