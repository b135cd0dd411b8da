import { type Holder, sourceHolder } from '../../shared/holders.ts'
import { eachItem, promiseOf } from '../ledger/items.ts'
import { type AfterContext, fold } from './check.ts'

/** Who holds something, comparable between the two sides, and in words. */
export interface Viewer {
  mark: string
  words: string
}

const everybody: Viewer = { mark: 'anyone', words: 'anyone, also without logging in' }
const loggedIn: Viewer = { mark: 'logged in', words: 'everybody who can log in' }
const plain: Record<string, string> = {
  reporter: 'the reporter',
  assignee: 'the assignee',
  projectLead: 'the lead of the project',
  userCustomField: 'people named in a field',
  groupCustomField: 'groups named in a field',
  'sd.customer.portal.only': 'customers of the portal',
}
const group = (name: string): Viewer => ({
  mark: `group ${fold(name)}`,
  words: `the group ${name}`,
})
const role = (name: string): Viewer => ({ mark: `role ${fold(name)}`, words: `the role ${name}` })
const other = ({ type }: Holder): Viewer => ({ mark: type, words: plain[type] ?? type })

/** Makes holders of both sides comparable: roles and groups by name, people by account. */
export async function readHolders(context: AfterContext) {
  const { snapshot, read, accounts, db, migrationId } = context
  const sourceRoles = new Map<string, string>()
  for (const { id, name } of snapshot.rows('role')) sourceRoles.set(id, name)
  const siteRoles = new Map((await read.roles()).map(({ id, name }) => [id, name]))
  // A group that lets everybody in who may use the server is everybody who can log in.
  const using = new Set<string>()
  for (const { permission, groupName } of snapshot.rows('globalGrant'))
    if (permission === 'USE' && groupName !== null) using.add(fold(groupName))
  const renamed = new Map<string, string>()
  for await (const item of eachItem(db, migrationId, { kind: 'group' }))
    if (item.promiseJson !== null) renamed.set(fold(item.label), promiseOf(item, 'group').name)
  const names = new Map<string, string>()
  for (const { key, name, displayName } of snapshot.rows('user'))
    names.set(key, displayName?.trim() || name || key)

  return {
    async ofSource(row: Parameters<typeof sourceHolder>[0]): Promise<Viewer> {
      const holder = sourceHolder(row)
      const { type, parameter } = holder
      if (type === 'anyone') return everybody
      if (type === 'applicationRole') return loggedIn
      if (type === 'group' && parameter !== null)
        return using.has(fold(parameter))
          ? loggedIn
          : group(renamed.get(fold(parameter)) ?? parameter)
      if (type === 'projectRole') return role(sourceRoles.get(parameter ?? '') ?? `${parameter}`)
      if (type === 'user' && parameter !== null) {
        const accountId = await accounts.became(parameter)
        return { mark: `user ${accountId ?? parameter}`, words: names.get(parameter) ?? parameter }
      }
      return other(holder)
    },
    async ofSite(holder: Holder): Promise<Viewer> {
      const { type, parameter } = holder
      if (type === 'anyone') return everybody
      if (type === 'applicationRole') return loggedIn
      if (type === 'group' && parameter !== null) return group(parameter)
      if (type === 'projectRole') return role(siteRoles.get(parameter ?? '') ?? `${parameter}`)
      if (type === 'user' && parameter !== null) {
        const account = (await accounts.look([parameter])).get(parameter)
        return { mark: `user ${parameter}`, words: account?.displayName || parameter }
      }
      return other(holder)
    },
  }
}

/** The role of installed apps, which every permission scheme of a site has. */
const ofApps = 'role atlassian-addons-project-access'

/** Who is new and who is gone, where one side lets everybody in that is all there is to say. */
export function compareViewers(before: readonly Viewer[], after: readonly Viewer[]) {
  const covers = (all: readonly Viewer[], one: Viewer) =>
    all.some(
      ({ mark }) =>
        mark === one.mark ||
        mark === everybody.mark ||
        (mark === loggedIn.mark && one.mark !== everybody.mark),
    )
  const only = (all: readonly Viewer[], rest: readonly Viewer[]) => [
    ...new Set(
      all.filter((one) => one.mark !== ofApps && !covers(rest, one)).map(({ words }) => words),
    ),
  ]
  return { gained: only(after, before), lost: only(before, after) }
}
