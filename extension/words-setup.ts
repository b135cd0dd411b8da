/** Text of the stepper that sets a migration up: its frame, its first step and its last. */
import type { MissingPart, Purpose, SetupStep } from '../shared/setup.ts'
import { count, counted } from './words.ts'

export const stepWords: Record<SetupStep, { title: string; text: string }> = {
  name: { title: 'Name', text: 'What is it called, and is it a test or the real thing?' },
  source: {
    title: 'Source',
    text: 'What is to be moved: a backup, or a running Jira Server or Data Center.',
  },
  inspection: { title: 'Inspection', text: 'What the source holds, and what of it is not read.' },
  site: { title: 'Site', text: 'Where it goes. The practice site is a rehearsal on this machine.' },
  scope: { title: 'Scope', text: 'What of the source moves.' },
  people: { title: 'People', text: 'Which account each user of the source becomes.' },
  collisions: {
    title: 'Name conflicts',
    text: 'What to do when the site already has the name.',
  },
  checks: { title: 'Checks', text: 'What is checked before a run. Errors keep it from starting.' },
  review: { title: 'Review', text: 'What a run will do, in numbers, before it writes anything.' },
}

export const setupWords = {
  titleEdit: 'Edit',
  steps: 'Steps',
  stepOf: (n: number, all: number) => `Step ${n} of ${all}`,
  next: 'Next',
  back: 'Back',
  testing: 'The connection is being tested',
  anyway: 'Go on anyway',
  /** In place of Next, once it was tried in vain. */
  again: 'Try again, then go on',
  anywayText:
    'Going on leaves it as it is: the setup can be filled in further, and a run asks again.',
  clash: (parts: string) =>
    `This setup was changed in another window. You typed another: ${parts}.`,
  clashText: 'What you typed is not saved until you choose.',
  keepTheirs: 'Keep what was saved there',
  keepMine: 'Keep what I typed',
  parts: {
    name: 'name',
    purpose: 'purpose',
    source: 'source',
    site: 'site',
    scope: 'scope',
    collisions: 'rules for names',
    mappings: 'id mappings',
  },
  saving: 'Saving',
  saved: 'Saved',
  unsaved: 'Kept in this browser, not saved yet',
  save: 'Save',
  saveAndRun: 'Save and run',
  saveAndVerify: 'Save and verify',
  wrongAt: (step: string) => `Correct it at the step ${step}`,
  nameFirst: 'Give it a name and choose Next first.',
  willDo: 'What a run that begins now will do',
  fixed:
    'Items of this migration are on the site already, so this can no longer be changed. Copy the migration to begin another one with it; a copy of the same projects needs them deleted from the site first, also from its trash.',
  copy: 'Copy the migration',
  copying: 'Copying',
  copyShort: 'Copy',
  edit: 'Edit',
  goOn: 'Continue setup',
  badZone: 'A time zone looks like Europe/Berlin or UTC+02:00.',
  whyNot: {
    source: 'Choose a backup, or write where it is.',
    address: 'Write the address of the Jira Data Center.',
    sourceToken: 'The token of the Jira Data Center is missing.',
    reading: 'The source is still being read; the next steps need what it holds.',
    choose: 'Choose the projects and read them first.',
    stopped: 'Reading was stopped; the next steps need what the source holds.',
    unread: 'The source could not be read: see above what to do.',
    site: 'Choose the practice site, or say which site it is.',
    token: 'The API token is missing.',
    verifySite: 'Say which site the other program filled.',
    projects: 'Choose at least one project, or move all of them.',
    notRead: 'Read the source first: go back to the inspection.',
  },
  missing: {
    source: 'A source is missing.',
    site: 'A site is missing.',
    token: 'The API token of the site is missing.',
    sourceToken: 'The token of the Jira Data Center is missing.',
  } satisfies Record<MissingPart, string>,
}

export const nameWords = {
  name: 'Name',
  nameHint: 'As you want to find it in the list.',
  purpose: 'What is it for?',
  purposes: {
    test: ['Test', 'A rehearsal; what it writes can be thrown away.'],
    production: ['Production', 'The real one: people go on working with what it writes.'],
    verify: [
      'Verify what another tool migrated',
      'The site is filled already. It is read and compared with the source; nothing is written.',
    ],
  } satisfies Record<Purpose, [string, string]>,
}

export const reviewWords = {
  planning: 'Calculating the plan; nothing is written',
  progress: (items: number, total: number | null) =>
    total === null
      ? `${counted(items, 'item', 'items')} planned`
      : `${count(items)} of ${counted(total, 'item', 'items')} planned`,
  stop: 'Stop planning',
  again: 'Plan again',
  outdated:
    'The backup on disk is not the one that was read for these numbers. A run reads it anew and plans anew. To see its numbers first, read it again at the step Inspection.',
  stopped: 'Planning was stopped',
  stoppedText: 'The numbers of a run will stand here.',
  moves: (n: number) => counted(n, 'item moves', 'items move'),
  stays: (n: number) => `${counted(n, 'is', 'are')} left out`,
  requests: ({ writes, reads }: { writes: number; reads: number }) =>
    `${counted(writes + reads, 'request', 'requests')}: ${count(writes)} to write, ${count(reads)} to read and compare`,
  besides:
    'Counted from the plan: what is asked of the site before, what is written, and what is read back. Trying again after a refusal or an outage comes on top.',
  planned: 'Planned',
  more: (n: number) => `${counted(n, 'more reason', 'more reasons')}`,
  oneOfThem: 'For one of them:',
  takes: (range: string) => `takes ${range}`,
  kinds: 'What moves',
  kindColumns: ['Kind', 'Moves', 'Left out'],
  projects: 'By project',
  projectColumns: ['Project', 'Issues', 'Files', 'Moves', 'With a loss', 'Left out', 'Requests'],
  losses: 'What moved items will not keep',
  lossesText: 'These losses are announced: they count as verified, with an announced loss.',
  noLosses: 'Beside what no migration can keep, everything that moves keeps all it has.',
  limits: 'What no migration over the API can keep',
  leftOut: 'What does not move, and why',
  noLeftOut: 'Nothing is left out.',
  example: (text: string) => `For example ${text}`,
  blocked: 'A check blocks the run: see the step Checks.',
}
