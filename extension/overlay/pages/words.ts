import { count as n } from '../../words.ts'

/** Text of the overlay on boards, filters, pages of people and searches. */
export const pageWords = {
  thereHere: (there: number | null, here: number | null) =>
    `${there === null ? '?' : n(there)} there, ${here === null ? '?' : n(here)} here`,
  counts: {
    same: 'The source and the site find the same issues.',
    source: 'At the source',
    site: 'On the site',
    unknown: 'cannot be told',
    board: 'What its filter finds is counted; columns and quick filters are not looked at.',
    onlySource: (count: number) => `Only at the source (${n(count)})`,
    onlySite: (count: number) => `Only on the site (${n(count)})`,
    more: (count: number) => `and ${n(count)} more`,
  },
  people: {
    fine: 'people checked',
    pending: 'people not checked yet',
    open: (count: number) =>
      count === 1 ? '1 thing about people' : `${n(count)} things about people`,
    none: 'Nothing was asked about people yet. Ask the checks after the migration on the dashboard.',
  },
  jql: {
    pill: (count: number) =>
      count === 1 ? '1 “(migrated)” name' : `${n(count)} “(migrated)” names`,
    why: 'Such a name was given to what came with a migration and met its like here: there are two of it now.',
    twin: (twin: string) => `Its twin is ${twin}.`,
    noTwin: 'The site has nothing of that name without “(migrated)”.',
    rewritten: 'The same search with the twins',
    copy: 'Copy this JQL',
    copied: 'Copied.',
    notCopied: 'The browser did not allow it: mark the text and copy it.',
  },
  marks: {
    title: 'On this screen, to be looked at',
    one: (key: string, verdict: 'different' | 'failed', parts: number) =>
      `${key}: ${parts === 1 ? '1 part' : `${n(parts)} parts`} ${verdict === 'failed' ? 'failed or different' : 'different'}`,
  },
}
