import type { Trouble } from './trouble.ts'

const vendor =
  'Contact the Marketplace Partner (the app vendor): the button Contact on the page of the app.'
const rerun = 'Select Re-run on the page of the app, within 12 days of its first start.'
const logs = 'Select View logs and read the newest lines.'

/** Data of Marketplace apps. */
export const appTroubles: readonly Trouble[] = [
  {
    code: 'app-incomplete',
    title: 'An app migration is incomplete',
    happened: 'It has ended, but some data of the app was not migrated.',
    why: 'Single records were refused, a table could not be read, or the app’s own handler says so.',
    mend: [logs, rerun, `If it continues to be unsuccessful: ${vendor}`],
    again: 'after mending',
  },
  {
    code: 'app-failed',
    title: 'An app migration has failed',
    happened: 'It could not go on at all; the last message says where it stopped.',
    why: 'The handler refused or did not answer, the path of the app ended with an error, or the site was away.',
    mend: [logs, rerun, `If it continues to fail: ${vendor}`],
    again: 'after mending',
  },
  {
    code: 'app-timed-out',
    says: ['Timed out: '],
    title: 'An app migration timed out',
    happened:
      'The app has exceeded the permitted time period to migrate data, or gave no sign of life for longer than promised.',
    why: 'The vendor’s side is slow or stands still. It cannot be run again.',
    mend: [vendor, 'To try once more, copy the migration and move the app there.'],
    again: 'no',
  },
  {
    code: 'app-canceled',
    title: 'An app migration was canceled',
    happened: 'It was canceled by a person; that cannot be reversed.',
    why: 'What was written before stays on the site, and was read back.',
    mend: [
      `Ask whether data is on the site: ${vendor}`,
      'To move the app after all, copy the migration.',
    ],
    again: 'no',
  },
  {
    code: 'app-not-in-cloud',
    title: 'The app migration could not be found in cloud',
    happened:
      'The vendor’s cloud side does not know this transfer, or the migration goes to another site now. Its log cannot be shown.',
    why: 'The transfer was deleted there, the handler is that of another site, or the site was changed after the start.',
    mend: [
      vendor,
      'Register the right handler on the page of the app, then re-run.',
      'Set the former site again: Edit > Site.',
    ],
    again: 'after mending',
  },
  {
    code: 'app-no-path',
    also: ['app-data'],
    title: 'The app has no automated path',
    happened: 'Nothing moves the data of this app by itself; it stays behind, counted.',
    why: 'No vendor has given a way for it, and no path of your own is in the agent’s folder.',
    mend: [
      'Keep its tables as files: choose "archive" for it.',
      vendor,
      'Or write a path of your own: agent/apps/README.md.',
    ],
    again: 'after mending',
  },
  {
    code: 'apps-undecided',
    title: 'Nobody has decided about an app',
    happened: 'Its data stays behind until somebody says whether it is needed.',
    why: 'The source holds data of the app.',
    mend: [
      'Open the tab Apps, and say of each whether it moves, is kept as files, or is not needed.',
    ],
    again: 'after mending',
  },
  {
    code: 'app-handler-refused',
    says: ['did not take the event'],
    title: 'The app’s handler did not take the event',
    happened: 'The vendor’s cloud handler answered with an error, or not at all.',
    why: 'It is down, its address or secret is wrong, or it refuses this transfer.',
    mend: [
      'Compare address and secret on the page of the app with what the vendor gave you.',
      rerun,
      vendor,
    ],
    again: 'yes',
  },
  {
    code: 'app-record-refused',
    title: 'A property or value of an app was not written',
    happened: 'The record counts as left out or failed, with the reason beside it.',
    why: 'It is longer than the site takes, is no JSON, belongs to what is not on the site, or is of a kind that nobody may write from outside.',
    mend: [
      'Open the records of the app, narrowed to Failed.',
      'Fix what the reason names, then re-run.',
    ],
    again: 'after mending',
  },
  {
    code: 'app-table-changed',
    says: ['rows of it instead of'],
    title: 'A table of an app could not be kept as it is',
    happened:
      'The file of the table is not what was read, or the backup has another number of rows than before.',
    why: 'The backup was exchanged, or the disk failed.',
    mend: ['Put the backup back from which the snapshot was made, then re-run.'],
    again: 'after mending',
  },
  {
    code: 'apps',
    also: ['application-links'],
    title: 'Apps and other products to set up on the site',
    happened: 'The check cannot see whether they are installed or linked.',
    why: 'The API token does not show it.',
    mend: [
      'Install the apps that you wish to use: Apps > Explore more apps.',
      'Link products: Settings (cog icon) > Jira settings > Products > Application links.',
      'Then accept it with a note.',
    ],
    again: 'after mending',
  },
]
