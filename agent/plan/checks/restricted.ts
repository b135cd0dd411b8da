import { fine, plural, siteCheck, warn } from './check.ts'

const codes = new Set(['level-missing', 'level-narrowed'])

/** Comments and work logs that only some may see: never shown to more people than before. */
export const restricted = siteCheck({
  key: 'restricted',
  group: 'issues',
  title: 'Comments and work logs that only some people may see',
  worst: 'warning',
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
          `${plural(n, 'comment or work log is', 'comments and work logs are')} for a role or group that the site does not have: only Administrators see ${n === 1 ? 'it' : 'them'} there, or nobody does.`,
          'Make roles and groups of these names on the site before the run.',
        )
      : fine('The site has every role and group that a comment or work log is restricted to.'),
})
