/** Text of a list of items that is narrowed to what one cause took down. */
import { straight } from '../shared/straight.ts'
export const causeWords = {
  only: 'Only those of one cause:',
  all: 'Show all of them',
}

/** Text of the search for an account of the site. */
export const accountWords = {
  find: (name: string) => `Find an account on the site for ${straight(name)}`,
  hint: 'Part of the name or of the e-mail address.',
  asking: 'Looking on the site …',
  none: 'No visible account matches.',
  found: (n: number) => (n === 1 ? '1 account found.' : `${n} accounts found.`),
  use: 'Use',
  byId: 'Or by its account id',
}
