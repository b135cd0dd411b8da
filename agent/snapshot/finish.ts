import { peopleOfSchemes, schemeJoins } from './finish-schemes.ts'

/**
 * The joins that a backup leaves to its reader. Its entities come in alphabetical order, so that most
 * rows stand before those that they point to; here everything is in. Each statement says one thing.
 */
export const joins: readonly string[] = [
  // A project's category, its field configuration scheme and its being archived hang on other rows.
  `UPDATE project SET categoryId =
     (SELECT categoryId FROM draftProjectCategory d WHERE d.projectId = project.id)`,
  `UPDATE project SET archived = 1 WHERE id IN (SELECT projectId FROM draftArchived)
     AND id NOT IN (SELECT projectId FROM draftArchived WHERE value IN ('0', 'false'))`,
  `UPDATE project SET originalKey = key WHERE COALESCE(originalKey, '') = ''`,
  // Before 6.1 there were no rows for keys: a project had the one it has.
  `INSERT INTO projectKey (projectId, key) SELECT p.id, p.key FROM project p
     WHERE NOT EXISTS (SELECT 1 FROM projectKey k WHERE k.projectId = p.id AND k.key = p.key)`,
  `INSERT INTO projectKey (projectId, key) SELECT p.id, p.originalKey FROM project p
     WHERE NOT EXISTS (SELECT 1 FROM projectKey k WHERE k.projectId = p.id AND k.key = p.originalKey)`,

  // The database itself holds no issue key since 6.1; a copy made from it has the number only.
  `UPDATE issue SET key = (SELECT p.key FROM project p WHERE p.id = issue.projectId) || '-' || number
     WHERE COALESCE(key, '') = '' AND number IS NOT NULL`,
  // A key that fits its project is what people know: the number follows it, and not the other way round.
  `UPDATE issue SET number = CAST(substr(key, instr(key, '-') + 1) AS INTEGER)
     WHERE key GLOB (SELECT p.key FROM project p WHERE p.id = issue.projectId) || '-[1-9]*'
       AND substr(key, instr(key, '-') + 1) NOT GLOB '*[^0-9]*'
       AND number IS NOT CAST(substr(key, instr(key, '-') + 1) AS INTEGER)`,
  // A damaged key, or one of another project, becomes what its project and its number say.
  `UPDATE issue SET key = (SELECT p.key FROM project p WHERE p.id = issue.projectId) || '-' || number
     WHERE number >= 1 AND projectId IN (SELECT id FROM project)
       AND key <> (SELECT p.key FROM project p WHERE p.id = issue.projectId) || '-' || number`,
  // Of two issues with one number the first keeps it; the other has no place on a site.
  `UPDATE issue SET number = NULL WHERE number IS NOT NULL
     AND rowid NOT IN (SELECT MIN(rowid) FROM issue GROUP BY projectId, number)`,

  // The same name in several directories: the first active directory counts.
  `CREATE TABLE draftPerson AS SELECT name, lower, displayName, email, active, directory FROM (
     SELECT u.name, COALESCE(u.lower, lower(u.name)) AS lower, u.displayName, u.email, u.active,
       d.name AS directory, ROW_NUMBER() OVER (
         PARTITION BY COALESCE(u.lower, lower(u.name))
         ORDER BY COALESCE(d.active, 1) DESC, COALESCE(d.position, 1000000), u.directoryId, u.rowid
       ) AS place
     FROM draftUser u LEFT JOIN draftDirectory d ON d.id = u.directoryId
   ) WHERE place = 1`,
  `CREATE INDEX draftPersonByLower ON draftPerson (lower)`,
  // Up to 4.2 people stood elsewhere; after the upgrade those rows remain and mean nothing.
  `INSERT INTO draftPerson (name, lower, displayName, email, active, directory)
     SELECT o.name, lower(o.name),
       (SELECT value FROM draftOsProperty p WHERE p.userId = o.id AND p.key = 'fullName'),
       (SELECT value FROM draftOsProperty p WHERE p.userId = o.id AND p.key = 'email'), 1, NULL
     FROM draftOsUser o WHERE NOT EXISTS (SELECT 1 FROM draftUser)`,
  `CREATE UNIQUE INDEX userByKey ON user (key)`,
  // An ApplicationUser without a User is a deleted user.
  `INSERT OR IGNORE INTO user (key, name, displayName, email, active, deleted, directory)
     SELECT a.key, COALESCE(p.name, a.lower), p.displayName, p.email, COALESCE(p.active, 0),
       p.lower IS NULL, p.directory
     FROM draftAppUser a LEFT JOIN draftPerson p ON p.lower = a.lower WHERE a.key IS NOT NULL`,
  // Before 6.0 the name is the key; later a User without an ApplicationUser was never used.
  `INSERT OR IGNORE INTO user (key, name, displayName, email, active, deleted, directory)
     SELECT CASE WHEN EXISTS (SELECT 1 FROM draftAppUser) THEN p.lower ELSE p.name END,
       p.name, p.displayName, p.email, p.active, 0, p.directory
     FROM draftPerson p WHERE p.lower NOT IN (SELECT lower FROM draftAppUser WHERE lower IS NOT NULL)
       AND p.name IS NOT NULL`,

  `INSERT INTO "group" (name, description, active) SELECT name, description, active FROM (
     SELECT g.name, g.description, g.active, ROW_NUMBER() OVER (
       PARTITION BY lower(g.name)
       ORDER BY COALESCE(d.active, 1) DESC, COALESCE(d.position, 1000000), g.directoryId, g.rowid
     ) AS place, g.rowid AS number
     FROM draftGroup g LEFT JOIN draftDirectory d ON d.id = g.directoryId WHERE g.name IS NOT NULL
   ) WHERE place = 1 ORDER BY number`,
  `INSERT INTO "group" (name, description, active) SELECT DISTINCT name, NULL, 1 FROM draftOsGroup
     WHERE name IS NOT NULL AND NOT EXISTS (SELECT 1 FROM draftGroup)`,
  `INSERT INTO draftMembership (groupName, kind, child)
     SELECT groupName, 'GROUP_USER', child FROM draftOsMembership
     WHERE NOT EXISTS (SELECT 1 FROM draftUser)`,
  // Memberships name people by name; everything else in the snapshot has their key.
  `INSERT INTO membership (groupName, childKind, child)
     SELECT DISTINCT m.groupName, 'user', COALESCE(a.key, p.name, m.child)
     FROM draftMembership m LEFT JOIN draftAppUser a ON a.lower = lower(m.child)
       LEFT JOIN draftPerson p ON p.lower = lower(m.child)
     WHERE COALESCE(m.kind, 'GROUP_USER') <> 'GROUP_GROUP'`,
  `INSERT INTO membership (groupName, childKind, child)
     SELECT DISTINCT groupName, 'group', child FROM draftMembership WHERE kind = 'GROUP_GROUP'`,

  // A context is a configuration scheme of a custom field in a project, or everywhere.
  `INSERT INTO fieldContext (id, fieldId, name, projectId, configId)
     SELECT c.id, substr(c.key, 13), s.name, c.projectId,
       (SELECT MIN(configId) FROM draftSchemeConfig x WHERE x.schemeId = c.schemeId)
     FROM draftContext c LEFT JOIN draftConfigScheme s ON s.id = c.schemeId
     WHERE c.key LIKE 'customfield\\_%' ESCAPE '\\'`,

  // The layout of a project's default scheme entry; none named = the system's default.
  `CREATE TABLE draftRenderer AS SELECT NULL AS projectId, l.id AS layoutId FROM draftLayout l
     WHERE l.type = 'default'
   UNION ALL SELECT p.projectId, COALESCE(
       (SELECT layoutId FROM draftLayoutScheme s WHERE s.schemeId = p.schemeId AND s.issueType IS NULL),
       (SELECT id FROM draftLayout WHERE type = 'default'))
     FROM draftProjectLayout p`,
  `INSERT INTO renderer (projectId, field, renderer) SELECT r.projectId, i.field,
       CASE i.renderer WHEN 'atlassian-wiki-renderer' THEN 'wiki' ELSE 'text' END
     FROM draftRenderer r JOIN draftLayoutItem i ON i.layoutId = r.layoutId
     WHERE i.renderer IN ('atlassian-wiki-renderer', 'jira-text-renderer') AND i.field IS NOT NULL`,

  // A live source names an epic by its key; 'epic' is the type that such links have there.
  `INSERT INTO link (id, typeId, sourceId, destinationId)
     SELECT 'epic/' || d.issueId, 'epic', COALESCE(e.id, d.epicKey), d.issueId
     FROM draftEpicLink d LEFT JOIN issue e ON e.key = d.epicKey`,
  `UPDATE link SET relation = CASE (SELECT style FROM linkType t WHERE t.id = link.typeId)
     WHEN 'jira_subtask' THEN 'subtask' WHEN 'jira_gh_epic_story' THEN 'epic' ELSE 'link' END`,

  ...schemeJoins,
]

/** Columns that name people by key. Whom no row describes has been deleted. */
export const references: Readonly<Record<string, readonly string[]>> = {
  issue: ['reporter', 'assignee', 'creator'],
  comment: ['author', 'updateAuthor'],
  worklog: ['author', 'updateAuthor'],
  changeGroup: ['author'],
  attachment: ['author'],
  watcher: ['user'],
  vote: ['user'],
  project: ['lead'],
  component: ['lead'],
  filter: ['owner'],
  dashboard: ['owner'],
  board: ['owner'],
}

/** draftReferred holds the distinct values of those columns, gathered while the rows were written. */
export const deletedPeople = `
  INSERT OR IGNORE INTO user (key, name, displayName, email, active, deleted, directory)
  SELECT r.key, COALESCE(p.name, r.key), p.displayName, p.email, COALESCE(p.active, 0),
    p.lower IS NULL, p.directory
  FROM (SELECT key FROM draftReferred
      UNION SELECT actor FROM roleActor WHERE actorKind = 'user'
      UNION ${peopleOfSchemes}) r
    LEFT JOIN draftPerson p ON p.lower = lower(r.key) AND NOT EXISTS (SELECT 1 FROM draftAppUser)
  WHERE r.key IS NOT NULL AND r.key NOT IN ('', '-1')`
