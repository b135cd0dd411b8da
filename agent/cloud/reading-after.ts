import { getAllBoards, getAllQuickFilters } from 'jira.js/agile'
import { countIssues, getAllUsers, getBulkChangelogs, parseJqlQueries } from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import { SiteRefusal } from './problems.ts'
import type { SiteBoard } from './reading.ts'
import { everyPage, Id, inParts, orNull, Text } from './reading-pages.ts'

/** A change of an issue's status as the site's history has it: ids, and the names of that day. */
export interface StatusChange {
  issueId: string
  from: string | null
  fromName: string
  to: string | null
  toName: string
}

/** What checks after a migration ask of a site beside what verify reads. */
export interface AfterReading {
  /** Every person that the site lists, also inactive and former ones; apps and customers are none. */
  everybody(): AsyncIterable<{
    accountId: string
    displayName: string
    email: string | null
    active: boolean
  }>
  /** What the site finds wrong in each JQL: syntax, unknown fields and functions; not unknown values. */
  jqlErrors(queries: readonly string[]): Promise<string[][]>
  /** About how many issues a JQL finds; or why the site refuses to search by it. */
  countOf(jql: string): Promise<{ count: number } | { refused: string }>
  boardsOf(projectKey: string): Promise<SiteBoard[]>
  quickFilters(boardId: string): Promise<{ id: string; name: string; jql: string }[]>
  /** All changes of status of at most 1,000 issues. */
  statusChanges(issueIds: readonly string[]): AsyncIterable<StatusChange>
}

const Account = v.object({
  accountId: v.string(),
  displayName: v.optional(v.string(), ''),
  emailAddress: orNull(v.string()),
  active: v.optional(v.boolean(), true),
  accountType: v.optional(v.string(), 'atlassian'),
})
const Parsed = v.object({
  queries: v.array(v.object({ errors: v.optional(v.array(v.string()), []) })),
})
const Count = v.object({ count: v.number() })
const Board = v.object({
  id: Id,
  name: v.string(),
  type: v.string(),
  location: v.nullish(v.object({ projectKey: v.nullish(v.string()) })),
})
const QuickFilter = v.object({ id: Id, name: v.string(), jql: Text })
/** Every object has a toString; only a text is the site's. */
const Own = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'string' ? value : '')),
)
const Changes = v.object({
  issueChangeLogs: v.optional(
    v.array(
      v.object({
        issueId: Id,
        changeHistories: v.optional(
          v.array(
            v.object({
              items: v.optional(
                v.array(
                  v.object({
                    field: Text,
                    fieldId: v.nullish(v.string()),
                    from: orNull(v.string()),
                    fromString: Text,
                    to: orNull(v.string()),
                    toString: Own,
                  }),
                ),
                [],
              ),
            }),
          ),
          [],
        ),
      }),
    ),
    [],
  ),
  nextPageToken: v.nullish(v.string()),
})

/** The document sets no limit for a list of queries; a request stays small with so many. */
const queriesARequest = 50

export function readForAfter(client: SiteClient): AfterReading {
  return {
    async *everybody() {
      // A page may be shorter than asked for (hidden accounts), so only an empty one is the end.
      for (let startAt = 0; ; ) {
        const answer = await getAllUsers(client, { startAt, maxResults: 1000 })
        const page = read(v.array(Account), answer, 'GET /rest/api/3/users/search')
        if (page.length === 0) return
        for (const { accountId, displayName, emailAddress, active, accountType } of page)
          if (accountType === 'atlassian' || accountType === 'unknown')
            yield { accountId, displayName, email: emailAddress, active }
        startAt += page.length
      }
    },

    async jqlErrors(queries) {
      const errors: string[][] = []
      for (const part of inParts(queries, queriesARequest)) {
        const answer = await parseJqlQueries(client, { queries: part, validation: 'strict' })
        const parsed = read(Parsed, answer, 'POST /rest/api/3/jql/parse')
        errors.push(...part.map((_, at) => parsed.queries[at]?.errors ?? []))
      }
      return errors
    },

    async countOf(jql) {
      try {
        const answer = await countIssues(client, { jql })
        return read(Count, answer, 'POST /rest/api/3/search/approximate-count')
      } catch (error) {
        if (!(error instanceof SiteRefusal) || error.status !== 400) throw error
        return { refused: refusal(error) }
      }
    },

    async boardsOf(projectKey) {
      const all = await everyPage(Board, 'GET /rest/agile/1.0/board', (startAt) =>
        getAllBoards(client, { projectKeyOrId: projectKey, startAt, maxResults: 50 }),
      )
      return all.map(({ location, ...board }) => ({
        ...board,
        projectKey: location?.projectKey ?? null,
      }))
    },

    quickFilters: (boardId) =>
      everyPage(QuickFilter, 'GET /rest/agile/1.0/board/{id}/quickfilter', (startAt) =>
        getAllQuickFilters(client, { boardId: Number(boardId), startAt, maxResults: 50 }),
      ),

    async *statusChanges(issueIds) {
      let nextPageToken: string | null | undefined
      do {
        const answer = await getBulkChangelogs(client, {
          issueIdsOrKeys: [...issueIds],
          fieldIds: ['status'],
          maxResults: 1000,
          ...(nextPageToken ? { nextPageToken } : {}),
        })
        const page = read(Changes, answer, 'POST /rest/api/3/changelog/bulkfetch')
        for (const { issueId, changeHistories } of page.issueChangeLogs)
          for (const item of changeHistories.flatMap(({ items }) => items))
            if ((item.fieldId ?? item.field) === 'status')
              yield {
                issueId,
                from: item.from,
                fromName: item.fromString,
                to: item.to,
                toName: item.toString,
              }
        nextPageToken = page.nextPageToken
      } while (nextPageToken)
    },
  }
}

/** The words of the site, without our own around them. */
const refusal = ({ message }: SiteRefusal): string =>
  message.replace(/^The site refused this \(400\): /, '')
