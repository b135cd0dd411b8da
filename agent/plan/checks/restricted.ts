import { check, fine, plural, warn } from './check.ts'

const codes = new Set(['level-missing', 'level-narrowed', 'security-level'])

/** Comments, work logs and issues that only some may see: never shown to more people than before. */
export const restricted = check({
  key: 'restricted',
  group: 'issues',
  title: 'What only some people may see',
  canOverride: true,
  watch(item) {
    const why = [...(item.leftOut ? [item.leftOut] : []), ...item.losses].find((one) =>
      codes.has(one.code),
    )
    return why ? { subject: item.label, projectKey: item.projectKey, detail: why.text } : null
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'item has', 'items have')} a role, group or security level that the site does not have.`,
          'Make roles and groups of these names on the site before the run.',
        )
      : fine('The site has every role and group that something is restricted to.'),
})
