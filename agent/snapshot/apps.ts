import { DatabaseSync } from 'node:sqlite'
import type { AppTableRow, AppUseRow, PluginRow } from '../../shared/app-rows.ts'
import type { PropertyRow } from '../../shared/rows.ts'
import { selection } from './schema.ts'

/** What a snapshot knows of apps, counted by SQLite itself: a few rows, however large the source. */
export interface AppFacts {
  plugins: PluginRow[]
  tables: AppTableRow[]
  /** Entity properties by key and bearer. */
  properties: { key: string; entity: string; count: number }[]
  /** Every custom field, with the issues that have a value in it. */
  fields: { id: string; name: string; type: string; issues: number }[]
  uses: AppUseRow[]
  filters: { id: string; jql: string }[]
  /** How many issues, and of how many projects, have one of these properties or a value in one of these fields. */
  reach(keys: readonly string[], fieldIds: readonly string[]): { issues: number; projects: number }
  /** Ids that properties of users name, to the keys by which the snapshot knows people. */
  userKey(id: string): string | null
  /** One entity property by its id. */
  property(id: string): PropertyRow | null
  close(): void
}

/** Opens a finished snapshot for questions about apps. The caller has seen that it is whole (openSnapshot). */
export function openAppFacts(path: string): AppFacts {
  const db = new DatabaseSync(path, { readOnly: true })
  const all = <T>(sql: string, ...values: string[]) => db.prepare(sql).all(...values) as T[]
  const property = db.prepare(
    `SELECT ${selection('property')} FROM property t WHERE t.id = CAST(? AS INTEGER) LIMIT 1`,
  )
  const user = db.prepare('SELECT "key" FROM userId WHERE id = CAST(? AS INTEGER) LIMIT 1')
  return {
    plugins: all(
      `SELECT COALESCE("key", '') AS "key", COALESCE(name, '') AS name, version FROM plugin ORDER BY 1`,
    ),
    tables: all(`SELECT name, rows, bytes FROM appTable ORDER BY name`),
    properties: all(
      `SELECT COALESCE("key", '') AS "key", COALESCE(entity, '') AS entity, COUNT(*) AS count
       FROM property GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
    fields: all(
      `SELECT CAST(f.id AS TEXT) AS id, COALESCE(f.name, '') AS name, COALESCE(f.type, '') AS type,
         (SELECT COUNT(DISTINCT v.issueId) FROM fieldValue v WHERE v.fieldId = f.id) AS issues
       FROM customField f
       WHERE COALESCE(f.type, '') NOT LIKE 'com.atlassian.jira.plugin.system.customfieldtypes:%'
       ORDER BY f.id`,
    ),
    uses: all(`SELECT DISTINCT kind, subject, reference FROM appUse ORDER BY 1, 2, 3`),
    filters: all(`SELECT CAST(id AS TEXT) AS id, COALESCE(jql, '') AS jql FROM filter ORDER BY id`),
    reach: (keys, fieldIds) =>
      db
        .prepare(
          `SELECT COUNT(*) AS issues, COUNT(DISTINCT i.projectId) AS projects FROM issue i
           JOIN (SELECT p.entityId AS id FROM property p
                   WHERE p.entity = 'IssueProperty' AND p."key" IN (SELECT value FROM json_each(?))
                 UNION SELECT v.issueId FROM fieldValue v
                   WHERE CAST(v.fieldId AS TEXT) IN (SELECT value FROM json_each(?))) x
             ON x.id = i.id`,
        )
        .get(JSON.stringify(keys), JSON.stringify(fieldIds)) as {
        issues: number
        projects: number
      },
    userKey: (id) => (user.get(id)?.key as string | undefined) ?? null,
    property: (id) => (property.get(id) ?? null) as PropertyRow | null,
    close: () => db.close(),
  }
}
