/**
 * The sixth version of the ledger: what SQLite is to think of the indexes of items. Knowing nothing it takes every
 * value for rare, and would rather go through all items of a kind or a verdict than look up the few of an issue: with
 * 200,000 issues that took 0.4 s for each batch that was sent, and 1.6 s for the marks of one page of the site. The
 * numbers are those of ten migrations of a million items each, whatever this ledger has, so that its plans are the
 * same on every machine and never change by themselves (https://sqlite.org/lang_analyze.html, "Fixed Results Of ANALYZE"):
 * the rows of an index, and how many of them have the same first, the same first two, … columns.
 */
const rowsAValue: Readonly<Record<string, string>> = {
  sqlite_autoindex_item_1: '10000000 1000000 50000 1',
  itemBatch: '10000000 10',
  itemIssue: '10000000 1000000 10',
  itemVerdict: '10000000 1000000 250000 25000 1',
  itemKind: '10000000 1000000 50000 1',
  itemProject: '10000000 1000000 20000 2000 1',
  // Of these only the few rows that they hold.
  itemRoot: '1000000 100',
  itemRetried: '1000000 100000 10000 1000 1',
  itemTrouble: '1000000 100000 10 1',
}

/** Only ANALYZE can make the table of statistics; of a table without an index it has nothing to say. */
export const itemStatistics = `
  analyze clock;
  insert into sqlite_stat1 (tbl, idx, stat) values ${Object.entries(rowsAValue)
    .map(([index, stat]) => `('item', '${index}', '${stat}')`)
    .join(', ')};
  analyze sqlite_schema;
`
