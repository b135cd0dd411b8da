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

/** A path as everybody but its thread sees it: by its name, and where its code is. */
export interface KnownPath {
  key: string
  title: string
  /** Address of its file. */
  file: string
  /** Ours, not a customer's. */
  own: boolean
}

interface Fitting extends KnownPath {
  fits: AppPath['fits']
}
const known = (path: AppPath, file: URL, own: boolean): Fitting => ({
  key: path.key,
  title: path.title,
  file: file.href,
  own,
  fits: (app, decision) => path.fits(app, decision),
})
const ours = (path: AppPath) =>
  known(path, new URL(`./paths/${path.key}.ts`, import.meta.url), true)
const kept = ours(archive)
const door = ours(vendorDoor)
/** Our own, in the order in which they are walked. */
const own: readonly Fitting[] = [ours(entityProperties), ours(fieldValues), kept]

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
  of(app: PathApp, decision: AppDecision | null, hasHandler: boolean): KnownPath[]
  /** Files that were found and could not be used, and why. */
  problems: string[]
}

/**
 * The paths there are: ours, and one for each file in `folder`. A customer's path comes first where it fits,
 * and then the archive only, which keeps the tables in any case.
 */
export async function loadRegistry(folder: string): Promise<Registry> {
  const problems: string[] = []
  const dropped: Fitting[] = []
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  for (const name of names.filter((one) => /\.(ts|mjs|js)$/.test(one))) {
    try {
      const file = pathToFileURL(join(folder, name))
      const loaded: unknown = await import(file.href)
      const { path } = v.parse(Dropped, loaded)
      const taken = [...own, door, ...dropped].some(({ key }) => key === path.key)
      if (taken) problems.push(`${name}: there is a path "${path.key}" already.`)
      else dropped.push(known(path, file, false))
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return {
    problems,
    of(app, decision, hasHandler) {
      if (decision === 'not needed' || !hasData(app)) return []
      if (hasHandler && decision !== 'archive') return [door]
      const wanted = decision ?? 'needed'
      const fitting = dropped.filter((path) => safely(() => path.fits(app, wanted), problems))
      const fit = own.filter((path) => path.fits(app, wanted))
      return fitting.length ? [...fitting, ...fit.filter((path) => path === kept)] : fit
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
