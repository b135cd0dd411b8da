import { type PracticeProcess, siteCaller } from './agent-process.ts'

/** What one issue of a site holds, as numbers and words that do not depend on when it was written. */
export interface IssueCensus {
  key: string
  summary: string
  status: string
  comments: number
  worklogs: number
  attachments: string[]
  links: string[]
  watches: number
  /** What its custom fields hold, without the names and ids that a site gives. */
  values: string[]
}

interface SearchAnswer {
  issues: { key: string; fields: Record<string, unknown> }[]
  nextPageToken?: string
}

/** Counts a site by its own REST API: every project, every issue, and what hangs on it. */
export async function census(site: PracticeProcess): Promise<Record<string, IssueCensus[]>> {
  const ask = siteCaller(site)
  const { values } = await ask<{ values: { key: string }[] }>(
    '/rest/api/3/project/search?maxResults=50',
  )
  const result: Record<string, IssueCensus[]> = {}
  for (const { key } of values) {
    const issues: IssueCensus[] = []
    let token: string | undefined
    do {
      const page = await ask<SearchAnswer>('/rest/api/3/search/jql', {
        jql: `project = "${key}" ORDER BY key ASC`,
        maxResults: 100,
        fields: ['*all'],
        ...(token ? { nextPageToken: token } : {}),
      })
      issues.push(...page.issues.map(count))
      token = page.nextPageToken
    } while (token)
    result[key] = issues.sort((a, b) => Number(a.key.split('-')[1]) - Number(b.key.split('-')[1]))
  }
  return result
}

/** Every dashboard of a site with what stands on it and how that is set, without the ids that a site gives. */
export async function dashboardCensus(site: PracticeProcess): Promise<object[]> {
  const ask = siteCaller(site)
  const api = '/rest/api/3/dashboard'
  const { values } = await ask<{ values: { id: string; name: string; owner?: object }[] }>(
    `${api}/search?maxResults=100`,
  )
  const found: object[] = []
  for (const { id, name } of values.filter((one) => one.owner)) {
    const { gadgets } = await ask<{
      gadgets: { id: number; title: string; color: string; position: object }[]
    }>(`${api}/${id}/gadget`)
    const all: object[] = []
    for (const { id: own, title, color, position } of gadgets) {
      const config = `${api}/${id}/items/${own}/properties/config`
      const { value } = await ask<{ value: object }>(config)
      all.push({ title, color, position, value })
    }
    found.push({ name, gadgets: all })
  }
  return found
}

function count({ key, fields }: SearchAnswer['issues'][number]): IssueCensus {
  const f = fields as {
    summary: string
    status: { name: string }
    comment?: { total: number }
    worklog?: { total: number }
    attachment?: { filename: string }[]
    issuelinks?: {
      type: { name: string }
      outwardIssue?: { key: string }
      inwardIssue?: { key: string }
    }[]
    watches?: { watchCount: number }
  }
  return {
    key,
    summary: f.summary,
    status: f.status.name,
    comments: f.comment?.total ?? 0,
    worklogs: f.worklog?.total ?? 0,
    attachments: (f.attachment ?? []).map((one) => one.filename).sort(),
    links: (f.issuelinks ?? [])
      .map(
        (one) =>
          `${one.type.name} ${one.outwardIssue ? `to ${one.outwardIssue.key}` : `from ${one.inwardIssue?.key}`}`,
      )
      .sort(),
    watches: f.watches?.watchCount ?? 0,
    values: Object.entries(fields)
      .filter(([id, value]) => id.startsWith('customfield_') && value !== null)
      .map(([, value]) => words(value))
      .sort(),
  }
}

/** A value as people see it: a text, a number, or the word of what was chosen. */
function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).sort().join(', ')
  if (typeof value !== 'object' || value === null) return String(value)
  const { value: option, name, key, type, accountId } = value as Record<string, unknown>
  return String(option ?? accountId ?? key ?? name ?? type)
}
