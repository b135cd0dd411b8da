/** Text of what a person can do: buttons, what they will do, why they cannot, forms and options. */

import { straight } from '../shared/straight.ts'
import type { Act } from './agent-client.ts'
import { counted, statusWords } from './words.ts'

/** Everything a person can do to a migration. */
export type Deed = Act | 'delete'

export const actWords: Record<Deed, string> = {
  run: 'Run',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  archive: 'Archive',
  unarchive: 'Restore from archive',
  delete: 'Delete',
}
export const runAgain = 'Run again'
export const doneWords: Record<Deed, string> = {
  run: 'Started.',
  pause: 'Pausing once the current requests finish.',
  resume: 'Resumed.',
  stop: 'Stopping once the current requests finish.',
  archive: 'Archived.',
  unarchive: 'Back in the list.',
  delete: 'Deleted.',
}
export const undo = 'Undo'
export const whyNot = {
  away: 'The agent does not answer.',
  alreadyRunning: 'It is running already.',
  blocked: (n: number) =>
    `${counted(n, 'error', 'errors')} of the checks ${n === 1 ? 'blocks' : 'block'} the run: see Checks.`,
  notRunning: 'It is not running.',
  paused: 'It is paused already.',
  waits: 'Waiting for the site; it resumes automatically.',
  notPaused: 'It is not paused.',
  stopping: 'It is stopping already.',
  running: 'Stop it first: it is running.',
  archived: 'Restore it from the archive first.',
}

export const stopWords = {
  title: (name: string) => `Stop “${straight(name)}”?`,
  text: (site: string) =>
    `The current requests finish, then nothing more is sent. What was written to ${site} stays there and is not undone. The migration becomes ${statusWords.incomplete.word.toLowerCase()}; running it again goes on where it stopped.`,
  yes: 'Stop the run',
  no: 'Keep running',
}
export const deleteWords = {
  title: (name: string) => `Delete “${straight(name)}”?`,
  plan: 'The saved migration goes. It has never run: nothing was written to any site.',
  ran: (site: string) =>
    `The migration, its verdicts, its log and the record of what was made on the site go from this machine; this cannot be undone. Everything that was written to ${site} stays there, but Landfall can no longer check it, go on with it or undo it. Download the report first.`,
  typed: 'Type “delete” to confirm',
  word: 'delete',
  yes: 'Delete for good',
  no: 'Keep it',
}

export const optionWords = {
  title: 'Landfall options',
  address: 'Address of the agent',
  addressHint: 'The agent listens on this machine only; it prints its address when it starts.',
  save: 'Save',
  saved: 'Saved.',
  pairedWith: (name: string) => `Paired with ${name}.`,
  notPaired: 'Not paired. Enter the code in the popup or the side panel.',
  unpair: 'Forget this agent',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  overlay: 'Show verdicts on Jira Cloud pages',
  overlayHint: 'A small badge in a corner of the window, which opens what is behind it.',
  notifications: 'Notify on each status change',
  notificationsHint: 'Also when everything else is closed.',
}
export const generalWords = {
  retry: 'Try again',
  details: 'Details',
  copy: 'Copy',
  copied: 'Copied',
  close: 'Close',
  dismiss: 'Dismiss',
  loading: 'Loading',
  goOn: 'Open options',
}
