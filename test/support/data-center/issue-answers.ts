import { type Json, keyOf, ok, type Parts, refuse, type Said } from './parts.ts'
import { type BoxIssue, boxFields, type World } from './world.ts'

/** Searches and issues, as a Data Center answers them. @param cap the most results of one answer */
export function createIssueAnswers(world: World, parts: Parts, cap: number) {
  const { link, userOf, projectOf, issueOf, by, address } = parts
  const { types, statuses, priorities, resolutions, linkTypes, versions, components } = parts

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
    const asked =
      /^(?:project = (\w+))?(?:project in \(([^)]+)\))?(?: AND updated >= -(\d+)m)?(?: AND id > (\d+))?( AND attachments is not EMPTY)?(?: ORDER BY id ASC)?$/.exec(
        jql,
      )
    if (!asked) return refuse(400, `Error in the JQL Query: ${jql}`)
    const [, place, some, minutes, anchorId, filed] = asked
    const keys = some?.split(', ').map((key) => key.slice(1, -1))
    if (keys?.some((key) => projectOf(key)?.archived !== false))
      return refuse(400, `A value does not exist for the field 'project'.`)
    const project = place === undefined ? null : projectOf(place)
    if (place !== undefined && (!project || project.archived))
      return refuse(400, `The value '${place}' does not exist for the field 'project'.`)
    const anchor = anchorId === undefined ? null : issueOf(anchorId)
    if (anchorId !== undefined && !anchor)
      return refuse(400, `An issue with key '${anchorId}' does not exist for field 'id'.`)
    const found = visible()
      .filter((issue) => !project || issue.project === project.key)
      .filter((issue) => keys?.includes(issue.project) ?? true)
      .filter((issue) => minutes === undefined || issue.changed)
      .filter((issue) => !filed || issue.attachments.length > 0)
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

  return { search, issueAnswer }
}
