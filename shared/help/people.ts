import { menu, type Trouble } from './trouble.ts'

const invite = `Invite the person: ${menu.users} > Invite users, with the address of the source.`
const choose = 'Or choose an account for them: Edit > People.'
const runAgain =
  'Before a first run that is all. Afterwards a run keeps what it planned: set the person by hand on the site, or copy the migration, once its projects are deleted from the site, also from the trash.'

/** Users, groups, roles, and who may see what. */
export const peopleTroubles: readonly Trouble[] = [
  {
    code: 'name-left-out',
    title: 'A person is left out by name',
    happened: 'Where their name stood, it says "a former user".',
    why: 'That was chosen for this person at the step People.',
    mend: ['Nothing, if that is meant. Else choose a placeholder or an account before the run.'],
    again: 'no',
  },

  {
    code: 'no-account',
    also: ['people-without-account'],
    title: 'A person has no account on the site',
    happened:
      'No account of the site has the e-mail address of this user. What they wrote is sent by the account of the token, with their name in its first line.',
    why: 'They were not invited, use another address on the site, or hide their address in their Atlassian profile.',
    mend: [
      invite,
      'They can show their address to the site: id.atlassian.com > Profile and visibility > Contact.',
      choose,
      runAgain,
    ],
    again: 'after mending',
  },
  {
    code: 'account-missing',
    title: 'The chosen account is not on the site',
    happened: 'You chose an account for this user, and the site does not have it any more.',
    why: 'It was deleted, or belongs to another site.',
    mend: ['Choose another one: Edit > People.'],
    again: 'after mending',
  },
  {
    code: 'no-email',
    also: ['people-without-address'],
    title: 'A user has no e-mail address',
    happened: 'The source has no address by which an account could be found.',
    why: 'It was never filled in, or the directory does not give it out.',
    mend: [
      choose,
      'Or fill it in at the source (User management > Users > Edit), and make a new backup.',
    ],
    again: 'after mending',
  },
  {
    code: 'invalid-email',
    also: ['people-invalid-address'],
    title: 'An e-mail address is none',
    happened: 'The address of this user has not the form of an e-mail address.',
    why: 'A name or a placeholder was written into the field.',
    mend: [choose, 'Or correct it at the source, and make a new backup.'],
    again: 'after mending',
  },
  {
    code: 'duplicate-email',
    also: ['people-duplicate-address', 'shared-account'],
    title: 'Two users share one e-mail address',
    happened: 'Both become one account on the site.',
    why: 'On Jira Cloud an address belongs to one account. Often the second user is an old or a technical one.',
    mend: [
      'Nothing to do where both are one person.',
      'Where they are not, choose an account for each: Edit > People.',
    ],
    again: 'after mending',
  },
  {
    code: 'user-deleted',
    title: 'The user was deleted at the source',
    happened: 'Only their name is left there; it stands as text on the site.',
    why: 'Jira keeps what a deleted user wrote, and nothing to find an account by.',
    mend: [`Nothing to do. ${choose}`],
    again: 'no',
  },
  {
    code: 'chosen-placeholder',
    also: ['chosen-leave'],
    title: 'You chose to give this user no account',
    happened: 'They are left out as a person; what they wrote moves with their name as text.',
    why: 'So it was decided under People.',
    mend: ['Choose otherwise if you need to: Edit > People.'],
    again: 'after mending',
  },
  {
    code: 'reporter-as-text',
    also: [
      'reporter-anonymous',
      'assignee-lost',
      'lead-without-account',
      'mention-as-text',
      'project-lead',
    ],
    title: 'A person is named as text, or replaced',
    happened:
      'Reporter, assignee, lead or a mention could not be set; the name stands as text, or the account of the token stands for it.',
    why: 'The person has no account on the site, or nobody was named at the source.',
    mend: [invite, choose, runAgain],
    again: 'after mending',
  },
  {
    code: 'group-merged',
    also: ['groups-merge', 'group-missing'],
    title: 'A group of this name is on the site already',
    happened:
      'The group of the site is used. Its members are not changed for the worse, but who is in it gains what the group of the source may do.',
    why: 'Groups go by their names.',
    mend: [
      `Look at who is in it: ${menu.groups}.`,
      'Where it means somebody else, rename it at the step Name conflicts, or at the source.',
    ],
    again: 'after mending',
  },
  {
    code: 'admin-group',
    also: ['administrator-groups'],
    title: 'Groups of administrators are filled by hand',
    happened: 'Nobody was put into a group that gives power over the site.',
    why: 'Landfall gives nobody such power, whatever the source says.',
    mend: [`Add people yourself where they need it: ${menu.groups}.`],
    again: 'after mending',
  },
  {
    code: 'nested-group',
    title: 'A group within a group',
    happened: 'The inner group was not made a member of the outer one.',
    why: 'On Jira Cloud only people are members of groups.',
    mend: [`Add the members of the inner group to the outer one: ${menu.groups}.`],
    again: 'no',
  },
  {
    code: 'default-actor',
    title: 'Default members of roles stay behind',
    happened: 'Who gets the role in projects that are yet to be made was not moved.',
    why: 'The site has its own answer, which affects all its projects.',
    mend: [`Set it by hand: ${menu.roles} > Manage default members.`],
    again: 'no',
  },
  {
    code: 'level-narrowed',
    also: ['level-missing', 'restricted'],
    title: 'Fewer people see it than before',
    happened:
      'It was restricted to a role or group that the site does not have; only administrators see it now, or it was left out.',
    why: 'It must never be shown to more people than at the source.',
    mend: [
      'Make the role or group of this name on the site before the run, and put its members in.',
      'Or set the restriction by hand on the comment or work log.',
    ],
    again: 'after mending',
  },
  {
    code: 'security-level',
    also: ['security-levels', 'who-can-see'],
    title: 'More or fewer people see an issue or project',
    happened: 'Who may see it on the site is not who could see it at the source.',
    why: 'Permission and security schemes are the site’s defaults: Landfall does not write them.',
    mend: [
      'Restrict the project before people are let in: Project settings > Permissions.',
      `Build the levels: ${menu.security}; then set the level of the issues in bulk.`,
    ],
    again: 'after mending',
  },
  {
    code: 'former-user',
    title: 'Former User stands where a person should',
    happened: 'Content on the site names an account that does not exist any more.',
    why: 'It was not matched to a person, or the account was deleted.',
    mend: [
      'The list under After you migrate says who it was at the source.',
      'Invite the person or choose an account, and set it in these places.',
    ],
    again: 'after mending',
  },
  {
    code: 'people-twice',
    title: 'A person has two accounts',
    happened: 'The site has two active accounts for one person, or two people share one.',
    why: 'They were invited with two addresses.',
    mend: [
      `Decide which is the right one and deactivate the other: ${menu.users}.`,
      'To give content to another account, choose it in the step People of a copy.',
    ],
    again: 'after mending',
  },
  {
    code: 'group-members',
    also: ['role-members'],
    title: 'The members of a group or role differ',
    happened: 'Somebody is in it on the site and was not at the source, or the reverse.',
    why: 'The group was on the site before, a person has no account, or somebody changed it meanwhile.',
    mend: [
      `Groups: ${menu.groups}.`,
      'Roles: Project settings > People.',
      'Or accept it with a note.',
    ],
    again: 'after mending',
  },
  {
    code: 'external-directory',
    title: 'People come from an external directory',
    happened: 'The source took people from a directory, which the site may not be connected to.',
    why: 'Landfall invites and syncs nobody.',
    mend: [
      'Set it up for the site: admin.atlassian.com > Security > Identity providers > User provisioning.',
      'Check that its users have synced, then accept it with a note.',
    ],
    again: 'after mending',
  },
]
