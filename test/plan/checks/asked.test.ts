import { describe, expect, test } from 'vitest'
import { allChecks } from '../../../agent/plan/checks/all.ts'
import { askChecks } from '../../support/ask-checks.ts'
import { attachment, issue, user } from '../../support/plan-source.ts'

/** What a check cannot be asked without; all others are asked of the source and of the agent's machine alone. */
const ofSite = [
  ...['site-reachable', 'token-permissions', 'site-limits', 'seats', 'notifications'],
  ...['people-without-account', 'groups-merge', 'project-taken', 'project-lead'],
  ...['issue-types', 'statuses', 'priorities', 'resolutions', 'link-types', 'stopped-names'],
  ...['restricted', 'files-too-large', 'jql-names'],
]
const ofBackup = ['app-data', 'apps-undecided', 'files-missing', 'files-without-rows', 'jql-names']
const ofFolder = ['files-without-rows', 'files-too-large']
const ofAccounts = [
  ...['people-without-account', 'project-lead', 'seats', 'notifications', 'jql-names'],
]

const rows = {
  user: [user('fred')],
  issue: [issue('PAY-1')],
  attachment: [attachment('10', 'PAY-1')],
}
const folder = {
  files: async function* () {
    yield { path: '/f/PAY/PAY-1/10', issueFolder: 'PAY-1', attachmentId: '10' }
  },
  options: { projects: null, timeZone: null, findFile: () => ({ path: '/f/10', size: 10 }) },
}
const problem = { code: 'site-unreachable', sentence: 'It is away.', hint: 'Wait.', again: true }
const nobody = { facts: null, problem }

describe('no check finds nothing to do where it could not ask', () => {
  test.each([
    ['without a site', ofSite, { ...folder, siteKind: 'empty' as const, site: nobody }],
    ['with a site that is away', ofSite, { ...folder, site: nobody }],
    ['of a live source', ofBackup, { ...folder, info: { sourceKind: 'datacenter' as const } }],
    ['without a folder of files', ofFolder, {}],
    [
      'with a token that may not see accounts',
      ofAccounts,
      { ...folder, extra: { permissions: { ADMINISTER: true, USER_PICKER: false } } },
    ],
  ])('%s', async (_name, cannot, more) => {
    const asked = await askChecks(rows, more)
    const unasked = allChecks.filter(({ key }) => asked(key).status === 'incomplete')
    expect(unasked.map(({ key }) => key)).toEqual(expect.arrayContaining(cannot))
    for (const { key } of unasked) {
      expect(asked(key)).toMatchObject({ offenders: 0, list: [] })
      expect(asked(key).hint).not.toBe('')
    }
  })

  test('all of them can be asked of a backup with its folder and a site', async () => {
    const asked = await askChecks(rows, folder)
    const unasked = allChecks.filter(({ key }) => asked(key).status === 'incomplete')
    expect(unasked.map(({ key }) => key)).toEqual([])
  })

  test('a site that was not named is told from one that is away, and says how to name one', async () => {
    const unnamed = await askChecks(rows, { siteKind: 'empty', site: nobody })
    expect(unnamed('project-taken').sentence).toContain('No site was named')
    expect(unnamed('site-reachable').hint).toContain('--site')
    const away = await askChecks(rows, { site: nobody })
    expect(away('stopped-names').sentence).toContain('It is away.')
  })

  test('files that nobody wants to move are not said to be there, or small enough', async () => {
    const options = { ...folder.options, scope: { attachments: 'without' as const } }
    const asked = await askChecks(rows, { ...folder, options: options as never })
    for (const key of ['files-missing', 'files-too-large'])
      expect(asked(key)).toMatchObject({
        status: 'success',
        sentence: 'You chose to move no attachments, so no file was looked at.',
      })
  })
})
