import { DatabaseSync } from 'node:sqlite'
import type {
  ChangeGroupRow,
  ChangeItemRow,
  FieldValueRow,
  LinkRow,
} from '../../shared/issue-rows.ts'
import type { IssueTable, Table, Tables } from '../../shared/record.ts'
import { openSnapshot, type Snapshot } from './read.ts'
import { orderOf, selection } from './schema.ts'

/** Tables of names that other rows refer to by id. */
export type NameTable =
  | 'project'
  | 'issueType'
  | 'status'
  | 'priority'
  | 'resolution'
  | 'component'
  | 'version'
  | 'role'
  | 'sprint'
  | 'linkType'

/**
 * Single questions to a snapshot, each answered from an index or a small table: what a person looks at, one
 * issue at a time. Reads no list as a whole.
 */
export interface Lookup extends Pick<Snapshot, 'info' | 'issue' | 'issueByKey' | 'close'> {
  /** The row with this id; null when the source has none. */
  row<T extends NameTable | 'customField' | 'fieldOption'>(
    table: T,
    id: string | null,
  ): Tables[T] | null
  /** What people call a user, by key or (in old sources) by name; the reference itself when it is unknown. */
  person(reference: string): string
  /** The first rows of an issue in a table; texts as they stand, whatever their length. */
  first<T extends IssueTable>(table: T, issueId: string, most: number): Tables[T][]
  count(table: IssueTable, issueId: string): number
  /** Values of custom fields, by field. */
  values(issueId: string, most: number): FieldValueRow[]
  /** Links of every kind from and to the issue. */
  links(issueId: string, most: number): LinkRow[]
  /** Its changes, oldest first, leaving out so many; each with its items. */
  history(
    issueId: string,
    after: number,
    most: number,
  ): { group: ChangeGroupRow; items: ChangeItemRow[] }[]
  /** Whether a text field of a project is shown as wiki markup or as it is written. */
  renderer(projectId: string, field: string): 'wiki' | 'text'
}

/** Opens a finished snapshot for such questions. Throws as openSnapshot does. */
export function openLookup(path: string): Lookup {
  const snapshot = openSnapshot(path)
  const db = new DatabaseSync(path, { readOnly: true })
  const select = (table: Table) => `SELECT ${selection(table)} FROM "${table}" t`
  const known = new Map<string, string>()

  function readPerson(reference: string): string {
    const found =
      db.prepare('SELECT name, displayName FROM user WHERE key = ? LIMIT 1').get(reference) ??
      db
        .prepare('SELECT name, displayName FROM user WHERE lower(name) = lower(?) LIMIT 1')
        .get(reference)
    const name = String(found?.displayName ?? '').trim() || String(found?.name ?? '')
    return name || reference
  }

  return {
    info: snapshot.info,
    issue: snapshot.issue,
    issueByKey: snapshot.issueByKey,
    row<T extends NameTable | 'customField' | 'fieldOption'>(table: T, id: string | null) {
      if (id === null || id === '') return null
      const found = db.prepare(`${select(table)} WHERE t.id = ? LIMIT 1`).get(idOf(id))
      return (found ?? null) as Tables[T] | null
    },
    person(reference) {
      const name = known.get(reference) ?? readPerson(reference)
      known.set(reference, name)
      return name
    },
    first<T extends IssueTable>(table: T, issueId: string, most: number) {
      return db
        .prepare(`${select(table)} WHERE t.issueId = ? ORDER BY ${orderOf(table)} LIMIT ?`)
        .all(idOf(issueId), most) as unknown as Tables[T][]
    },
    count: (table, issueId) =>
      Number(
        db.prepare(`SELECT COUNT(*) AS n FROM "${table}" WHERE issueId = ?`).get(idOf(issueId))?.n,
      ),
    values: (issueId, most) =>
      db
        .prepare(`${select('fieldValue')} WHERE t.issueId = ? ORDER BY t.fieldId, t.id LIMIT ?`)
        .all(idOf(issueId), most) as unknown as FieldValueRow[],
    links: (issueId, most) =>
      db
        .prepare(
          `${select('link')} WHERE t.sourceId = ? OR t.destinationId = ? ORDER BY t.id LIMIT ?`,
        )
        .all(idOf(issueId), idOf(issueId), most) as unknown as LinkRow[],
    history(issueId, after, most) {
      // Ids of imported changes need not rise with time; the times as text do.
      const groups = db
        .prepare(
          `${select('changeGroup')} WHERE t.issueId = ? ORDER BY t.created, t.id LIMIT ? OFFSET ?`,
        )
        .all(idOf(issueId), most, after) as unknown as ChangeGroupRow[]
      const items = Map.groupBy(
        snapshot.changeItems(groups.map((group) => group.id)),
        (item) => item.groupId,
      )
      return groups.map((group) => ({ group, items: items.get(group.id) ?? [] }))
    },
    renderer(projectId, field) {
      const own = db.prepare(
        'SELECT renderer FROM renderer WHERE field = ? AND (projectId = ? OR projectId IS NULL) ORDER BY projectId IS NULL LIMIT 1',
      )
      return own.get(field, idOf(projectId))?.renderer === 'text' ? 'text' : 'wiki'
    },
    close() {
      db.close()
      snapshot.close()
    },
  }
}

/** Ids that are numbers are stored as such. */
const idOf = (id: string): string | number => (/^-?\d{1,15}$/.test(id) ? Number(id) : id)
