import { DatabaseSync } from 'node:sqlite'

/** The JQL of a filter of the source, or of the filter that a board shows; null when the source has it not. */
export function jqlInSource(
  snapshot: string,
  kind: 'board' | 'filter',
  sourceId: string,
): string | null {
  return withFile(snapshot, (db) => {
    const id =
      kind === 'filter'
        ? sourceId
        : db.prepare('SELECT CAST(filterId AS TEXT) AS id FROM board WHERE id = ?').get(sourceId)
            ?.id
    const row = db.prepare('SELECT jql FROM filter WHERE id = ?').get(String(id ?? ''))
    return row ? String(row.jql ?? '') : null
  })
}

/** The address by which the source knows itself. */
export function addressInSource(snapshot: string): string | null {
  return withFile(snapshot, (db) => {
    const row = db.prepare(`SELECT value FROM snapshot WHERE name = 'baseUrl'`).get()
    return typeof row?.value === 'string' && row.value !== '' ? row.value : null
  })
}

function withFile<T>(path: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return work(db)
  } finally {
    db.close()
  }
}
