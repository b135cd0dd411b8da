import { fold } from '../names.ts'
import { type CheckOffender, check, fine, plural, warn } from './check.ts'

export const duplicateFields = check({
  key: 'duplicate-fields',
  group: 'fields',
  title: 'Fields with the same name',
  worst: 'warning',
  canOverride: true,
  *ask({ snapshot }): Generator<CheckOffender> {
    const names = new Map<string, number>()
    for (const { name } of snapshot.rows('customField'))
      names.set(fold(name), (names.get(fold(name)) ?? 0) + 1)
    for (const { id, name, type } of snapshot.rows('customField'))
      if ((names.get(fold(name)) ?? 0) > 1)
        yield { subject: name, detail: `customfield_${id}, ${type.split(':').at(-1)}.` }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'field shares its name', 'fields share their names')} with another one: JQL and people cannot tell them apart.`,
          'Rename them at the source, and make a new backup.',
        )
      : fine('Every field has a name of its own.'),
})
