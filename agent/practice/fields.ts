export interface Field {
  id: string
  name: string
  /** Can stand on a screen. */
  orderable: boolean
  schema: { type: string; items?: string; system?: string; custom?: string; customId?: number }
}

const field = (
  id: string,
  name: string,
  type: string,
  items?: string,
  orderable = true,
): Field => ({
  id,
  name,
  orderable,
  schema: { type, ...(items ? { items } : {}), system: id },
})

/** The system fields of the site. */
export const fields: Field[] = [
  field('summary', 'Summary', 'string'),
  field('issuetype', 'Issue Type', 'issuetype'),
  field('parent', 'Parent', 'issuelink'),
  field('description', 'Description', 'string'),
  field('environment', 'Environment', 'string'),
  field('priority', 'Priority', 'priority'),
  field('resolution', 'Resolution', 'resolution'),
  field('assignee', 'Assignee', 'user'),
  field('reporter', 'Reporter', 'user'),
  field('labels', 'Labels', 'array', 'string'),
  field('components', 'Components', 'array', 'component'),
  field('fixVersions', 'Fix versions', 'array', 'version'),
  field('versions', 'Affects versions', 'array', 'version'),
  field('duedate', 'Due date', 'date'),
  field('timetracking', 'Time tracking', 'timetracking'),
  field('attachment', 'Attachment', 'array', 'attachment'),
  field('issuelinks', 'Linked Issues', 'array', 'issuelinks'),
  field('security', 'Security Level', 'securitylevel'),
  field('worklog', 'Log Work', 'array', 'worklog'),
  field('project', 'Project', 'project', undefined, false),
  field('status', 'Status', 'status', undefined, false),
  field('creator', 'Creator', 'user', undefined, false),
  field('created', 'Created', 'datetime', undefined, false),
  field('updated', 'Updated', 'datetime', undefined, false),
  field('resolutiondate', 'Resolved', 'datetime', undefined, false),
  field('watches', 'Watchers', 'watches', undefined, false),
  field('votes', 'Votes', 'votes', undefined, false),
  field('subtasks', 'Sub-tasks', 'array', 'issuelinks', false),
  field('comment', 'Comment', 'comments-page'),
  field('timespent', 'Time Spent', 'number', undefined, false),
  field('timeestimate', 'Remaining Estimate', 'number', undefined, false),
  field('timeoriginalestimate', 'Original Estimate', 'number', undefined, false),
  field('statuscategorychangedate', 'Status Category Changed', 'datetime', undefined, false),
]
const byId = new Map(fields.map((each) => [each.id, each]))
export const fieldById = (id: string): Field | undefined => byId.get(id)
