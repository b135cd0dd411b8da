import { type CheckOffender, check, fine, plural, warn } from './check.ts'

/** Each app with data is asked about: what nobody has decided stays behind, and that should be somebody's will. */
export const appsUndecided = check({
  key: 'apps-undecided',
  group: 'apps',
  title: 'Apps that nobody has decided about',
  canOverride: true,
  *ask({ apps }): Generator<CheckOffender> {
    for (const { key, name, holds, decision } of apps)
      if (decision === null)
        yield { subject: name, detail: name === key ? holds : `${holds} Its key is ${key}.` }
  },
  say: (n, { apps }) => {
    if (n)
      return warn(
        `Nobody has decided about the data of ${plural(n, 'app', 'apps')}: it stays behind until somebody does.`,
        'Say of each app whether its data is needed on the site, not needed, or kept in files.',
      )
    return apps.length
      ? fine(`It is decided about ${plural(apps.length, 'the one app', 'all apps')} with data.`)
      : fine('No app left data in the source.')
  },
})
