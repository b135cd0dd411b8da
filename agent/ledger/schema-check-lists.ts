/**
 * The seventh version of the ledger: a check keeps more lists than that of what it found (shared/check-lists.ts),
 * in the same tables. The indexes hold the list before the number, so that a page of one never walks over another.
 */
export const checkLists = `
  alter table "check" add column listsJson text not null default '[]';
  alter table offender add column list text not null default 'found';
  drop index offenderOf;
  create index offenderOf on offender (migrationId, key, generation, list, n);
  alter table afterCheck add column listsJson text not null default '[]';
  alter table place add column list text not null default 'found';
  drop index placeOf;
  create index placeOf on place (migrationId, key, generation, list, n);
  drop index placeIn;
  create index placeIn on place (migrationId, key, generation, list, projectKey, n);
`
