import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import { SiteRefusal } from './problems.ts'
import type { Outcome } from './writing.ts'
import { outcomeOf } from './writing-outcome.ts'

/** What an entity property hangs on, by the site's id: an issue's, a project's, a comment's, an account's. */
export interface PropertyTarget {
  kind: 'issue' | 'project' | 'comment' | 'user'
  siteId: string
}

/** Entity properties on the site, where apps keep what belongs to an item. */
export interface SiteProperties {
  /** Writes it, or over the one that is there: sending it twice changes nothing. */
  set(target: PropertyTarget, key: string, value: unknown): Promise<Outcome>
  /** undefined = there is none, or its bearer is not there (any more). */
  get(target: PropertyTarget, key: string): Promise<unknown>
}

const Property = v.object({ key: v.string(), value: v.unknown() })

export function siteProperties(client: SiteClient): SiteProperties {
  return {
    set: (target, key, value) =>
      outcomeOf(async () => {
        await client.sendRequest({ ...place(target, key), method: 'PUT', body: value })
        return key
      }),
    async get(target, key) {
      try {
        const answer = await client.sendRequest({ ...place(target, key), method: 'GET' })
        return read(Property, answer, 'GET /rest/api/3/…/properties/{id}').value
      } catch (error) {
        if (error instanceof SiteRefusal && error.status === 404) return undefined
        throw error
      }
    },
  }
}

function place({ kind, siteId }: PropertyTarget, key: string) {
  const name = encodeURIComponent(key)
  if (kind === 'user')
    return { url: `/rest/api/3/user/properties/${name}`, searchParams: { accountId: siteId } }
  return { url: `/rest/api/3/${kind}/${encodeURIComponent(siteId)}/properties/${name}` }
}
