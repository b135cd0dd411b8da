import { createMarkup } from '../../agent/markup.ts'
import { planAll } from '../../agent/plan/plan.ts'
import type {
  AttachmentRow,
  CommentRow,
  IssueRow,
  LinkRow,
  WorklogRow,
} from '../../shared/issue-rows.ts'
import type { PlannedItem, PlannedKind, PlanOptions, SiteFacts } from '../../shared/plan.ts'
import type { SnapshotInfo } from '../../shared/record.ts'
import type {
  IssueTypeRow,
  PriorityRow,
  ProjectRow,
  StatusRow,
  UserRow,
  VersionRow,
} from '../../shared/rows.ts'
import type { SiteDashboard, SiteFilter } from '../../shared/site-facts.ts'
import { memorySnapshot, type Rows } from './memory-snapshot.ts'

export const user = (key: string, own: Partial<UserRow> = {}): UserRow => ({
  key,
  name: key,
  displayName: `${key[0]?.toUpperCase()}${key.slice(1)}`,
  email: `${key}@example.com`,
  active: 1,
  deleted: 0,
  directory: null,
  ...own,
})
export const project = (key: string, own: Partial<ProjectRow> = {}): ProjectRow => ({
  id: `p-${key}`,
  key,
  originalKey: key,
  name: `The ${key} project`,
  description: null,
  lead: 'fred',
  url: null,
  categoryId: null,
  type: 'software',
  assigneeType: '2',
  counter: null,
  archived: 0,
  ...own,
})
export const issue = (key: string, own: Partial<IssueRow> = {}): IssueRow => ({
  id: `i-${key}`,
  projectId: `p-${key.split('-')[0]}`,
  number: Number(key.split('-')[1]),
  key,
  type: '1',
  status: '1',
  priority: '3',
  resolution: null,
  summary: `Summary of ${key}`,
  description: null,
  environment: null,
  reporter: 'fred',
  assignee: null,
  creator: 'fred',
  created: '2008-01-07 16:24:54.23',
  updated: '2008-01-07 16:24:54.23',
  due: null,
  resolved: null,
  originalEstimate: null,
  remainingEstimate: null,
  timeSpent: null,
  security: null,
  votes: null,
  watches: null,
  archived: 0,
  ...own,
})
export const comment = (id: string, key: string, own: Partial<CommentRow> = {}): CommentRow => ({
  id,
  issueId: `i-${key}`,
  author: 'fred',
  body: 'Seen again on Monday',
  created: '2008-01-08 09:00:00.0',
  updateAuthor: 'fred',
  updated: '2008-01-08 09:00:00.0',
  groupLevel: null,
  roleLevel: null,
  ...own,
})
export const worklog = (id: string, key: string, own: Partial<WorklogRow> = {}): WorklogRow => ({
  id,
  issueId: `i-${key}`,
  author: 'fred',
  body: null,
  created: '2008-01-08 09:00:00.0',
  updateAuthor: null,
  updated: null,
  started: '2008-01-08 08:00:00.0',
  seconds: 3600,
  groupLevel: null,
  roleLevel: null,
  ...own,
})
export const attachment = (
  id: string,
  key: string,
  own: Partial<AttachmentRow> = {},
): AttachmentRow => ({
  id,
  issueId: `i-${key}`,
  filename: 'screen.png',
  mimetype: 'image/png',
  size: 10,
  author: 'fred',
  created: '2008-01-08 09:00:00.0',
  ...own,
})
export const link = (
  id: string,
  from: string,
  to: string,
  own: Partial<LinkRow> = {},
): LinkRow => ({
  id,
  typeId: '10000',
  sourceId: `i-${from}`,
  destinationId: `i-${to}`,
  sequence: null,
  relation: 'link',
  ...own,
})
export const version = (id: string, name: string, own: Partial<VersionRow> = {}): VersionRow => ({
  id,
  projectId: 'p-PAY',
  name,
  description: null,
  sequence: null,
  released: 0,
  archived: 0,
  startDate: null,
  releaseDate: null,
  ...own,
})

export const type = (id: string, name: string, subtask: 0 | 1 = 0): IssueTypeRow => ({
  id,
  name,
  description: null,
  subtask,
  sequence: null,
})
const status = (id: string, name: string, category: string | null = null): StatusRow => ({
  id,
  name,
  description: null,
  category,
  sequence: null,
})
const priority = (id: string, name: string): PriorityRow => ({
  id,
  name,
  description: null,
  color: '#cc0000',
  sequence: null,
})

/** The words that every test source has. */
export const frame = (): Rows => ({
  user: [user('fred'), user('mary')],
  issueType: [type('1', 'Bug'), type('2', 'Task'), type('5', 'Sub-task', 1)],
  status: [status('1', 'Open'), status('3', 'In Progress'), status('5', 'Resolved')],
  priority: [priority('1', 'Blocker'), priority('3', 'Major')],
  resolution: [{ id: '1', name: 'Fixed', description: 'A fix is in.', sequence: 1 }],
  linkType: [
    { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks', style: null },
    { id: '10001', name: 'jira_subtask_link', inward: '', outward: '', style: 'jira_subtask' },
  ],
  project: [project('PAY')],
})

export const site = (own: Partial<SiteFacts> = {}): SiteFacts => ({
  url: 'https://acme.atlassian.net',
  cloudId: 'cloud-1',
  me: { accountId: 'me', displayName: 'The Mover' },
  accounts: {
    'fred@example.com': { accountId: 'a-fred', displayName: 'Fred', email: 'fred@example.com' },
  },
  issueTypes: [{ id: '10', name: 'Task', subtask: false }],
  statuses: [],
  priorities: [],
  resolutions: [],
  linkTypes: [],
  projects: [],
  roles: [{ id: '1', name: 'Administrators' }],
  groups: [],
  uploadLimit: 1_000,
  ...own,
})

/** What the site has under a name that one account owns; of the token's account, shared with nobody. */
const owned = (id: string, name: string) => ({
  ...{ id, name, description: '', shares: [], editors: [] },
  owner: { accountId: 'me', displayName: 'The Mover' },
})
export const siteFilter = (
  id: string,
  name: string,
  own: Partial<SiteFilter> = {},
): SiteFilter => ({ ...owned(id, name), jql: 'project = PAY', boards: [], ...own })
export const siteDashboard = (
  id: string,
  name: string,
  own: Partial<SiteDashboard> = {},
): SiteDashboard => ({ ...owned(id, name), gadgets: [], ...own })

/** Plans a source; rows given replace those of the frame. */
export async function plan(
  rows: Rows,
  facts: SiteFacts = site(),
  options: Partial<PlanOptions> = {},
  info: Partial<SnapshotInfo> = {},
): Promise<PlannedItem[]> {
  const markup = createMarkup()
  try {
    const whole = { projects: null, timeZone: null, findFile: null, ...options }
    const snapshot = memorySnapshot({ ...frame(), ...rows }, info)
    const items: PlannedItem[] = []
    for await (const item of planAll(snapshot, facts, whole, markup.toAdf)) items.push(item)
    return items
  } finally {
    await markup.close()
  }
}

export const ofKind = <K extends PlannedKind>(items: PlannedItem[], kind: K): PlannedItem<K>[] =>
  items.filter((item): item is PlannedItem<K> => item.kind === kind)

/** The only item of a kind, or the one with this source id. */
export function one<K extends PlannedKind>(
  items: PlannedItem[],
  kind: K,
  sourceId?: string,
): PlannedItem<K> {
  const found = ofKind(items, kind).filter((item) => !sourceId || item.sourceId === sourceId)
  if (found.length !== 1 || !found[0])
    throw new Error(`${found.length} items of ${kind} ${sourceId ?? ''}, not one`)
  return found[0]
}
export const codes = (item: PlannedItem): string[] => item.losses.map((loss) => loss.code)
