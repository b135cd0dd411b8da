import { randomBytes, randomUUID } from 'node:crypto'
import type { Category, Transition } from './kinds.ts'
import { seedPermissions } from './routes/permission-schemes.ts'
import type { Store } from './store.ts'
import type { Secrets } from './who.ts'

/** Fields of the default screen of a new site. */
export const defaultScreenFields = [
  'summary',
  'issuetype',
  'parent',
  'priority',
  'duedate',
  'components',
  'versions',
  'fixVersions',
  'assignee',
  'reporter',
  'environment',
  'description',
  'timetracking',
  'labels',
  'attachment',
  'issuelinks',
  'security',
]

export interface Started extends Secrets {
  accountId: string
  cloudId: string
}

/** What a new company-managed site holds; nothing when the state is older. Answers who may come in. */
export function seed(store: Store): Started {
  const known = store.row(`SELECT value FROM meta WHERE key = 'started'`)
  if (known) {
    // The site of an older Landfall has none yet.
    seedPermissions(store)
    return JSON.parse(String(known.value)) as Started
  }
  const started: Started = {
    email: 'admin@practice.example',
    token: `practice-${randomBytes(24).toString('base64url')}`,
    session: randomBytes(24).toString('base64url'),
    accountId: addAccount(store, 'admin@practice.example', 'Practice Admin'),
    cloudId: randomUUID(),
  }
  seedTypes(store)
  seedGroups(store, started.accountId)
  seedFrame(store)
  seedPermissions(store)
  store.run(`INSERT INTO meta VALUES ('started', ?)`, JSON.stringify(started))
  return started
}

/** Adds a person; the address decides, so the same address twice is one account. Answers the accountId. */
export function addAccount(store: Store, email: string, displayName: string): string {
  const address = email.trim().toLowerCase()
  const known = store.row('SELECT accountId FROM account WHERE email = ?', address)
  if (known) return String(known.accountId)
  const accountId = `712020:${randomUUID()}`
  const data = JSON.stringify({ accountId, displayName, email: email.trim(), active: true })
  const sql = 'INSERT INTO account (accountId, email, name, data) VALUES (?, ?, ?, ?)'
  store.run(sql, accountId, address, displayName.trim().toLowerCase(), data)
  return accountId
}

function seedTypes(store: Store): void {
  const types: [string, string, number][] = [
    ['Epic', 'A collection of related bugs, stories, and tasks.', 1],
    ['Story', 'Functionality or a feature expressed as a user goal.', 0],
    ['Task', 'A small, distinct piece of work.', 0],
    ['Bug', 'A problem or error.', 0],
    ['Sub-task', "A small piece of work that's part of a larger task.", -1],
  ]
  for (const [name, description, hierarchyLevel] of types)
    store.add('issueType', { name, description, hierarchyLevel })
  const statuses: [string, Category][] = [
    ['To Do', 'TODO'],
    ['In Progress', 'IN_PROGRESS'],
    ['Done', 'DONE'],
  ]
  for (const [name, category] of statuses) store.add('status', { name, description: '', category })
  const priorities: [string, string, string][] = [
    ['Highest', 'This problem will block progress.', '#d04437'],
    ['High', 'Serious problem that could block progress.', '#f15C75'],
    ['Medium', 'Has the potential to affect progress.', '#f79232'],
    ['Low', 'Minor problem or easily worked around.', '#707070'],
    ['Lowest', 'Trivial problem with little or no impact on progress.', '#999999'],
  ]
  for (const [index, [name, description, color]] of priorities.entries()) {
    const iconUrl = `/images/icons/priorities/${name.toLowerCase()}.svg`
    const isDefault = name === 'Medium'
    store.add('priority', { name, description, color, iconUrl, isDefault }, { id: index + 1 })
  }
  const resolutions: [string, string][] = [
    ['Done', 'Work has been completed on this issue.'],
    ["Won't Do", "This issue won't be actioned."],
    ['Duplicate', 'The problem is a duplicate of an existing issue.'],
    ['Cannot Reproduce', 'All attempts at reproducing this issue failed.'],
  ]
  for (const [name, description] of resolutions) store.add('resolution', { name, description })
  const links: [string, string, string][] = [
    ['Blocks', 'is blocked by', 'blocks'],
    ['Cloners', 'is cloned by', 'clones'],
    ['Duplicate', 'is duplicated by', 'duplicates'],
    ['Relates', 'relates to', 'relates to'],
  ]
  for (const [name, inward, outward] of links) store.add('linkType', { name, inward, outward })
  const roles: [number, string, string][] = [
    [10_002, 'Administrators', 'A project role that represents administrators in a project'],
    [10_003, 'atlassian-addons-project-access', 'A project role that represents Connect add-ons'],
    [10_004, 'Member', 'A project role that represents people who work in a project'],
    [10_005, 'Viewer', 'A project role that represents people who only look'],
  ]
  for (const [id, name, description] of roles) store.add('role', { name, description }, { id })
}

/** The groups of a new site; who made it administers it. */
function seedGroups(store: Store, accountId: string): void {
  for (const name of ['jira-admins-practice', 'jira-users-practice', 'org-admins', 'site-admins']) {
    const id = store.add('group', { groupId: randomUUID(), name })
    if (name.endsWith('-admins')) store.run('INSERT INTO member VALUES (?, ?)', id, accountId)
  }
}

/** The default screen, schemes and workflow. */
function seedFrame(store: Store): void {
  const screen = store.add(
    'screen',
    {
      name: 'Default Screen',
      description: 'Allows to update all system fields.',
      tabs: [{ id: store.next('tab', 10_000), name: 'Field Tab', fields: defaultScreenFields }],
    },
    { id: 1 },
  )
  const resolve = ['resolution', 'fixVersions', 'assignee']
  const tabs = [{ id: store.next('tab', 10_000), name: 'Field Tab', fields: resolve }]
  store.add('screen', { name: 'Resolve Issue Screen', description: '', tabs }, { id: 3 })
  const screenScheme = store.add(
    'screenScheme',
    { name: 'Default Screen Scheme', description: '', screens: { default: screen } },
    { id: 1 },
  )
  const mappings = [{ issueTypeId: 'default', screenSchemeId: String(screenScheme) }]
  const screens = { name: 'Default Issue Type Screen Scheme', description: '', mappings }
  store.add('issueTypeScreenScheme', screens, { id: 1 })
  const types = store.all('issueType')
  store.add('issueTypeScheme', {
    name: 'Default Issue Type Scheme',
    description: 'Default issue type scheme is the list of global issue types.',
    issueTypeIds: types.map((each) => String(each.id)),
    defaultIssueTypeId: null,
  })
  addWorkflow(store, 'jira', 'The default Jira workflow.', 0)
  const scheme = { name: 'Default Workflow Scheme', description: '', defaultWorkflow: 'jira' }
  store.add('workflowScheme', { ...scheme, issueTypeMappings: {} })
}

/** A workflow through To Do, In Progress and Done from anywhere to anywhere, as new projects get it. */
export function addWorkflow(store: Store, name: string, description: string, created: number) {
  const status = (of: string) => String(store.byName('status', of)?.id)
  const steps = ['To Do', 'In Progress', 'Done']
  const resolution = String(store.byName('resolution', 'Done')?.id)
  const transition = (id: string, to: string, type: Transition['type'], label: string) => ({
    id,
    name: label,
    description: '',
    type,
    toStatusReference: status(to),
    links: [],
    properties: {},
    triggers: [],
    validators: [],
    // Reaching Done resolves, leaving it clears the resolution.
    actions: type === 'INITIAL' ? [] : [setResolution(to === 'Done' ? resolution : '')],
  })
  return store.add('workflow', {
    entityId: randomUUID(),
    name,
    description,
    statuses: steps.map((step) => ({ statusReference: status(step), properties: {} })),
    transitions: [
      transition('1', 'To Do', 'INITIAL', 'Create'),
      ...steps.map((step, index) => transition(`${index + 1}1`, step, 'GLOBAL', step)),
    ],
    created,
  })
}

const setResolution = (value: string) => ({
  ruleKey: 'system:update-field',
  parameters: { field: 'resolution', value },
})
