import { type CheckOffender, check, chosen, fine, plural, warn } from './check.ts'

export const workflows = check({
  key: 'workflows',
  group: 'projects',
  title: 'Workflows that are simplified',
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    for (const row of chosen(context))
      yield {
        subject: `${row.key} ${row.name}`,
        projectKey: row.key,
        detail:
          'Gets a simple workflow with the same statuses, from each of which every other can be reached.',
      }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'project loses', 'projects lose')} the conditions, validators, post functions and screens of their workflows; statuses are kept.`,
          'Build what people need again on the site afterwards; no issue is changed by that.',
        )
      : fine('No project has a workflow to simplify.'),
})
