import type { PlannedKind, Promises } from '../../shared/plan.ts'
import { type ItemRow, promiseOf, settleVerdicts, type VerdictChange } from '../ledger/items.ts'
import { compareComponent, compareNamed, compareProject, compareVersion } from './compare.ts'
import { candidates, judged, missing, type VerifyContext } from './judge.ts'

/** So many accounts are asked for in one request (the site's user/bulk pages by at most 200). */
const accountsAPage = 100

/** People: the account is there, is active, and has the e-mail address it was matched by (where the site shows it). */
export async function verifyPeople(ctx: VerifyContext): Promise<void> {
  for (let after = 0; ; ) {
    const items = await candidates(ctx, ['user'], after, accountsAPage)
    const last = items.at(-1)
    if (!last) return
    after = last.seq
    const ids = [...new Set(items.map((item) => promiseOf(item, 'user').accountId))]
    const found = new Map((await ctx.read.accounts(ids)).map((one) => [one.accountId, one]))
    await settleVerdicts(
      ctx.db,
      items.map((item) => {
        const promise = promiseOf(item, 'user')
        const there = found.get(promise.accountId)
        if (!there) return missing(item)
        const email = there.email === null ? promise.email : there.email.toLowerCase()
        return judged(
          item,
          there.accountId,
          compareNamed(
            { email: promise.email?.toLowerCase() ?? null },
            { email: email?.toLowerCase() ?? null },
            ['email'],
          ),
        )
      }),
    )
  }
}

/** Issue types, statuses, priorities, resolutions and link types, by name. */
export async function verifyFrame(ctx: VerifyContext): Promise<void> {
  await named(ctx, 'issueType', () => ctx.read.issueTypes(), ['name', 'description', 'subtask'])
  await named(
    ctx,
    'status',
    async () => (await ctx.read.statuses()).filter((one) => one.scope === 'GLOBAL'),
    ['name', 'description', 'category'],
  )
  await named(ctx, 'priority', () => ctx.read.priorities(), ['name', 'description', 'color'])
  await named(ctx, 'resolution', () => ctx.read.resolutions(), ['name', 'description'])
  await named(ctx, 'role', () => ctx.read.roles(), ['name', 'description'])
  await named(ctx, 'projectCategory', () => ctx.read.projectCategories(), ['name', 'description'])
  await named(ctx, 'linkType', () => ctx.read.linkTypes(), ['name', 'inward', 'outward'])
}

async function named<
  K extends PlannedKind &
    ('issueType' | 'status' | 'priority' | 'resolution' | 'linkType' | 'role' | 'projectCategory'),
>(
  ctx: VerifyContext,
  kind: K,
  list: () => Promise<{ id: string; name: string }[]>,
  fields: (keyof Promises[K] & string)[],
): Promise<void> {
  // There are at most some hundred of each: Jira's own limits.
  const items = await candidates(ctx, [kind], 0, 10_000)
  if (!items.length) return
  const found = new Map((await list()).map((one) => [one.name.toLowerCase(), one]))
  await settleVerdicts(
    ctx.db,
    items.map((item): VerdictChange => {
      const promise = promiseOf(item, kind)
      const there = found.get(promise.name.toLowerCase())
      if (!there) return missing(item)
      // What the site already had keeps its own words; the plan announced that as a loss of this item.
      const promised = item.lossesJson
        ? fields.filter((field) => field === 'name' || field === 'subtask')
        : fields
      return judged(item, there.id, compareNamed(lowerName(promise), lowerName(there), promised))
    }),
  )
}

const lowerName = <T extends { name: string }>(one: T): T => ({
  ...one,
  name: one.name.toLowerCase(),
})

/** A project with its components and versions. @returns whether the site has the project at all */
export async function verifyProject(ctx: VerifyContext, item: ItemRow): Promise<boolean> {
  const promise = promiseOf(item, 'project')
  const found = await ctx.read.project(promise.key)
  await settleVerdicts(ctx.db, [
    found ? judged(item, found.id, compareProject(promise, found)) : missing(item),
  ])
  const components = await candidates(ctx, ['component'], 0, 100_000, promise.key)
  if (components.length)
    await settleVerdicts(
      ctx.db,
      pair(
        components,
        found ? await ctx.read.components(promise.key) : [],
        'component',
        compareComponent,
      ),
    )
  const versions = await candidates(ctx, ['version'], 0, 100_000, promise.key)
  if (versions.length)
    await settleVerdicts(
      ctx.db,
      pair(versions, found ? await ctx.read.versions(promise.key) : [], 'version', compareVersion),
    )
  return found !== null
}

function pair<K extends 'component' | 'version', F extends { id: string; name: string }>(
  items: ItemRow[],
  found: F[],
  kind: K,
  compare: (promise: Promises[K], found: F) => VerdictChange['differences'],
): VerdictChange[] {
  const byName = new Map(found.map((one) => [one.name.toLowerCase(), one]))
  return items.map((item) => {
    const promise = promiseOf(item, kind)
    const there = byName.get(promise.name.toLowerCase())
    return there ? judged(item, there.id, compare(promise, there)) : missing(item)
  })
}
