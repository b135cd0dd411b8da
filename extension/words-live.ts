/** Text of a Jira that runs, as a source. */

import { straight } from '../shared/straight.ts'
import { count, counted } from './words.ts'

export const liveWords = {
  where: 'Where from',
  backup: 'A backup',
  backupHint: 'The zip or XML that Jira’s “Backup system” made.',
  datacenter: 'A live Data Center or Server',
  datacenterHint: 'Read over the network as it is now. People can go on working in it.',
  url: 'Address of Jira',
  urlHint: 'For example https://jira.acme.com, or with its path: https://acme.com/jira',
  token: 'Personal access token',
  password: 'Password',
  tokenHint: 'Goes to the agent, which keeps it encrypted. An administrator’s token sees the most.',
  tokenStored: 'The agent has one. Leave this empty to keep it.',
  older: 'Jira before 8.14 has no tokens',
  user: 'User name',
  userHint: 'Then the field above takes this user’s password. Empty: it is a token.',
  test: 'Test the connection',
  testing: 'Testing',
  testFirst: 'Fill in address and token first.',
  me: (name: string) => `It is read as ${straight(name)}.`,
  there: (version: string | null) => (version === null ? 'Jira at' : `Jira ${version} at`),
  seen: (projects: number, issues: number | null) => {
    const seen = counted(projects, 'project', 'projects')
    return issues === null
      ? `This account sees ${seen}.`
      : `This account sees ${seen} and ${counted(issues, 'issue', 'issues')}.`
  },
  files: 'Attachments are fetched from it one by one while they are sent.',
  reading: 'Reading Jira',
  progress: (done: string, all: string, rows: string) =>
    `${done} of ${all} issues read, ${rows} rows found`,
  chooseFirst:
    'Only the issues of these projects are read. More can be read later; all of them are read anew then.',
  counting: 'Counting the issues of each project',
  countedOf: (n: number, all: number) => `${count(n)} of ${counted(all, 'project', 'projects')}`,
  stopCounting: 'Stop counting',
  noProjects: 'This account sees no project',
  noProjectsText: 'Give it the permission to browse projects at the source, or use another token.',
  lookAgain: 'Look again',
  uncounted: 'not counted',
  withFiles: (issues: number, files: number) =>
    `${counted(issues, 'issue', 'issues')}, ${count(files)} with attachments`,
  readThese: (n: number) =>
    n === 1 ? 'Read the issues of this project' : `Read the issues of these ${count(n)}`,
  halted: (read: number, total: number) =>
    `Reading was halted at ${count(read)} of ${counted(total, 'issue', 'issues')}`,
  goOn: 'Go on reading',
  anew: 'Read from the beginning',
  readOthers: 'Choose other projects',
  unread: {
    'not-chosen': 'Not read: other projects were chosen.',
    archived: 'Archived: Jira gives its issues to nobody. Restore it there to move it.',
    'not-searched': 'Not read: Jira does not let this account search it.',
  },
  noArchived:
    'A live Jira gives the issues of archived projects to nobody. Restore a project there to move it, or move a backup.',
  toRead: (keys: string, n: number) =>
    `Chosen, but not read yet: ${keys}${n > 10 ? ` and ${count(n - 10)} more` : ''}. Read them at the step`,
  none: 'not told by the source',
  read: 'Read',
  since: 'What changed in Jira since is not in it, and a run does not read it anew by itself.',
}
