/**
 * The numbers of permissions before 6.3, as rows of 6.3 to 7.0 say them beside their keys; the ones of
 * the whole server are those that GlobalPermissionEntry has by name since 6.2.
 */
const projectPermissions: Readonly<Record<number, string>> = {
  10: 'BROWSE_PROJECTS',
  11: 'CREATE_ISSUES',
  12: 'EDIT_ISSUES',
  13: 'ASSIGN_ISSUES',
  14: 'RESOLVE_ISSUES',
  15: 'ADD_COMMENTS',
  16: 'DELETE_ISSUES',
  17: 'ASSIGNABLE_USER',
  18: 'CLOSE_ISSUES',
  19: 'CREATE_ATTACHMENTS',
  20: 'WORK_ON_ISSUES',
  21: 'LINK_ISSUES',
  23: 'ADMINISTER_PROJECTS',
  25: 'MOVE_ISSUES',
  26: 'SET_ISSUE_SECURITY',
  28: 'SCHEDULE_ISSUES',
  29: 'VIEW_DEV_TOOLS',
  30: 'MODIFY_REPORTER',
  31: 'VIEW_VOTERS_AND_WATCHERS',
  32: 'MANAGE_WATCHERS',
  34: 'EDIT_ALL_COMMENTS',
  35: 'EDIT_OWN_COMMENTS',
  36: 'DELETE_ALL_COMMENTS',
  37: 'DELETE_OWN_COMMENTS',
  38: 'DELETE_ALL_ATTACHMENTS',
  39: 'DELETE_OWN_ATTACHMENTS',
  40: 'EDIT_OWN_WORKLOGS',
  41: 'EDIT_ALL_WORKLOGS',
  42: 'DELETE_OWN_WORKLOGS',
  43: 'DELETE_ALL_WORKLOGS',
  45: 'VIEW_READONLY_WORKFLOW',
  46: 'TRANSITION_ISSUES',
}
const globalPermissions: Readonly<Record<number, string>> = {
  0: 'ADMINISTER',
  1: 'USE',
  22: 'CREATE_SHARED_OBJECTS',
  24: 'MANAGE_GROUP_FILTER_SUBSCRIPTIONS',
  27: 'USER_PICKER',
  33: 'BULK_CHANGE',
  44: 'SYSTEM_ADMIN',
}

const named = (names: Readonly<Record<number, string>>) =>
  `CASE number ${Object.entries(names)
    .map(([number, key]) => `WHEN ${number} THEN '${key}'`)
    .join(' ')} ELSE CAST(number AS TEXT) END`

/** The joins of schemes, after those of projects (finish.ts). */
export const schemeJoins: readonly string[] = [
  `INSERT INTO permissionGrant (id, schemeId, permission, holder, parameter)
     SELECT id, schemeId, COALESCE(NULLIF(permission, ''), ${named(projectPermissions)}),
       holder, parameter FROM draftGrant WHERE schemeId IS NOT NULL`,
  // Up to 6.1 they stood among the entries of schemes; later those rows remain and mean nothing.
  `INSERT INTO globalGrant (id, permission, groupName)
     SELECT id, ${named(globalPermissions)}, parameter FROM draftGrant
     WHERE schemeId IS NULL AND holder = 'group' AND NOT EXISTS (SELECT 1 FROM globalGrant)`,
  // A project that is in no permission scheme has the default one.
  `INSERT INTO projectScheme (projectId, kind, schemeId) SELECT p.id, 'permission', 0 FROM project p
     WHERE EXISTS (SELECT 1 FROM permissionScheme WHERE id = 0) AND NOT EXISTS
       (SELECT 1 FROM projectScheme s WHERE s.projectId = p.id AND s.kind = 'permission')`,
]

/** People whom schemes and shares name; whom no row describes has been deleted. */
export const peopleOfSchemes = `
  SELECT parameter FROM permissionGrant WHERE holder = 'user'
  UNION SELECT parameter FROM securityMember WHERE holder = 'user'
  UNION SELECT parameter FROM notification WHERE holder = 'Single_User'
  UNION SELECT "first" FROM share WHERE type = 'user'`
