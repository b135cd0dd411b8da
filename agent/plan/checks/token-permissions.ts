import { block, type CheckOffender, fine, plural, type SiteMore, siteCheck, warn } from './check.ts'

/** A permission of Jira Cloud that the push uses. */
export interface NeededPermission {
  /** As Jira's own screens call it. */
  name: string
  of: 'site' | 'project'
  /** What it is used for. */
  needed: string
  /** What it costs to go without it. */
  without: string
}

/** By the names of the REST API (https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/). */
export const neededPermissions: Readonly<Record<string, NeededPermission>> = {
  ADMINISTER: {
    name: 'Administer Jira',
    of: 'site',
    needed: 'making projects, issue types, statuses, screens and workflows',
    without: 'no project can be made, so a run does not begin',
  },
  USER_PICKER: {
    name: 'Browse users and groups',
    of: 'site',
    needed: 'finding accounts by their e-mail address',
    without: 'nobody is found by address, so everybody becomes a placeholder',
  },
  CREATE_SHARED_OBJECTS: {
    name: 'Share dashboards and filters',
    of: 'site',
    needed: 'sharing filters, dashboards and boards',
    without: 'filters, dashboards and boards are refused, or arrive private',
  },
  ...ofProjects({
    BROWSE_PROJECTS: ['Browse projects', 'reading issues back', 'nothing can be read back'],
    CREATE_ISSUES: ['Create issues', 'creating issues', 'no issue moves'],
    EDIT_ISSUES: [
      'Edit issues',
      'writing fields, properties and resolutions',
      'fields stay empty, and a second run finds nothing again',
    ],
    MODIFY_REPORTER: [
      'Modify reporter',
      'setting the reporter',
      'this account becomes the reporter of every issue',
    ],
    ASSIGN_ISSUES: ['Assign issues', 'setting the assignee', 'issues arrive unassigned'],
    SCHEDULE_ISSUES: ['Schedule issues', 'setting due dates', 'due dates stay empty'],
    TRANSITION_ISSUES: [
      'Transition issues',
      'reaching statuses',
      'issues stay in the first status of their workflow',
    ],
    RESOLVE_ISSUES: ['Resolve issues', 'setting resolutions', 'issues stay unresolved'],
    ADD_COMMENTS: ['Add comments', 'writing comments', 'no comment moves'],
    WORK_ON_ISSUES: ['Work on issues', 'writing work logs', 'no work log moves'],
    CREATE_ATTACHMENTS: ['Create attachments', 'sending files', 'no file moves'],
    LINK_ISSUES: ['Link issues', 'linking issues', 'no link moves'],
    MANAGE_WATCHERS: ['Manage watcher list', 'adding watchers', 'nobody watches what they did'],
    MANAGE_SPRINTS_PERMISSION: [
      'Manage sprints',
      'making, starting and closing sprints',
      'no sprint arrives, and no issue is in one',
    ],
    DELETE_ISSUES: [
      'Delete issues',
      'deleting the fillers that hold missing numbers',
      'fillers stay as empty issues',
    ],
  }),
}

function ofProjects(
  all: Record<string, [name: string, needed: string, without: string]>,
): Record<string, NeededPermission> {
  return Object.fromEntries(
    Object.entries(all).map(([key, [name, needed, without]]) => [
      key,
      { name, of: 'project', needed, without },
    ]),
  )
}

/**
 * What the account may not do, and whether its permissions in projects can be told: they are for "any project"
 * of the site, so on a site without projects all of them read as missing. Only those of the site are certain then.
 */
export function missingPermissions({
  permissions,
  projects,
}: Pick<SiteMore, 'permissions' | 'projects'>): {
  /** unknown: the site has no such permission, or does not tell of it. */
  missing: (NeededPermission & { key: string; unknown: boolean })[]
  untold: boolean
} {
  const gone = Object.entries(neededPermissions)
    .filter(([key]) => !permissions[key])
    .map(([key, one]) => ({ key, ...one, unknown: permissions[key] === undefined }))
  const inProjects = gone.some((one) => one.of === 'project')
  return projects > 0 || !inProjects
    ? { missing: gone, untold: false }
    : { missing: gone.filter((one) => one.of === 'site'), untold: true }
}

/** Whether the account of the token may do all that the push does. */
export const tokenPermissions = siteCheck({
  key: 'token-permissions',
  group: 'site',
  title: 'Permissions of the token',
  worst: 'error',
  canOverride: false,
  *ask({ site }): Generator<CheckOffender> {
    for (const { name, needed, without, unknown } of missingPermissions(site.more).missing)
      yield {
        subject: name,
        detail: `${unknown ? 'The site does not know this permission. ' : ''}Needed for ${needed}. Without it ${without}.`,
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
    if (missingPermissions(site.more).untold)
      return warn(
        `What ${who} may do in projects cannot be told before the site has one.`,
        "New projects get the site's default permission scheme: see that it lets this account create, edit, comment, link and delete issues there.",
      )
    return fine(`${who} has all permissions that a migration uses.`)
  },
})
