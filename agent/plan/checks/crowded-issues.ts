import { issuePages } from '../survey.ts'
import { type CheckOffender, check, chosen, fine, noFiles, number, plural, warn } from './check.ts'

/** What Jira Cloud takes on one issue (support.atlassian.com, "Per-issue limits"): beyond it answers 413. */
const limits = { comment: 5_000, attachment: 2_000 } as const

export const crowdedIssues = check({
  key: 'crowded-issues',
  group: 'issues',
  title: 'Issues with very many comments or files',
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    const { snapshot } = context
    // Files that stay behind crowd nothing.
    const looked = noFiles(context) ? (['comment'] as const) : (['comment', 'attachment'] as const)
    for (const { id, key: projectKey } of chosen(context)) {
      const tables = looked.filter((table) => snapshot.countOf(table, id) > limits[table])
      if (!tables.length) continue
      for (const page of issuePages(snapshot, id))
        for (const issue of page) {
          const over = tables.flatMap((table) => {
            const n = snapshot.ofIssues(table, [issue.id]).length
            return n > limits[table] ? [toldOf(table, n, issue.key)] : []
          })
          if (over.length > 0)
            yield {
              subject: issue.key,
              projectKey,
              detail: over.map(({ text }) => text).join(' '),
              counts: over.map(({ count }) => count),
            }
        }
    }
  },
  say: (n, context) =>
    n
      ? warn(
          `${plural(n, 'issue has', 'issues have')} more comments or files than the site takes.`,
          'What the site refuses is counted as failed; split these issues at the source first.',
        )
      : fine(
          noFiles(context)
            ? 'No issue has more than 5,000 comments.'
            : 'No issue has more than 5,000 comments or 2,000 files.',
        ),
})

function toldOf(table: keyof typeof limits, n: number, issue: string) {
  const words = `${number(n)} ${table === 'comment' ? 'comments' : 'files'}`
  const count = { at: 'source', words, list: table, issue } as const
  return { text: `${words}; the site takes ${number(limits[table])}.`, count }
}
