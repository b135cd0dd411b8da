import { count } from '../../words.ts'

/** Text of the overlay on projects. */
export const projectWords = {
  progress: 'Moved so far',
  people: 'People',
  issues: 'Issues',
  files: 'Files',
  of: (done: number, total: number) => `${count(done)} of ${count(total)}`,
  verdicts: 'Verdicts',
  list: 'open the list in Landfall',
  bar: (verified: number, different: number, leftOut: number, failed: number) =>
    `${verified} verified, ${different} different, ${leftOut} left out, ${failed} failed`,
  kinds: 'By kind',
  checks: 'Checks after the migration',
  noChecks: 'They were not asked yet.',
  run: 'Ask the checks',
  running: 'The checks are being asked.',
  fine: (n: number) => (n === 1 ? '1 check found nothing.' : `${n} checks found nothing.`),
  places: (n: number) => (n === 1 ? '1 place' : `${count(n)} places`),
  showPlaces: (inProject: boolean) =>
    inProject ? 'Show the places in this project' : 'Show the places',
  showList: (title: string, inProject: boolean) =>
    inProject ? `${title}: show those in this project` : title,
  hidePlaces: 'Hide the places',
  noPlaces: 'None of them is in this project.',
  morePlaces: 'More places',
  accepted: (who: string) => `Accepted by ${who}.`,
  checklist: 'Checklist',
  open: 'Open the page for it',
  tick: 'Done',
  untick: 'Not done after all',
  byCheck: 'Answered by a check.',
  by: (who: string, when: string) => `Ticked by ${who}, ${when}.`,
  who: 'Your name, as it will stand beside what you decide',
  saveWho: 'That is me',
  decideAs: (who: string) => `You decide as ${who}.`,
  notMe: 'Somebody else',
  signOff: 'Sign this project off',
  signedOff: (who: string, when: string) => `Signed off by ${who}, ${when}.`,
  withdraw: 'Withdraw the sign-off',
  note: 'A note is written in the side panel.',
  loading: 'Asking for checks and checklist',
}
