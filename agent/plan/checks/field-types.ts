import { check, fine, plural, warn } from './check.ts'

/** Left out for another reason than its type: it belongs to an app, nothing uses it, its list is too long (site-limits). */
const otherwise =
  /^(field-of-app:|not-used|not-in-scope|stopped-by-name|built-in|project-taken|too-many-options)/

export const fieldTypes = check({
  key: 'field-types',
  group: 'fields',
  title: 'Fields that the site cannot have',
  worst: 'warning',
  canOverride: true,
  watch: (item) =>
    item.kind === 'customField' && item.leftOut && !otherwise.test(item.leftOut.code)
      ? { subject: item.label, detail: item.leftOut.text }
      : null,
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'field is', 'fields are')} of a kind that the site cannot have.`,
          'Their values stay in the snapshot and are counted as left out.',
        )
      : fine("The site can have every field that comes with Jira's own types."),
})
