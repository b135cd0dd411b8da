import type { Table, Tables } from '../../../shared/record.ts'
import type { KeepingSink, Shape, Value } from '../source.ts'

/** Rows on their way into the snapshot, counted by table. */
export interface Rows {
  add<T extends Table>(table: T, row: Tables[T]): void
  /** Rows that a join waits for, see the drafts of the snapshot's format. */
  draft(shape: Shape, values: readonly Value[]): void
  counts(): ReadonlyMap<string, number>
  total(): number
}

/** Tables that are filled issue by issue; a reading that goes on finds their rows. */
const ofIssues: readonly Table[] = [
  ...(['issue', 'comment', 'worklog', 'changeGroup', 'changeItem', 'attachment', 'link'] as const),
  ...(['remoteLink', 'label', 'watcher', 'vote', 'issueVersion', 'issueComponent'] as const),
  ...(['fieldValue', 'rank'] as const),
]

export function createRows(sink: KeepingSink): Rows {
  const shapes = new Map<Table, Shape>()
  const counts = new Map<string, number>()
  let total = ofIssues.reduce((sum, table) => sum + sink.count(table), 0)
  return {
    add(table, row) {
      const known = shapes.get(table)
      const shape = known ?? { table, columns: Object.keys(row) }
      if (!known) shapes.set(table, shape)
      const values = row as unknown as Record<string, Value>
      sink.row(
        shape,
        shape.columns.map((column) => values[column] ?? null),
      )
      counts.set(table, (counts.get(table) ?? 0) + 1)
      total += 1
    },
    draft: (shape, values) => sink.row(shape, values),
    counts() {
      for (const table of ofIssues) {
        const there = sink.count(table)
        if (there > 0) counts.set(table, there)
      }
      return counts
    },
    total: () => total,
  }
}
