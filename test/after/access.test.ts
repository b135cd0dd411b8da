import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Faults, openFaults } from '../support/after-faults.ts'
import { type AfterWorld, openAfterWorld } from '../support/after-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-access-'))
const backup = join(folder, 'backup.xml')
let world: AfterWorld
let faults: Faults

/** Who may see what, in a source as small as can be; an issue of it is kept to the board of directors. */
const source = `<?xml version="1.0" encoding="UTF-8"?>
<entity-engine-xml>
<Directory id="1" directoryName="Jira Internal Directory" active="1" position="0"/>
<Directory id="2" directoryName="Corp &lt;AD&gt;" active="1" position="1"/>
<User id="1" directoryId="1" userName="fred" lowerUserName="fred" active="1" displayName="Fred" emailAddress="fred@x.example"/>
<User id="2" directoryId="2" userName="wilma" lowerUserName="wilma" active="1" displayName="Wilma"/>
<Group id="1" groupName="directors" lowerGroupName="directors" active="1" directoryId="1"/>
<Group id="2" groupName="site-admins" lowerGroupName="site-admins" active="1" directoryId="1"/>
<Membership id="1" parentId="1" childId="1" membershipType="GROUP_USER" parentName="directors" lowerParentName="directors" childName="fred" lowerChildName="fred" directoryId="1"/>
<IssueType id="1" name="Bug"/>
<Priority id="3" name="Major"/>
<Status id="1" name="Open"/>
<ProjectRole id="10000" name="Developers"/>
<PermissionScheme id="0" name="Default"/>
<PermissionScheme id="7" name="Directors only"/>
<SchemePermissions id="1" scheme="0" permissionKey="BROWSE_PROJECTS" type="projectrole" parameter="10000"/>
<SchemePermissions id="2" scheme="7" permissionKey="BROWSE_PROJECTS" type="group" parameter="directors"/>
<SchemePermissions id="3" scheme="7" permissionKey="BROWSE_PROJECTS" type="reporter"/>
<IssueSecurityScheme id="5" name="Secrets"/>
<SchemeIssueSecurityLevels id="50" name="Board" scheme="5"/>
<SchemeIssueSecurities id="51" scheme="5" security="50" type="group" parameter="directors"/>
<Project id="1" name="Payments" key="PAY" originalkey="PAY" lead="fred" counter="3"/>
<Project id="2" name="Open house" key="OPEN" originalkey="OPEN" lead="fred" counter="1"/>
<NodeAssociation sourceNodeId="1" sourceNodeEntity="Project" sinkNodeId="7" sinkNodeEntity="PermissionScheme" associationType="ProjectScheme"/>
<NodeAssociation sourceNodeId="2" sourceNodeEntity="Project" sinkNodeId="0" sinkNodeEntity="PermissionScheme" associationType="ProjectScheme"/>
<NodeAssociation sourceNodeId="1" sourceNodeEntity="Project" sinkNodeId="5" sinkNodeEntity="IssueSecurityScheme" associationType="ProjectScheme"/>
<Issue id="10" key="PAY-1" number="1" project="1" type="1" status="1" priority="3" summary="Secret" reporter="fred" security="50"/>
<Issue id="11" key="PAY-2" number="2" project="1" type="1" status="1" priority="3" summary="Open" reporter="fred"/>
<Issue id="12" key="PAY-3" number="3" project="1" type="1" status="1" priority="3" summary="Open too" reporter="fred"/>
<Issue id="20" key="OPEN-1" number="1" project="2" type="1" status="1" priority="3" summary="Wide open" reporter="fred"/>
</entity-engine-xml>`

beforeAll(async () => {
  writeFileSync(backup, source)
  world = await openAfterWorld({ backup, attachments: null })
  faults = openFaults(world)
})
afterAll(async () => {
  faults?.close()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

const narrow = (name: string, ...permissions: Record<string, unknown>[]) =>
  faults.send<{ id: number }>('POST', '/rest/api/3/permissionscheme', {
    name,
    permissions: permissions.map((holder) => ({ permission: 'BROWSE_PROJECTS', holder })),
  })

test('people of a directory outside who have no account are told by the name of that directory', async () => {
  const { places, sentence } = await world.check('external-directory')
  expect(places).toEqual([
    'external-directory: Directory Corp <AD>: 1 active person of the source came from it, 1 of them without an account on the site.',
  ])
  expect(sentence['external-directory']).toContain('"Corp <AD>"')
})

test('a project that only some could see, and now all can, is told with who that was', async () => {
  const { places } = await world.check('who-can-see')
  expect(places).toEqual([
    'who-can-see: PAY: Can see its issues now, and could not: everybody who can log in. At the source: the group directors, the reporter.',
    'who-can-see: OPEN: Can see its issues now, and could not: everybody who can log in. At the source: the role Developers.',
  ])
})

test('a scheme that lets in the same as at the source is right, one that keeps some out is not', async () => {
  const same = await narrow(
    'As it was',
    { type: 'group', parameter: 'directors' },
    { type: 'reporter' },
  )
  await faults.send('PUT', '/rest/api/3/project/PAY/permissionscheme', { id: same.id })
  expect((await world.check('who-can-see')).sentence['who-can-see']).toContain(
    'This is the permission Browse projects;',
  )
  const less = await narrow('Less', { type: 'group', parameter: 'directors' })
  expect((await world.check('who-can-see')).places.filter((one) => one.includes('PAY'))).toEqual([])
  await faults.send('PUT', '/rest/api/3/project/PAY/permissionscheme', { id: less.id })
  expect((await world.check('who-can-see')).places.filter((one) => one.includes('PAY'))).toEqual([
    'who-can-see: PAY: Could see its issues, and cannot now: the reporter.',
  ])
})

test('an issue that a level hid and that is open now is told, and one that is hidden now and was open', async () => {
  expect((await world.check('security-levels')).places).toEqual([
    'security-levels: PAY-1: Everybody who sees the project can see it; at the source the level "Board" hid it.',
  ])
  const scheme = await faults.send<{ id: string }>('POST', '/rest/api/3/issuesecurityschemes', {
    name: 'Secrets',
    levels: [
      { name: 'Board', members: [{ type: 'reporter' }, { type: 'group', parameter: 'directors' }] },
      { name: 'Other' },
    ],
  })
  await faults.send('PUT', '/rest/api/3/project/PAY', { issueSecurityScheme: Number(scheme.id) })
  const { levels } = await faults.get<{ levels: { id: string; name: string }[] }>(
    '/rest/api/3/project/PAY/issuesecuritylevelscheme',
  )
  const level = (name: string) => levels.find((one) => one.name === name)?.id
  for (const [key, name] of [
    ['PAY-1', 'Board'],
    ['PAY-2', 'Board'],
  ])
    faults.issue(key ?? '', { security: Number(level(name ?? '')) })
  expect((await world.check('security-levels')).places).toEqual([
    'security-levels: PAY-2: Is hidden by the level "Board" on the site, and was open at the source.',
    'security-levels: Level Board of PAY: In it on the site, and not at the source: the reporter.',
  ])
})

test('each place opens on the site', async () => {
  const { rows } = await world.check()
  for (const { url } of rows)
    if (url !== null) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/|^https:/)
  const issue = rows.find((row) => row.issueKey === 'PAY-2')
  expect(issue?.url).toBe(`${world.gate.url}/browse/PAY-2`)
})
