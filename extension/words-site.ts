/** Text of choosing a site, and of the names that it has, too. */
import type { CollisionKind, CollisionRule, NameList } from '../shared/setup.ts'
import { straight } from '../shared/straight.ts'
import { count } from './words.ts'

export const siteWords = {
  where: 'Where to',
  practice: 'Practice site',
  practiceHint: 'A Jira Cloud site in a box beside the agent: rehearse without touching yours.',
  cloud: 'Jira Cloud site',
  cloudHint: 'The token needs an account that administers the site.',
  filled: 'Which site was filled?',
  url: 'Address',
  urlHint: 'For example https://acme.atlassian.net',
  email: 'E-mail address',
  emailHint: 'Of the account that made the token.',
  token: 'API token',
  tokenHint: 'Goes to the agent, which keeps it encrypted. The browser does not keep it.',
  tokenLost:
    'You typed a token and the page was closed before it was saved. The browser keeps no tokens: type it again.',
  tokenStays:
    'E-mail address and token can still be changed, for a token that ran out or was taken back.',
  tokenStored: 'The agent has one. Leave this empty to keep it.',
  test: 'Test the connection',
  testing: 'Testing',
  testFirst: 'Fill in address, e-mail address and token first.',
  asked: 'asked',
  me: (name: string) => `The token belongs to ${straight(name)}.`,
  allThere: 'All permissions that Landfall needs are there.',
  missing: 'Missing permissions',
  missingText: 'Give them to this account on the site, then test again.',
  without: (what: string) => `Without it ${what}.`,
  untold:
    'What it may do in projects cannot be told before there is one: new projects get the site’s default permission scheme. See that it gives this account what a migration writes.',
  siteThere: 'It may do all that is asked of the whole site.',
  hasNames: (n: number, what: string) => `${count(n)} ${what}`,
  moreNames: (n: number) => `and ${count(n)} more`,
  upload: (size: string) => `Files up to ${size} are taken.`,
  noUpload: 'This site takes no files.',
  has: 'It has now:',
}

export const collisionWords = {
  kinds: {
    status: 'Statuses',
    issueType: 'Issue types',
    linkType: 'Link types',
    priority: 'Priorities',
    resolution: 'Resolutions',
    field: 'Fields',
    group: 'Groups',
    filter: 'Filters',
    dashboard: 'Dashboards',
  } satisfies Record<CollisionKind, string>,
  rules: {
    reuse: 'Reuse what the site has',
    rename: 'Rename ours to “Name (2)”',
    stop: 'Stop: leave it out and block the run',
  } satisfies Record<CollisionRule, string>,
  noNames: 'none that moves',
  show: {
    used: (n: number) => `Show ${count(n)} used as the site has ${n === 1 ? 'it' : 'them'}`,
    beside: (n: number) => `Show ${count(n)} that ${n === 1 ? 'comes' : 'come'} beside the site’s`,
    leftOut: (n: number) => `Show ${count(n)} left out`,
    alone: (n: number) => `Show ${count(n)} that only the source has`,
  } satisfies Record<NameList, (n: number) => string>,
  columns: ['In the source', 'On the site', 'Arrives as'],
  leftOut: 'left out',
  notThere: 'none of this name',
  beside: 'a new one, beside the site’s',
}
