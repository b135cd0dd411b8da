import { type BoxIssue, boxFields, boxOptions, childOptions, sprints, type World } from './world.ts'

type Json = Record<string, unknown>
/** An answer of the box: with this status, and as JSON; undefined = there is no such resource. */
export interface Said {
  status: number
  body: unknown
}

const ok = (body: unknown): Said => ({ status: 200, body })
export const refuse = (status: number, ...errorMessages: string[]): Said => ({
  status,
  body: { errorMessages, errors: {} },
})

/** The REST API of a Data Center, version 10, as its published document has it, over a world. */
export function createAnswers(world: World, address: () => string, cap: number) {
  const link = (rest: string) => `${address()}/rest/api/2/${rest}`
  const userOf = (key: unknown, deleted = false): Json | undefined => {
    if (typeof key !== 'string') return undefined
    const one = world.users.find((user) => user.key === key)
    const known = one ?? { key, name: key, displayName: key, emailAddress: '?', active: false }
    return {
      self: link(`user?username=${encodeURIComponent(known.name)}`),
      ...known,
      avatarUrls: { '16x16': `${address()}/secure/useravatar?avatarId=1` },
      timeZone: 'Europe/Oslo',
      ...(deleted ? { deleted: true } : {}),
    }
  }
  const projectOf = (idOrKey: string) =>
    world.projects.find((one) => one.key === idOrKey || String(one.id) === idOrKey)
  const issueOf = (idOrKey: string) =>
    world.issues.find((one) => String(one.id) === idOrKey || keyOf(one) === idOrKey)

  const named = (resource: string, id: string, name: string, more: Json = {}) => ({
    ...{ self: link(`${resource}/${id}`), id, name, description: `About ${name}`, ...more },
  })
  const types = [
    named('issuetype', '1', 'Task', { subtask: false, iconUrl: 'x' }),
    named('issuetype', '4', 'Epic', { subtask: false, iconUrl: 'x' }),
    named('issuetype', '5', 'Sub-task', { subtask: true, iconUrl: 'x' }),
  ]
  const statuses = [
    named('status', '1', 'Open', {
      iconUrl: 'x',
      statusCategory: { id: 2, key: 'new', name: 'To Do' },
    }),
    named('status', '3', 'Done', {
      iconUrl: 'x',
      statusCategory: { id: 3, key: 'done', name: 'Done' },
    }),
  ]
  const priorities = [
    named('priority', '1', 'High', { statusColor: '#f00', iconUrl: 'x' }),
    named('priority', '2', 'Low', { statusColor: '#0f0', iconUrl: 'x' }),
  ]
  const resolutions = [named('resolution', '1', 'Fixed')]
  const linkTypes = [
    {
      id: '11',
      name: 'Blocks',
      inward: 'is blocked by',
      outward: 'blocks',
      self: link('issueLinkType/11'),
    },
  ]
  const versions = [
    {
      ...named('version', '31', '1.0'),
      archived: false,
      released: true,
      releaseDate: '2023-02-01',
      startDate: '2023-01-01',
      projectId: 10,
    },
  ]
  const components = [
    {
      ...named('component', '41', 'Core'),
      project: 'PAY',
      assigneeType: 'PROJECT_LEAD',
      archived: false,
    },
  ]
  const roles: [number, string][] = [
    [51, 'Administrators'],
    [52, 'Developers'],
  ]
  const by = <T extends { id: string }>(list: T[], id: unknown) =>
    list.find((one) => one.id === id) ?? null

  const worklog = ({ author, updateAuthor, ...row }: Json) => ({
    ...row,
    author: userOf(author),
    updateAuthor: userOf(updateAuthor),
  })
  const comment = ({ author, updateAuthor, ...row }: Json) => ({
    self: link(`comment/${row.id}`),
    ...row,
    ...(author === undefined ? {} : { author: userOf(author), updateAuthor: userOf(updateAuthor) }),
  })
  const brief = (issue: BoxIssue) => ({
    ...{ id: String(issue.id), key: keyOf(issue), self: link(`issue/${issue.id}`) },
    fields: {
      summary: issue.summary,
      status: by(statuses, issue.status),
      issuetype: by(types, issue.type),
    },
  })

  function linksOf(issue: BoxIssue): Json[] {
    const out = issue.links.map(({ id, type, to }) => {
      const other = world.issues.find((one) => one.id === to)
      return { id: String(id), type: by(linkTypes, type), outwardIssue: other && brief(other) }
    })
    const inward = world.issues.flatMap((other) =>
      other.links
        .filter(({ to }) => to === issue.id)
        .map(({ id, type }) => ({
          id: String(id),
          type: by(linkTypes, type),
          inwardIssue: brief(other),
        })),
    )
    return [...out, ...inward].filter((one) =>
      Object.values(one).every((part) => part !== undefined),
    )
  }

  /** Custom values that name people hold {user: key} in the world. */
  const customValue = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(customValue)
    const user = (value as Json | null)?.user
    return typeof user === 'string' ? userOf(user) : value
  }

  function view(issue: BoxIssue, expand: string): Json {
    const { fields } = issue
    const project = projectOf(issue.project)
    const parent = world.issues.find((one) => one.id === issue.parent)
    const custom = Object.fromEntries(
      Object.keys(boxFields).map((id) => [
        `customfield_${id}`,
        customValue(fields[`customfield_${id}`] ?? null),
      ]),
    )
    const shown = issue.worklogs.slice(0, 20)
    return {
      ...{ id: String(issue.id), key: keyOf(issue), self: link(`issue/${issue.id}`) },
      fields: {
        ...custom,
        summary: issue.summary,
        ...{ description: fields.description ?? null, environment: fields.environment ?? null },
        project: {
          self: link(`project/${project?.id}`),
          id: String(project?.id),
          key: project?.key,
          name: project?.name,
        },
        issuetype: by(types, issue.type),
        status: by(statuses, issue.status),
        priority: by(priorities, fields.priority ?? '1'),
        resolution: by(resolutions, fields.resolution),
        ...{ resolutiondate: fields.resolutiondate ?? null, duedate: fields.duedate ?? null },
        created: '2023-02-01T08:00:00.500+0100',
        updated: '2023-02-20T08:00:00.000+0100',
        reporter: userOf(fields.reporter) ?? null,
        assignee: userOf(fields.assignee) ?? null,
        creator: userOf(fields.creator ?? fields.reporter) ?? null,
        labels: fields.labels ?? [],
        ...{
          timeoriginalestimate: fields.timeoriginalestimate ?? null,
          timeestimate: fields.timeestimate ?? null,
        },
        timespent: fields.timespent ?? null,
        components: issue.number === 2 ? components : [],
        fixVersions: issue.number === 2 ? versions : [],
        versions: issue.number === 2 ? versions : [],
        votes: {
          self: link(`issue/${issue.id}/votes`),
          votes: issue.voters.length,
          hasVoted: false,
        },
        watches: {
          self: link(`issue/${issue.id}/watchers`),
          watchCount: issue.watchers.length,
          isWatching: false,
        },
        issuelinks: linksOf(issue),
        subtasks: world.issues.filter((one) => one.parent === issue.id).map(brief),
        ...(parent ? { parent: brief(parent) } : {}),
        attachment: issue.attachments.map(({ id, filename, mimeType, bytes, author }) => ({
          ...{
            self: link(`attachment/${id}`),
            id: String(id),
            filename,
            mimeType,
            size: bytes.length,
          },
          ...(author === null ? {} : { author: userOf(author) }),
          created: '2023-02-07T08:00:00.000+0100',
          content: `${address()}/secure/attachment/${id}/${encodeURIComponent(filename)}`,
        })),
        comment: {
          comments: issue.comments.map(comment),
          maxResults: issue.comments.length,
          total: issue.comments.length,
          startAt: 0,
        },
        worklog: {
          startAt: 0,
          maxResults: 20,
          total: issue.worklogs.length,
          worklogs: shown.map(worklog),
        },
      },
      ...(expand.includes('changelog')
        ? {
            changelog: {
              ...{ startAt: 0, maxResults: issue.histories.length, total: issue.histories.length },
              histories: issue.histories.map(({ author, ...row }) => ({
                ...row,
                author: userOf(author),
              })),
            },
          }
        : {}),
    }
  }

  const visible = () => world.issues.filter((issue) => projectOf(issue.project)?.archived === false)

  /** As Jira: a relation of ids is one of keys, and needs an issue of that id; results come by key. */
  function search(query: URLSearchParams): Said {
    const jql = query.get('jql') ?? ''
    const asked = /^(?:project = (\w+))?(?: AND id > (\d+))?(?: ORDER BY id ASC)?$/.exec(jql)
    if (!asked) return refuse(400, `Error in the JQL Query: ${jql}`)
    const [, place, anchorId] = asked
    const project = place === undefined ? null : projectOf(place)
    if (place !== undefined && (!project || project.archived))
      return refuse(400, `The value '${place}' does not exist for the field 'project'.`)
    const anchor = anchorId === undefined ? null : issueOf(anchorId)
    if (anchorId !== undefined && !anchor)
      return refuse(400, `An issue with key '${anchorId}' does not exist for field 'id'.`)
    const found = visible()
      .filter((issue) => !project || issue.project === project.key)
      .filter(
        (issue) => !anchor || (issue.project === anchor.project && issue.number > anchor.number),
      )
      .toSorted((a, b) => a.number - b.number)
    const maxResults = Math.min(Number(query.get('maxResults') ?? 50), cap)
    const startAt = Number(query.get('startAt') ?? 0)
    const page = found.slice(startAt, startAt + maxResults)
    const expand = query.get('expand') ?? ''
    const all = query.get('fields') === '*all'
    return ok({
      ...{ expand: 'schema,names', startAt, maxResults, total: found.length },
      issues: page.map((issue) => (all ? view(issue, expand) : brief(issue))),
    })
  }

  function issueAnswer(
    issue: BoxIssue,
    part: string | undefined,
    query: URLSearchParams,
  ): Said | undefined {
    const people = (keys: string[]) => keys.map((key) => userOf(key))
    if (part === undefined) return ok(brief(issue))
    if (part === 'remotelink') return ok(issue.remoteLinks)
    if (part === 'worklog')
      return ok({
        startAt: 0,
        maxResults: issue.worklogs.length,
        total: issue.worklogs.length,
        worklogs: issue.worklogs.map(worklog),
      })
    if (part === 'comment') {
      const startAt = Number(query.get('startAt') ?? 0)
      return ok({
        startAt,
        maxResults: 1000,
        total: issue.comments.length,
        comments: issue.comments.slice(startAt).map(comment),
      })
    }
    if (part === 'watchers')
      return ok({
        self: link('x'),
        isWatching: false,
        watchCount: issue.watchers.length,
        watchers: people(issue.watchers),
      })
    if (part === 'votes')
      return ok({
        self: link('x'),
        votes: issue.voters.length,
        hasVoted: false,
        voters: people(issue.voters),
      })
    return undefined
  }

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

  function peopleAnswer(path: string, query: URLSearchParams): Said | undefined {
    if (path === 'user/search') {
      const startAt = Number(query.get('startAt') ?? 0)
      return ok(
        world.users
          .slice(startAt, startAt + Math.min(cap, Number(query.get('maxResults') ?? 50)))
          .map((one) => userOf(one.key)),
      )
    }
    if (path === 'user') {
      const [key, name] = [query.get('key'), query.get('username')]
      const one = world.users.find((user) => user.key === key || user.name === name)
      return one
        ? ok(userOf(one.key))
        : refuse(404, `The user named '${name ?? key}' does not exist`)
    }
    if (path === 'groups/picker') {
      const groups = Object.keys(world.groups).map((name) => ({ name, html: 'x', labels: [] }))
      return ok({ header: 'Showing groups', total: groups.length, groups })
    }
    if (path !== 'group/member') return undefined
    const members = world.groups[query.get('groupname') ?? '']
    if (!members) return refuse(404, 'Group does not exist')
    const startAt = Number(query.get('startAt') ?? 0)
    const values = members.slice(startAt, startAt + 2).map((key) => userOf(key))
    return ok({
      self: link('x'),
      maxResults: 2,
      startAt,
      total: members.length,
      isLast: startAt + 2 >= members.length,
      values,
    })
  }

  function fieldAnswer(path: string, query: URLSearchParams): Said | undefined {
    if (path === 'field')
      return ok([
        {
          id: 'summary',
          name: 'Summary',
          custom: false,
          orderable: true,
          navigable: true,
          searchable: true,
          clauseNames: ['summary'],
          schema: { type: 'string', system: 'summary' },
        },
        ...Object.entries(boxFields).map(([id, [name, custom]]) => ({
          ...{
            id: `customfield_${id}`,
            name,
            custom: true,
            orderable: true,
            navigable: true,
            searchable: true,
          },
          ...{ clauseNames: [`cf[${id}]`], schema: { type: 'any', custom, customId: Number(id) } },
        })),
      ])
    if (path === 'customFields') {
      const first = Number(query.get('startAt') ?? 1) === 1
      const values = first
        ? Object.entries(boxFields).map(([id, [name, type]]) => ({
            ...{
              id: `customfield_${id}`,
              name,
              type,
              numericId: Number(id),
              description: `About ${name}`,
            },
            ...{
              searcherKey: 'x',
              isAllProjects: id !== '10003',
              projectIds: id === '10003' ? [10] : [],
            },
          }))
        : []
      return ok({
        maxResults: 100,
        startAt: 1,
        total: Object.keys(boxFields).length,
        isLast: true,
        values,
      })
    }
    const options = /^customFields\/(\d+)\/options$/.exec(path)?.[1]
    if (options !== undefined) {
      const list = Number(query.get('page') ?? 1) === 1 ? (boxOptions[Number(options)] ?? []) : []
      return ok({
        total: list.length,
        options: list.map(({ id, value, children = [] }) => ({
          id,
          value,
          disabled: false,
          childrenIds: children,
        })),
      })
    }
    const option = /^customFieldOption\/(\d+)$/.exec(path)?.[1]
    return option === undefined
      ? undefined
      : ok({ self: link('x'), value: childOptions[Number(option)] })
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
    myself: () => userOf('admin'),
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
const keyOf = (issue: BoxIssue) => `${issue.project}-${issue.number}`
