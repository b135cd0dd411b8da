/**
 * The third version of the ledger: a failed item knows the one that took it down, and every item the run
 * that took it up again. The indexes hold only the few rows that have such a number.
 */
export const thirdVersion = `
  alter table item add column rootSeq integer;
  alter table item add column retriedRun integer;
  create index itemRoot on item (rootSeq) where rootSeq is not null;
  create index itemRetried on item (migrationId, retriedRun, kind, seq) where retriedRun is not null;
`
