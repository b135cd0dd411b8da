import { block, type CheckOffender, fine, plural, siteCheck, warn } from './check.ts'

/** A permission of Jira Cloud, as its administrators call it, what a run does with it, and what is without it. */
export interface NeededPermission {
  name: string
  needed: string
  without: string
}
const permission = (name: string, needed: string, without: string): NeededPermission => ({
  name,
  needed,
  without,
})

/** What the push does, by the keys of the REST API. */
export const neededPermissions: Readonly<Record<string, NeededPermission>> = {
  ADMINISTER: permission(
    'Administer Jira',
    'making projects, issue types, statuses, screens and workflows',
    'Nothing can be moved.',
  ),
  USER_PICKER: permission(
    'Browse users and groups',
    'finding people by their e-mail address, and groups by name',
    'Nobody is found: all that people did stands under the account of the token.',
  ),
  CREATE_SHARED_OBJECTS: permission(
    'Share dashboards and filters',
    'sharing filters and dashboards as they were shared',
    'Filters and dashboards stay with the account of the token; boards that others use need such a filter.',
  ),
  BROWSE_PROJECTS: permission(
    'Browse projects',
    'reading issues back',
    'What was written cannot be verified.',
  ),
  CREATE_ISSUES: permission('Create issues', 'creating issues', 'No issue arrives.'),
  EDIT_ISSUES: permission(
    'Edit issues',
    'writing fields, properties and resolutions',
    'Values of custom fields, and the marks by which a run recognises its issues, are missing.',
  ),
  MODIFY_REPORTER: permission(
    'Modify reporter',
    'setting the reporter',
    'The account of the token stands as the reporter of every issue.',
  ),
  ASSIGN_ISSUES: permission('Assign issues', 'setting the assignee', 'Nobody is assigned.'),
  SCHEDULE_ISSUES: permission('Schedule issues', 'setting due dates', 'No issue has a due date.'),
  TRANSITION_ISSUES: permission(
    'Transition issues',
    'reaching statuses',
    'Every issue stays in its first status.',
  ),
  RESOLVE_ISSUES: permission(
    'Resolve issues',
    'setting resolutions',
    'Every issue counts as unresolved.',
  ),
  ADD_COMMENTS: permission('Add comments', 'writing comments', 'No comment arrives.'),
  WORK_ON_ISSUES: permission('Work on issues', 'writing work logs', 'No work log arrives.'),
  CREATE_ATTACHMENTS: permission('Create attachments', 'sending files', 'No file arrives.'),
  LINK_ISSUES: permission('Link issues', 'linking issues', 'No link arrives.'),
  MANAGE_WATCHERS: permission(
    'Manage watchers',
    'adding watchers',
    'Nobody watches what they watched.',
  ),
  DELETE_ISSUES: permission(
    'Delete issues',
    'deleting the fillers that hold missing numbers',
    'The fillers stay in the projects.',
  ),
  MANAGE_SPRINTS_PERMISSION: permission(
    'Manage sprints',
    'making, starting and closing sprints',
    'No sprint arrives, and no issue is in one.',
  ),
}

/**
 * Project permissions are told for "any project" of the site, so on a site without projects all of them may be
 * missing: a migrated project gets the site's default scheme, and only ADMINISTER is certain to be needed before.
 */
export const tokenPermissions = siteCheck({
  key: 'token-permissions',
  group: 'site',
  title: 'Permissions of the token',
  worst: 'error',
  canOverride: false,
  *ask({ site }): Generator<CheckOffender> {
    for (const [key, { name, needed, without }] of Object.entries(neededPermissions)) {
      const has = site.more.permissions[key]
      if (has) continue
      const unknown = has === undefined ? 'The site does not know this permission. ' : ''
      yield { subject: name, detail: `${unknown}Needed for ${needed}. Without it: ${without}` }
    }
  },
  say(n, { site }) {
    const who = site.facts.me.displayName
    if (site.more.permissions.ADMINISTER === false)
      return block(
        `${who} does not administer Jira on the site, so no project can be made.`,
        'Give this account the global permission Administer Jira (Settings, System, Global permissions), or use the token of one that has it.',
      )
    if (n)
      return warn(
        `${who} does not have ${plural(n, 'permission', 'permissions')} that a migration uses.`,
        "Global ones are given in Settings, System, Global permissions. The others were asked for in all projects of the site, and new projects get the site's default permission scheme: see that it gives them to this account.",
      )
    return fine(`${who} has all permissions that a migration uses.`)
  },
})
