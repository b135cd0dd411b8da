import { menu, type Trouble } from './trouble.ts'

/** How a backup is made anew. */
export const makeAgain = `On the old server: ${menu.sourceBackup}; wait until Jira says that the backup is complete.`
const copyAgain =
  'Copy the backup to this machine once more and compare the size, better the checksum, on both.'
const runAgain = 'Run the migration again: it goes on where it stopped and writes nothing twice.'

/** Reading a backup. */
export const sourceTroubles: readonly Trouble[] = [
  {
    code: 'source-missing',
    title: 'The backup or folder is not there',
    happened: 'The agent looked for the file or folder that the migration names and found none.',
    why: 'It was moved, renamed or deleted, the disk is not mounted, or the path belongs to another machine: paths are those of the machine on which the agent runs.',
    mend: [
      'Open Edit > Source and choose the backup from the list, or correct the path.',
      'Jira writes backups to the folder export of its home, and keeps attachments in data/attachments.',
    ],
    again: 'after mending',
  },
  {
    code: 'source-unreadable',
    title: 'The backup or a file of it cannot be read',
    happened: 'Reading began and met bytes that are no well-formed zip, XML or attachment.',
    why: 'The file was damaged on the way, is protected by a password, may not be read by the user who runs the agent, or was packed in a way that Jira does not use.',
    mend: [
      copyAgain,
      'Check that the user who runs the agent may read the file.',
      'Unpack a zip with a password, and give the entities.xml or a plain zip.',
      `If it stays so, make a new backup. ${makeAgain}`,
    ],
    again: 'after mending',
  },
  {
    code: 'source-truncated',
    says: ['is cut off'],
    title: 'The backup is cut off',
    happened: 'The file ends before the backup does.',
    why: 'It was copied while Jira still wrote it, or the copy was broken off (a full disk, a lost connection).',
    mend: [copyAgain, `Or make a new one. ${makeAgain}`],
    again: 'after mending',
  },
  {
    code: 'source-not-jira',
    title: 'This is no backup of Jira',
    happened: 'The file, folder or address was read, and it is not what Jira makes.',
    why: 'It is a backup of another product (Confluence, a database dump), the wrong folder, or an address under which no Jira stands.',
    mend: [
      `Give the zip of ${menu.sourceBackup}, or the entities.xml in it.`,
      'For a running Jira, open the address in the browser first; a Jira under a path wants it in the address, as in https://acme.com/jira.',
    ],
    again: 'after mending',
  },
  {
    code: 'source-is-cloud',
    title: 'The source is a Jira Cloud site',
    happened: 'The address or backup belongs to Jira Cloud.',
    why: 'Landfall moves from Jira Server and Data Center. Between two Cloud sites Atlassian has its own way.',
    mend: ['Use the cloud-to-cloud migration: admin.atlassian.com > Settings > Data migration.'],
    again: 'no',
  },
  {
    code: 'source-empty',
    title: 'The backup is empty',
    happened: 'The file has no bytes, or no rows of Jira in it.',
    why: 'Jira was still writing it, or it was made while the disk was full.',
    mend: [makeAgain],
    again: 'after mending',
  },
  {
    code: 'file-changed',
    title: 'The backup on disk is another one now',
    happened: 'The file has other bytes than the one that was read before.',
    why: 'It was made anew or replaced under the same name.',
    mend: [
      'Nothing to do before a first run: the new file is read.',
      'Once something was sent, the snapshot of the first file stays in use; copy the migration to move from the new one.',
    ],
    again: 'yes',
  },
  {
    code: 'snapshot-disk-full',
    says: ['The disk is full'],
    title: 'The disk of the agent is full',
    happened: 'What is read of the source could not be written to the agent’s folder.',
    why: 'A snapshot takes up to twice the size of the unpacked backup.',
    mend: ['Make room on that disk, or start the agent with --folder on a larger one.', runAgain],
    again: 'after mending',
  },
  {
    code: 'snapshot-damaged',
    title: 'What was read of the source cannot be used',
    happened: 'The snapshot in the agent’s folder is gone or not readable.',
    why: 'It was deleted by hand, the disk failed, or another version of Landfall wrote it.',
    mend: [
      'Run the migration again, or edit it: the source is read anew. Nothing is lost by that.',
    ],
    again: 'yes',
  },
  {
    code: 'time-zone-assumed',
    also: ['time-zone'],
    title: 'The time zone of the source is not certain',
    happened:
      'Nothing in the source tells its time zone for sure; the check says which one is used.',
    why: 'Backups hold times without a zone. All times kept as text depend on it.',
    mend: [
      'Compare the time of one comment with the old Jira.',
      'Open Edit > Source and name the zone of the old server, for example Europe/Berlin.',
    ],
    again: 'after mending',
  },
  {
    code: 'counts-fewer',
    also: ['counts-more'],
    title: 'The backup states another number of rows',
    happened: 'The backup says how many rows it holds, and another number was read.',
    why: 'People worked while it was made, or it is not whole.',
    mend: [
      `Make the backup again while nobody works on the old server. ${makeAgain}`,
      'Fewer rows than stated can mean lost data: do not migrate from such a file.',
    ],
    again: 'after mending',
  },
  {
    code: 'issue-without-key',
    also: [
      'issue-without-project',
      'issue-key-twice',
      'change-without-group',
      'link-without-issue',
      'comment-without-issue',
      'worklog-without-issue',
      'attachment-without-issue',
      'changeGroup-without-issue',
      'fieldValue-without-issue',
      'issueComponent-without-issue',
      'issueVersion-without-issue',
      'label-without-issue',
      'rank-without-issue',
      'remoteLink-without-issue',
      'vote-without-issue',
      'watcher-without-issue',
      'action-type',
      'role-actor-type',
      'illegal-characters',
    ],
    title: 'Rows of the source that belong to nothing',
    happened: 'The source holds rows that point at what it does not have, or are no valid data.',
    why: 'Years of deletions, imports and apps leave such rows; Jira itself does not show them.',
    mend: [
      'Nothing to do: they are counted and named, and nothing that people can see is lost.',
      'On the old server, System > Integrity checker removes many of them.',
    ],
    again: 'no',
  },
  {
    code: 'without-id',
    title: 'Rows of the source have no id',
    happened:
      'Some rows have no number of their own. They are kept, and told apart by their place in the source.',
    why: 'Jira never writes such rows: an app, a script, or a hand in the database did.',
    mend: ['Look at them at the step Inspection. Nothing has to be done, unless they are wrong.'],
    again: 'no',
  },
]
