import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Connection, connectSite } from '../../agent/cloud/connect.ts'
import { callerOf, newProject, task } from '../practice/caller.ts'
import { recordedSite } from './recorded-site.ts'

let site: Awaited<ReturnType<typeof recordedSite>>
let connection: Connection
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  site = await recordedSite()
  call = callerOf(fetch, site)
  const { url, email, token } = site
  const { signal } = new AbortController()
  connection = await connectSite({ url, email, token, signal, pace: 'off', onPause: () => {} })
  await newProject(call, 'OPEN')
  const id = await newProject(call, 'SHUT')
  const scheme = await call<{ id: number }>('POST', '/rest/api/3/permissionscheme', {
    name: 'For few',
    permissions: [
      { permission: 'BROWSE_PROJECTS', holder: { type: 'group', parameter: 'site-admins' } },
      { permission: 'BROWSE_PROJECTS', holder: { type: 'projectRole', parameter: '10002' } },
    ],
  })
  const levels = await call<{ id: string }>('POST', '/rest/api/3/issuesecurityschemes', {
    name: 'Board',
    levels: [
      { name: 'Secret', isDefault: true, members: [{ type: 'reporter' }] },
      { name: 'Empty', members: [] },
    ],
  })
  await call('PUT', `/rest/api/3/project/${id}`, {
    permissionScheme: scheme.body.id,
    issueSecurityScheme: Number(levels.body.id),
  })
})
afterAll(async () => {
  await connection.close()
  await site.close()
})

describe('who may see what on a site', () => {
  test("is the site's default scheme where a project has none of its own", async () => {
    const { name, grants } = await connection.read.permissionScheme('OPEN')
    expect(name).toBe('Default Permission Scheme')
    expect(grants.find((one) => one.permission === 'BROWSE_PROJECTS')?.holder).toEqual({
      type: 'applicationRole',
      parameter: null,
    })
    expect(await connection.read.securityScheme('OPEN')).toBeNull()
  })

  test('is told with groups by name and roles by id', async () => {
    const { grants } = await connection.read.permissionScheme('SHUT')
    expect(grants.map((one) => one.holder)).toEqual([
      { type: 'group', parameter: 'site-admins' },
      { type: 'projectRole', parameter: '10002' },
    ])
  })

  test('is narrowed by security levels, which issues carry', async () => {
    const scheme = await connection.read.securityScheme('SHUT')
    const [secret, empty] = scheme?.levels ?? []
    expect(secret).toMatchObject({ name: 'Secret', members: [{ type: 'reporter' }] })
    expect(empty?.members).toEqual([])
    expect(scheme?.defaultLevelId).toBe(secret?.id)
    await call('POST', '/rest/api/3/issue', task('SHUT', 'a', { security: { id: secret?.id } }))
    await call('POST', '/rest/api/3/issue', task('SHUT', 'b'))
    const issues = await connection.read.issues(['SHUT-1', 'SHUT-2'])
    expect(issues.map((issue) => issue.security?.name ?? null)).toEqual(['Secret', null])
  })

  test('comes with who is told, and how many may use the site', async () => {
    const scheme = await connection.read.notificationScheme('OPEN')
    expect(scheme?.events[0]).toEqual({
      id: '1',
      name: 'Issue Created',
      recipients: ['CurrentAssignee', 'Reporter', 'AllWatchers'].map((type) => ({
        type,
        parameter: null,
      })),
    })
    const [jira] = await connection.read.applicationRoles()
    expect(jira).toMatchObject({ key: 'jira-software', unlimited: true, seats: null, left: null })
  })

  test('of a project that is not there is a Problem', async () => {
    await expect(connection.read.permissionScheme('NONE')).rejects.toMatchObject({ status: 404 })
  })
})
