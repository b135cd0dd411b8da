/** Text of what is left to do once a migration has ended, in the order in which it is done. */
import { counted } from './words.ts'

export const afterWords = {
  title: 'After the migration',
  checks:
    'Ask what is not right on the site, and go through the checklist of each project up to its sign-off.',
  checksLink: 'Checks and checklist',
  projects:
    'Look at each project on the site, and let its own people look, too: its name leads there.',
  projectsLink: 'Projects of this migration',
  attention: 'Go through what is different or failed: each cause has a hint and a way on.',
  attentionLink: 'Needs attention',
  groups:
    'Review the members of the groups and what they may do: Administration, User management. Add people to site-admins, system-administrators and the groups of Atlassian’s add-ons where they need it. With an external directory, see that its users have arrived.',
  groupsLink: 'User management',
  invite:
    'Invite your people when you are ready: Administration, Directory, Users, Show details, Resend invite. They may be asked for a new password at their first visit.',
  text: 'Content of people without an account carries their name as text (other movers call them Former user). To give it an account, choose one in the step People of a copy.',
  textLink: (n: number) => `${counted(n, 'user', 'users')} without an account`,
  names:
    'Look for names with “(migrated)” in filters and fields: Landfall makes such a twin only where you asked it to rename. A filter finds what it should only after the two are merged.',
  namesLink: 'Custom fields of this migration',
  mail: 'Turn the site’s outgoing mail on again if it was off, and link your other products: Settings, Products, Application links.',
  mailLink: 'Application links',
  apps: 'Install the other apps that you use, then let everybody in.',
  report: 'Keep the post-migration report: it lists what was migrated and what was not.',
  reportLink: 'Logs and reports',
}
export const troubleWords = {
  log: 'In the error log each line about an item ends with what to do. The same is grouped by cause under',
}
