import { makeAgain } from './source.ts'
import type { Trouble } from './trouble.ts'

/** Reading a Jira Server or Data Center that runs, over its REST API. */
export const liveTroubles: readonly Trouble[] = [
  {
    code: 'not-read',
    also: ['issues-not-read', 'other-end-not-read'],
    title: 'Not read from the live source',
    happened: 'A project, some of its issues, or the other end of a link stays behind.',
    why: 'Jira did not give it to this account, or the project was not chosen when the source was read.',
    mend: [
      'Open Edit > Inspection, choose the project too, and read it.',
      'An archived project is restored in the old Jira first, or moved from a backup.',
    ],
    again: 'after mending',
  },

  {
    code: 'source-unreachable',
    title: 'The old Jira does not answer',
    happened:
      'Requests to the running Jira Server or Data Center got no answer. The run pauses and tries again by itself.',
    why: 'The server is down or restarting, a firewall or VPN is between, or its certificate is not known to this machine.',
    mend: [
      'Open its address in a browser on the machine of the agent.',
      'For a certificate of your own authority, start the agent with NODE_EXTRA_CA_CERTS=ca.pem.',
    ],
    again: 'yes',
  },
  {
    code: 'source-rate-limit',
    title: 'The old Jira asks to slow down',
    happened: 'It answered 429. This is a pause, not an error: reading resumes automatically.',
    why: 'Its administrator set how many requests an account may make.',
    mend: [
      'Nothing to do.',
      'To read faster, let an administrator exempt this account at System > Rate limiting.',
    ],
    again: 'yes',
  },
  {
    code: 'source-token-refused',
    says: ['The token of the source is not stored here'],
    title: 'The old Jira refuses the token',
    happened: 'Jira Server or Data Center answered 401, or there is no token for it here.',
    why: 'The token was revoked or has expired, was copied in part, or belongs to another server; after many failed logins Jira also asks for a CAPTCHA.',
    mend: [
      'On the old server: Profile > Personal access tokens > Create token, as an administrator.',
      'Enter it under Edit > Source.',
      'Log in once in the browser where Jira asks for a CAPTCHA.',
    ],
    again: 'after mending',
  },
  {
    code: 'source-permission-missing',
    title: 'The old Jira does not let this account read it',
    happened: 'Jira Server or Data Center answered 403, or shows this account no projects.',
    why: 'What is read is what the account sees; it is no administrator, or lacks Browse projects.',
    mend: [
      'Use the token of an administrator who can browse every project that is to move.',
      'Or make a backup: it holds everything, whoever may see it.',
    ],
    again: 'after mending',
  },
  {
    code: 'source-answer-unexpected',
    title: 'The old Jira answers with something else',
    happened: 'The answer came, and it is not what the REST API of Jira says.',
    why: 'A proxy, a login page or an app stands between, or the version is older than 5.0.',
    mend: [
      'Give the address that leads to Jira itself, past a login page or portal.',
      `Or move from a backup. ${makeAgain}`,
    ],
    again: 'after mending',
  },
  {
    code: 'source-not-encrypted',
    title: 'The way to the old Jira is not encrypted',
    happened: 'Its address begins with http.',
    why: 'Whoever is on that network can read the token and the data.',
    mend: ['Use its https address, or stay within a network that you trust.'],
    again: 'yes',
  },
  {
    code: 'not-by-rest-workflows',
    also: [
      'not-by-rest-schemes',
      'not-by-rest-filters',
      'not-by-rest-dashboards',
      'not-by-rest-boards',
      'not-by-rest-hidden',
      'not-by-rest-keys',
      'not-by-rest-apps',
      'dashboard-gadgets',
    ],
    title: 'The API of the old Jira does not tell this',
    happened: 'This part of a running Jira is not read, and so it does not move.',
    why: 'Its REST API does not give out workflow transitions, some schemes, filters without a board, gadgets, board settings, former keys or the tables of apps.',
    mend: [`Move from a backup if you need it: it holds all of them. ${makeAgain}`],
    again: 'after mending',
  },
  {
    code: 'users-not-listed',
    also: [
      'groups-not-listed',
      'members-not-listed',
      'roles-hidden',
      'schemes-hidden',
      'security-members',
      'project-not-searched',
    ],
    title: 'The old Jira shows this to administrators only',
    happened: 'People, groups, roles, schemes or issues were not told to this account.',
    why: 'The account whose token is used is no administrator of that Jira, or of that project.',
    mend: [
      'Use the token of a Jira administrator who is also in the project’s administrators.',
      'Or move from a backup.',
    ],
    again: 'after mending',
  },
  {
    code: 'archived-projects',
    title: 'Archived projects are not read',
    happened: 'The old Jira counts these projects and gives their issues to nobody.',
    why: 'Jira Data Center keeps archived projects out of its search.',
    mend: [
      'Restore a project at the source to move it (Administration > Projects > Archived projects), then read again.',
    ],
    again: 'after mending',
  },
  {
    code: 'projects-without-id',
    also: ['projects-not-chosen', 'issues-deleted-meanwhile'],
    title: 'Not read, because it was not asked for or is gone',
    happened: 'Some projects or issues were listed and then not read.',
    why: 'They were not chosen, or were deleted while the source was read.',
    mend: ['Choose the project under Edit > Scope if it is to move, and read the source again.'],
    again: 'after mending',
  },
  {
    code: 'issues-not-found',
    also: ['issues-too-large'],
    title: 'Issues that the old Jira does not hand out',
    happened: 'The old Jira counts these issues and does not list them, or fails on them.',
    why: 'Its search index is not up to date, or an issue is too large to be answered.',
    mend: [
      'On the old server: System > Indexing > Full re-index, then read the source again.',
      'Or move from a backup.',
    ],
    again: 'after mending',
  },
]
