/**
 * The eleventh version of the ledger: numbers within a row of a check before a run have their lists, as those after
 * one have since the tenth (shared/row-counts.ts).
 */
export const offenderCounts = `
  alter table offender add column partOf text;
  alter table offender add column countsJson text;
`
