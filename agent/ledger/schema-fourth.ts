import { mappingTables } from './schema-mapping.ts'

/**
 * The fourth version of the ledger: who becomes whom is written down, and an item that failed or is different
 * knows since when. A trigger keeps that, as the tally is kept: whatever gives an item its verdict (sending,
 * reading back, a repair, its undo) is in the log with its time. Of a ledger of an earlier version only the end
 * of the run is known. The index is for what the error log tells, in the order of time; few items are in it.
 */
export const fourthVersion = `
  ${mappingTables}
  alter table item add column settledAt integer;
  update item set settledAt = (select ifnull(finishedAt, changedAt) from migration where id = item.migrationId)
    where verdict in ('failed', 'different');
  create index itemTrouble on item (migrationId, settledAt, seq) where verdict in ('failed', 'different');
  create trigger itemSettled after update of verdict on item when new.verdict is not old.verdict
    and (new.verdict in ('failed', 'different') or old.settledAt is not null) begin
    update item set settledAt = iif(new.verdict in ('failed', 'different'), cast(unixepoch('subsec') * 1000 as integer), null)
    where seq = new.seq;
  end;
`
