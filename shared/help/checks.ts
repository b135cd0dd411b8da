import { menu, type Trouble } from './trouble.ts'

/** Checks before a run that are about no kind of item. Those of kinds stand with their kinds. */
export const checkTroubles: readonly Trouble[] = [
  {
    code: 'read-age',
    title: 'A live source was read a while ago',
    happened: 'A run sends what was read then.',
    why: 'A running Jira goes on changing; what changed since is in no snapshot.',
    mend: ['Open Edit > Inspection > Read again before the last run, when nobody works in Jira.'],
    again: 'after mending',
  },
  {
    code: 'not-given',
    title: 'A live source kept something back',
    happened:
      'A whole project, or single issues, were counted by Jira and not given to this account.',
    why: 'The project is archived, the account may not browse it, or an issue could not be answered.',
    mend: [
      'Restore an archived project in the old Jira, or move it from a backup.',
      'Give the account Browse projects there, then read again.',
    ],
    again: 'after mending',
  },

  {
    code: 'disk',
    title: 'Little room on the disk of the agent',
    happened: 'The snapshot and the report may not fit.',
    why: 'They need up to twice the size of the unpacked backup.',
    mend: [
      'Make room on that disk, or start the agent with --folder on a larger one.',
      'A run that meets a full disk stops and resumes later.',
    ],
    again: 'after mending',
  },
  {
    code: 'memory',
    title: 'Little memory on the machine of the agent',
    happened: 'The machine has less memory than is comfortable.',
    why: 'Below 1 GB it may be slow.',
    mend: ['Close other programs while it runs.'],
    again: 'after mending',
  },
  {
    code: 'source-version',
    title: 'A version of Jira that was not tested',
    happened: 'The source is older or newer than what Landfall was tested with, or does not say.',
    why: 'Its data may hold what Landfall does not know.',
    mend: ['Rehearse with the practice site, and look at what is left out.'],
    again: 'yes',
  },
  {
    code: 'site-reachable',
    title: 'The site could not be reached with the token',
    happened: 'The check asked the site who the token is, and got no good answer.',
    why: 'Address, e-mail address or token is wrong, or the site is away.',
    mend: [
      'Open Edit > Site: it is tested there at once, and says what is wrong.',
      `New token: ${menu.tokens}.`,
    ],
    again: 'after mending',
  },
  {
    code: 'seats',
    title: 'The plan of the site has too few seats',
    happened: 'More people are to be invited than the plan of the site has room for.',
    why: 'Each plan of Jira Cloud has a number of users.',
    mend: [
      `Take a larger plan before you invite them: ${menu.billing}.`,
      'Or invite only those who still need Jira.',
    ],
    again: 'after mending',
  },
  {
    code: 'notifications',
    title: 'The site would send mails',
    happened: 'The notification scheme of new projects tells people of what a run does.',
    why: 'The API has no way to create issues and comments silently.',
    mend: [
      `Empty this scheme for the time of the run: ${menu.notifications}.`,
      `Or turn mail off: ${menu.mails}.`,
    ],
    again: 'after mending',
  },
  {
    code: 'incomplete-check',
    title: 'A check could not be done',
    happened: 'A check is incomplete: it neither passed nor failed.',
    why: 'What it needs (the site, the disk, the source) did not answer; the sentence says what.',
    mend: ['Fix what it names, then press Check again.'],
    again: 'yes',
  },
]
