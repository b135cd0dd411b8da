import { createIssueAnswers } from './issue-answers.ts'
import { createParts, type Json, ok, refuse, type Said } from './parts.ts'
import { createPeopleAnswers } from './people-answers.ts'
import { createSchemeAnswers } from './scheme-answers.ts'
import { sprints, type World } from './world.ts'

/** The REST API of a Data Center, version 10, as its published document has it, over a world. */
export function createAnswers(world: World, address: () => string, cap: number) {
  const parts = createParts(world, address)
  const { link, userOf, projectOf, issueOf, named, roles, versions, components } = parts
  const { types, statuses, priorities, resolutions, linkTypes } = parts
  const { search, issueAnswer } = createIssueAnswers(world, parts, cap)
  const { peopleAnswer, fieldAnswer } = createPeopleAnswers(world, parts, cap)
  const { scheme, security, mails, schemeAnswer } = createSchemeAnswers(parts)

  function projectAnswer(
    idOrKey: string,
    part: string | undefined,
    id: string | undefined,
  ): Said | undefined {
    const project = projectOf(idOrKey)
    if (!project) return refuse(404, `No project could be found with key '${idOrKey}'.`)
    const own = {
      self: link(`project/${project.id}`),
      id: String(project.id),
      key: project.key,
      name: project.name,
      archived: project.archived,
    }
    if (part === undefined)
      return ok({
        ...own,
        description: 'About it',
        lead: userOf(project.lead),
        url: 'https://acme.example',
        projectTypeKey: 'software',
        assigneeType: 'PROJECT_LEAD',
        projectKeys: [project.key, `${project.key}OLD`],
        projectCategory: { id: '61', name: 'Money', self: link('x') },
      })
    if (part === 'permissionscheme') return ok(scheme)
    if (part === 'notificationscheme') return ok(mails)
    if (part === 'issuesecuritylevelscheme' && project.key === 'PAY') return ok(security)
    if (part === 'properties') {
      if (id === undefined)
        return ok({ keys: project.key === 'PAY' ? [{ self: link('x'), key: 'acme.flag' }] : [] })
      return ok({ key: id, value: { on: true } })
    }
    if (part === 'components') return ok(project.key === 'PAY' ? components : [])
    if (part === 'versions') return ok(project.key === 'PAY' ? versions : [])
    if (part === 'role') {
      const role = roles.find(([one]) => String(one) === id)
      if (!role) return refuse(404, 'There is no such role.')
      const actors =
        role[0] === 51
          ? [
              {
                id: 71 + project.id,
                displayName: 'x',
                type: 'atlassian-group-role-actor',
                name: 'jira-administrators',
              },
            ]
          : [
              {
                id: 91 + project.id,
                displayName: 'x',
                type: 'atlassian-user-role-actor',
                name: 'renamed10200',
              },
            ]
      return ok({ self: link('x'), id: role[0], name: role[1], description: 'x', actors })
    }
    return undefined
  }

  function agileAnswer(path: string, query: URLSearchParams): Said | undefined {
    const board = { id: 5, self: link('x'), name: `Board ${hostileBoard}`, type: 'scrum' }
    const last = Number(query.get('startAt') ?? 0) > 0
    if (path === 'board')
      return ok({ maxResults: 50, startAt: 0, isLast: true, values: last ? [] : [board] })
    if (path === 'board/5/configuration')
      return ok({ ...board, filter: { id: '1001', self: link('filter/1001') } })
    if (path === 'board/5/sprint')
      return ok({
        maxResults: 50,
        startAt: 0,
        isLast: true,
        values: sprints.map((one) => ({ ...one, self: link('x'), originBoardId: 5, goal: 'Done' })),
      })
    return undefined
  }

  const filters: Record<string, Json> = {
    '1001': {
      name: 'Of the board',
      sharePermissions: [
        {
          id: 91,
          type: 'group',
          group: { name: 'jira-developers', self: link('group') },
          view: true,
          edit: true,
        },
        { id: 92, type: 'loggedin', view: true, edit: false },
      ],
      jql: 'project = PAY AND filter = 1002 ORDER BY Rank',
      owner: 'fred',
    },
    '1002': { name: 'Inner', jql: 'status = Open', owner: 'gone' },
  }
  const plainLists: Record<string, () => unknown> = {
    issuetype: () => types,
    status: () => statuses,
    priority: () => priorities,
    resolution: () => resolutions,
    issueLinkType: () => ({ issueLinkTypes: linkTypes }),
    projectCategory: () => [named('projectCategory', '61', 'Money')],
    role: () =>
      roles.map(([id, name]) => ({ self: link('x'), id, name, description: 'x', actors: [] })),
    'filter/favourite': () => [],
    dashboard: () => ({
      startAt: 0,
      maxResults: 20,
      total: 1,
      dashboards: [{ id: '2001', name: 'Ours', self: link('x'), view: 'x' }],
    }),
    myself: () => userOf(world.me ?? 'admin'),
    mypermissions: () => ({
      permissions: {
        ADMINISTER: {
          id: '0',
          key: 'ADMINISTER',
          name: 'x',
          type: 'GLOBAL',
          description: 'x',
          havePermission: true,
        },
      },
    }),
    serverInfo: () => ({
      baseUrl: address(),
      version: '9.12.4',
      versionNumbers: [9, 12, 4],
      deploymentType: 'Server',
      buildNumber: 912004,
      buildDate: '2024-01-01T00:00:00.000+0100',
      serverTime: '2024-01-01T00:00:00.000+0100',
      scmInfo: 'x',
      serverTitle: 'Acme',
    }),
    project: () =>
      world.projects.map(({ id, key, name, archived }) => ({
        self: link(`project/${id}`),
        id: String(id),
        key,
        name,
        archived,
      })),
  }

  /** @param path after /rest/, without the query */
  return function answer(path: string, query: URLSearchParams): Said | undefined {
    if (path.startsWith('agile/1.0/')) return agileAnswer(path.slice('agile/1.0/'.length), query)
    const rest = path.replace(/^api\/2\//, '')
    const list = plainLists[rest]
    if (list) return ok(list())
    if (rest === 'search') return search(query)
    const [room, id = '', part, sub] = rest.split('/')
    if (room === 'issue') {
      const issue = issueOf(id)
      return issue ? issueAnswer(issue, part, query) : refuse(404, 'Issue Does Not Exist')
    }
    if (room === 'project') return projectAnswer(id, part, sub)
    if (room === 'filter') {
      const one = filters[id]
      return one
        ? ok({ self: link('x'), id, description: 'x', ...one, owner: userOf(one.owner) })
        : refuse(400, 'The selected filter is not available to you.')
    }
    return peopleAnswer(rest, query) ?? fieldAnswer(rest, query) ?? schemeAnswer(rest)
  }
}

const hostileBoard = '<b>bold</b>'
