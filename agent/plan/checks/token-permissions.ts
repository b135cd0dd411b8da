import { block, type CheckOffender, fine, siteCheck, warn } from './check.ts'

/** What the push does, and which permission of Jira Cloud it takes (the names are those of the REST API). */
export const neededPermissions: Readonly<Record<string, string>> = {
  ADMINISTER: 'making projects, issue types, statuses, screens and workflows',
  BROWSE_PROJECTS: 'reading issues back',
  CREATE_ISSUES: 'creating issues',
  EDIT_ISSUES: 'writing fields, properties and resolutions',
  MODIFY_REPORTER: 'setting the reporter',
  ASSIGN_ISSUES: 'setting the assignee',
  SCHEDULE_ISSUES: 'setting due dates',
  TRANSITION_ISSUES: 'reaching statuses',
  RESOLVE_ISSUES: 'setting resolutions',
  ADD_COMMENTS: 'writing comments',
  WORK_ON_ISSUES: 'writing work logs',
  CREATE_ATTACHMENTS: 'sending files',
  LINK_ISSUES: 'linking issues',
  MANAGE_WATCHERS: 'adding watchers',
  DELETE_ISSUES: 'deleting the fillers that hold missing numbers',
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
    for (const [key, what] of Object.entries(neededPermissions))
      if (site.more.permissions[key] === false)
        yield { subject: key, detail: `Needed for ${what}.` }
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
        `${who} has ${n} of the permissions that a migration uses in no project of the site.`,
        "New projects get the site's default permission scheme: see that it gives them to this account.",
      )
    return fine(`${who} has all permissions that a migration uses.`)
  },
})
