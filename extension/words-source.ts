/** Text of choosing a source and of what was read of it. */

import { straight } from '../shared/straight.ts'
import { count, counted } from './words.ts'

export const sourceWords = {
  found: 'Backups that the agent finds',
  none: 'The agent finds no backup in its folders. Write the path, or upload a small one.',
  looked: (levels: number) =>
    `Looked in these folders and up to ${counted(levels, 'level', 'levels')} below them:`,
  unfinished: 'holds too much to look at all of it: write the path if your backup is missing',
  again: 'Look again',
  withFiles: 'with attachments beside it',
  path: 'Path of the backup',
  pathHint: 'On the agent’s machine: the zip or entities.xml that “Backup system” made.',
  upload: 'Upload a backup',
  uploadHint: 'Up to 200 MB. A larger one is read from where it lies.',
  uploading: (name: string) => `Uploading ${straight(name)}`,
  sent: (sent: string, all: string) => `${sent} of ${all} sent`,
  stopUpload: 'Stop the upload',
  cutShort: (name: string) => `The upload of ${straight(name)} was cut short`,
  cutShortText:
    'The page or the browser was closed before all of it was sent. The agent kept nothing of it: choose the file again.',
  tooBig: (size: string) => `This file has ${size}; up to 200 MB can be uploaded. Write its path.`,
  attachments: 'Attachments folder',
  attachmentsHint:
    'data/attachments of Jira’s home. Without it, attachments are left out and listed in the report.',
  lookingForFiles: 'Looking for the files',
  noFolder: 'The agent’s machine has no such folder. Files would be left out.',
  folderUnread:
    'The folder is there. Whether the files of this backup lie in it is told once it was read. After a run it can no longer be changed.',
  folderFixed: (only: string) =>
    `After a run the folder stays: what was sent is compared with its files, and what it lacked was left out before anything was sent. To send those files from another folder, copy the migration, name that folder in the copy, and choose “${only}” at the step Scope: files that an issue has already are not sent twice, and no project needs to be deleted for it.`,
  noFiles: 'This backup has no attachments.',
  filesFound: (found: number, looked: number) =>
    `${count(found)} of ${counted(looked, 'attachment', 'attachments')} looked for ${found === 1 ? 'lies' : 'lie'} in it.`,
  showMissing: (n: number) => `Show ${count(n)} that ${n === 1 ? 'does' : 'do'} not`,
  showFound: (n: number) => `Show ${count(n)} that ${n === 1 ? 'does' : 'do'}`,
  allFiles: (of: number) => `All ${count(of)} of the backup`,
  timeZone: 'Time zone of the server',
  timeZoneHint: 'For example Europe/Berlin. Empty: it is found from the backup, and you see how.',
}

export const inspectionWords = {
  reading: 'Reading the backup',
  progress: (done: string, all: string, rows: number) =>
    `${done} of ${all}, ${counted(rows, 'row', 'rows')} found`,
  stop: 'Stop reading',
  again: 'Read again',
  begin: 'Read the source',
  notBegun: 'Not read yet',
  stopped: 'Reading was stopped',
  stoppedText: (howFar: string | null) =>
    `${howFar ? `By then: ${howFar}. ` : ''}Nothing of it is kept: reading begins again at the beginning.`,
  notBegunText: 'What the backup holds will stand here.',
  version: 'Jira',
  unknown: 'not told by the file',
  exported: 'Exported',
  zone: 'Time zone',
  zoneUnsure: 'The time zone is a guess',
  zoneUnsureText:
    'Nothing in the backup tells it for certain. A wrong one moves every date by hours. Write it at the step Source.',
  base: 'Address',
  kept: 'What was found',
  kind: 'Kind',
  rows: 'Rows',
  keptAll: (n: number) => `${counted(n, 'kind', 'kinds')} without rows`,
  notRead: 'What will not be read',
  notReadText: 'These rows are counted and left in the backup.',
  secret: 'Never stored: passwords, keys and licences',
  secretText:
    'These rows are counted and never shown, so no list of them opens. Whoever needs one looks into the backup itself.',
  stated: (found: number, stated: number) =>
    `${count(found)} found, but the file says ${count(stated)}`,
  notes: 'What was noticed',
}
