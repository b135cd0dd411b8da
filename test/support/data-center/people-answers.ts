import { ok, type Parts, refuse, type Said } from './parts.ts'
import { boxFields, boxOptions, childOptions, type World } from './world.ts'

/** People, groups and custom fields. @param cap the most results of one answer */
export function createPeopleAnswers(world: World, { link, userOf }: Parts, cap: number) {
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

  return { peopleAnswer, fieldAnswer }
}
