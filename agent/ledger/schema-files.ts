/** What a file of a live source was when it was sent: it is compared with that, without asking the source again. */
export interface FileHashTable {
  migrationId: string
  /** The attachment's id at the source. */
  sourceId: string
  /** In hexadecimal. */
  sha256: string
}

export const fileTables = `
  create table fileHash (
    migrationId text not null, sourceId text not null, sha256 text not null, primary key (migrationId, sourceId)
  ) strict, without rowid;
`
