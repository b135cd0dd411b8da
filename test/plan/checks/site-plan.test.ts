import { describe, expect, test } from 'vitest'
import type { SiteMore } from '../../../agent/plan/checks/check.ts'
import type { NotificationScheme, SiteApplication } from '../../../shared/site-schemes.ts'
import { askChecks } from '../../support/ask-checks.ts'
import { project, user } from '../../support/plan-source.ts'

const jira: SiteApplication = {
  key: 'jira-software',
  name: 'Jira',
  groups: [],
  defaultGroups: [],
  unlimited: false,
  seats: 10,
  left: 1,
  users: 9,
}
const people = [
  user('fred', { email: 'fred@example.com' }),
  user('wilma', { email: 'wilma@example.com' }),
  user('barney', { email: 'BARNEY@example.com' }),
  user('barney2', { email: 'barney@example.com' }),
  user('old', { email: 'old@example.com', active: 0 }),
]
const fred = { accountId: 'a-fred', displayName: 'Fred', email: 'fred@example.com' }
const denied = {
  code: 'site-permission-missing',
  sentence: 'The account may not do this.',
  hint: 'Use another one.',
  again: false,
}

describe("seats of the site's plan", () => {
  const ask = async (seats: SiteMore['seats'], more = {}) =>
    (
      await askChecks(
        { user: people },
        { facts: { accounts: { 'fred@example.com': fred } }, extra: { seats }, ...more },
      )
    )('seats')

  test('are too few where more active people need an account than are left, each address once', async () => {
    const asked = await ask({ applications: [jira] })
    expect(asked.status).toBe('warning')
    expect(asked.list.map((one) => one.detail)).toEqual(['wilma@example.com', 'barney@example.com'])
    expect(asked.sentence).toContain('1 seat is left for Jira')
  })

  test('are enough where they are, and where the plan has no end', async () => {
    expect((await ask({ applications: [{ ...jira, left: 2 }] })).status).toBe('success')
    const endless = { ...jira, unlimited: true, left: -1 }
    expect((await ask({ applications: [endless] })).sentence).toContain('a seat for everybody')
  })

  test('of other applications are not those of Jira', async () => {
    const desk = { ...jira, key: 'jira-servicedesk', name: 'Service Desk', left: 0 }
    expect((await ask({ applications: [desk, { ...jira, left: 50 }] })).status).toBe('success')
  })

  test('are not needed by people for whom somebody chose', async () => {
    const choices = new Map([['wilma', { how: 'placeholder' as const }]])
    const options = { projects: null, timeZone: null, findFile: null, choices }
    expect((await ask({ applications: [jira] }, { options })).status).toBe('success')
  })

  test('are incomplete where the token may not ask', async () => {
    const asked = await ask({ problem: denied })
    expect(asked).toMatchObject({ status: 'incomplete' })
    expect(asked.hint).toContain('admin.atlassian.com')
  })
})

describe('mails that the site would send', () => {
  const scheme = (...events: [string, string, string[]][]): NotificationScheme => ({
    id: '10000',
    name: 'Default Notification Scheme',
    events: events.map(([id, name, types]) => ({
      id,
      name,
      recipients: types.map((type) => ({ type, parameter: null })),
    })),
  })
  const usual = scheme(
    ['1', 'Issue Created', ['CurrentAssignee', 'Reporter']],
    ['6', 'Issue Commented', ['AllWatchers']],
    ['3', 'Issue Assigned', ['AllWatchers']],
  )
  const ask = async (mails: SiteMore['mails'], rows = {}, more = {}) =>
    (
      await askChecks(
        { user: people, project: [project('PAY')], ...rows },
        { facts: { accounts: { 'fred@example.com': fred } }, extra: { mails }, ...more },
      )
    )('notifications')

  test('are those of events that a run causes, to people with an account, and new to silent projects', async () => {
    const asked = await ask({ scheme: usual })
    expect(asked.status).toBe('warning')
    expect(asked.sentence).toContain('2 events')
    expect(asked.sentence).toContain('1 person')
    expect(asked.list).toEqual([
      {
        subject: 'Issue Created',
        detail: 'Told: the assignee, the reporter. Caused by each issue that is created.',
      },
      { subject: 'Issue Commented', detail: 'Told: watchers. Caused by each comment.' },
      {
        subject: 'PAY',
        projectKey: 'PAY',
        detail: 'At the source nobody is told of "Issue Created", "Issue Commented".',
      },
    ])
  })

  test('surprise nobody whom the source tells of the same', async () => {
    const asked = await ask(
      { scheme: usual },
      {
        projectScheme: [{ projectId: 'p-PAY', kind: 'notification', schemeId: '9' }],
        notification: ['1', '6'].map((eventId) => ({
          id: eventId,
          schemeId: '9',
          eventId,
          holder: 'All_Watchers',
          parameter: null,
        })),
      },
    )
    expect(asked.list.map((one) => one.subject)).toEqual(['Issue Created', 'Issue Commented'])
  })

  test('are none where the scheme tells nobody, or nobody has an account', async () => {
    expect((await ask({ scheme: null })).status).toBe('success')
    expect((await ask({ scheme: scheme(['1', 'Issue Created', ['CurrentUser']]) })).status).toBe(
      'success',
    )
    const nobody = await ask({ scheme: usual }, {}, { facts: { accounts: {} } })
    expect(nobody.status).toBe('success')
    const group = scheme(['1', 'Issue Created', ['Group']])
    expect((await ask({ scheme: group }, {}, { facts: { accounts: {} } })).status).toBe('warning')
  })

  test('are not guessed where the schemes cannot be asked, and never sent by the practice site', async () => {
    expect((await ask({ problem: denied })).status).toBe('incomplete')
    expect((await ask({ problem: denied }, {}, { siteKind: 'practice' })).status).toBe('success')
  })
})
