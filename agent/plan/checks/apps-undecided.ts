import { type CheckOffender, check, fine, isLive, notAsked, number, plural, warn } from './check.ts'

/** Each app with data is asked about: what nobody has decided stays behind, and that should be somebody's will. */
export const appsUndecided = check({
  key: 'apps-undecided',
  group: 'apps',
  title: 'Apps that nobody has decided about',
  worst: 'warning',
  canOverride: true,
  lists: { decided: ['app is decided about', 'apps are decided about'] },
  *ask({ apps }): Generator<CheckOffender> {
    for (const { key, name, holds, decision } of apps)
      yield {
        subject: name,
        ...(decision === null
          ? { detail: name === key ? holds : `${holds} Its key is ${key}.` }
          : { detail: `Decided: ${decision}. ${holds}`, list: 'decided' }),
        counts: [{ at: 'app', words: holds, app: key }],
      }
  },
  say: (n, context) => {
    const { apps } = context
    if (n)
      return warn(
        `Nobody has decided about the data of ${plural(n, 'app', 'apps')}: it stays behind until somebody does.`,
        'Say of each app whether its data is needed on the site, not needed, or kept in files.',
      )
    if (isLive(context))
      return notAsked(
        'A live source shows only the fields of apps and what they keep on projects: other apps may have data, too.',
        'A backup of this Jira shows them all. Or look at Manage apps, and ask the vendors of those that hold data.',
      )
    if (apps.length === 0) return fine('No app left data in the source.')
    return apps.length === 1
      ? fine('It is decided about the one app with data.')
      : fine(`It is decided about all ${number(apps.length)} apps with data.`)
  },
})
