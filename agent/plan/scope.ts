import { kinds, type PlannedItem, type Promises, type Reason } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { reason } from './item.ts'
import { fold } from './names.ts'
import { nameTaken } from './stops.ts'

const counted = new Set<string>(kinds)

/**
 * The plan as far as the setup wants it: an item that is not in scope becomes one that is left out, with
 * the reason. Every row of the source keeps its one item. What others stand on (projects, filters, boards)
 * is decided where it is planned, so that those know.
 */
export async function* inScope(
  context: Context,
  items: AsyncIterable<PlannedItem>,
): AsyncGenerator<PlannedItem> {
  const { scope, collisions } = context.options
  if (!scope && !collisions) return yield* items
  const why = whyOut(context)
  for await (const item of items) {
    if (scope?.attachments === 'only' && !counted.has(item.kind) && !isFileNote(item)) continue
    const out = item.leftOut && item.leftOut.code !== 'not-yet' ? null : why(item)
    yield out ? { ...item, promise: null as never, losses: [], leftOut: out } : item
  }
}

/** The note of who attached what goes with the files. */
const isFileNote = (item: PlannedItem) => item.kind === 'note' && item.phase === 'files'

const filesOnly = reason(
  'files-only',
  'Only attachments move: this is expected to be on the site already.',
)
const notChosen = (what: string) => reason('not-in-scope', `You chose to move no ${what}.`)

function whyOut(context: Context): (item: PlannedItem) => Reason | null {
  const { options, related } = context
  const { scope } = options
  return (item) => {
    if (scope?.attachments === 'only')
      return item.kind === 'attachment' || isFileNote(item) ? null : filesOnly
    switch (item.kind) {
      case 'membership':
        if (scope?.memberships === false) return notChosen('memberships')
        return memberOut(item, related?.users ?? null) ?? groupOut(context, item)
      case 'group':
      case 'roleActor':
        return groupOut(context, item)
      default:
        return null
    }
  }
}

/** A membership of somebody who does not move would give access to a stranger. */
function memberOut(item: PlannedItem, related: ReadonlySet<string> | null): Reason | null {
  const user = /\/user\/(.*?)(#\d+)?$/.exec(item.sourceId)?.[1]
  if (!related || user === undefined || related.has(user)) return null
  return reason('not-related', 'Nothing that moves names this user.')
}

/** Where a person chose to stop at groups that the site has, nobody is added to one. */
function groupOut({ options, site }: Context, item: PlannedItem): Reason | null {
  if (options.collisions?.group !== 'stop') return null
  const name = groupOf(item)
  const there = name === null ? undefined : site.groups.find((one) => fold(one) === fold(name))
  return there === undefined ? null : nameTaken('group', there)
}

function groupOf(item: PlannedItem): string | null {
  if (item.leftOut) return null
  const promise = item.promise as Promises['group' | 'membership' | 'roleActor'] | null
  if (!promise) return null
  if ('name' in promise) return promise.name
  if ('group' in promise) return promise.group
  return 'actor' in promise && 'group' in promise.actor ? promise.actor.group : null
}
