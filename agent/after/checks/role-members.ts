import { leftOutList } from '../../../shared/check-lists.ts'
import { eachItem, type ItemRow, promiseOf } from '../../ledger/items.ts'
import { type AfterCheck, type AfterPlace, fold, plural, warn } from '../check.ts'
import { leftOutDetail, leftOutWords, sayBeside } from '../left-out.ts'

const what = ['member of a project role', 'members of project roles'] as const
const groupMark = (name: string) => `group ${fold(name)}`

/** Who had a role in a project at the source and has it not on the site, and the reverse. */
export const roleMembers: AfterCheck = {
  key: 'role-members',
  group: 'access',
  title: 'Members of project roles',
  lists: {
    looked: ['member of a project role was looked at', 'members of project roles were looked at'],
    leftOut: leftOutWords(...what),
  },
  open(context) {
    const { db, migrationId, read, snapshot, accounts, projects, foreign } = context

    /** The promised members of a project's roles, by role and mark, with their words. */
    async function promised(projectKey: string) {
      const roles = new Map<string, Map<string, string>>()
      for await (const item of eachItem(db, migrationId, { kind: 'roleActor', projectKey })) {
        if (item.promiseJson === null) continue
        const { role, actor } = promiseOf(item, 'roleActor')
        const own = roles.get(fold(role)) ?? new Map<string, string>()
        roles.set(fold(role), own)
        if ('group' in actor) own.set(groupMark(actor.group), `the group ${actor.group}`)
        else {
          const [person] = await accounts.of(actor.accountId)
          own.set(actor.accountId, person?.name ?? actor.accountId)
        }
      }
      return roles
    }

    /** Names of the source's members of a role that no account was matched to. */
    async function unmatched(projectId: string, role: string): Promise<ReadonlySet<string>> {
      const all = await accounts.unmatched()
      const found = new Set<string>()
      const ids = new Set<string>()
      for (const row of snapshot.rows('role')) if (fold(row.name) === fold(role)) ids.add(row.id)
      for (const row of snapshot.rows('roleActor')) {
        const called = row.projectId === projectId && ids.has(row.roleId) && all.get(row.actor)
        if (called) found.add(called)
      }
      return found
    }

    /** Members that the plan left out of a project's roles. */
    async function leftOut(projectKey: string): Promise<ItemRow[]> {
      const found: ItemRow[] = []
      const question = { kind: 'roleActor', verdict: 'leftOut', projectKey } as const
      for await (const item of eachItem(db, migrationId, question)) found.push(item)
      return found
    }

    return {
      async *ask() {
        const roles = await read.roles()
        const people = await accounts.unmatched()
        /** What people without an account are called, by the id of what gives them a role. */
        const actors = new Map<string, string>()
        for (const { id, actor, actorKind } of snapshot.rows('roleActor'))
          if (actorKind === 'user') actors.set(id, people.get(actor) ?? '')
        for (const { key, sourceId } of projects) {
          const project = await read.project(key)
          if (project === null) continue
          const wanted = await promised(key)
          const known = new Set<string>()
          for (const { id, name } of roles) {
            const place = (detail: string): AfterPlace => ({
              subject: `${name} of ${key}`,
              projectKey: key,
              detail,
              path: `/plugins/servlet/project-config/${key}/roles`,
            })
            const { accountIds, groups } = await read.roleActors(key, id)
            const missing = new Map(wanted.get(fold(name)) ?? [])
            for (const words of missing.values())
              yield { ...place(`${words} had this role at the source.`), list: 'looked' }
            const extra = accountIds.filter((one) => !missing.delete(one))
            const groupsToo = groups.filter((one) => !missing.delete(groupMark(one)))
            for (const words of missing.values())
              yield place(`${words} had this role at the source and has it not on the site.`)
            const names = await accounts.look(extra)
            const others = await unmatched(sourceId, name)
            for (const one of extra) {
              // The site itself gives the lead of a new project the role of its administrators.
              if (one === project.leadAccountId && fold(name) === 'administrators') continue
              const called = names.get(one)?.displayName || one
              // Another program may have known whose account it is.
              if (others.has(fold(called))) {
                known.add(fold(called))
                continue
              }
              yield place(`${called} has this role, and had it not at the source.`)
            }
            for (const one of groupsToo)
              yield place(`The group ${one} has this role, and had it not at the source.`)
          }
          // Of another program's migration, left out says only that it was not compared.
          for (const item of foreign ? [] : await leftOut(key)) {
            if (known.has(actors.get(item.sourceId) ?? '')) continue
            yield {
              list: leftOutList,
              subject: key,
              projectKey: key,
              detail: leftOutDetail(item),
              path: `/plugins/servlet/project-config/${key}/roles`,
            }
          }
        }
      },
      say(places, rowsOf) {
        const [looked, out] = [rowsOf('looked'), rowsOf('leftOut')]
        const hint =
          'Open Project settings, People, and add or remove who differs; roles give permissions.'
        return sayBeside(
          { places, out },
          {
            what,
            wrong: () =>
              warn(
                `${plural(places, 'member of a project role differs', 'members of project roles differ')} from the source.`,
                hint,
              ),
            rest: looked
              ? `All ${plural(looked, 'member of a project role that was moved is', 'members of project roles that were moved are')} as at the source.`
              : 'There are no members of roles to look at.',
            hint,
          },
        )
      },
    }
  },
}
