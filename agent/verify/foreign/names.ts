import type { PlannedKind, Promises } from '../../../shared/plan.ts'
import { promiseOf } from '../../ledger/items.ts'
import { compareNamed } from '../compare.ts'
import { candidates, type VerifyContext } from '../judge.ts'
import { absent, type ForeignChange, found } from './context.ts'
import { unlessHidden } from './hidden.ts'
import { settle } from './settle.ts'

type Named =
  | 'issueType'
  | 'status'
  | 'priority'
  | 'resolution'
  | 'linkType'
  | 'role'
  | 'projectCategory'

/** What the site calls the types, statuses, … of the source. */
export interface SiteNames {
  /** Whether the site's name is the one that this name of the source has become. */
  is(kind: Named, held: string, site: string): boolean
}

const fold = (name: string) => name.trim().toLowerCase()
/** How Atlassian's assistant calls a newcomer whose name the site has already (facts on JCMA). */
const migrated = / \(migrated(?: \d+)?\)$/i
const withoutSuffix = (name: string) => fold(name).replace(migrated, '')

/** What of a name is chosen: the very one, else the one with the assistant's suffix. */
export function byName<T extends { name: string }>(all: readonly T[], name: string): T | undefined {
  return (
    all.find((one) => fold(one.name) === fold(name)) ??
    all.find((one) => withoutSuffix(one.name) === fold(name))
  )
}

/**
 * Types, statuses, priorities, resolutions, roles, categories and link types, by the other program's ids or
 * by name. One that arrived as "X (migrated)" is told once, here, and not on each issue that has it.
 */
export async function verifyNames(ctx: VerifyContext): Promise<SiteNames> {
  const known = new Map<string, string>()
  const kinds: {
    [K in Named]: [() => Promise<{ id: string; name: string }[]>, (keyof Promises[K] & string)[]]
  } = {
    issueType: [() => ctx.read.issueTypes(), ['name', 'description', 'subtask']],
    status: [
      async () => (await ctx.read.statuses()).filter((one) => one.scope === 'GLOBAL'),
      ['name', 'description', 'category'],
    ],
    priority: [() => ctx.read.priorities(), ['name', 'description']],
    resolution: [() => ctx.read.resolutions(), ['name', 'description']],
    role: [() => ctx.read.roles(), ['name', 'description']],
    projectCategory: [() => ctx.read.projectCategories(), ['name', 'description']],
    linkType: [() => ctx.read.linkTypes(), ['name', 'inward', 'outward']],
  }
  for (const kind of Object.keys(kinds) as Named[]) {
    const [list, fields] = kinds[kind]
    await named(ctx, kind, list, fields as string[], known)
  }
  return {
    is(kind, held, site) {
      const expected = known.get(`${kind} ${fold(held)}`)
      return fold(site) === expected || withoutSuffix(site) === fold(held)
    },
  }
}

async function named<K extends PlannedKind & Named>(
  ctx: VerifyContext,
  kind: K,
  list: () => Promise<{ id: string; name: string }[]>,
  fields: string[],
  known: Map<string, string>,
): Promise<void> {
  // There are at most some hundred of each: Jira's own limits.
  const items = await candidates(ctx, [kind], 0, 10_000)
  if (!items.length) return
  await unlessHidden(ctx, [kind], async () => {
    const all = await list()
    const changes = items.map((item): ForeignChange => {
      const promise = promiseOf(item, kind) as { name: string }
      const one = all.find(({ id }) => id === item.siteId) ?? byName(all, promise.name)
      if (!one) return absent(item)
      known.set(`${kind} ${fold(promise.name)}`, fold(one.name))
      return found(item, one.id, compareNamed(lower(promise), lower(one), fields as never[]))
    })
    await settle(ctx.db, changes)
  })
}

/** A letter's case is no difference in a name. */
const lower = <T extends { name: string }>(one: T): T => ({ ...one, name: fold(one.name) })
