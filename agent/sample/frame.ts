import type { Entities } from './entities.ts'

/** Ids of what Jira ships are Jira's own. */
export const types = {
  bug: '1',
  feature: '2',
  task: '3',
  improvement: '4',
  subtask: '5',
  epic: '10000',
  story: '10001',
}
export const statuses = {
  open: '1',
  progress: '3',
  reopened: '4',
  resolved: '5',
  closed: '6',
  review: '10000',
  waiting: '10001',
}
export const statusNames: Record<string, string> = {
  1: 'Open',
  3: 'In Progress',
  4: 'Reopened',
  5: 'Resolved',
  6: 'Closed',
  10000: 'In Review',
  10001: 'Waiting for partner bank',
}
export const roles = { administrators: '10002', developers: '10001', users: '10000', risk: '10100' }
export const linkTypes = {
  blocks: '10000',
  clones: '10001',
  duplicate: '10002',
  relates: '10003',
  subtask: '10100',
  epic: '10200',
}
export const fields = { team: '10100', points: '10101', customer: '10102', sprint: '10103' }

export function addFrame(entities: Entities): void {
  const put = (
    entity: string,
    rows: [id: string, name: string, more?: Record<string, string | number>][],
  ) => {
    for (const [i, [id, name, more]] of rows.entries())
      entities.add(entity, { id, sequence: i + 1, name, ...more })
  }
  put('IssueType', [
    [
      types.bug,
      'Bug',
      { description: 'A problem which impairs or prevents the functions of the product.' },
    ],
    [
      types.feature,
      'New Feature',
      { description: 'A new feature of the product, which has yet to be developed.' },
    ],
    [types.task, 'Task', { description: 'A task that needs to be done.' }],
    [
      types.improvement,
      'Improvement',
      { description: 'An improvement or enhancement to an existing feature or task.' },
    ],
    [
      types.subtask,
      'Sub-task',
      { description: 'The sub-task of the issue', style: 'jira_subtask' },
    ],
    [types.epic, 'Epic', { description: 'A big user story that needs to be broken down.' }],
    [types.story, 'Story', { description: 'A user story.' }],
  ])
  put('Status', [
    [
      statuses.open,
      'Open',
      {
        description: 'The issue is open and ready for the assignee to start work on it.',
        statuscategory: 2,
      },
    ],
    [
      statuses.progress,
      'In Progress',
      { description: 'This issue is being actively worked on.', statuscategory: 4 },
    ],
    [
      statuses.reopened,
      'Reopened',
      { description: 'Resolved once, but the resolution was deemed incorrect.', statuscategory: 2 },
    ],
    [
      statuses.resolved,
      'Resolved',
      {
        description: 'A resolution has been taken, awaiting verification by reporter.',
        statuscategory: 3,
      },
    ],
    [
      statuses.closed,
      'Closed',
      { description: 'The issue is considered finished.', statuscategory: 3 },
    ],
    [statuses.review, 'In Review', { description: '', statuscategory: 4 }],
    [
      statuses.waiting,
      'Waiting for partner bank',
      { description: 'Nothing to do until the bank answers.', statuscategory: 4 },
    ],
  ])
  put('Priority', [
    ['1', 'Blocker', { description: 'Payments are not going through.', statusColor: '#cc0000' }],
    ['2', 'Critical', { description: 'Crashes, loss of data.', statusColor: '#ff0000' }],
    ['3', 'Major', { description: 'Major loss of function.', statusColor: '#009900' }],
    [
      '4',
      'Minor',
      { description: 'Minor loss of function, or an easy way around.', statusColor: '#006600' },
    ],
    ['5', 'Trivial', { description: 'Cosmetic problem.', statusColor: '#003300' }],
  ])
  put('Resolution', [
    ['1', 'Fixed', { description: 'A fix is checked into the tree and tested.' }],
    ['2', "Won't Fix", { description: 'Will never be fixed.' }],
    ['3', 'Duplicate', { description: 'A duplicate of an existing issue.' }],
    ['4', 'Cannot Reproduce', { description: 'All attempts at reproducing it failed.' }],
  ])
  for (const [id, name] of Object.entries({
    10000: 'Users',
    10001: 'Developers',
    10002: 'Administrators',
    10100: 'Risk Office',
  }))
    entities.add('ProjectRole', { id, name, description: `People of the role ${name}` })
  const link = (id: string, linkname: string, inward: string, outward: string, style?: string) =>
    entities.add('IssueLinkType', { id, linkname, inward, outward, style })
  link(linkTypes.blocks, 'Blocks', 'is blocked by', 'blocks')
  link(linkTypes.clones, 'Cloners', 'is cloned by', 'clones')
  link(linkTypes.duplicate, 'Duplicate', 'is duplicated by', 'duplicates')
  link(linkTypes.relates, 'Relates', 'relates to', 'relates to')
  link(
    linkTypes.subtask,
    'jira_subtask_link',
    'jira_subtask_inward',
    'jira_subtask_outward',
    'jira_subtask',
  )
  link(linkTypes.epic, 'Epic-Story Link', 'has Epic', 'is Epic of', 'jira_gh_epic_story')
  addFields(entities)
}

function addFields(entities: Entities): void {
  const type = 'com.atlassian.jira.plugin.system.customfieldtypes'
  const field = (id: string, name: string, key: string, description = '') =>
    entities.add('CustomField', {
      id,
      name,
      description,
      customfieldtypekey: key,
      customfieldsearcherkey: `${key}searcher`,
    })
  field(fields.team, 'Team', `${type}:select`, 'Who looks after it')
  field(fields.points, 'Story Points', `${type}:float`)
  field(fields.customer, 'Merchant', `${type}:textfield`, 'As the merchant is called in the ledger')
  field(fields.sprint, 'Sprint', 'com.pyxis.greenhopper.jira:gh-sprint')
  for (const [i, value] of ['Acquiring', 'Wallet', 'Risk', 'Platform'].entries())
    entities.add('CustomFieldOption', {
      id: 10_200 + i,
      customfield: fields.team,
      customfieldconfig: 10_300,
      sequence: i,
      value,
      disabled: 'N',
    })
  entities.add('FieldLayout', { id: 10000, name: 'Default Field Configuration', type: 'default' })
  for (const [i, name] of ['description', 'environment', 'comment', 'worklog'].entries())
    entities.add('FieldLayoutItem', {
      id: 10_000 + i,
      fieldlayout: 10000,
      fieldidentifier: name,
      ishidden: 'false',
      isrequired: 'false',
      renderertype: name === 'environment' ? 'jira-text-renderer' : 'atlassian-wiki-renderer',
    })
}
