import { type CheckOffender, check, fine, plural, warn } from './check.ts'

export const scopeMissing = check({
  key: 'scope',
  group: 'projects',
  title: 'Chosen projects that the source does not have',
  worst: 'warning',
  canOverride: true,
  *ask({ snapshot, options }): Generator<CheckOffender> {
    const there = new Set([...snapshot.rows('project')].map((row) => row.key))
    for (const key of options.projects ?? [])
      if (!there.has(key))
        yield { subject: key, detail: 'The source has no project with this key.' }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'chosen project is', 'chosen projects are')} not in the source.`,
          'Look for a spelling mistake, or for a key that was changed.',
        )
      : fine('All chosen projects are in the source.'),
})
