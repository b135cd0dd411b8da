import { keptRows } from '../../shared/check-lists.ts'
import type { RowCount } from '../../shared/row-counts.ts'
import { isOut, itemsOfIssues } from '../ledger/after-items.ts'
import { eachItem, type ItemRow } from '../ledger/items.ts'
import { type AfterContext, type AfterPlace, brief, type IssuePage, number } from './check.ts'

/** What is counted of a project. */
export const countedKinds = [
  'issue',
  'comment',
  'worklog',
  'attachment',
  'component',
  'version',
] as const
export type CountedKind = (typeof countedKinds)[number]

/** One thing as the site has it. */
interface Thing {
  kind: CountedKind
  id: string
  subject: string
  issueKey: string | null
  detail: string
  path: string
}

/** How many of a kind a project has on the site, and how that differs from what was to be there. */
interface Count {
  there: number
  /** To be there, and not there. */
  missing: number
  /** There, and not known to the ledger. */
  more: number
  /** There are rows of all that is there. */
  listed: boolean
}

/** A note is a comment of Landfall's own, for what has no place else (plan/notes.ts). */
const ofIssues = ['issue', 'comment', 'note', 'worklog', 'attachment'] as const
/** Of so many issues the site is asked at once (bulkfetch). */
const keysAtOnce = 100

/**
 * Counts what each project has on the site and gives every thing as a row of a list, beside those that are missing
 * and those that the ledger does not know. Only numbers are held; the rows go to the ledger.
 */
export function createComparison({ db, migrationId, read }: AfterContext) {
  const counts = new Map<string, Count>()
  const notes = new Map<string, number>()
  const seen = new Map<CountedKind, number>()
  const of = (kind: CountedKind, key: string): Count => {
    const known = counts.get(`${kind} ${key}`)
    if (known) return known
    const made = { there: 0, missing: 0, more: 0, listed: true }
    counts.set(`${kind} ${key}`, made)
    return made
  }

  /** What is there, against the items that may be it. */
  function* compare(key: string, things: Thing[], items: readonly ItemRow[]): Iterable<AfterPlace> {
    const known = new Set(items.map(({ kind, siteId }) => `${kindOf(kind)} ${siteId}`))
    const there = new Set<string>()
    for (const { kind, id, ...place } of things) {
      const count = of(kind, key)
      const all = (seen.get(kind) ?? 0) + 1
      seen.set(kind, all)
      count.there += 1
      if (all > keptRows) count.listed = false
      there.add(`${kind} ${id}`)
      yield { ...place, projectKey: key, list: `there ${kind}`, partOf: key }
      if (known.has(`${kind} ${id}`)) continue
      count.more += 1
      yield { ...place, projectKey: key, list: 'more', partOf: `${kind} ${key}` }
    }
    yield* absent(
      key,
      items.filter(({ kind, siteId }) => !there.has(`${kindOf(kind)} ${siteId}`)),
    )
    for (const { kind, label, issueKey, state, verdict } of items)
      if (kind === 'note' && !isOut({ state, verdict })) yield note(key, label, issueKey)
  }

  function* absent(key: string, items: readonly ItemRow[]): Iterable<AfterPlace> {
    for (const item of items) {
      const kind = kindOf(item.kind)
      if (kind === null || isOut(item)) continue
      of(kind, key).missing += 1
      yield {
        subject: item.label,
        projectKey: key,
        issueKey: item.issueKey,
        detail: 'It was to be there, and is not.',
        path: item.issueKey === null ? null : `/browse/${item.issueKey}`,
        list: 'missing',
        partOf: `${kind} ${key}`,
      }
    }
  }

  function note(key: string, subject: string, issueKey: string | null): AfterPlace {
    notes.set(key, (notes.get(key) ?? 0) + 1)
    const path = issueKey === null ? null : `/browse/${issueKey}`
    const detail =
      'A comment that Landfall added: the rest of a long text, or who attached files and when.'
    return { subject, projectKey: key, issueKey, detail, path, list: 'notes', partOf: key }
  }

  return {
    count: of,
    notes: (key: string): number => notes.get(key) ?? 0,
    /** All that stands in these issues, and they themselves. */
    async *issues(page: IssuePage): AsyncIterable<AfterPlace> {
      const things: Thing[] = []
      for (const issue of page.issues) {
        const at = { issueKey: issue.key, path: `/browse/${issue.key}` }
        const on = (kind: CountedKind, id: string, subject: string, path = at.path): Thing => ({
          kind,
          id,
          ...at,
          subject,
          detail: `${title[kind]} ${id}`,
          path,
        })
        things.push(on('issue', issue.id, `${issue.key} ${brief(issue.summary)}`))
        for (const { id } of await page.comments(issue))
          things.push(
            on('comment', id, `Comment on ${issue.key}`, `${at.path}?focusedCommentId=${id}`),
          )
        for (const { id } of await page.worklogs(issue))
          things.push(
            on('worklog', id, `Work log on ${issue.key}`, `${at.path}?focusedWorklogId=${id}`),
          )
        for (const { id, filename } of issue.attachments)
          things.push(on('attachment', id, `${filename} on ${issue.key}`))
      }
      const keys = page.issues.map(({ key }) => key)
      const items = await itemsOfIssues(db, migrationId, keys, ofIssues)
      yield* compare(page.project.key, things, items)
    },
    /** Components or versions of a project, of which there are few. */
    async *parts(
      kind: 'component' | 'version',
      key: string,
      there: readonly { id: string; name: string }[],
    ): AsyncIterable<AfterPlace> {
      const items: ItemRow[] = []
      for await (const item of eachItem(db, migrationId, { kind, projectKey: key }))
        items.push(item)
      const path = `/browse/${key}`
      const things = there.map(({ id, name }) => ({
        kind,
        id,
        subject: name,
        issueKey: null,
        detail: `${title[kind]} ${id}`,
        path,
      }))
      yield* compare(key, things, items)
    },
    /** Issues of a project that no page had, with all that was to be in them. */
    async *lost(key: string, isThere: boolean): AsyncIterable<AfterPlace> {
      let keys: string[] = []
      const flush = async function* () {
        const found = new Set(isThere ? (await read.issues(keys)).map((issue) => issue.key) : [])
        const gone = keys.filter((one) => !found.has(one))
        keys = []
        if (!gone.length) return
        const items = await itemsOfIssues(db, migrationId, gone, ofIssues)
        yield* absent(key, items)
        for (const item of items)
          if (item.kind === 'note' && !isOut(item)) yield note(key, item.label, item.issueKey)
      }
      for await (const item of eachItem(db, migrationId, { kind: 'issue', projectKey: key })) {
        if (item.issueKey === null || isOut(item)) continue
        if (keys.push(item.issueKey) === keysAtOnce) yield* flush()
      }
      if (keys.length) yield* flush()
    },
    /** The numbers of a row, each with its list. want: how many were to be there. */
    numbers(kind: CountedKind, key: string, want: number, items: RowCount | null): RowCount[] {
      const { there, missing, more, listed } = of(kind, key)
      const rows = (n: number, words: string, list: string, partOf: string): RowCount[] =>
        n ? [{ at: 'rows', words: `${number(n)} ${words}`, list, partOf }] : []
      // Where the ledger does not know which is which, no list says more than the number.
      const told = want - there === missing - more
      return [
        ...(items ? [items] : []),
        ...(listed ? rows(there, 'on the site', `there ${kind}`, key) : []),
        ...(told ? rows(missing, 'missing', 'missing', `${kind} ${key}`) : []),
        ...(told ? rows(more, 'more than known', 'more', `${kind} ${key}`) : []),
      ]
    },
  }
}

const title: Record<CountedKind, string> = {
  issue: 'Issue',
  comment: 'Comment',
  worklog: 'Work log',
  attachment: 'File',
  component: 'Component',
  version: 'Version',
}

/** On the site a note is a comment like any other. */
function kindOf(kind: ItemRow['kind']): CountedKind | null {
  if (kind === 'note') return 'comment'
  return countedKinds.find((one) => one === kind) ?? null
}
