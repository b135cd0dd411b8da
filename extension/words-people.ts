/** Text of the table of people: which account each user of the source becomes. */
import type { PersonView } from '../shared/api-setup-views.ts'
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
    email: 'The account with this e-mail address',
    account: 'Another account …',
    placeholder: 'A placeholder: the name as text',
    leave: 'Left out: the name is written nowhere',
  } satisfies Record<PersonView['how'], string>,
  becomes: (name: string) => `What ${name} becomes`,
  accountId: (name: string) => `Account id for ${name}`,
  accountHint: 'As the site’s user page shows it in its address.',
  use: 'Use it',
  accountMissing: 'Write the account id first.',
  problems: {
    'no-email': 'no e-mail address',
    'invalid-email': 'invalid e-mail address',
    'duplicate-email': 'e-mail address used twice',
    deleted: 'deleted at the source',
  } satisfies Record<NonNullable<PersonView['problem']>, string>,
  inactive: 'inactive',
  called: (n: number, what: string) => `${counted(n, 'person has', 'people have')} ${what}`,
  calledWords: {
    noEmail: 'no e-mail address',
    invalidEmail: 'an invalid e-mail address',
    duplicateEmail: 'an e-mail address that others have, too',
  },
  calledHint: 'They cannot be matched by e-mail: choose an account for them, or they stay as text.',
  empty: 'Nobody found',
  emptyText: 'No user of the source matches.',
  download: 'Download as CSV',
  upload: 'Upload the CSV',
  uploadHint: 'Columns how and account are read; nothing is changed when a line is wrong.',
  uploaded: (changed: number, same: number) =>
    `${counted(changed, 'person', 'people')} changed, ${count(same)} as before.`,
  refused: (n: number) => `Nothing was changed: ${counted(n, 'line is', 'lines are')} wrong.`,
  line: (n: number) => `Line ${count(n)}:`,
  busy: 'One moment',
}
