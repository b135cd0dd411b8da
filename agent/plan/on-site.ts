import type { IssueRow } from '../../shared/issue-rows.ts'
import type { Reason } from '../../shared/plan.ts'
import type { IssueOnSite } from '../../shared/plan-options.ts'
import { cleanText } from './adf.ts'
import type { Context } from './context.ts'
import { reason } from './item.ts'
import { cut } from './names.ts'

/** What the site has for an issue of the source: the same issue with its files, or why there is none. */
export type Match = { files: IssueOnSite['files'] } | { why: Reason }

/** The site's bulk read takes at most 100 keys (facts: POST /issue/bulkfetch). */
const keysAtOnce = 100

/**
 * Where files alone move, finds the issues they go to, by key. A key may belong to another issue by now,
 * so it must also carry our origin, or the same summary.
 */
export async function matchOnSite(
  context: Context,
  issues: readonly IssueRow[],
): Promise<Map<string, Match>> {
  const found = new Map<string, Match>()
  for (let from = 0; from < issues.length; from += keysAtOnce) {
    const part = issues.slice(from, from + keysAtOnce)
    const there = await context.options.onSite?.(part.map((issue) => issue.key))
    for (const issue of part) found.set(issue.id, match(context, issue, there?.get(issue.key)))
  }
  return found
}

function match({ info }: Context, issue: IssueRow, there: IssueOnSite | undefined): Match {
  const no = (code: string, text: string) => ({ why: reason(code, text) })
  if (!there) return no('issue-not-there', `The site has no issue ${issue.key} to add files to.`)
  if (there.origin)
    return there.origin.source === info.sourceId && there.origin.id === issue.id
      ? { files: [...there.files] }
      : no('another-issue', `${issue.key} on the site came from another issue.`)
  if (plain(there.summary) === plain(issue.summary ?? '')) return { files: [...there.files] }
  return no(
    'another-issue',
    `${issue.key} on the site is "${cut(there.summary, 100)}": not the same issue.`,
  )
}

/** As the plan writes summaries: one line of at most 255 characters. */
const plain = (summary: string) =>
  cut(
    cleanText(summary)
      .replace(/\s*\n\s*/g, ' ')
      .trim() || '(no summary)',
    255,
  )
