import { leftOutList } from '../../../shared/check-lists.ts'
import { eachItem, type ItemRow, promiseOf } from '../../ledger/items.ts'
import { type AfterCheck, type AfterPlace, fine, fold, plural, warn } from '../check.ts'
import { besidesLeftOut, leftOutDetail } from '../left-out.ts'
import { adminPage } from '../pages.ts'

/** Who was in a group at the source and is not on the site, and the reverse. */
export const groupMembers: AfterCheck = {
  key: 'group-members',
  group: 'people',
  title: 'Group members as at the source',
  lists: {
    groups: ['group was compared', 'groups were compared'],
    leftOut: ['member was left out before the run', 'members were left out before the run'],
  },
  open(context) {
    const { db, migrationId, read, snapshot, accounts, signal, foreign } = context
    /** What somebody without an account was called, by the label of a membership. */
    const calls = new Map<string, string>()

    async function promised() {
      const members = new Map<string, Set<string>>()
      for await (const item of eachItem(db, migrationId, { kind: 'membership' })) {
        if (item.promiseJson === null) continue
        const { group, accountId } = promiseOf(item, 'membership')
        const own = members.get(fold(group)) ?? new Set()
        members.set(fold(group), own.add(accountId))
      }
      return members
    }

    /** Names of the source's members that no account was matched to, by group. */
    async function unmatched() {
      const all = await accounts.unmatched()
      const byName = new Map<string, string>()
      for (const { key, name } of snapshot.rows('user')) {
        const called = all.get(key)
        if (called !== undefined) byName.set(fold(name ?? key), called)
      }
      const members = new Map<string, Set<string>>()
      for (const { groupName, childKind, child } of snapshot.rows('membership')) {
        const called = childKind === 'user' ? byName.get(fold(child)) : undefined
        if (called === undefined) continue
        const own = members.get(fold(groupName)) ?? new Set()
        members.set(fold(groupName), own.add(called))
        calls.set(`${child} in ${groupName}`, called)
      }
      return members
    }

    /** Members that the plan left out, by the lane of their group. */
    async function leftOut() {
      const of = new Map<string, ItemRow[]>()
      const question = { kind: 'membership', verdict: 'leftOut' } as const
      for await (const item of eachItem(db, migrationId, question)) {
        const own = of.get(item.lane)
        if (own) own.push(item)
        else of.set(item.lane, [item])
      }
      return of
    }

    return {
      async *ask() {
        const members = await promised()
        const others = await unmatched()
        const announced = await leftOut()
        for await (const item of eachItem(db, migrationId, { kind: 'group' })) {
          if (item.promiseJson === null) continue
          signal.throwIfAborted()
          const { name } = promiseOf(item, 'group')
          const place = (detail: string): AfterPlace => ({
            subject: `Group ${name}`,
            detail,
            path: adminPage(context),
          })
          yield { ...place('Compared with the source.'), list: 'groups' }
          const there = (await read.groups([name])).find((one) => fold(one.name) === fold(name))
          if (!there) {
            yield place('The group is not on the site.')
            continue
          }
          const wanted = members.get(fold(name)) ?? new Set<string>()
          const extra: string[] = []
          for await (const id of read.groupMembers(there.id)) if (!wanted.delete(id)) extra.push(id)
          const names = await accounts.look([...wanted, ...extra])
          for (const id of wanted) {
            const [person] = await accounts.of(id)
            const who = person?.name ?? names.get(id)?.displayName ?? id
            yield place(`${who} was in it at the source and is not on the site.`)
          }
          const known = new Set<string>()
          for (const id of extra) {
            const called = names.get(id)?.displayName || id
            // Another program may have known whose account it is.
            if (others.get(fold(item.label))?.has(fold(called))) {
              known.add(fold(called))
              continue
            }
            yield place(`${called} is in it on the site and was not at the source.`)
          }
          // Of another program's migration, left out says only that it was not compared.
          for (const member of foreign ? [] : (announced.get(item.lane) ?? [])) {
            if (known.has(calls.get(member.label) ?? '')) continue
            yield { ...place(leftOutDetail(member)), list: leftOutList }
          }
        }
      },
      say(places, rowsOf) {
        const [groups, out] = [rowsOf('groups'), rowsOf('leftOut')]
        const hint =
          'Review the members in Administration, User management: groups give permissions. Add who is missing, take out who should not be in, or accept it with a note.'
        if (places > 0)
          return warn(
            `${plural(places, 'difference', 'differences')} between the members of ${plural(groups, 'group', 'groups')} and the source.${besidesLeftOut(out)}`,
            hint,
          )
        return out > 0
          ? warn(
              `${plural(out, 'member', 'members')} of ${plural(groups, 'group', 'groups')} ${out === 1 ? 'was' : 'were'} left out before the run, as announced; the others are those of the source.`,
              hint,
            )
          : fine(
              groups
                ? `The members of ${plural(groups, 'group', 'groups')} are those of the source.`
                : 'No group was moved.',
            )
      },
    }
  },
}
