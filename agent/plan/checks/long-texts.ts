import { issuePages } from '../survey.ts'
import { type CheckOffender, check, chosen, fine, number, plural, warn } from './check.ts'

/** What the site takes in one text (facts on Jira Cloud); a longer one is parted, its rest stands in comments. */
const limit = 32_767

export const longTexts = check({
  key: 'long-texts',
  group: 'issues',
  title: 'Texts over 32,767 characters',
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    const { snapshot } = context
    for (const { id, key: projectKey } of chosen(context))
      for (const page of issuePages(snapshot, id)) {
        const keys = new Map(page.map((issue) => [issue.id, issue.key]))
        const long = (what: string, subject: string, text: string | null): CheckOffender[] =>
          text && text.length > limit
            ? [{ subject, projectKey, detail: `${what}: ${number(text.length)} characters.` }]
            : []
        for (const { key, description, environment } of page) {
          yield* long('Description', key, description)
          yield* long('Environment', key, environment)
        }
        for (const row of snapshot.ofIssues('comment', [...keys.keys()]))
          yield* long(`Comment ${row.id}`, keys.get(row.issueId) ?? '', row.body)
        for (const row of snapshot.ofIssues('worklog', [...keys.keys()]))
          yield* long(`Work log ${row.id}`, keys.get(row.issueId) ?? '', row.body)
      }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'text is', 'texts are')} longer than the site takes; the rest of each stands in comments.`,
          'Nothing to do, unless you want such a text as a file: then attach it at the source.',
        )
      : fine('No text is longer than the site takes.'),
})
