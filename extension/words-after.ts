/** Text of what is left to do once a migration has ended, in the order in which it is done. */
import { counted } from './words.ts'

export const afterWords = {
  title: 'After you migrate',
  attention: 'Go through what is different or failed: each cause has a hint and a way on.',
  attentionLink: 'Needs attention',
  checks:
    'Much of this is looked for on the site by the checks after a migration; they change nothing there.',
  checksLink: 'Run the checks',
  projectsLink: 'Projects of this migration',
  reportLink: 'Logs and reports',
  onSite: 'Open on the site',
  /** What the page is called to which a task leads, where that has a name. */
  away: {
    'group-members': 'User management',
    'administrator-groups': 'User management',
    'external-users': 'User management',
    invite: 'Users',
    review: 'Projects on the site',
    migrated: 'Search of the site',
    'application-links': 'Application links',
    apps: 'Manage apps',
  } as Readonly<Record<string, string>>,
  text: 'Content of people without an account carries their name as text. To give it to an account, choose one in the step People of a copy. The copy needs the same projects deleted from the site first, also from its trash.',
  textLink: (n: number) => `${counted(n, 'user', 'users')} without an account`,
  mail: 'Turn the site’s outgoing mail on again if it was off: Settings (cog icon) > System > Outgoing mail.',
}
export const troubleWords = {
  log: 'In the error log each line about an item says what to do, and each line ends with the code that the guide explains. The same is grouped by cause under',
}
