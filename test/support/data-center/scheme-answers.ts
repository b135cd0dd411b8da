import { ok, type Parts, type Said } from './parts.ts'

/** Who may see and do what, and who is told. */
export function createSchemeAnswers({ link }: Parts) {
  const scheme = { self: link('permissionscheme/0'), id: 0, name: 'Default', description: 'x' }
  const grant = (id: number, permission: string, type: string, parameter?: string) => ({
    ...{ id, self: link(`permissionscheme/0/permission/${id}`), permission },
    holder: { type, ...(parameter === undefined ? {} : { parameter }) },
  })
  const security = {
    ...{ self: link('issuesecurityschemes/81'), id: 81, name: 'Secret', description: 'x' },
    defaultSecurityLevelId: 82,
  }
  const level = { self: link('securitylevel/82'), id: '82', name: 'Inner circle', description: 'x' }
  const mails = {
    ...{ self: link('notificationscheme/83'), id: 83, name: 'Mails', description: 'x' },
    notificationSchemeEvents: [
      {
        event: { id: 1, name: 'Issue created', description: 'x' },
        notifications: [
          { id: 84, notificationType: 'CurrentAssignee' },
          { id: 85, notificationType: 'User', parameter: 'renamed10200' },
        ],
      },
    ],
  }

  function schemeAnswer(path: string): Said | undefined {
    if (path === 'permissionscheme') {
      const permissions = [
        grant(86, 'BROWSE_PROJECTS', 'group', 'jira-developers'),
        grant(87, 'CREATE_ISSUES', 'projectRole', '52'),
        grant(88, 'ADMINISTER_PROJECTS', 'user', 'fred'),
        grant(89, 'BROWSE_PROJECTS', 'anyone'),
      ]
      return ok({ permissionSchemes: [{ ...scheme, permissions }] })
    }
    if (path === 'issuesecurityschemes') return ok({ issueSecuritySchemes: [security] })
    if (path === 'issuesecurityschemes/81') return ok({ ...security, levels: [level] })
    if (path === 'notificationscheme')
      return ok({ maxResults: 50, startAt: 0, total: 1, isLast: true, values: [mails] })
    return undefined
  }

  return { scheme, security, mails, schemeAnswer }
}
