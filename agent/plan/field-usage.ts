import type { SnapshotReader } from '../../shared/record.ts'
import type { Setup } from './setup.ts'
import { issuePages } from './survey.ts'

/** What the issues that move have in custom fields, found in one pass; as small as the lists of options are. */
export interface FieldUsage {
  fields: Set<string>
  /** By field: what its rows say in the column that options stand in. */
  values: Map<string, Set<string>>
}

export function readFieldUsage(snapshot: SnapshotReader, setups: readonly Setup[]): FieldUsage {
  const usage: FieldUsage = { fields: new Set(), values: new Map() }
  const withOptions = new Set<string>()
  for (const row of snapshot.rows('fieldOption')) withOptions.add(row.fieldId)
  for (const { plan } of setups)
    for (const page of issuePages(snapshot, plan.row.id)) {
      const ids = page.map((issue) => issue.id)
      for (const row of snapshot.ofIssues('fieldValue', ids)) {
        usage.fields.add(row.fieldId)
        if (!withOptions.has(row.fieldId) || row.stringValue === null) continue
        const values = usage.values.get(row.fieldId) ?? new Set()
        usage.values.set(row.fieldId, values.add(row.stringValue))
      }
      for (const row of snapshot.ofIssues('label', ids))
        if (row.fieldId !== null) usage.fields.add(row.fieldId)
    }
  return usage
}
