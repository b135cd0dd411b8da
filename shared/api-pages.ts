/**
 * What crosses the wire for the pages of a site on which the overlay lies (beside GET /api/verdicts, api.ts).
 * Rules as in api.ts. `site` is the page's origin as the browser vouches for it; the newest migration that went
 * there and knows the thing answers. Nothing here writes to the site.
 *
 *   GET  /api/original?site&issue                      OriginalView   what the source held of an issue
 *   GET  /api/original/history?site&issue&after&limit  HistoryPage    its history, oldest first
 *   POST /api/marks              MarksBody             MarksView      which of these issues need a look
 *   GET  /api/page-counts?site&board=ID | &filter=ID   PageCountView  results there against results here
 *   GET  /api/page-people?site                         PagePeopleView the checks of people, for the administration pages
 *   POST /api/page-jql           PageJqlBody           PageJqlView    names with "(migrated)" in a JQL, and the JQL without
 *   GET  /api/moved?source=URL&issue=KEY | &project=KEY   MovedView   where an issue or project of an old server went
 */
import * as v from 'valibot'
import { AfterCheckSchema } from './api-after.ts'
import type { AdfDoc } from './plan.ts'
import { verdicts } from './status.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const key = v.pipe(text, v.trim(), v.toUpperCase())
const issueKey = v.pipe(key, v.regex(/^[A-Z][A-Z0-9_]*-\d+$/, 'An issue key looks like PAY-12.'))
const site = v.pipe(text, v.url('The site looks like https://acme.atlassian.net.'))
const migration = v.nullable(v.object({ id: text, name: text }))

/** ADF as the plan made it from the source's text; the reader shows only node types that it knows, as text. */
const adf = v.nullable(
  v.custom<AdfDoc>(
    (value) => typeof value === 'object' && value !== null && 'content' in value,
    'An ADF document has content.',
  ),
)
/** A person of the source and a moment (ISO with offset), as far as the source knew them. */
const made = { author: v.nullable(text), at: v.nullable(text) }

export const OriginalViewSchema = v.object({
  migration,
  issueKey: text,
  /** null: the source does not have this issue, or was not read on this agent. */
  original: v.nullable(
    v.object({
      summary: text,
      /** The source's own text (wiki markup), cut at 100,000 characters. */
      descriptionText: v.nullable(text),
      description: adf,
      created: v.nullable(text),
      updated: v.nullable(text),
      /** Everything else by name, in the order of an issue page. */
      fields: v.array(v.object({ name: text, value: text })),
      /** The first 100 of each; *Count says how many there are. siteId null: not on the site. */
      comments: v.array(
        v.object({ ...made, seq: v.nullable(count), body: text, restrictedTo: v.nullable(text) }),
      ),
      commentsCount: count,
      worklogs: v.array(
        v.object({ ...made, seq: v.nullable(count), seconds: count, comment: text }),
      ),
      worklogsCount: count,
      files: v.array(
        v.object({
          ...made,
          seq: v.nullable(count),
          filename: text,
          size: v.nullable(count),
          verdict: v.nullable(v.picklist(verdicts)),
          reason: v.nullable(text),
        }),
      ),
      filesCount: count,
      historyCount: count,
      /** Links of the texts to the old server, and where the same thing is now; url null: not moved. */
      oldLinks: v.array(v.object({ old: text, url: v.nullable(text), label: text })),
    }),
  ),
})
export type OriginalView = v.InferOutput<typeof OriginalViewSchema>

export const HistoryPageSchema = v.object({
  changes: v.array(
    v.object({
      n: count,
      ...made,
      items: v.array(v.object({ field: text, from: text, to: text })),
    }),
  ),
  next: v.nullable(count),
})
export type HistoryPage = v.InferOutput<typeof HistoryPageSchema>

/** One question for a whole screen of issues. */
export const MarksBody = v.object({ site, issues: v.pipe(v.array(issueKey), v.maxLength(500)) })
/** Only issues that need a look (different or failed, themselves or a part of them). */
export const MarksViewSchema = v.object({
  marks: v.array(
    v.object({ issueKey: text, verdict: v.picklist(['different', 'failed']), n: count }),
  ),
})
export type MarksView = v.InferOutput<typeof MarksViewSchema>

export const PageCountViewSchema = v.object({
  migration,
  name: text,
  /** How many issues the source's JQL finds in the source, and the site's on the site; null: cannot be told, see why. */
  source: v.nullable(count),
  site: v.nullable(count),
  /** At most 100 each. */
  onlySource: v.array(text),
  onlySite: v.array(text),
  onlySourceCount: count,
  onlySiteCount: count,
  /** The site's own JQL; null: the site could not be asked. */
  jql: v.nullable(text),
  /** Why a number is missing, or what it does not look at; null when there is nothing to say. */
  why: v.nullable(text),
})
export type PageCountView = v.InferOutput<typeof PageCountViewSchema>

export const PagePeopleViewSchema = v.object({ migration, checks: v.array(AfterCheckSchema) })
export type PagePeopleView = v.InferOutput<typeof PagePeopleViewSchema>

export const PageJqlBody = v.object({ site, jql: v.pipe(text, v.maxLength(50_000)) })
export const PageJqlViewSchema = v.object({
  migration,
  names: v.array(v.object({ name: text, twin: v.nullable(text), kind: text })),
  /** The same JQL with the twins' names; null where nothing is to be changed. */
  rewritten: v.nullable(text),
})
export type PageJqlView = v.InferOutput<typeof PageJqlViewSchema>

export const MovedViewSchema = v.object({
  migration,
  /** The place on the site; null: not moved. */
  url: v.nullable(text),
  verdict: v.nullable(v.picklist(verdicts)),
})
export type MovedView = v.InferOutput<typeof MovedViewSchema>
