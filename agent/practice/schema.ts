/** The state of a site: one table for all that is only looked up by id, owner or name, and a few with needs of their own. */
export const schema = `
-- email, token, cloudId and the session of the pages
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- ids by kind, and the issue numbers of each project: they only ever rise
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- name is in lower case: names on the site are unique without regard to case
CREATE TABLE IF NOT EXISTS thing (
  kind TEXT NOT NULL, id INTEGER NOT NULL, owner INTEGER NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS thing_owner ON thing (kind, owner, id);
CREATE INDEX IF NOT EXISTS thing_name ON thing (kind, name);
-- email and name in lower case, for the prefix search
CREATE TABLE IF NOT EXISTS account (
  number INTEGER PRIMARY KEY, accountId TEXT NOT NULL UNIQUE, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, data TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS account_name ON account (name);
CREATE TABLE IF NOT EXISTS issue (
  id INTEGER PRIMARY KEY, projectId INTEGER NOT NULL, number INTEGER NOT NULL, typeId INTEGER NOT NULL,
  statusId INTEGER NOT NULL, parentId INTEGER, created INTEGER NOT NULL, updated INTEGER NOT NULL, data TEXT NOT NULL,
  UNIQUE (projectId, number)
) STRICT;
CREATE INDEX IF NOT EXISTS issue_parent ON issue (parentId) WHERE parentId IS NOT NULL;
CREATE TABLE IF NOT EXISTS label (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
-- "inward <outward word of the type> outward": the same names as in the documents
CREATE TABLE IF NOT EXISTS link (
  id INTEGER PRIMARY KEY, typeId INTEGER NOT NULL, inward INTEGER NOT NULL, outward INTEGER NOT NULL,
  UNIQUE (inward, outward, typeId)
) STRICT;
CREATE INDEX IF NOT EXISTS link_outward ON link (outward);
CREATE TABLE IF NOT EXISTS watcher (issueId INTEGER NOT NULL, accountId TEXT NOT NULL, PRIMARY KEY (issueId, accountId)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vote (issueId INTEGER NOT NULL, accountId TEXT NOT NULL, PRIMARY KEY (issueId, accountId)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sprintIssue (sprintId INTEGER NOT NULL, issueId INTEGER NOT NULL, PRIMARY KEY (sprintId, issueId)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sprintIssue_issue ON sprintIssue (issueId);
-- groupId is the group's number here, not the id that the site shows
CREATE TABLE IF NOT EXISTS member (groupId INTEGER NOT NULL, accountId TEXT NOT NULL, PRIMARY KEY (groupId, accountId)) STRICT, WITHOUT ROWID;
-- entity properties of issues, comments, worklogs, projects, users and gadgets
CREATE TABLE IF NOT EXISTS property (
  entity TEXT NOT NULL, id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (entity, id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS preference (accountId TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (accountId, key)) STRICT, WITHOUT ROWID;
`
