/**
 * What is left to do once a migration has ended, in the words of Atlassian's page on the Migrations
 * dashboard ("After you migrate"), each with the checks that answer it.
 */
export interface ChecklistTask {
  entry: string
  title: string
  sentence: string
  /** Keys of the checks after a migration that answer it; empty = only a person can. */
  checks: readonly string[]
  /** Where it is done: a path of the site, an address of its own, or nowhere in particular. */
  page: { path: string } | { address: string } | null
}

const directory = { address: 'https://admin.atlassian.com' }

/** In the order of the page. */
export const checklistTasks: readonly ChecklistTask[] = [
  {
    entry: 'report',
    title: 'Post-migration report',
    sentence:
      'Download the post migration report (.zip file) to know the status of the migrated data in your Cloud site.',
    checks: [],
    page: null,
  },
  {
    entry: 'group-members',
    title: 'Members of groups',
    sentence:
      'Review members of groups and approve their permissions by going to Administration > User management.',
    checks: ['group-members'],
    page: directory,
  },
  {
    entry: 'administrator-groups',
    title: 'General administrator groups',
    sentence:
      'Add users to the general administrator groups if necessary. The generic groups are: "site-admins", "system-administrators", "atlassian-addons", "atlassian-addons-admin".',
    checks: ['administrator-groups'],
    page: directory,
  },
  {
    entry: 'external-users',
    title: 'External user management',
    sentence:
      'If you use an external user management system, check that your users have synced correctly.',
    checks: ['external-directory'],
    page: directory,
  },
  {
    entry: 'invite',
    title: 'Invitations',
    sentence:
      'When you are ready, invite your users. Go to Administration > Users > Show details and then Resend invite. When they first log in they may be prompted to set a new password and add personal details. If you have the improved user management experience, go to Administration > Directory > Users > Show details and then Resend invite.',
    checks: ['people-without-account'],
    page: directory,
  },
  {
    entry: 'review',
    title: 'Review of projects and issues',
    sentence: 'Review projects and issues, or ask your users to review their own projects.',
    checks: [],
    page: { path: '/browse/' },
  },
  {
    entry: 'former-user',
    title: 'Former User',
    sentence:
      'Check for any unusual instances of Former User. This means that we were unable to match content to a user.',
    checks: ['former-user'],
    page: null,
  },
  {
    entry: 'migrated',
    title: 'Names with (migrated)',
    sentence:
      'Use JQL and quick filters to check for any instances of the phrase (migrated). If you find this, you will need to merge the (migrated) field with the existing version in Cloud for your filter to work.',
    checks: ['migrated-names', 'migrated-uses'],
    page: { path: '/issues/' },
  },
  {
    entry: 'application-links',
    title: 'Application links',
    sentence:
      'Link your other Atlassian products by going to Settings (cog icon) > Jira settings > Products > Application links.',
    checks: ['application-links'],
    page: { path: '/plugins/servlet/applinks/listApplicationLinks' },
  },
  {
    entry: 'apps',
    title: 'Other apps',
    sentence: 'You can then install any other apps you wish to use and onboard your users.',
    checks: ['apps'],
    page: { path: '/plugins/servlet/upm' },
  },
]
