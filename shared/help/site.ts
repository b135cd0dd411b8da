import { menu, type Trouble } from './trouble.ts'

const runAgain = 'Run the migration again: it goes on where it stopped and writes nothing twice.'

/** The Jira Cloud site: reaching it, and what it refuses. */
export const siteTroubles: readonly Trouble[] = [
  {
    code: 'site-unreachable',
    says: ['The site does not answer', 'The site failed with'],
    title: 'The site does not answer',
    happened:
      'A request got no answer, or the site failed with an error of its own (5xx). A run pauses and tries again by itself.',
    why: 'The network, a proxy or a certificate on the way, or an outage of Atlassian.',
    mend: [
      'Look at status.atlassian.com, and open the site in a browser on the machine of the agent.',
      'Let a proxy pass https://*.atlassian.net for this machine.',
      runAgain,
    ],
    again: 'yes',
  },
  {
    code: 'site-token-refused',
    says: ['The site no longer accepts the API token', 'The token of the site is not stored here'],
    title: 'The site refuses the API token',
    happened: 'The site answered 401, or there is no token for it here.',
    why: 'The token was revoked or has expired, was copied in part, or belongs to another account than the e-mail address.',
    mend: [
      `Make a new token: ${menu.tokens} > Create API token (without scopes).`,
      'Enter it under Edit > Site, with the e-mail address of the same account.',
      runAgain,
    ],
    again: 'after mending',
  },
  {
    code: 'site-permission-missing',
    also: ['token-permissions'],
    says: ['The account may not do this'],
    title: 'The account may not do this on the site',
    happened: 'The site answered 403, or says that the account of the token lacks a permission.',
    why: 'Making projects, fields and workflows needs a Jira administrator; some pages need a site administrator.',
    mend: [
      `Add the account to a group with Administer Jira: ${menu.permissions}.`,
      'For a repair with your own login, log in on the site as an administrator.',
      'An app or a project’s permission scheme can deny even administrators: look at Project settings > Permissions.',
      runAgain,
    ],
    again: 'after mending',
  },
  {
    code: 'site-refused',
    also: ['refused'],
    says: ['The site refused this'],
    title: 'The site refused an item',
    happened: 'The site answered 4xx and said why; its words stand in the line.',
    why: 'A rule of the site is in the way: a required field, an option that does not exist, a value that is too long, a workflow validator, or a limit of its plan.',
    mend: [
      'Read what the site names after the colon, and correct that on the site or at the source.',
      `A required field: make it optional in ${menu.fields}, for the time of the run.`,
      'Then press Retry these at this cause: only what failed is sent again.',
    ],
    again: 'after mending',
  },
  {
    code: 'site-answer-unexpected',
    says: ['The answer of the site to'],
    title: 'The answer of the site was not understood',
    happened: 'The site accepted a request and answered in a form that cannot be read.',
    why: 'The address is no Jira Cloud site, a proxy changed the answer, or Atlassian changed the API.',
    mend: [
      'Check that the address looks like https://acme.atlassian.net and opens Jira.',
      'Run again: what was written is found on the site and not written twice.',
      'If it stays so, report it with the error log.',
    ],
    again: 'yes',
  },
  {
    code: 'site-rate-limit',
    title: 'The site asks to slow down',
    happened:
      'The site answered 429. This is a pause, not an error: the run resumes automatically.',
    why: 'A site takes so many requests a second, for all programs together.',
    mend: [
      'Nothing to do.',
      'Other tools that write to the same site at the same time make it slower.',
    ],
    again: 'yes',
  },
  {
    code: 'key-mismatch',
    title: 'The site gave an issue another number',
    happened:
      'An issue was created and got another key than expected. The project stops there, so that no key is wrong.',
    why: 'Somebody, an app or an automation rule created an issue in that project during the run.',
    mend: [
      'Keep people, apps and automation out of the project while the run goes.',
      `Automation: Project settings > Automation, switch the rules off.`,
      `Delete the project on the site, also from the trash: ${menu.trash}; its numbers are spent. Then run the migration again.`,
    ],
    again: 'after mending',
  },
  {
    code: 'project-taken',
    title: 'The project key or name is taken on the site',
    happened:
      'The site has a project with this key or name that this migration did not make, so the project is left alone.',
    why: 'It was made by hand, by another migration, or by an earlier copy of this one; also a project in the trash keeps its key.',
    mend: [
      `Delete it on the site for good: Projects > ••• > Move to trash, then ${menu.trash}.`,
      'On the practice site: Empty the practice site, beside this check or at the step Site.',
      'Or leave the project out: Edit > Scope.',
      'Or run the migration that made it: it goes on where it stopped, and needs nothing deleted.',
    ],
    again: 'after mending',
  },
  {
    code: 'needs-another',
    says: ['it needs is not on the site'],
    title: 'Not sent, because something it needs is missing',
    happened:
      'The item was not sent: its project, issue, field or person did not arrive before it.',
    why: 'The other item failed or was left out; this one is only its consequence.',
    mend: ['Look for the cause of the other item in Needs attention and fix that.', runAgain],
    again: 'after mending',
  },
  {
    code: 'no-answer',
    says: ['did not speak of this item'],
    title: 'The site did not speak of this item',
    happened: 'Many items were sent in one request, and the answer says nothing about this one.',
    why: 'The site broke off in the middle, or dropped it.',
    mend: ['Run again: the site is asked first whether the item is there.'],
    again: 'yes',
  },
  {
    code: 'not-a-filler',
    title: 'An issue is not the filler it should be',
    happened:
      'An issue that should have been a filler for a missing number is another one, and was left alone.',
    why: 'Somebody used or changed it meanwhile. Landfall only deletes fillers that it made itself.',
    mend: ['Open the issue on the site; delete it by hand if nobody needs it.'],
    again: 'no',
  },
  {
    code: 'no-transition',
    says: ['No transition leads to the status'],
    title: 'No transition leads to the status',
    happened: 'The issue is on the site, but not in its status.',
    why: 'The workflow of the project on the site was changed: no transition leads there, or a condition or validator forbids it.',
    mend: [
      `Add a transition from any status to this one, without conditions: ${menu.workflows}.`,
      'Press Retry these at this cause.',
    ],
    again: 'after mending',
  },
  {
    code: 'not-on-site',
    also: ['failed'],
    says: ['Read back and not found on the site', 'The source has it, and the site does not'],
    title: 'It was sent and is not on the site',
    happened: 'The item was read back and not found, or the site does not show it to this token.',
    why: 'It was deleted after the run, moved, or is hidden by a permission, role or security level.',
    mend: [
      'Open its place on the site as an administrator and look.',
      'Give the account of the token Browse projects there, if it is hidden.',
      'If it is gone, make it again: Repair in Needs attention, or run the migration again.',
    ],
    again: 'after mending',
  },
  {
    code: 'not-read-back',
    title: 'Sent, and could not be read back',
    happened: 'It was sent, but its project or issue did not answer, so nothing is said of it.',
    why: 'The project was deleted or hidden after the run.',
    mend: ['Look at the project on the site, then run or verify again.'],
    again: 'yes',
  },
  {
    code: 'cannot-be-seen',
    says: ['Cannot be seen with this login'],
    title: 'This login cannot see it',
    happened: 'The item counts as not compared: the site shows it to others only.',
    why: 'Private filters and dashboards, restricted comments and votes are shown to their owners or members only.',
    mend: ['Verify with the token of an account that sees it, or ask its owner to share it.'],
    again: 'after mending',
  },
  {
    code: 'stranger',
    title: 'The site has something that the source has not',
    happened: 'A verification found it on the site and nowhere in the source.',
    why: 'People work there already, the other tool made it, or it stands there twice.',
    mend: [
      'Look through strangers.csv of the report; doubles are named there. Nothing is deleted.',
    ],
    again: 'no',
  },
  {
    code: 'other-end-stays',
    also: [
      'not-in-scope',
      'not-related',
      'not-linked',
      'not-used',
      'archived-out-of-scope',
      'filter-stays',
      'board-stays',
    ],
    title: 'Left out, because you chose so or nothing that moves needs it',
    happened: 'The plan left it out before the run, and counts it as left out.',
    why: 'It belongs to a project that is not chosen, or no project that moves uses it.',
    mend: [
      'Open Edit > Scope and choose the project or kind, if you need it on the site.',
      'After a run copy the migration, and choose in the copy what is missing.',
    ],
    again: 'after mending',
  },
  {
    code: 'built-in',
    also: ['site-keeps-own', 'dashboard-system'],
    title: 'The site has its own',
    happened:
      'The site has this already and keeps its own description, so the source’s one is not written over it.',
    why: 'It is part of every Jira Cloud site, or was there before and others use it.',
    mend: ['Nothing to do; change the text on the site by hand if you want the old one.'],
    again: 'no',
  },
  {
    code: 'leftOut',
    title: 'Left out, as announced',
    happened: 'The plan left this out before the run.',
    why: 'The site cannot take it, or you chose so; the reason stands with the item.',
    mend: ['Nothing to do, unless you need it on the site.'],
    again: 'no',
  },
]
