import type { Trouble } from './trouble.ts'

const goesOn = 'Run the migration again: it goes on where it stopped and writes nothing twice.'

/** What a run as a whole says in the error log, and no single item. */
export const runTroubles: readonly Trouble[] = [
  {
    code: 'run-stopped',
    title: 'The run was stopped',
    happened: 'A person stopped it. What was sent by then stays on the site and is not undone.',
    why: 'Stop was pressed on the dashboard, or the command was ended.',
    mend: [goesOn],
    again: 'yes',
  },
  {
    code: 'run-incomplete',
    title: 'The run ended, and some items need you',
    happened: 'Everything was tried, and something failed, differs, or an app did not end well.',
    why: 'Each of these items has its own line, with its own code and what to do.',
    mend: ['Open the tab Needs attention: it groups the items by cause, biggest first.', goesOn],
    again: 'after mending',
  },
  {
    code: 'check-overridden',
    title: 'A check that found an error was set aside',
    happened: 'The run went on all the same. The line says which check, who did it, and why.',
    why: 'Somebody overrode it on the tab Checks, or on the command line.',
    mend: ['Look at what the check had found once the run has ended.'],
    again: 'no',
  },
  {
    code: 'autowatch-on',
    title: 'The account of the token may become a watcher',
    happened:
      'The setting by which whoever makes an issue watches it could not be turned off for the account of the token.',
    why: 'The site refused to change that setting; the line holds its words.',
    mend: [
      'In Jira Cloud open the profile of that account > Personal settings > Jira settings, and turn off watching your own work items.',
      'Watchers that differ for this reason are told when the site is read back.',
    ],
    again: 'after mending',
  },
  {
    code: 'part-not-taken',
    title: 'The site did not take a part of a filter or dashboard',
    happened: 'The filter or dashboard is there, without a share, an editor or a gadget of it.',
    why: 'The site refused that part, or those it is shared with are not there; the line says which.',
    mend: [
      'Open it on the site as its owner and add the part by hand.',
      'It is told as different when the site is read back.',
    ],
    again: 'after mending',
  },
  {
    code: 'mappings-left-aside',
    title: 'Id mappings were left aside',
    happened:
      'Lines of the id mappings, or all of them, were not used. Items are matched by key and name instead.',
    why: 'A line could not be read, or the file is of another migration, source or site.',
    mend: [
      'Export the id mappings of this source and site from the other tool again.',
      'Choose that file at the verification, and verify again.',
    ],
    again: 'after mending',
  },
  {
    code: 'nothing-there',
    title: 'None of the issues looked at is on the site',
    happened: 'A verification drew issues of the source, and the site has none of them.',
    why: 'It is another site than the one that was filled, or this login may not see its projects.',
    mend: [
      'Look at the address of the site at Edit > Site.',
      'Use the token of an account that may browse the projects.',
    ],
    again: 'after mending',
  },
]
