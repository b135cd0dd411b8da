import { kinds, type PlannedItem, type Promises, type Reason } from '../../../shared/plan.ts'
import type { Context } from '../context.ts'
import { moved, reason } from '../item.ts'
import { assigneeTypes } from '../parts.ts'
import { heldPerson } from './words.ts'

const counted = new Set<string>(kinds)

/**
 * A plan as the source's own inventory: the means of our push are not in it, names are the source's own,
 * nothing is announced as lost, and what cannot be compared says so in the words of a verification.
 */
export async function* asHeld(
  context: Context,
  items: AsyncIterable<PlannedItem>,
): AsyncGenerator<PlannedItem> {
  const linkTypes = new Map([...context.snapshot.rows('linkType')].map((row) => [row.id, row]))
  const projects = new Map([...context.snapshot.rows('project')].map((row) => [row.id, row]))
  const components = new Map([...context.snapshot.rows('component')].map((row) => [row.id, row]))
  const ownWords = (table: 'filter' | 'dashboard') =>
    new Map(
      [...context.snapshot.rows(table)].map(({ id, name, description }) => [
        id,
        { name: name.trim(), description: description?.trim() ?? '' },
      ]),
    )
  const filters = ownWords('filter')
  const dashboards = ownWords('dashboard')
  const users = new Map<string, string>()
  for await (const item of items) {
    if (!counted.has(item.kind)) continue
    if (item.leftOut) {
      yield stillToBeSeen(context, item, item.leftOut, users)
      continue
    }
    const own = { ...item, losses: [] }
    switch (item.kind) {
      case 'linkType': {
        const row = linkTypes.get(item.sourceId)
        const promise = { ...(item.promise as Promises['linkType']), name: item.label.trim() }
        yield {
          ...own,
          promise: {
            ...promise,
            inward: row?.inward?.trim() || promise.inward,
            outward: row?.outward?.trim() || promise.outward,
          },
        }
        break
      }
      case 'project': {
        const promise = item.promise as Promises['project']
        const row = projects.get(item.sourceId)
        const lead = heldPerson(context, row?.lead ?? null)
        const name = row?.name.trim() ?? promise.name
        yield { ...own, promise: { ...promise, name, held: { lead } } }
        break
      }
      case 'component': {
        const row = components.get(item.sourceId)
        const promise = {
          ...(item.promise as Promises['component']),
          name: item.label.trim(),
          assigneeType: assigneeTypes[Number(row?.assigneeType ?? 0) as 0] ?? 'PROJECT_DEFAULT',
          held: { lead: heldPerson(context, row?.lead ?? null) },
        }
        yield { ...own, promise }
        break
      }
      case 'filter': {
        // Without what we say of its owner.
        const row = filters.get(item.sourceId)
        yield { ...own, promise: { ...(item.promise as Promises['filter']), ...row } }
        break
      }
      case 'dashboard': {
        const row = dashboards.get(item.sourceId)
        yield { ...own, promise: { ...(item.promise as Promises['dashboard']), ...row } }
        break
      }
      case 'issueType':
      case 'status':
      case 'priority':
      case 'resolution':
      case 'role':
      case 'customField':
      case 'group':
      case 'version':
      case 'board':
        // Our own numbers and words after a name are not another program's.
        yield {
          ...own,
          promise: { ...(item.promise as { name: string }), name: item.label.trim() } as never,
        }
        break
      default:
        yield own
    }
  }
}

/** What our push leaves out can often be seen on the site all the same. */
function stillToBeSeen(
  context: Context,
  item: PlannedItem,
  why: Reason,
  users: Map<string, string>,
): PlannedItem {
  if (item.kind === 'user' && why.code === 'no-account')
    return moved('user', item, {
      accountId: '',
      displayName: item.label,
      email: emailOf(context, item.sourceId, users),
    })
  return { ...item, leftOut: words[why.code] ? reason(why.code, words[why.code] ?? '') : why }
}

function emailOf({ snapshot }: Context, key: string, users: Map<string, string>): string | null {
  if (users.size === 0)
    for (const row of snapshot.rows('user')) users.set(row.key, row.email?.trim() ?? '')
  return users.get(key) || null
}

/** Why something is not compared, where the reason of a push would say what a push does. */
const words: Record<string, string> = {
  'no-account': 'Not compared: no account that this login sees has the address of this person.',
  'no-email': 'Not compared: the source has no e-mail address to find an account by.',
  'user-deleted': 'Not compared: the user was deleted at the source.',
  'chosen-leave': 'Not compared: you chose to give them no account.',
  'chosen-placeholder': 'Not compared: you chose to give them no account.',
  votes: 'Not compared: who voted cannot be seen with every login.',
  history: 'Not compared: the history of issues stays in the snapshot and can be read there.',
  'dashboard-system': 'Not compared: the site has its own.',
  'dashboard-gadgets': 'Not compared: the API of the source does not tell its gadgets.',
  'not-read': 'Not compared: its issues were not read from the source.',
  'other-end-not-read': 'Not compared: the other end was not read from the source.',
  'not-yet': 'Not compared: properties that apps keep.',
  'admin-group': 'Not compared: on a site, people are put into groups of administrators by hand.',
  'built-in': 'Not compared: the site has its own.',
  'default-actor': 'Not compared: it says who gets the role in projects that are yet to be made.',
}
