import { check, fine, plural, warn } from './check.ts'

/** Reasons and losses of the plan that come from a row pointing at another that the source does not have. */
const codes = new Set([
  ...['dangling', 'no-key', 'resolution-missing', 'subtask-alone'],
  ...['type-dangling', 'status-dangling', 'priority-dangling'],
])

export const dangling = check({
  key: 'dangling',
  group: 'issues',
  title: 'References to what the source does not have',
  worst: 'warning',
  canOverride: true,
  watch(item) {
    const why = [...(item.leftOut ? [item.leftOut] : []), ...item.losses].find(({ code }) =>
      codes.has(code),
    )
    return why ? { subject: item.label, projectKey: item.projectKey, detail: why.text } : null
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'row of the source points', 'rows of the source point')} at something that is not there.`,
          "Run Jira's own integrity checker at the source; what cannot be placed is left out, each with this reason.",
        )
      : fine('Everything that the source refers to is in it.'),
})
