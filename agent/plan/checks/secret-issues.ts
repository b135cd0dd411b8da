import { block, check, fine, plural, warn } from './check.ts'

/**
 * Issues with a security level: the site gets none, so whoever sees the project sees them. That shows secrets and
 * cannot be undone, so a person says yes to it with a name. A practice site shows them to nobody.
 */
export const secretIssues = check({
  key: 'secret-issues',
  group: 'issues',
  title: 'Issues that would lose their security level',
  worst: 'error',
  canOverride: true,
  watch: (item) =>
    item.kind === 'issue' && item.losses.some(({ code }) => code === 'security-level')
      ? {
          subject: item.label,
          projectKey: item.projectKey,
          detail: 'Only the people of its security level see it at the source.',
        }
      : null,
  say(n, { siteKind }) {
    if (!n) return fine('No issue that is to move has a security level.')
    const who = `${plural(n, 'issue has', 'issues have')} a security level, which does not move: on the site everybody who can see the project sees ${n === 1 ? 'it' : 'them'}.`
    if (siteKind === 'practice')
      return warn(
        who,
        'This is a rehearsal, so nobody sees them. Before a run to a real site, decide who may.',
      )
    return block(
      who,
      'Leave their projects out, or see to it that only the right people can see these projects on the site (Settings, System, Permission schemes: the default one). Then set this aside with your name and why it may be.',
    )
  },
})
