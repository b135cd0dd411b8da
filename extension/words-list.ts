/** Text of the dashboard's table: columns, search, filters, actions of a row, actions on many. */

import { straight } from '../shared/straight.ts'
import type { SortKey } from './models/list-ask.ts'
import { count, counted, listWords } from './words.ts'
import { actWords, type Deed } from './words-acts.ts'

/** Everything that the menu of a row offers. */
export type RowDeed = Deed | 'details' | 'edit' | 'copy'

export const rowDeedWords: Record<RowDeed, string> = {
  ...actWords,
  details: 'View details',
  edit: 'Edit',
  copy: 'Copy',
}

export const sortWords: Record<SortKey, string> = {
  recent: 'Running first, then newest',
  name: 'Name',
  status: 'Status',
  source: 'Source',
  site: 'Site',
  issues: 'Projects and issues',
  progress: 'Progress',
  started: 'Started',
  finished: 'Finished',
  changed: 'Last change',
}

/** The same beside a time, where three of them stand in one cell. */
export const timeWords = { started: 'started', finished: 'ended', changed: 'changed' }

export const tableWords = {
  search: 'Search',
  searchHint: 'Name, source, site or reason',
  sortBy: 'Sort by',
  turn: 'Reverse order',
  status: 'Status',
  needsYou: 'Needs you',
  needsMeaning: 'Findings to look at, runs that could not go on, and runs that wait for a person.',
  shelf: 'Which migrations',
  inUse: (n: number) => `Active (${count(n)})`,
  archived: (n: number) => `Archived (${count(n)})`,
  legend: 'What the statuses mean',
  explain: (word: string, meaning: string) => `${word}: ${meaning}`,
  choose: (name: string) => `Choose ${straight(name)}`,
  chooseAll: (n: number) => `Choose all ${count(n)}`,
  actions: (name: string) => `Actions for ${straight(name)}`,
  actionsTitle: 'Actions',
  from: 'From',
  to: 'to',
  route: 'Source and site',
  never: '–',
  notYet: 'not yet',
  purpose: { test: 'Test', production: 'Production', verify: 'Verification' },
  draftNow: (step: string) => `Setup left at “${step}”`,
  noFit: 'No migration fits',
  noFitText: 'Nothing has these words and this status, or needs you.',
  clear: 'Clear search and filter',
  issues: (n: number) => counted(n, 'issue', 'issues'),
  projects: (n: number) => counted(n, 'project', 'projects'),
  sized: 'known once the checks or a run have counted them',
  needs: listWords.needs,
  apps: (n: number) => `${counted(n, 'app waits', 'apps wait')} for you`,
  practice: listWords.practice,
}

export const bulkWords = {
  chosen: (n: number) => `${count(n)} chosen`,
  archive: 'Archive',
  unarchive: 'Restore from archive',
  letGo: 'Clear selection',
  busy: (done: number, all: number) => `${count(done)} of ${count(all)}`,
  archived: (n: number) => `${counted(n, 'migration', 'migrations')} archived.`,
  unarchived: (n: number) => `${counted(n, 'migration', 'migrations')} back in the list.`,
  stop: 'Stop',
  refused: (n: number) => `${count(n)} left as before:`,
  moreRefused: (n: number) => `${count(n)} more`,
}

export const rowWhyNot = {
  editRunning: 'Stop it first: what is running cannot be changed.',
  missing: (parts: string) => `Its setup lacks ${parts}: edit it first.`,
}
