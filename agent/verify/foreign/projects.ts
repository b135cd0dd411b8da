import type { HeldPerson } from '../../../shared/held.ts'
import type { PlannedKind, Promises } from '../../../shared/plan.ts'
import type { Difference } from '../../../shared/report.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { compareComponent, compareProject, compareVersion } from '../compare.ts'
import { candidates } from '../judge.ts'
import { absent, type ForeignChange, type ForeignContext, found } from './context.ts'
import { outOfSight } from './hidden.ts'
import { personDifference } from './people.ts'
import { settle } from './settle.ts'

/** @returns whether this login sees the project; if not, all that belongs to it is judged */
export async function verifyForeignProject(ctx: ForeignContext, item: ItemRow): Promise<boolean> {
  const promise = promiseOf(item, 'project')
  const one =
    (await ctx.read.project(promise.key)) ??
    (item.siteId ? await ctx.read.project(item.siteId) : null)
  if (!one) {
    if (await ctx.read.isKeyTaken(promise.key)) {
      const why = `the site has a project ${promise.key}, and does not show it to this login. Give the login the permission Browse Projects there, then verify again.`
      await outOfSight(ctx, null, why, promise.key)
    } else await settle(ctx.db, [absent(item)])
    return false
  }
  await ctx.people.know([one.leadAccountId])
  const differences = compareProject({ ...promise, leadAccountId: one.leadAccountId ?? '' }, one)
  const lead = personDifference(ctx.people, 'lead', promise.held?.lead ?? null, one.leadAccountId)
  if (lead) differences.push(lead)
  await settle(ctx.db, [found(item, one.id, differences)])
  const key = item.projectKey ?? promise.key
  const components = await candidates(ctx, ['component'], 0, 100_000, key)
  if (components.length) {
    const there = await ctx.read.components(one.key)
    await ctx.people.know(there.map((component) => component.leadAccountId))
    await settle(
      ctx.db,
      pairNames(components, there, 'component', (held, component) => [
        ...compareComponent({ ...held, leadAccountId: component.leadAccountId }, component),
        ...leadDifference(ctx, held.held?.lead ?? null, component.leadAccountId),
      ]),
    )
  }
  const versions = await candidates(ctx, ['version'], 0, 100_000, key)
  if (versions.length)
    await settle(
      ctx.db,
      pairNames(versions, await ctx.read.versions(one.key), 'version', compareVersion),
    )
  return true
}

const leadDifference = (
  ...[ctx, held, there]: [ForeignContext, HeldPerson | null, string | null]
) => {
  const differs = personDifference(ctx.people, 'lead', held, there)
  return differs ? [differs] : []
}

/** Two of the source whose names differ by case only are one on the site: the first says what it is like. */
function pairNames<
  K extends PlannedKind & ('component' | 'version'),
  F extends { id: string; name: string },
>(
  items: ItemRow[],
  there: F[],
  kind: K,
  compare: (promise: Promises[K], one: F) => Difference[],
): ForeignChange[] {
  const fold = (name: string) => name.trim().toLowerCase()
  const taken = new Set<string>()
  return items.map((item) => {
    const promise = promiseOf(item, kind)
    const one =
      there.find(({ id }) => id === item.siteId) ??
      there.find(({ name }) => fold(name) === fold(promise.name))
    if (!one) return absent(item)
    if (taken.has(one.id)) return found(item, one.id, [])
    taken.add(one.id)
    return found(item, one.id, compare(promise, one))
  })
}
