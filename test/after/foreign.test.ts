import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { must } from '../../shared/assert.ts'
import { type AfterWorld, openAfterWorld, type Said } from '../support/after-world.ts'
import { type PracticeProcess, type Process, startProcess } from '../support/agent-process.ts'
import { berlin, type ForeignWorld, migrateForeign } from '../support/foreign-migration.ts'

/** Checks after a migration that another program made: nothing of ours stands on that site. */
describe.each([
  ['kept authors and times', true],
  ['made everything by one account', false],
])('after another program that %s', (_, history) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-foreign-'))
  const state = join(folder, 'state')
  let site: Process<PracticeProcess>
  let other: ForeignWorld
  let world: AfterWorld
  let clean: Said

  beforeAll(async () => {
    const sample = await writeSample(join(folder, 'sample'))
    site = await startProcess<PracticeProcess>(['practice', '--port', '0', '--state', state])
    other = await migrateForeign({ ...sample, site: site.said, state, history, offset: berlin })
    world = await openAfterWorld({ ...sample, mode: 'verify', site: site.said })
    clean = await world.check()
  })
  afterAll(async () => {
    await world?.close()
    other?.site.close()
    await site?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('no check says anything but what is true of the source', () => {
    expect(clean.places.map((place) => place.split(':')[0]).toSorted()).toEqual([
      'application-links',
      'people-without-account',
    ])
    // The sample does not say who may see its projects.
    const incomplete = Object.keys(clean.status).filter((key) => clean.status[key] === 'incomplete')
    expect(incomplete).toEqual(['who-can-see'])
  })

  test('a fault is found at its place all the same', async () => {
    const known = new Set(clean.places)
    const gone = other.site.door.account('Former user', 'gone@x.example')
    const [comment] = [
      ...(other.ids.get('jira:comment') ?? other.ids.get('jira/classic:comment') ?? []),
    ]
    const [serverId, cloudId] = must(comment, 'a comment')
    other.site.door.thing('comment', cloudId, { author: gone })
    const row = must(
      [...other.source.rows('Action')].find((one) => one.id === serverId),
      serverId,
    )
    const said = await world.check('former-user')
    const fresh = said.places.filter((place) => !known.has(place))
    expect(fresh).toHaveLength(1)
    const who = [...other.source.rows('User')].find(
      (one) => one.userName === row.author || one.lowerUserName === row.author,
    )
    expect(fresh[0]).toMatch(/^former-user: [A-Z]+-\d+: Author of a comment: /)
    if (who) expect(fresh[0]).toContain(`${who.displayName} at the source`)
  })
})
