import { issuePages } from '../survey.ts'
import { type CheckOffender, check, chosen, fine, number, plural, warn } from './check.ts'

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
    for (const { id, key: projectKey } of chosen(context)) {
      const tables = (['comment', 'attachment'] as const).filter(
        (table) => snapshot.countOf(table, id) > limits[table],
      )
      if (!tables.length) continue
      for (const page of issuePages(snapshot, id))
        for (const issue of page)
          for (const table of tables) {
            const n = snapshot.ofIssues(table, [issue.id]).length
            if (n <= limits[table]) continue
            const words = `${number(n)} ${table === 'comment' ? 'comments' : 'files'}`
            yield {
              subject: issue.key,
              projectKey,
              detail: `${words}; the site takes ${number(limits[table])}.`,
              counts: [{ at: 'source', words, list: table, issue: issue.key }],
            }
          }
    }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'issue has', 'issues have')} more comments or files than the site takes.`,
          'What the site refuses is counted as failed; split these issues at the source first.',
        )
      : fine('No issue has more than 5,000 comments or 2,000 files.'),
})
