import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as v from 'valibot'
import type { AppDecision } from '../../shared/api-apps.ts'
import { hasData } from './inventory.ts'
import type { AppPath, PathApp } from './path.ts'
import { path as archive } from './paths/archive.ts'
import { path as entityProperties } from './paths/entity-properties.ts'
import { path as fieldValues } from './paths/field-values.ts'
import { path as vendorDoor } from './paths/vendor-door.ts'

/** Our own, in the order in which they are walked. */
const own: readonly AppPath[] = [entityProperties, fieldValues, archive]

const Func = v.custom<never>((value) => typeof value === 'function', 'must be a function')
const Dropped = v.object({
  path: v.object({
    key: v.pipe(
      v.string(),
      v.regex(/^[a-z][a-z0-9-]{2,59}$/, 'key must be a word in small letters'),
    ),
    title: v.pipe(v.string(), v.minLength(1)),
    fits: Func,
    plan: Func,
    run: Func,
    check: Func,
  }),
})

export interface Registry {
  /** The ways for this app, in order; none = it has no automated path. */
  of(app: PathApp, decision: AppDecision | null, hasHandler: boolean): AppPath[]
  /** Files that were found and could not be used, and why. */
  problems: string[]
}

/**
 * The paths there are: ours, and one for each file in `folder`. A customer's path comes first where it fits,
 * and then the archive only, which keeps the tables in any case.
 */
export async function loadRegistry(folder: string): Promise<Registry> {
  const problems: string[] = []
  const dropped: AppPath[] = []
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  for (const name of names.filter((one) => /\.(ts|mjs|js)$/.test(one))) {
    try {
      const loaded: unknown = await import(pathToFileURL(join(folder, name)).href)
      const { path } = v.parse(Dropped, loaded)
      const taken = [...own, vendorDoor, ...dropped].some(({ key }) => key === path.key)
      if (taken) problems.push(`${name}: there is a path "${path.key}" already.`)
      else dropped.push(path)
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return {
    problems,
    of(app, decision, hasHandler) {
      if (decision === 'not needed' || !hasData(app)) return []
      if (hasHandler && decision !== 'archive') return [vendorDoor]
      const wanted = decision ?? 'needed'
      const fitting = dropped.filter((path) => safely(() => path.fits(app, wanted), problems))
      const ours = own.filter((path) => path.fits(app, wanted))
      return fitting.length ? [...fitting, ...ours.filter((path) => path === archive)] : ours
    },
  }
}

/** What a customer's path says of an app must not keep the list of apps from being shown. */
function safely(ask: () => boolean, problems: string[]): boolean {
  try {
    return ask()
  } catch (error) {
    const said = `A path cannot say whether it fits: ${error instanceof Error ? error.message : error}`
    if (!problems.includes(said)) problems.push(said)
    return false
  }
}
