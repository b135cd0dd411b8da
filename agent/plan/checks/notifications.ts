import { check, fine, warn } from './check.ts'

/**
 * The site's REST API creates comments and issues without a way to say "tell nobody", so a project's
 * notification scheme mails its people. A new project gets the default one.
 */
export const notifications = check({
  key: 'notifications',
  group: 'site',
  title: 'Mails that the site would send',
  canOverride: true,
  say(_none, { siteKind, site }) {
    if (siteKind !== 'cloud') return fine('Only a real site sends mails.')
    const people = site.facts ? Object.keys(site.facts.accounts).length : 0
    return warn(
      `New projects get the site's default notification scheme: ${people ? `up to ${people} people` : 'people'} would get a mail for each issue and comment that concerns them.`,
      'Empty the default notification scheme for the time of the run (Settings, Work items, Notification schemes), or turn the outgoing mail off.',
    )
  },
})
