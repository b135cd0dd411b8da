/** Where a trouble is looked for in the guide. */
export const troubleGroups = [
  'source',
  'agent',
  'site',
  'run',
  'people',
  'issues',
  'fields',
  'files',
  'filters',
  'differences',
  'apps',
  'checks',
] as const
export type TroubleGroup = (typeof troubleGroups)[number]

/** One thing that can go otherwise than hoped, as the troubleshooting guide explains it. */
export interface Trouble {
  /** As the agent, the reports and the lines of the error log name it. */
  code: string
  /** Other codes with the same explanation. */
  also?: readonly string[]
  /** What the agent's sentences about it hold word for word: how a line without a code is known. */
  says?: readonly string[]
  title: string
  happened: string
  why: string
  /** What to do, in order; menus of Jira Cloud as its screens name them. */
  mend: readonly string[]
  /** Whether the same act can succeed later: by itself, once the steps are done, or not at all. */
  again: 'yes' | 'after mending' | 'no'
}

/** Menus of Jira Cloud, so that a renamed one is corrected in one place. */
export const menu = {
  tokens: 'id.atlassian.com > Security > API tokens',
  permissions: 'Settings (cog icon) > System > Global permissions',
  users: 'admin.atlassian.com > Directory > Users',
  groups: 'admin.atlassian.com > Directory > Groups',
  billing: 'admin.atlassian.com > Billing',
  fields: 'Settings (cog icon) > Work items > Custom fields',
  workflows: 'Settings (cog icon) > Work items > Workflows',
  priorities: 'Settings (cog icon) > Work items > Priorities',
  security: 'Settings (cog icon) > Work items > Work item security schemes',
  mails: 'Settings (cog icon) > System > Outgoing mail',
  notifications: 'Settings (cog icon) > Work items > Notification schemes',
  attachments: 'Settings (cog icon) > System > Attachments',
  trash: 'Settings (cog icon) > Projects > Trash',
  roles: 'Settings (cog icon) > System > Project roles',
  sourceBackup: 'System > Backup system',
} as const
