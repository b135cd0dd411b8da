import { checklistTasks } from '../../shared/after-checklist.ts'
import type { AfterCheckView, AfterView, ChecklistView, Place } from '../../shared/api-after.ts'
import { at } from './scenes.ts'

/** Checks after a migration in every state that a screen must show, with names that would like to be markup. */
const check = (
  change: Partial<AfterCheckView> & Pick<AfterCheckView, 'key' | 'group' | 'title'>,
): AfterCheckView => ({
  status: 'success',
  sentence: 'All is as at the source.',
  hint: '',
  places: 0,
  lists: [],
  at,
  accepted: null,
  ...change,
})

export const hostile = '<script>alert(1)</script>\u202egnp.exe'
export const afterChecks: AfterCheckView[] = [
  check({
    key: 'former-user',
    group: 'people',
    title: 'Former User',
    status: 'warning',
    sentence: 'Former User stands in 1,204 places: content that was not matched to a person.',
    hint: 'Invite the person, or choose an account, and set it in these places.',
    places: 1204,
  }),
  check({
    key: 'group-members',
    group: 'people',
    title: 'Group members as at the source',
    status: 'incomplete',
    sentence: 'The account may not do this (GET /rest/api/3/group/member).',
    hint: 'Give the account the permission on the site, then run this check again.',
  }),
  check({
    key: 'migrated-names',
    group: 'names',
    title: 'Names with (migrated)',
    status: 'warning',
    sentence: '2 names carry "(migrated)".',
    hint: 'Merge each with its twin.',
    places: 2,
    accepted: { note: `We merge them in spring. ${hostile}`, who: 'Dalia Haddad', at },
  }),
  check({ key: 'migrated-uses', group: 'names', title: 'Uses of (migrated) names' }),
  check({
    key: 'attachments',
    group: 'files',
    title: 'Attachments missing, different or unopenable',
    status: 'error',
    sentence: '3 files are missing, different or cannot be opened, of 9,120 files.',
    hint: 'Attach the original again.',
    places: 3,
  }),
  check({ key: 'counts', group: 'issues', title: 'Counts per project and kind' }),
  check({
    key: 'who-can-see',
    group: 'access',
    title: 'People who could not see a project and now can, and the reverse',
    status: 'pending',
    sentence: 'Not asked yet.',
    at: null,
  }),
]

export const afterScene = (): AfterView => ({
  checks: afterChecks,
  running: false,
  sentence: null,
  done: 6,
  total: 7,
  open: 2,
})
export const neverAsked = (): AfterView => ({
  checks: afterChecks.map((one) => ({
    ...one,
    status: 'pending',
    sentence: 'Not asked yet.',
    hint: '',
    places: 0,
    at: null,
    accepted: null,
  })),
  running: false,
  sentence: null,
  done: 0,
  total: 7,
  open: 0,
})
export const asking = (): AfterView => ({
  ...afterScene(),
  running: true,
  sentence: 'Reading the issues of PAY: 4,200 so far.',
  done: 2,
})

const site = 'https://acme.atlassian.net'
export const places: Place[] = [
  {
    n: 1,
    subject: 'PAY-12',
    projectKey: 'PAY',
    issueKey: 'PAY-12',
    detail: 'Assignee: Jonas Weber at the source',
    url: `${site}/browse/PAY-12`,
    counts: [],
  },
  {
    n: 2,
    subject: hostile,
    projectKey: null,
    issueKey: null,
    detail: `Role member: ${hostile} ${'very long '.repeat(1000)}`,
    url: 'javascript:alert(1)',
    counts: [],
  },
  {
    n: 3,
    subject: 'Administrators of PAY',
    projectKey: 'PAY',
    issueKey: null,
    detail: 'Role member: whoever it was at the source',
    url: null,
    counts: [],
  },
  {
    n: 4,
    subject: 'PAY',
    projectKey: 'PAY',
    issueKey: null,
    detail: '300 comments were to be there, 299 are: 1 comment missing.',
    url: `${site}/browse/PAY`,
    counts: [
      { at: 'items', words: '300 comments', kind: 'comment', project: 'PAY', only: 'wanted' },
      { at: 'rows', words: '299 on the site', list: 'there comment', partOf: 'PAY' },
      { at: 'rows', words: '1 missing', list: 'missing', partOf: 'comment PAY' },
    ],
  },
]

export const checklistScene = (project: string): ChecklistView => ({
  projectKey: project,
  projectName: 'People & Culture',
  entries: checklistTasks.map(({ entry, title, sentence, checks }, n) => ({
    entry,
    title,
    sentence,
    url: n % 2 ? site : null,
    checks: [...checks],
    done: n === 1 || n === 3 || n === 7,
    how: n === 1 ? 'hand' : n === 3 || n === 7 ? 'check' : null,
    by:
      n === 1
        ? { note: hostile, who: 'Dalia Haddad', at }
        : n === 7
          ? { note: 'We merge them in spring.', who: 'Björn', at }
          : null,
  })),
  signedOff: null,
  warning:
    '2 checks found something that nobody has accepted, 7 entries of the checklist are not done.',
})
