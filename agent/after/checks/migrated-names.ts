import { type AfterCheck, fine, plural, warn } from '../check.ts'
import { migratedNames } from '../migrated.ts'

/** Fields, statuses, types, filters, boards and the like that carry "(migrated)", each with its twin. */
export const migratedNamesCheck: AfterCheck = {
  key: 'migrated-names',
  group: 'names',
  title: 'Names with (migrated)',
  open: (context) => ({
    async *ask() {
      for (const { what, name, plain, twin, path, projectKey } of await migratedNames(context))
        yield {
          subject: `${what} ${name}`,
          projectKey: projectKey ?? null,
          detail: twin
            ? `Its twin is "${twin.name}": what was moved is in the one, what the site had in the other.`
            : `Nothing else is called "${plain}": it can be renamed.`,
          path,
        }
    },
    say: (places) =>
      places
        ? warn(
            `${plural(places, 'name carries', 'names carry')} "(migrated)".`,
            'Merge each with its twin, or rename it where it has none; the next check tells which filters, boards and quick filters use them.',
          )
        : fine('No field, status, type, filter or board of the site carries "(migrated)".'),
  }),
}
