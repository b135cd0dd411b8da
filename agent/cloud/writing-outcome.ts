import * as v from 'valibot'
import { read } from './client.ts'
import { failed, SiteRefusal } from './problems.ts'
import { Id } from './reading-pages.ts'
import type { Outcome } from './writing.ts'

/** Answers by which the site says that it did nothing of what was asked. */
const refusals = new Set([400, 403, 404, 405, 409, 410, 412, 413, 415, 422])

/** The problem of a request that the site refused; anything else (a token, a failure) is thrown on. */
export function refusalOf(error: unknown): SiteRefusal {
  if (error instanceof SiteRefusal && refusals.has(error.status)) return error
  throw error
}

/** Runs a write: its id where it landed, the site's own words where it was refused. */
export async function outcomeOf(write: () => Promise<string>): Promise<Outcome> {
  try {
    return { ok: true, siteId: await write() }
  } catch (error) {
    return failed(refusalOf(error))
  }
}

const WithId = v.object({ id: Id })
/** The id in the answer to a write; one that cannot be read is told as such, since the write has landed. */
export const idOf = (answer: unknown, of: string): string => read(WithId, answer, of).id

/** Without the members that are null or '': only what is to be set is sent. */
export function given<T extends Record<string, unknown>>(
  members: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  const set = Object.entries(members).filter(([, value]) => value !== null && value !== '')
  return Object.fromEntries(set) as { [K in keyof T]?: NonNullable<T[K]> }
}
