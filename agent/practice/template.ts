import { addWorkflow } from './seed.ts'
import type { Store } from './store.ts'

/** What a project from a template gets on its screens: less than the default screen has. */
const templateFields = [
  'summary',
  'issuetype',
  'parent',
  'reporter',
  'components',
  'attachment',
  'description',
  'fixVersions',
  'priority',
  'labels',
  'issuelinks',
  'assignee',
]

/** Makes the schemes that Jira makes for a project from one of its templates, named after the key. */
export function templateFrame(store: Store, key: string, now: number) {
  const tabs = [{ id: store.next('tab', 10_000), name: 'Field Tab', fields: templateFields }]
  const screen = store.add('screen', {
    name: `${key}: Kanban Default Issue Screen`,
    description: '',
    tabs,
  })
  const screens = { default: screen }
  const screenScheme = store.add('screenScheme', {
    name: `${key}: Kanban Default Screen Scheme`,
    description: '',
    screens,
  })
  const types = store.all('issueType').slice(0, 5)
  const name = `Software Simplified Workflow for Project ${key}`
  addWorkflow(store, name, '', now)
  return {
    issueTypeScreenSchemeId: store.add('issueTypeScreenScheme', {
      name: `${key}: Kanban Issue Type Screen Scheme`,
      description: '',
      mappings: [{ issueTypeId: 'default', screenSchemeId: String(screenScheme) }],
    }),
    issueTypeSchemeId: store.add('issueTypeScheme', {
      name: `${key}: Kanban Issue Type Scheme`,
      description: '',
      issueTypeIds: types.map(({ id }) => String(id)),
      defaultIssueTypeId: null,
    }),
    workflowSchemeId: store.add('workflowScheme', {
      name: `${key}: Software Simplified Workflow Scheme`,
      description: '',
      defaultWorkflow: name,
      issueTypeMappings: {},
    }),
  }
}
