/**
 * The tenth version of the ledger: numbers within a row of a check after a migration have their lists (shared/row-counts.ts). partOf
 * names what the rows of such a list belong to; pages of one are cut out of its list, which has at most 100,000 rows.
 */
export const rowCounts = `
  alter table place add column partOf text;
  alter table place add column countsJson text;
`
