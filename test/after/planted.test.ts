import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placesOf } from '../../agent/ledger/after.ts'
import { writeSample } from '../../agent/sample/sample.ts'
import { must } from '../../shared/assert.ts'
import type { CheckList } from '../../shared/check-lists.ts'
import { adf, type Faults, openFaults, text } from '../support/after-faults.ts'
import { type AfterWorld, openAfterWorld, type Said } from '../support/after-world.ts'
import { type PracticeProcess, type Process, startProcess } from '../support/agent-process.ts'
import { berlin, type ForeignWorld, migrateForeign } from '../support/foreign-migration.ts'

/** history: whether the other program kept authors and times; null = Landfall itself filled the site. */
describe.each([
  ['Landfall', null],
  ['another program that kept authors and times', true],
])('on a site that was filled by %s,', (_, history) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-planted-'))
  let site: Process<PracticeProcess> | undefined
  let other: ForeignWorld | undefined
  let world: AfterWorld
  let faults: Faults
  let clean: Said
  let known: Set<string>

  beforeAll(async () => {
    const sample = await writeSample(join(folder, 'sample'))
    if (history === null) world = await openAfterWorld(sample)
    else {
      const state = join(folder, 'state')
      site = await startProcess<PracticeProcess>(['practice', '--port', '0', '--state', state])
      other = await migrateForeign({ ...sample, site: site.said, state, history, offset: berlin })
      world = await openAfterWorld({ ...sample, mode: 'verify', site: site.said, state })
    }
    faults = openFaults(world)
    clean = await world.check()
    known = new Set(clean.places)
  })
  afterAll(async () => {
    faults?.close()
    await world?.close()
    other?.site.close()
    await site?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Checks that could not be done, but for the one that has nothing to compare: the sample tells of no permissions. */
  const lostOf = ({ status }: Said) =>
    Object.keys(status).filter((key) => status[key] === 'incomplete' && key !== 'who-can-see')

  /** What the checks say now that they did not say before. */
  async function news(): Promise<string[]> {
    const said = await world.check()
    expect(lostOf(said)).toEqual([])
    const fresh = said.places.filter((place) => !known.has(place))
    known = new Set(said.places)
    return fresh.toSorted()
  }
  const first = async <K extends Parameters<Faults['moved']>[0]>(kind: K, at = 0) =>
    must((await faults.moved(kind))[at], `There is no ${kind}.`)
  const oldServer = 'https://jira.kestrelpay.example'

  describe('a site that was filled without a fault', () => {
    test('gives no check anything to say but what is true of the source', () => {
      const { status, places } = clean
      const found = Object.keys(status).filter(
        (key) => status[key] === 'warning' || status[key] === 'error',
      )
      expect(lostOf(clean)).toEqual([])
      // Another program may have moved what Landfall would have left out.
      const announced = history === null ? ['attachments', 'group-members', 'role-members'] : []
      const expected = ['application-links', 'people-without-account']
      expect(found.toSorted()).toEqual([...announced, ...expected].toSorted())
      expect([...new Set(places.map((place) => place.split(':')[0]))].toSorted()).toEqual(expected)
      // The source's robot has no address, and its wiki has to be linked by hand.
      expect(places.join('\n')).toMatch(/Company wiki/)
      expect(places.join('\n')).toMatch(/Build Bot/)
    })

    test('has what was looked at as a list of each kind', async () => {
      const rows = await world.db.selectFrom('afterCheck').select(['key', 'listsJson']).execute()
      const titles = rows.flatMap(({ key, listsJson }) =>
        (JSON.parse(listsJson) as CheckList[]).map(({ list }) => `${key} ${list}`),
      )
      expect(titles).toEqual(
        expect.arrayContaining([
          ...['attachments looked', 'counts compared', 'counts projects', 'filters looked'],
          ...['dashboards looked', 'who-can-see untold'],
          ...['group-members groups', 'links looked', 'people-without-account active'],
          ...['role-members looked', 'sprints-and-boards boards', 'sprints-and-boards sprints'],
        ]),
      )
    })

    test('calls nothing as at the source that was left out of it, and lists what was', async () => {
      if (history !== null) return expect(clean.status['group-members']).toBe('success')
      expect(clean.sentence['group-members']).toBe(
        '3 members of 3 groups were left out before the run, as announced; the others are those of the source.',
      )
      const out = await placesOf(world.db, world.id, 'group-members', 0, 10, { list: 'leftOut' })
      expect(out.map(({ subject, detail }) => `${subject}: ${detail}`)).toContain(
        'Group payments-team: farid in payments-team was left out before the run: Farid Rahimi has no account on the site.',
      )
      expect(clean.sentence['role-members']).toMatch(/^4 members of project roles were left out/)
      expect(clean.sentence.attachments).toBe(
        '1 file was left out before the run, as announced. All 117 files that were moved are there, of the right size, and open.',
      )
    })

    test('calls no comparison a success that could not be made', () => {
      expect(clean.status['who-can-see']).toBe('incomplete')
      expect(clean.sentence['who-can-see']).toMatch(
        /^Nothing could be compared\. Not compared: the source does not say who could see \d projects\.$/,
      )
    })

    test('is asked by reading alone', async () => {
      world.gate.asked.length = 0
      await world.check()
      const asks =
        /^(GET|POST .*(\/bulkfetch|\/search\/jql|\/comment\/list|\/jql\/parse|\/approximate-count))/
      expect(world.gate.asked.length).toBeGreaterThan(50)
      expect(world.gate.asked.filter((line) => !asks.test(line))).toEqual([])
    })
  })

  describe('each fault is found at its place, and nothing else:', () => {
    test('a member who left a group, and one who came into it', async () => {
      const { promise } = await first('membership')
      const others = (await faults.moved('user')).map((user) => user.promise.accountId)
      const group = must(
        (
          await faults.get<{ values: { name: string; groupId: string }[] }>(
            `/rest/api/3/group/bulk?groupName=${encodeURIComponent(promise.group)}`,
          )
        ).values[0],
        promise.group,
      )
      const members = (
        await faults.get<{ values: { accountId: string }[] }>(
          `/rest/api/3/group/member?groupId=${group.groupId}`,
        )
      ).values.map((one) => one.accountId)
      const outsider = must(
        others.find((id) => !members.includes(id)) ?? faults.account('Ivo', 'ivo@x.example'),
        'outsider',
      )
      faults.run('delete from member where accountId = ?', promise.accountId)
      await faults.send('POST', `/rest/api/3/group/user?groupId=${group.groupId}`, {
        accountId: outsider,
      })
      const found = await news()
      expect(found.every((place) => place.startsWith('group-members: Group '))).toBe(true)
      const own = found.filter((place) => place.includes(`Group ${promise.group}:`))
      expect(own).toHaveLength(2)
      expect(own.join()).toMatch(/was in it at the source and is not on the site\./)
      expect(own.join()).toMatch(/is in it on the site and was not at the source\./)
    })

    test('nobody in the group of the administrators', async () => {
      const id = `(select id from thing where kind = 'group' and name = 'site-admins')`
      faults.run(`delete from member where groupId = ${id}`)
      expect(await news()).toEqual([
        'administrator-groups: Group site-admins: Nobody is in this group on the site.',
      ])
    })

    test('somebody who was not invited yet', async () => {
      const { promise, label } = await first('user', 3)
      faults.run(
        `update account set data = json_set(data, '$.active', json('false')) where accountId = ?`,
        promise.accountId,
      )
      expect(await news()).toEqual([
        `people-without-account: ${label}: Has an account that is not active: not invited yet, or the invitation is not accepted.`,
      ])
    })

    test('somebody with a second account', async () => {
      const { promise } = await first('user', 4)
      faults.account(promise.displayName, 'second@elsewhere.example')
      expect(await news()).toEqual([
        expect.stringContaining(
          'Has a second active account (second@elsewhere.example) beside the one that was matched',
        ),
      ])
    })

    test('Former User in an issue, a comment, a mention, a watcher and a file, with the name it had', async () => {
      const gone = faults.account('Former user', 'gone@x.example')
      const issue = must(
        (await faults.moved('issue')).find(({ promise }) => promise.assigneeAccountId),
        'assigned',
      )
      const who = must(
        (await faults.moved('user')).find(
          ({ promise }) => promise.accountId === issue.promise.assigneeAccountId,
        ),
        'assignee',
      )
      faults.issue(issue.issueKey, { assignee: gone })
      expect(await news()).toEqual([
        `former-user: ${issue.issueKey}: Assignee: ${who.label} at the source`,
      ])
      const comment = must(
        (await faults.moved('comment')).find(({ promise }) => promise.origin.author ?? site),
        'comment',
      )
      faults.thing('comment', comment.siteId, { author: gone })
      // What another program moved has no header of ours that would name its author here.
      expect(await news()).toEqual([
        expect.stringMatching(
          new RegExp(
            `^former-user: ${comment.issueKey}: Author of a comment: ${comment.promise.origin.author ?? '.+'} at the source$`,
          ),
        ),
      ])
      const file = await first('attachment')
      faults.thing('attachment', file.siteId, { author: gone })
      expect(await news()).toEqual([
        expect.stringMatching(
          new RegExp(`^former-user: ${file.issueKey}: File .*: .+ at the source$`),
        ),
      ])
      faults.run('insert into watcher values (?, ?)', await faults.issueId(issue.issueKey), gone)
      expect(await news()).toEqual([
        `former-user: ${issue.issueKey}: Watcher: whoever it was, the source has nobody here`,
      ])
      const mention = { type: 'mention', attrs: { id: gone, text: '@Old Fred' } }
      faults.thing('comment', (await first('comment', 5)).siteId, { body: adf(mention) })
      expect(await news()).toEqual([
        expect.stringMatching(/^former-user: .*: Mention of Old Fred in a comment: /),
      ])
      await faults.send('PUT', '/rest/api/3/project/PAY', { leadAccountId: gone })
      expect(await news()).toEqual(['former-user: Lead of PAY: Whoever it was at the source'])
    })

    test('a field with (migrated), its twin, and the filter that uses it with its new JQL', async () => {
      const [twin] = await faults
        .get<{ id: string; name: string; custom: boolean }[]>('/rest/api/3/field')
        .then((all) => all.filter((one) => one.custom))
      const name = must(twin, 'a custom field').name
      const type = 'com.atlassian.jira.plugin.system.customfieldtypes:textfield'
      const searcherKey = 'com.atlassian.jira.plugin.system.customfieldtypes:textsearcher'
      await faults.send('POST', '/rest/api/3/field', {
        name: `${name} (migrated)`,
        type,
        searcherKey,
      })
      const jql = `"${name} (migrated)" is not EMPTY AND project = PAY`
      await faults.send('POST', '/rest/api/3/filter', { name: 'Half of it', jql })
      const board = must((await faults.moved('board'))[0], 'board')
      faults.add('quickFilter', Number(board.siteId), {
        name: 'Plain',
        jql: `"${name}" is EMPTY`,
        description: '',
      })
      const found = await news()
      expect(found).toEqual([
        `migrated-names: Field ${name} (migrated): Its twin is "${name}": what was moved is in the one, what the site had in the other.`,
        expect.stringContaining('migrated-uses: Filter Half of it: uses "'),
        expect.stringContaining(
          `migrated-uses: Quick filter Plain of ${board.promise.name}: uses "`,
        ),
      ])
      expect(found[1]).toMatch(/merged, its JQL is: "?.+"? is not EMPTY AND project = PAY$/)
      expect(found[1]?.split('its JQL is:')[1]).not.toContain('(migrated)')
    })

    test('a comment, a file and an issue that are gone', async () => {
      const comment = must((await faults.moved('comment')).at(-1), 'comment')
      await faults.send('DELETE', `/rest/api/3/issue/${comment.issueKey}/comment/${comment.siteId}`)
      expect(await news()).toEqual([
        expect.stringMatching(
          new RegExp(
            `^counts: ${comment.projectKey}: .* comments were to be there, .*: 1 comment missing\\.$`,
          ),
        ),
      ])
      const file = must((await faults.moved('attachment')).at(-1), 'file')
      await faults.send('DELETE', `/rest/api/3/attachment/${file.siteId}`)
      expect(await news()).toEqual([
        `attachments: ${file.promise.filename} on ${file.issueKey}: The file is missing on the site.`,
        expect.stringMatching(
          /^counts: .* attachments were to be there, .*: 1 attachment missing\.$/,
        ),
      ])
    })

    test('a link to the old server, an image that was lost, and one that nobody can see', async () => {
      const { issueKey } = await first('issue', 6)
      const image = {
        type: 'media',
        attrs: { type: 'external', url: '/secure/attachment/1/a.png' },
      }
      faults.issue(issueKey, {
        description: {
          type: 'doc',
          version: 1,
          content: [
            { type: 'paragraph', content: [text('see PAY-1', `${oldServer}/browse/PAY-1`)] },
            { type: 'paragraph', content: [text('here: !shot.png|thumbnail! and !important!')] },
            { type: 'mediaSingle', content: [image] },
          ],
        },
      })
      expect(await news()).toEqual([
        `texts: ${issueKey}: Description: a link leads to the old server: ${oldServer}/browse/PAY-1`,
        `texts: ${issueKey}: Description: an image points to /secure/attachment/1/a.png, which the site cannot show.`,
        `texts: ${issueKey}: Description: the image shot.png stands as text.`,
      ])
    })

    test('a link that was lost, one the wrong way round, and an issue without its epic', async () => {
      const links = (await faults.moved('link')).filter(
        ({ promise }) => !promise.type.startsWith('jira_'),
      )
      const lost = must(links[0], 'link')
      const turned = must(
        links.find((one) => one.promise.type === 'Blocks'),
        'a link that blocks',
      )
      const epic = must(
        (await faults.moved('link')).find(({ promise }) => promise.type === 'jira_epic'),
        'epic',
      )
      if (lost !== turned) await faults.send('DELETE', `/rest/api/3/issueLink/${lost.siteId}`)
      await faults.send('DELETE', `/rest/api/3/issueLink/${turned.siteId}`)
      await faults.send('POST', '/rest/api/3/issueLink', {
        type: { name: turned.promise.type },
        inwardIssue: { key: turned.promise.outwardKey },
        outwardIssue: { key: turned.promise.inwardKey },
      })
      await faults.send('PUT', `/rest/api/3/issue/${epic.promise.outwardKey}`, {
        fields: { parent: null },
      })
      const expected = [
        `links: ${turned.promise.inwardKey}: The link "Blocks" to ${turned.promise.outwardKey} points the wrong way: from ${turned.promise.outwardKey} to ${turned.promise.inwardKey}.`,
        `links: ${epic.promise.outwardKey}: Belonged to the epic ${epic.promise.inwardKey}; on the site it has no parent.`,
      ]
      if (lost !== turned)
        expected.push(
          `links: ${lost.promise.inwardKey}: The link "${lost.promise.type}" to ${lost.promise.outwardKey} is lost.`,
        )
      expect(await news()).toEqual(expected.toSorted())
    })

    test('a sprint under another name, and an issue that is not in it any more', async () => {
      const sprint = must(
        (await faults.moved('sprint')).find(({ promise }) => promise.state === 'active'),
        'active sprint',
      )
      const row = await faults.get<{ issues: { key: string }[] }>(
        `/rest/agile/1.0/sprint/${sprint.siteId}/issue?fields=summary`,
      )
      const key = must(row.issues[0], 'an issue in it').key
      faults.thing('sprint', sprint.siteId, { name: 'Renamed' })
      faults.run('delete from sprintIssue where issueId = ?', await faults.issueId(key))
      expect((await news()).filter((place) => !place.startsWith('sprints-and-boards'))).toEqual([])
      expect(
        [...known].filter((place) => place.startsWith('sprints-and-boards')).toSorted(),
      ).toEqual(
        expect.arrayContaining([
          `sprints-and-boards: ${key}: It was in the sprint "${sprint.promise.name}" and is not on the site.`,
          `sprints-and-boards: Sprint ${sprint.promise.name}: It is called "Renamed" on the site.`,
        ]),
      )
    })

    test('filters and quick filters whose JQL fails, or names what is not there', async () => {
      const [one, two] = await faults.moved('filter')
      faults.thing('filter', must(one, 'filter').siteId, { jql: 'universe = 42' })
      faults.thing('filter', must(two, 'filter').siteId, { jql: 'project = NOWHERE' })
      const board = await first('board')
      faults.add('quickFilter', Number(board.siteId), {
        name: 'Odd',
        jql: 'status in (',
        description: '',
      })
      const found = await news()
      expect(found.map((place) => place.split(': ').slice(0, 3).join(': '))).toEqual(
        [
          `filters: Filter ${one?.promise.name}: Its JQL fails`,
          `filters: Filter ${two?.promise.name}: It names what is not there`,
          `filters: Quick filter Odd of ${board.promise.name}: Its JQL fails`,
        ].toSorted(),
      )
    })

    test('a dashboard that is gone, and one without a gadget', async () => {
      const [gone, bare] = await faults.moved('dashboard')
      const one = must(gone, 'a dashboard')
      await faults.send('DELETE', `/rest/api/3/dashboard/${one.siteId}`).catch(() => {
        faults.run(`delete from thing where kind = 'dashboard' and id = ?`, Number(one.siteId))
      })
      const expected = [
        `dashboards: Dashboard ${one.promise.name}: The dashboard is not on the site, or not shared with this account.`,
      ]
      const gadget = bare?.promise.gadgets[0]
      if (bare && gadget) {
        const path = `/rest/api/3/dashboard/${bare.siteId}/gadget`
        const { gadgets } = await faults.get<{ gadgets: { id: number; title: string }[] }>(path)
        await faults.send('DELETE', `${path}/${must(gadgets[0], 'a gadget').id}`)
        expected.push(
          `dashboards: Dashboard ${bare.promise.name}: Its gadget "${gadget.title}" is not on it.`,
        )
      }
      expect(await news()).toEqual(expected.toSorted())
    })

    test('a status that only the history knows', async () => {
      const { issueKey } = await first('issue', 8)
      const item = { field: 'status', from: '1', fromString: 'Triage', to: '3', toText: 'Done' }
      faults.add('change', await faults.issueId(issueKey), {
        author: '',
        created: Date.now(),
        items: [item],
      })
      expect((await news()).filter((place) => place.includes('Triage'))).toEqual([
        expect.stringMatching(
          new RegExp(`^history-statuses: ${issueKey}: The history names the status "Triage"`),
        ),
      ])
    })

    test('somebody with a role that nobody gave them, whatever they are called', async () => {
      const stranger = faults.account('Stranger <b>bold</b>', 'stranger@x.example')
      await faults.send('POST', '/rest/api/3/project/PAY/role/10005', { user: [stranger] })
      expect(await news()).toEqual([
        'role-members: Viewer of PAY: Stranger <b>bold</b> has this role, and had it not at the source.',
      ])
    })
  })

  describe('files whose bytes the site lost or changed', () => {
    test('are found once everything was read back again, the changed one by its hash', async () => {
      const [changed, lost] = await faults.moved('attachment')
      const one = must(changed, 'a file')
      const two = must(lost, 'another file')
      const path = faults.file(one.siteId)
      writeFileSync(path, Buffer.alloc(readFileSync(path).length, 'x'))
      await world.again()
      rmSync(faults.file(two.siteId))
      // What a verification never read, because it ended early, is opened by the check itself.
      await world.db
        .updateTable('item')
        .set({ verdict: null })
        .where('kind', '=', 'attachment')
        .where('siteId', '=', two.siteId)
        .execute()
      const { places } = await world.check('attachments')
      const about = (name: string, key: string) =>
        places.filter((place) => place.includes(`${name} on ${key}: `)).join()
      expect(about(one.promise.filename, one.issueKey)).toMatch(
        /Its content differs: SHA-256 [0-9a-f]{64} instead of [0-9a-f]{64}\./,
      )
      expect(about(two.promise.filename, two.issueKey)).toContain('lists it, but does not give it')
    })
  })

  describe('a login that may not see everything', () => {
    test('makes a check incomplete, with the reason, and no other', async () => {
      world.gate.refuse = /group\/member|users\/search/
      const said = await world.check()
      const lost = lostOf(said)
      expect(lost.toSorted()).toEqual(['administrator-groups', 'group-members', 'people-twice'])
      for (const key of lost) expect(said.sentence[key]).toContain('may not do this')
    })

    test('makes all that looks at issues incomplete where the issues cannot be read', async () => {
      world.gate.refuse = /issue\/bulkfetch/
      const said = await world.check('counts', 'texts', 'group-members')
      expect(said.status).toMatchObject({ counts: 'incomplete', texts: 'incomplete' })
      expect(said.status['group-members']).not.toBe('incomplete')
    })

    test('leaves everything as it was said before where the asking is stopped', async () => {
      world.gate.refuse = null
      const before = await world.check('counts')
      await world.asker.start(world.id, ['counts', 'links'])
      expect(world.asker.progress(world.id)).toMatchObject({ done: 0, total: 2 })
      await world.asker.stop(world.id)
      expect(world.asker.progress(world.id)).toBe(null)
      expect((await world.said('counts')).places).toEqual(before.places)
    })
  })
})
