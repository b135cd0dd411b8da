/** Text of the table of people: which account each user of the source becomes. */
import type { PersonView } from '../shared/api-setup-views.ts'
import { straight } from '../shared/straight.ts'
import { count, counted } from './words.ts'

export const peopleWords = {
  states: {
    email: 'By e-mail',
    choice: 'By choice',
    placeholder: 'Placeholder',
    leftOut: 'Left out',
    outOfScope: 'Out of scope',
  } satisfies Record<PersonView['state'], string>,
  all: 'All',
  show: 'Show',
  search: 'Search people',
  columns: ['Person', 'Issues', 'Now', 'Becomes'],
  hows: {
    email: 'Account with this address',
    account: 'Another account …',
    placeholder: 'Placeholder: the name as text',
    leave: 'Left out: the name nowhere',
  } satisfies Record<PersonView['how'], string>,
  /** In place of hows.email, where no account has the address. */
  noAccountYet: 'Account with this address (none yet)',
  /** What the word in the column Now means for the numbers; said once above the table. */
  placeholders:
    'A placeholder has no account on the site: the name stands in texts, and the user counts as left out in the numbers. Invite people before the run, and their account is used.',
  outOfScope: 'Stays behind: nothing that moves names them.',
  becomes: (name: string) => `What ${straight(name)} becomes`,
  accountId: (name: string) => `Account id for ${straight(name)}`,
  accountHint: 'As the site’s user page shows it in its address.',
  use: 'Use it',
  accountMissing: 'Write the account id first.',
  problems: {
    'no-email': 'no e-mail address',
    'invalid-email': 'invalid e-mail address',
    'duplicate-email': 'e-mail address shared with',
    deleted: 'deleted at the source',
  } satisfies Record<NonNullable<PersonView['problem']>, string>,
  inactive: 'inactive',
  called: {
    'no-email': (n: number) =>
      `${counted(n, 'person has', 'people have')} no e-mail address, so none finds their account: choose one for them, or their name is kept as text.`,
    'invalid-email': (n: number) =>
      `${counted(n, 'person has', 'people have')} an e-mail address that cannot be one, so none finds their account: choose one for them, or their name is kept as text.`,
    'duplicate-email': (n: number) =>
      `${counted(n, 'person shares', 'people share')} an e-mail address with somebody else: all who share one become the one account that has it. Choose other accounts where they are different people.`,
  },
  showThem: {
    'no-email': (n: number) => `Show ${count(n)} without an address`,
    'invalid-email': (n: number) => `Show ${count(n)} with an invalid address`,
    'duplicate-email': (n: number) => `Show ${count(n)} who share an address`,
  },
  showAll: 'Show everybody again',
  order: 'Order',
  orders: { issues: 'Most issues first', source: 'As in the source' },
  empty: 'Nobody found',
  emptyText: 'No user of the source matches.',
  download: 'Download as CSV',
  upload: 'Upload the CSV',
  uploadHint:
    'Columns how and account are read; account takes an account id, or an e-mail address that the site shows. Nothing is changed when a line is wrong.',
  uploaded: (changed: number, same: number) =>
    `${counted(changed, 'person', 'people')} changed, ${count(same)} as before.`,
  refused: (n: number) => `Nothing was changed: ${counted(n, 'line is', 'lines are')} wrong.`,
  line: (n: number) => `Line ${count(n)}:`,
  busy: 'One moment',
}
