import type { Json } from './input.ts'

export type Category = 'TODO' | 'IN_PROGRESS' | 'DONE'

export interface Transition extends Json {
  id: string
  name: string
  description: string
  type: 'INITIAL' | 'GLOBAL' | 'DIRECTED'
  /** Ids of the site's statuses. */
  toStatusReference: string
  links: { fromStatusReference?: string | null; fromPort?: number | null; toPort?: number | null }[]
}
export interface Visibility {
  type: 'role' | 'group'
  value: string
  identifier: string
}

/** type as answers have it: global, loggedin, group, project (with or without a role), user. */
export interface FilterShare {
  id: number
  type: 'global' | 'loggedin' | 'group' | 'project' | 'user'
  groupId?: string
  projectId?: number
  roleId?: number
  accountId?: string
}

/** Who holds a permission: the parameter is an account id, a group id, a role's id, a field or an application. */
export interface Holder {
  type: string
  parameter: string | null
}

/** What the site keeps of each kind, beside issues, accounts and properties, which have tables of their own. */
export interface Things {
  group: { groupId: string; name: string }
  role: { name: string; description: string }
  /** Belongs to a project; value is an accountId or a groupId. */
  roleActor: { roleId: number; type: 'user' | 'group'; value: string }
  projectCategory: { name: string; description: string }
  issueType: { name: string; description: string; hierarchyLevel: number }
  status: { name: string; description: string; category: Category }
  priority: {
    name: string
    description: string
    color: string
    iconUrl: string
    isDefault: boolean
  }
  resolution: { name: string; description: string }
  linkType: { name: string; inward: string; outward: string }
  customField: { name: string; description: string; type: string; searcherKey: string | null }
  /** Belongs to a field. Without projects it is the field's global one, without types it is for all. */
  fieldContext: {
    name: string
    description: string
    projectIds: string[]
    issueTypeIds: string[]
  }
  /** Belongs to a context; parent = the option that it stands under. */
  fieldOption: { value: string; disabled: boolean; parent: number | null }
  screen: {
    name: string
    description: string
    tabs: { id: number; name: string; fields: string[] }[]
  }
  screenScheme: { name: string; description: string; screens: Record<string, number> }
  issueTypeScreenScheme: {
    name: string
    description: string
    mappings: { issueTypeId: string; screenSchemeId: string }[]
  }
  issueTypeScheme: {
    name: string
    description: string
    issueTypeIds: string[]
    defaultIssueTypeId: string | null
  }
  workflow: {
    entityId: string
    name: string
    description: string
    statuses: { statusReference: string; properties: Json; layout?: Json }[]
    transitions: Transition[]
    created: number
  }
  workflowScheme: {
    name: string
    description: string
    defaultWorkflow: string
    issueTypeMappings: Record<string, string>
  }
  permissionScheme: {
    name: string
    description: string
    permissions: { id: number; permission: string; holder: Holder }[]
  }
  securityScheme: {
    name: string
    description: string
    defaultLevelId: number | null
    levels: {
      id: number
      name: string
      description: string
      members: { id: number; holder: Holder }[]
    }[]
  }
  project: {
    key: string
    name: string
    description: string
    url: string | null
    leadAccountId: string
    assigneeType: 'PROJECT_LEAD' | 'UNASSIGNED'
    projectTypeKey: 'software' | 'business' | 'service_desk'
    issueTypeSchemeId: number
    issueTypeScreenSchemeId: number
    workflowSchemeId: number
    categoryId?: number
    /** Absent: the site's default, and none. */
    permissionSchemeId?: number
    securitySchemeId?: number
    deleted: boolean
  }
  component: {
    name: string
    description: string
    leadAccountId: string | null
    assigneeType: 'PROJECT_DEFAULT' | 'COMPONENT_LEAD' | 'PROJECT_LEAD' | 'UNASSIGNED'
  }
  version: {
    name: string
    description: string
    startDate: string | null
    releaseDate: string | null
    released: boolean
    archived: boolean
  }
  comment: {
    author: string
    updateAuthor: string
    body: unknown
    visibility: Visibility | null
    created: number
    updated: number
  }
  worklog: {
    author: string
    updateAuthor: string
    comment: unknown
    visibility: Visibility | null
    started: number
    timeSpentSeconds: number
    created: number
    updated: number
  }
  attachment: {
    author: string
    filename: string
    mimeType: string
    size: number
    created: number
    file: string
  }
  remoteLink: {
    globalId: string | null
    relationship: string | null
    application: Json
    object: Json
  }
  change: {
    author: string
    created: number
    items: {
      field: string
      from: string | null
      fromString: string | null
      to: string | null
      toText: string | null
    }[]
  }
  board: {
    name: string
    type: 'scrum' | 'kanban' | 'simple'
    filterId: number | null
    projectId: number | null
    userAccountId?: string
  }
  /** Belongs to a board. */
  quickFilter: { name: string; description: string; jql: string }
  filter: {
    name: string
    description: string
    jql: string
    owner: string
    shares?: FilterShare[]
    editors?: FilterShare[]
  }
  dashboard: {
    name: string
    description: string
    owner: string
    shares: FilterShare[]
    editors: FilterShare[]
  }
  /** Belongs to a dashboard. */
  gadget: {
    title: string
    moduleKey?: string
    uri?: string
    color: string
    column: number
    row: number
  }
  sprint: {
    name: string
    goal: string
    state: 'future' | 'active' | 'closed'
    startDate: number | null
    endDate: number | null
    completeDate: number | null
  }
}
export type Kind = keyof Things

export interface Thing<K extends Kind> {
  id: number
  /** The id of what it belongs to: an issue, a project, a board; 0 when it belongs to the site. */
  owner: number
  data: Things[K]
}

export interface Account {
  accountId: string
  displayName: string
  email: string
  active: boolean
}

/** The system fields of an issue that are not columns of their own. */
export interface IssueData {
  summary: string
  description: unknown
  environment: unknown
  priorityId: number | null
  resolutionId: number | null
  resolutionDate: number | null
  creator: string
  reporter: string | null
  assignee: string | null
  labels: string[]
  components: number[]
  fixVersions: number[]
  versions: number[]
  duedate: string | null
  /** Seconds. */
  originalEstimate: number | null
  remainingEstimate: number | null
  timeSpent: number | null
  statusChanged: number
  /** Values of custom fields by the field's id; absent where no field was ever set. */
  custom?: Record<string, unknown>
  /** The id of the security level. */
  security?: number | null
}
export interface Issue {
  id: number
  projectId: number
  number: number
  typeId: number
  statusId: number
  parentId: number | null
  created: number
  updated: number
  data: IssueData
}
