import { bulkFetchIssues, getMyPermissions } from 'jira.js/cloud'
import * as v from 'valibot'
import { assert } from '../../shared/assert.ts'
import { originKey } from '../../shared/plan.ts'
import { read, type SiteClient } from './client.ts'
import { SiteRefusal } from './problems.ts'
import type { SiteIssue } from './reading.ts'
import { fieldNames, Issue, siteIssue } from './reading-issues.ts'
import { orNull, Text } from './reading-pages.ts'

/** An issue with all that the public API only shows and never takes; times as the site writes them. */
export interface FullIssue extends SiteIssue {
  creatorAccountId: string | null
  created: string
  updated: string
  resolved: string | null
}

/** What verifying another program's migration asks for beside what our own needs. */
export interface FullReading {
  /** At most 100 keys or ids; what does not exist or cannot be seen is absent. */
  issuesInFull(keysOrIds: readonly string[], customFields?: readonly string[]): Promise<FullIssue[]>
  /** The account of the token. */
  myAccountId(): Promise<string>
  /** Whether a key is a project's that this account does not see. */
  isKeyTaken(projectKey: string): Promise<boolean>
  /** Of these permissions, those that this account has in a project; null = anywhere on the site. */
  myPermissions(permissions: readonly string[], projectKey: string | null): Promise<Set<string>>
}

const extra = ['creator', 'created', 'updated', 'resolutiondate']
const Extra = v.object({
  creator: orNull(v.object({ accountId: v.string() })),
  created: Text,
  updated: Text,
  resolutiondate: orNull(v.string()),
})
const Permissions = v.object({
  permissions: v.record(v.string(), v.object({ havePermission: v.optional(v.boolean(), false) })),
})
const Taken = v.object({
  errorMessages: v.optional(v.array(v.string()), []),
  errors: v.optional(v.record(v.string(), v.string()), {}),
})

export function readInFull(client: SiteClient): FullReading {
  return {
    async issuesInFull(keysOrIds, customFields = []) {
      assert(keysOrIds.length <= 100, 'bulkfetch takes at most 100 issues.')
      if (keysOrIds.length === 0) return []
      const answer = await bulkFetchIssues(client, {
        issueIdsOrKeys: [...keysOrIds],
        fields: [...fieldNames, ...extra, ...customFields],
        properties: [originKey],
      })
      const of = 'POST /rest/api/3/issue/bulkfetch'
      const { issues } = read(v.object({ issues: v.array(Issue) }), answer, of)
      return issues.map((issue) => {
        const { creator, created, updated, resolutiondate } = read(Extra, issue.fields, of)
        return {
          ...siteIssue(issue, customFields),
          creatorAccountId: creator?.accountId ?? null,
          created,
          updated,
          resolved: resolutiondate,
        }
      })
    },

    async myAccountId() {
      const of = 'GET /rest/api/3/myself'
      const answer = await client.sendRequest({ url: '/rest/api/3/myself', method: 'GET' })
      return read(v.object({ accountId: v.string() }), answer, of).accountId
    },

    async isKeyTaken(projectKey) {
      // "Validates a project key by confirming the key is a valid string and not in use" (API document).
      const answer = await client.sendRequest({
        url: '/rest/api/3/projectvalidate/key',
        method: 'GET',
        searchParams: { key: projectKey },
      })
      const { errors } = read(Taken, answer, 'GET /rest/api/3/projectvalidate/key')
      return /uses this project key|already exists/i.test(Object.values(errors).join(' '))
    },

    async myPermissions(permissions, projectKey) {
      try {
        const answer = await getMyPermissions(client, {
          permissions: permissions.join(','),
          ...(projectKey === null ? {} : { projectKey }),
        })
        const mine = read(Permissions, answer, 'GET /rest/api/3/mypermissions').permissions
        return new Set(permissions.filter((key) => mine[key]?.havePermission))
      } catch (error) {
        // A project that is not there, or not seen, gives none.
        if (error instanceof SiteRefusal && error.status === 404) return new Set()
        throw error
      }
    },
  }
}
