import type { RepairPlan, RepairState, RepairVia } from '../shared/api-repair.ts'
import type { RepairAct } from '../shared/repair.ts'
import { straight } from '../shared/straight.ts'
import { count, counted } from './words.ts'

const chances: Record<RepairPlan['chance'], string> = {
  possible: 'will be repaired',
  done: 'right already',
  changed: 'changed since, stays as it is',
  'by hand': 'by hand',
}

/** Text of repairs, in the drawer and in the side panel. */
export const repairWords = {
  open: 'Repair…',
  openMany: (n: number) => `Repair ${n === 1 ? 'it' : counted(n, 'item', 'items')}…`,
  attach: 'Attach again…',
  links: 'Rewrite these links…',
  theseLinks: 'Rewrite the links of these issues…',
  title: 'Repair',
  close: 'Back',
  looking: 'Looking at the site. Nothing is written.',
  lookedAt: (done: number, of: number) =>
    `${count(done)} of ${counted(of, 'item', 'items')} looked at.`,
  look: 'Look again',
  nothing: 'Nothing of this can be repaired from here.',
  first: (n: number) => `These are the first ${count(n)}; the others can be repaired after them.`,
  /** What will become of an item; of one that some fields keep as they are it says so. */
  outlook: ({ chance, parts }: RepairPlan): string =>
    chance === 'possible' && parts.some((one) => one.after === null && one.now !== one.source)
      ? 'will be repaired in part'
      : chances[chance],
  acts: {
    'attach again': 'The file is attached again',
    'rewrite text': 'The text is written anew',
    'create again': 'It is made again',
    'turn link round': 'The link is turned round',
    'set field': 'The field is set',
    'rewrite links': 'It is rewritten, the text around it stays',
  } satisfies Record<RepairAct, string>,
  source: 'Source',
  migrated: 'As migrated',
  now: 'Now on the site',
  after: 'After the repair',
  empty: '(empty)',
  changedBy: (who: string | null, at: string | null) =>
    `Changed by ${who ?? 'somebody'}${at === null ? ' since it was read back' : `, ${at}`}.`,
  via: 'Write',
  vias: {
    agent: 'with the agent’s token',
    page: 'with my login on this page',
  } satisfies Record<RepairVia, string>,
  panelPage: 'with my login, through an open page of the site',
  tokenMayNot: 'The agent’s token may not write all of this.',
  requests: (n: number, site: string) =>
    `${counted(n, 'request', 'requests')} to ${site} that ${n === 1 ? 'writes' : 'write'}:`,
  confirm: (n: number) => `Repair ${counted(n, 'item', 'items')}`,
  confirmPage: (n: number) => `Repair ${counted(n, 'item', 'items')} with my login`,
  who: 'Your name',
  whoHint: 'It stands with the repair, in the report and in the timeline.',
  noWho: 'Say who repairs this.',
  unnamed: 'a person at this browser',
  working: (done: number, of: number) => `${count(done)} of ${count(of)} done.`,
  stop: 'Stop',
  states: {
    planned: 'waiting',
    sending: 'being written',
    sent: 'being read back',
    verified: 'repaired and read back',
    failed: 'not repaired',
    undoing: 'being undone',
    undone: 'undone',
  } satisfies Record<RepairState, string>,
  summary: (good: number, bad: number) =>
    bad === 0
      ? `${counted(good, 'item', 'items')} repaired and read back.`
      : `${count(good)} repaired and read back, ${count(bad)} not.`,
  undo: 'Undo',
  undoAll: 'Undo all',
  undone: (who: string) => `Undone by ${straight(who)}.`,
  by: (who: string) => `by ${straight(who)}`,
  made: (n: string) => `Repairs made: ${n}`,
  again: 'Try again',
  noPage: 'No page of the site is open in this browser.',
  noPageHint: 'Open the site in a tab, log in there as an administrator, and try again.',
  away: 'The agent cannot be reached.',
  running: 'A running migration is not repaired: wait for its end.',
}
