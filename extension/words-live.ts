/** Text of a Jira that runs, as a source. */
import { counted } from './words.ts'

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
  me: (name: string) => `It is read as ${name}.`,
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
  none: 'not told by the source',
  read: 'Read',
}
