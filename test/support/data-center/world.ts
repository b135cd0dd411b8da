/** What a Data Center in a box holds: small, and with the awkward things that real ones have. */
export interface BoxUser {
  key: string
  name: string
  displayName: string
  emailAddress: string
  active: boolean
}
export interface BoxIssue {
  id: number
  project: string
  number: number
  type: string
  status: string
  summary: string
  fields: Record<string, unknown>
  comments: Record<string, unknown>[]
  worklogs: Record<string, unknown>[]
  attachments: {
    id: number
    filename: string
    mimeType: string
    bytes: Buffer
    author: string | null
  }[]
  links: { id: number; type: string; to: number }[]
  remoteLinks: Record<string, unknown>[]
  watchers: string[]
  voters: string[]
  parent: number | null
  /** Somebody changed it a moment ago; all others rest. */
  changed?: boolean
  histories: Record<string, unknown>[]
}
export interface World {
  /** The key of who is asking. */
  me?: string
  users: BoxUser[]
  /** Whom issues name and the server no longer knows. */
  gone: string[]
  groups: Record<string, string[]>
  projects: { id: number; key: string; name: string; lead: string; archived: boolean }[]
  issues: BoxIssue[]
}

export const hostile = '<script>alert(1)</script> \u202Egnp.exe " & \'; DROP TABLE x; --'
export const fieldType = (name: string) =>
  `com.atlassian.jira.plugin.system.customfieldtypes:${name}`
const greenhopper = 'com.pyxis.greenhopper.jira:'

/** Custom fields by number: name and type. */
export const boxFields: Readonly<Record<number, readonly [name: string, type: string]>> = {
  10001: ['Severity', fieldType('select')],
  10002: ['Place', fieldType('cascadingselect')],
  10003: ['Points', fieldType('float')],
  10004: ['When', fieldType('datetime')],
  10005: ['Day', fieldType('datepicker')],
  10006: ['Story', fieldType('textarea')],
  10007: ['Owner', fieldType('userpicker')],
  10008: ['People', fieldType('multiuserpicker')],
  10009: ['Tags', fieldType('labels')],
  10010: ['Colours', fieldType('multicheckboxes')],
  10011: ['Sprint', `${greenhopper}gh-sprint`],
  10012: ['Epic Link', `${greenhopper}gh-epic-link`],
  10013: ['Rank', `${greenhopper}gh-lexo-rank`],
  10014: [`Of an app ${hostile}`, 'com.acme.plugin:secret-sauce'],
  10015: ['Fixed in', fieldType('multiversion')],
  10016: [
    'Development',
    'com.atlassian.jira.plugins.jira-development-integration-plugin:devsummary',
  ],
}
export const boxOptions: Readonly<
  Record<number, { id: number; value: string; children?: number[] }[]>
> = {
  10001: [
    { id: 1, value: 'High' },
    { id: 2, value: 'Low' },
  ],
  10002: [
    { id: 3, value: 'Europe', children: [4, 5] },
    { id: 6, value: 'Asia' },
  ],
  10010: [
    { id: 7, value: 'Red' },
    { id: 8, value: 'Blue' },
  ],
}
export const childOptions: Readonly<Record<number, string>> = { 4: 'Oslo', 5: 'Rome' }

/** Jira prints a sprint as Java does; its name holds what such a text is taken apart by. */
export const sprints = [
  {
    id: 21,
    name: 'Sprint 1, [the first]',
    state: 'closed',
    startDate: '2023-01-02T09:00:00.000+0100',
    endDate: '2023-01-16T09:00:00.000+0100',
    completeDate: '2023-01-16T10:00:00.000+0100',
  },
  {
    id: 22,
    name: 'Sprint 2',
    state: 'active',
    startDate: '2023-01-16T11:00:00.000+0100',
    endDate: '2023-01-30T09:00:00.000+0100',
  },
] as const
const printed = (id: number) =>
  `com.atlassian.greenhopper.service.sprint.Sprint@1f2e[id=${id},rapidViewId=5,state=ACTIVE,name=${sprints.find((one) => one.id === id)?.name},startDate=<null>,goal=]`

const user = (key: string, displayName: string, active = true): BoxUser => ({
  key,
  name: key.replace('JIRAUSER', 'renamed'),
  displayName,
  emailAddress: `${key.toLowerCase()}@acme.example`,
  active,
})

const at = (day: number, hour = 9) =>
  `2023-02-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:30:00.125+0100`

/** @param many how many plain issues stand beside the awkward ones, for pages */
export function makeWorld(many = 60): World {
  const users = [
    user('admin', 'Ada Admin'),
    user('fred', `Fred ${hostile}`),
    user('JIRAUSER10200', 'Renamed Rita'),
    user('idle', 'Ida Idle', false),
  ]
  const plain = (
    id: number,
    project: string,
    number: number,
    more: Partial<BoxIssue> = {},
  ): BoxIssue => ({
    ...{ id, project, number, type: '1', status: '1', summary: `Summary of ${project}-${number}` },
    ...{ comments: [], worklogs: [], attachments: [], links: [], remoteLinks: [], histories: [] },
    ...{ watchers: [], voters: [], parent: null },
    fields: { description: `Description *${number}*`, reporter: 'fred', assignee: 'admin' },
    ...more,
  })
  const comment = (id: number, author: string | null, body: string, more = {}) => ({
    ...(author === null ? {} : { author, updateAuthor: author }),
    ...{ id: String(id), body, created: at(3), updated: at(4), ...more },
  })
  const worklogs = Array.from({ length: 25 }, (_, n) => ({
    ...{ id: String(400 + n), author: 'fred', updateAuthor: 'fred', comment: `Work ${n}` },
    ...{ created: at(5), updated: at(5), started: at(1 + n), timeSpentSeconds: 3600 + n * 60 },
  }))
  const files = [
    {
      id: 501,
      filename: 'plan.txt',
      mimeType: 'text/plain',
      bytes: Buffer.from('the plan\n'),
      author: 'fred',
    },
    {
      id: 502,
      filename: `${hostile}.png`.replaceAll('/', ' '),
      mimeType: 'image/png',
      bytes: Buffer.alloc(300_000, 7),
      author: null,
    },
    {
      id: 503,
      filename: 'plan.txt',
      mimeType: 'text/plain',
      bytes: Buffer.from('another plan\n'),
      author: 'gone',
    },
  ]
  const awkward: BoxIssue[] = [
    plain(1000, 'PAY', 1, {
      type: '4',
      summary: 'An epic',
      fields: { reporter: 'admin', customfield_10013: '0|i00007:' },
    }),
    plain(1001, 'PAY', 2, {
      summary: hostile,
      fields: {
        description: 'h1. Head\n * point',
        environment: 'none',
        ...{ reporter: 'gone', assignee: 'JIRAUSER10200', creator: 'idle', duedate: '2023-03-01' },
        labels: ['one', 'two'],
        ...{ timeoriginalestimate: 7200, timeestimate: 3600, timespent: 3600 },
        customfield_10001: { id: '1', value: 'High' },
        customfield_10002: { id: '3', value: 'Europe', child: { id: '4', value: 'Oslo' } },
        customfield_10003: 2.5,
        customfield_10004: '2023-02-10T12:00:00.000+0100',
        customfield_10005: '2023-02-11',
        customfield_10006: 'Once *upon* a time',
        customfield_10007: { user: 'fred' },
        customfield_10008: [{ user: 'admin' }, { user: 'fred' }],
        customfield_10009: ['red', 'green'],
        customfield_10010: [
          { id: '7', value: 'Red' },
          { id: '8', value: 'Blue' },
        ],
        customfield_10011: [printed(21), printed(22)],
        customfield_10012: 'PAY-1',
        customfield_10013: '0|i0000f:',
        customfield_10014: { any: ['thing'] },
        customfield_10015: [{ id: '31', name: '1.0' }],
        customfield_10016: '{}',
      },
      comments: [
        comment(301, 'fred', 'A plain one'),
        comment(302, null, 'Nobody wrote this'),
        comment(303, 'admin', 'For administrators', {
          visibility: { type: 'role', value: 'Administrators' },
        }),
        comment(304, 'gone', 'For a group', {
          visibility: { type: 'group', value: 'jira-developers' },
        }),
      ],
      worklogs,
      attachments: files,
      remoteLinks: [
        {
          ...{ id: 601, globalId: 'system=x&id=1', relationship: 'causes' },
          application: { type: 'com.acme', name: 'Acme' },
          object: { url: 'https://acme.example/1', title: hostile, summary: 'elsewhere' },
        },
      ],
      watchers: ['fred', 'admin'],
      voters: ['admin'],
      histories: [
        {
          ...{ id: '701', author: 'fred', created: at(6) },
          items: [
            {
              field: 'status',
              fieldtype: 'jira',
              from: '1',
              fromString: 'Open',
              to: '3',
              toString: 'Done',
            },
            {
              field: 'Key',
              fieldtype: 'jira',
              from: null,
              fromString: null,
              to: null,
              toString: null,
            },
          ],
        },
      ],
      links: [{ id: 801, type: '11', to: 1002 }],
    }),
    // The number 3 is a gap. This one was moved here from another project: its id is older than its number.
    plain(900, 'PAY', 4, { type: '5', parent: 1001, summary: 'A sub-task' }),
    plain(1002, 'PAY', 5, {
      status: '3',
      fields: { resolution: '1', resolutiondate: at(9), priority: '2' },
    }),
    plain(2000, 'OPS', 1, { links: [{ id: 802, type: '11', to: 1001 }] }),
    // Its project is archived: no search finds it.
    plain(3000, 'OLD', 1, { summary: 'Nobody finds this' }),
  ]
  const others = Array.from({ length: many }, (_, n) => plain(1100 + n, 'PAY', 6 + n))
  return {
    users,
    gone: ['gone'],
    groups: {
      'jira-administrators': ['admin'],
      'jira-developers': ['fred', 'JIRAUSER10200', 'idle'],
      [`group ${hostile}`.replaceAll('/', ' ')]: [],
    },
    projects: [
      {
        id: 10,
        key: 'PAY',
        name: `Payments ${hostile}`.slice(0, 60),
        lead: 'fred',
        archived: false,
      },
      { id: 11, key: 'OPS', name: 'Operations', lead: 'admin', archived: false },
      { id: 12, key: 'OLD', name: 'Old things', lead: 'admin', archived: true },
    ],
    issues: [...awkward, ...others],
  }
}
