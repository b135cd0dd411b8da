import { Refusal, refuse } from '../answer.ts'
import { allFields, customId } from '../custom/find.ts'
import type { Clause, Operand } from '../jql.ts'
import { jqlFields } from '../jql-words.ts'
import type { Call } from '../site.ts'

/** Right JQL that Jira would search by, but this practice site cannot: said, never guessed. */
export class NotSearched extends Refusal {
  constructor(what: string) {
    super(400, [`The practice site takes ${what}, but does not search by it.`])
  }
}

/** Whether the site has a field of this name; custom ones go by their name or as cf[10001]. */
export function isField(call: Call, name: string): boolean {
  if (jqlFields.has(name)) return true
  const custom = /^cf\[(\d+)\]$/.exec(name)
  const id = custom ? customId(Number(custom[1])) : name
  return allFields(call.store).some(
    (field) => field.id === id || (!custom && field.name.toLowerCase() === name),
  )
}

const day = 86_400_000

/** The values of a clause, with its functions worked out. */
export function valuesOf(call: Call, clause: Clause): string[] {
  return clause.values.flatMap((value) => (value.args === null ? value.text : work(call, value)))
}

function work(call: Call, { text, args }: Operand): string[] {
  const now = call.site.now()
  switch (text) {
    case 'currentuser':
      return [call.site.me]
    case 'membersof':
      return members(call, args?.[0] ?? '')
    case 'now':
      return [minute(now)]
    case 'startofday':
      return [minute(now - (now % day))]
    case 'endofday':
      return [minute(now - (now % day) + day - 60_000)]
    case 'opensprints':
      return sprints(call, ['active'])
    case 'futuresprints':
      return sprints(call, ['future'])
    case 'closedsprints':
      return sprints(call, ['closed'])
    case 'standardissuetypes':
      return types(call, (level) => level >= 0)
    case 'subtaskissuetypes':
      return types(call, (level) => level < 0)
    default:
      throw new NotSearched(`the function ${text}()`)
  }
}

const minute = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')

function members(call: Call, name: string): string[] {
  const group =
    call.store.byName('group', name) ??
    refuse(400, `Function 'membersOf' can not generate a list of usernames for group '${name}'.`)
  const sql = 'SELECT accountId FROM member WHERE groupId = ?'
  return call.store.rows(sql, group.id).map((row) => String(row.accountId))
}

const sprints = (call: Call, states: string[]) =>
  call.store
    .all('sprint')
    .filter(({ data }) => states.includes(data.state))
    .map(({ id }) => String(id))

const types = (call: Call, fits: (level: number) => boolean) =>
  call.store
    .all('issueType')
    .filter(({ data }) => fits(data.hierarchyLevel))
    .map(({ id }) => String(id))
