import type { FieldValueRow } from '../../shared/issue-rows.ts'
import type { SourceApp } from './inventory.ts'
import type { PathFieldValue } from './path.ts'
import type { Session } from './session.ts'

const page = 500

/**
 * The values in fields of an app's types, by issue, in pages. Fields that the migration itself moves are not
 * the app migration's: each value is moved by one of the two.
 */
export async function* fieldValuePages(
  session: Session,
  app: SourceApp,
  signal: AbortSignal,
): AsyncGenerator<PathFieldValue[]> {
  const wanted = await leftFields(session, app)
  if (wanted.size === 0) return
  const { snapshot } = session
  for (const project of snapshot.rows('project'))
    for (let after = 0; ; ) {
      signal.throwIfAborted()
      const issues = snapshot.issues(project.id, after, page)
      const last = issues.at(-1)
      if (!last) break
      after = last.number
      const keys = new Map(issues.map(({ id, key }) => [id, key]))
      const values = new Map<string, PathFieldValue>()
      for (const row of snapshot.ofIssues('fieldValue', [...keys.keys()])) {
        const text = textOf(row)
        if (!wanted.has(row.fieldId) || text === null) continue
        const { issueId, fieldId } = row
        const id = `${issueId}/${fieldId}`
        const known = values.get(id)
        if (known) known.values.push(text)
        else values.set(id, { issueId, fieldId, issueKey: keys.get(issueId) ?? '', values: [text] })
      }
      if (values.size) yield [...values.values()]
    }
}

const textOf = (row: FieldValueRow): string | null =>
  row.stringValue ?? row.textValue ?? row.numberValue ?? row.dateValue

/** Of the app's fields those that the plan left out. */
async function leftFields({ db, migrationId }: Session, app: SourceApp): Promise<Set<string>> {
  const ids = app.trace.fields.map(({ id }) => id)
  if (ids.length === 0) return new Set()
  const moved = await db
    .selectFrom('item')
    .select('sourceId')
    .where('migrationId', '=', migrationId)
    .where('kind', '=', 'customField')
    .where('sourceId', 'in', ids)
    .where('state', '!=', 'leftOut')
    .execute()
  const taken = new Set(moved.map(({ sourceId }) => sourceId))
  return new Set(ids.filter((id) => !taken.has(id)))
}
