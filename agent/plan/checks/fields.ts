import { fold } from '../names.ts'
import { type CheckOffender, check, fine, plural, warn } from './check.ts'

const builtIn = 'com.atlassian.jira.plugin.system.customfieldtypes:'
/** Jira Software's own, which the site has under the same names (epics, sprints, ranks, story points). */
const ofSoftware = /^com\.(pyxis\.greenhopper\.jira|atlassian\.jpo|atlassian\.teams):/
/**
 * Types of the source that the site's API can make a field of (POST /rest/api/3/field), by the part after the
 * colon; the others keep their values in the snapshot only.
 */
const supported = new Set(
  'cascadingselect datepicker datetime float grouppicker importid labels multicheckboxes multigrouppicker multiselect multiuserpicker multiversion project radiobuttons readonlyfield select textarea textfield url userpicker version'.split(
    ' ',
  ),
)

export const fieldTypes = check({
  key: 'field-types',
  group: 'fields',
  title: 'Field types that the site does not have',
  canOverride: true,
  *ask({ snapshot }): Generator<CheckOffender> {
    for (const { name, type } of snapshot.rows('customField'))
      if (type.startsWith(builtIn) && !supported.has(type.slice(builtIn.length)))
        yield { subject: name, detail: `Type ${type.slice(builtIn.length)}.` }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'field has', 'fields have')} a type that no field of the site can have.`,
          'Their values stay in the snapshot and are counted as left out.',
        )
      : fine('The site has the type of every field that comes with Jira.'),
})

export const appFields = check({
  key: 'app-fields',
  group: 'apps',
  title: 'Fields that apps brought',
  canOverride: true,
  *ask({ snapshot }): Generator<CheckOffender> {
    for (const { name, type } of snapshot.rows('customField'))
      if (!type.startsWith(builtIn) && !ofSoftware.test(type))
        yield { subject: name, detail: type || 'No type.' }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'field belongs', 'fields belong')} to an app: the site has no such field unless the app is there.`,
          'Ask the vendor how its Cloud app takes the values over; they stay in the snapshot.',
        )
      : fine('No field was brought by an app.'),
})

export const duplicateFields = check({
  key: 'duplicate-fields',
  group: 'fields',
  title: 'Fields with the same name',
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
